from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.single_class import check
from tests.build import profile_of, profile_of_sets


def test_one_class_is_an_error():
    (finding,) = check(profile_of({"ok": 1000}))
    assert finding.grade is Severity.ERROR
    assert finding.classes == ("ok",)
    assert finding.message == 'all 1,000 samples carry the one class "ok": nothing to tell apart'


def test_a_second_class_that_is_declared_and_empty_does_not_help():
    (finding,) = check(profile_of({"ok": 1000, "bad": 0}))
    assert finding.evidence == {"classes_with_samples": 1, "classes": 2, "samples": 1000}


def test_no_class_at_all_is_an_error_too():
    (finding,) = check(profile_of_sets([((), 40)], classes=["a", "b"]))
    assert finding.message == "none of 40 samples carries a class: nothing to learn"
    assert finding.classes == ()


def test_a_label_on_every_sample_is_an_error():
    assert [f.grade for f in check(profile_of_sets([(("a",), 40)], classes=["a", "b"]))] == [Severity.ERROR]


def test_a_label_that_some_samples_lack_passes():
    assert not list(check(profile_of_sets([(("a",), 40), ((), 1)], classes=["a", "b"])))


def test_two_classes_pass():
    assert not list(check(profile_of({"ok": 999, "bad": 1})))
