import pytest

from imbalance_doctor.rules.labels.looks_like_text import check
from tests.build import profile_of


def test_sentences_are_not_classes():
    (finding,) = check(profile_of({f"the screen went black on day {i}": 1 for i in range(30)}))
    assert finding.message.startswith('30 different values among 30 labels, most of several words such as "the screen')
    assert finding.evidence == {"distinct": 30, "labels": 30, "share": 1.0, "longest": 31}


def test_sentences_in_a_script_without_spaces_are_not_classes():
    assert list(check(profile_of({f"这个手机屏幕用了一个星期以后突然变黑了怎么办{i}": 1 for i in range(30)})))


@pytest.mark.parametrize(("sentences", "fires"), [(15, True), (14, False)])
def test_half_of_the_names_must_be_sentences(sentences, fires):
    names = [f"went black on day {i}" if i < sentences else f"code{i}" for i in range(30)]
    assert bool(list(check(profile_of(dict.fromkeys(names, 1))))) is fires


def test_a_long_sentence_is_shortened_in_the_message():
    (finding,) = check(profile_of({f"word {i} " * 50: 1 for i in range(30)}))
    assert len(finding.message) < 200


def test_long_class_names_that_repeat_are_classes():
    assert not list(check(profile_of({f"great crested flycatcher {i}": 30 for i in range(200)})))


def test_ids_have_their_own_rule():
    assert not list(check(profile_of({f"8c9d41aa-0000-4000-8000-{i:012}": 1 for i in range(30)})))
