"""fastText and spaCy have no weights: what is emitted says so, and repeats the texts of rare classes."""

import subprocess
import sys
from collections import Counter

import pytest

from imbalance_doctor.emitters import emit
from tests.awkward import NAMES, values_for
from tests.emitters.refusals import refusal
from tests.emitters.samples import sample

FACTORS = sample("repeat", "multilabel", ("b", "a", "c"), (1.0, 2.0, 3.25))
WITHOUT_WEIGHTS = ("fasttext", "spacy")


@pytest.mark.parametrize("target", WITHOUT_WEIGHTS)
def test_it_is_said_that_weights_are_not_supported(target):
    assert "# Class weights are not supported natively;" in emit(target, FACTORS)


def repeated(weights):
    found: dict = {"__name__": "imbalance"}
    exec(emit("fasttext", weights), found)  # noqa: S102
    return found["repeated"]


def test_a_line_is_repeated_by_the_largest_factor_of_its_labels():
    lines = ["__label__b plain\n", "__label__b __label__a both\n", "no label, a and b are words\n"]
    assert Counter(repeated(FACTORS)(lines)) == dict(zip(lines, (1, 2, 1), strict=True))


def test_the_fraction_of_a_factor_is_rounded_at_random_with_a_fixed_seed():
    lines = ["__label__c rare\n"] * 4000
    found = list(repeated(FACTORS)(lines))
    assert found == list(repeated(FACTORS)(lines))
    # 3.25 each: the mean of 4000 has a standard error of 0.0068.
    assert len(found) / 4000 == pytest.approx(3.25, abs=0.035)
    assert list(repeated(FACTORS)(lines, seed=1)) != found or len(found) == 13_000


def test_a_label_without_a_factor_is_an_error():
    with pytest.raises(KeyError, match="stranger"):
        list(repeated(FACTORS)(["__label__stranger text\n"]))


def test_every_name_without_white_space_is_found_in_its_line():
    names = tuple(name for name in NAMES if name and not set(name) & set(" \t\n\v\f\r\0"))
    names = (*names, "no\u2028break", "\x85", "a\xa0b")
    weights = sample("repeat", "multiclass", names, tuple(float(i % 3 + 1) for i in range(len(names))))
    lines = [f"__label__{name} text\n" for name in names]
    assert Counter(repeated(weights)(lines)) == {line: i % 3 + 1 for i, line in enumerate(lines)}


def test_the_script_reads_and_writes_streams(tmp_path):
    script = tmp_path / "imbalance.py"
    script.write_text(emit("fasttext", FACTORS))
    done = subprocess.run(
        [sys.executable, str(script)], input=b"__label__a x\n__label__b y\n", capture_output=True, check=True
    )
    assert done.stdout == b"__label__a x\n__label__a x\n__label__b y\n"


@pytest.mark.frameworks
@pytest.mark.parametrize("names", [("b", "a", "c"), NAMES[:3]])
def test_the_reader_of_spacy_repeats_the_texts_of_a_corpus(names, tmp_path):
    spacy = pytest.importorskip("spacy")
    tokens = pytest.importorskip("spacy.tokens")
    nlp = spacy.blank("en")
    corpus = tokens.DocBin(store_user_data=True)
    for text, cats in (("one", (1.0, 0.0, 0.0)), ("two", (1.0, 1.0, 0.0)), ("none", (0.0, 0.0, 0.0))):
        doc = nlp.make_doc(text)
        doc.cats = dict(zip(names, cats, strict=True))
        corpus.add(doc)
    path = tmp_path / "train.spacy"
    corpus.to_disk(path)
    exec(emit("spacy", sample("repeat", "multilabel", names, (1.0, 3.0, 9.0))), {})  # noqa: S102
    reader = spacy.registry.readers.get("repeated_corpus.v1")(str(path))
    assert Counter(example.reference.text for example in reader(nlp)) == {"one": 1, "two": 3, "none": 1}


@pytest.mark.parametrize("target", WITHOUT_WEIGHTS)
@pytest.mark.parametrize(
    ("task", "kind"),
    [
        ("multiclass", "class-weight"),
        ("multilabel", "class-weight"),
        ("multiclass", "pos-weight"),
        ("multilabel", "pos-weight"),
        ("binary", "pair"),
        ("multiclass", "offset"),
        ("multilabel", "margin"),
    ],
)
def test_every_other_kind_is_refused_in_favour_of_repeat_factors(target, task, kind):
    error = refusal(target, task, kind)
    assert "no weights of any kind" in error.message
    assert "--scheme repeat-factor" in error.hint


def test_a_name_with_white_space_does_no_harm():
    assert list(repeated(sample("repeat", "multiclass", NAMES, values_for(len(NAMES))))(["plain words\n"]))
