"""The emitted CREATE MODEL statement: every label with its weight, as BigQuery reads them."""

import re

import pytest

from imbalance_doctor.emitters import emit
from tests.awkward import NAMES, values_for
from tests.emitters.refusals import refusal
from tests.emitters.samples import binary, sample

ENTRY = re.compile(r'^        STRUCT\((".*"), ([^ ]+)\),?$', re.MULTILINE)


def test_every_class_has_an_entry_of_a_string_and_a_float():
    text = emit("bigquery", sample(classes=("10", "9", "x"), values=(0.5, 2.0, 1e-7)))
    assert ENTRY.findall(text) == [('"10"', "0.5"), ('"9"', "2.0"), ('"x"', "1e-07")]
    assert "CLASS_WEIGHTS = [" in text
    assert "AUTO_CLASS_WEIGHTS" not in text


def test_quotes_and_backslashes_are_escaped():
    text = emit("bigquery", sample(classes=('say "hi"', "back\\slash", "two\nlines"), values=(1.0, 2.0, 3.0)))
    assert [name for name, _ in ENTRY.findall(text)] == [r'"say \"hi\""', r'"back\\slash"', r'"two\nlines"']


@pytest.mark.parametrize(("kind", "w0"), [("pos-weight", "1.0"), ("pair", "0.5")])
def test_binary_factors_are_those_of_the_two_terms_of_the_class_at_index_1(kind, w0):
    text = emit("bigquery", binary(kind, values=(9.0, 4.0), values_negative=(7.0, 0.5) if kind == "pair" else None))
    assert ENTRY.findall(text) == [('"no"', w0), ('"yes"', "4.0")]


@pytest.mark.frameworks
def test_sqlglot_reads_every_awkward_name_and_its_weight_exactly():
    sqlglot = pytest.importorskip("sqlglot")
    text = emit("bigquery", sample(classes=NAMES, values=values_for(len(NAMES))))
    (tree,) = sqlglot.parse(text, read="bigquery")
    assert isinstance(tree, sqlglot.exp.Create)
    entries = [struct.expressions for struct in tree.find_all(sqlglot.exp.Struct)]
    assert tuple(name.this for name, _ in entries) == NAMES
    assert all(name.is_string for name, _ in entries)
    assert tuple(float(weight.this) for _, weight in entries) == values_for(len(NAMES))


@pytest.mark.parametrize(
    ("task", "kind", "why", "instead"),
    [
        ("multilabel", "class-weight", "one label column", "a model per label"),
        ("multilabel", "pos-weight", "one label column", "--to json"),
        ("multilabel", "offset", "one label column", "--to json"),
        ("multilabel", "margin", "one label column", "--to json"),
        ("multilabel", "repeat", "one label column", "--to json"),
        ("multiclass", "offset", "no offset on the logits", "--scheme balanced"),
        ("multiclass", "margin", "no margin on the logits", "--scheme balanced"),
        ("multiclass", "repeat", "no sampler", "INSTANCE_WEIGHT_COL"),
        ("multiclass", "pair", "a softmax has one term", "--scheme balanced"),
    ],
)
def test_a_refusal_gives_the_reason_and_what_works(task, kind, why, instead):
    error = refusal("bigquery", task, kind)
    assert why in error.message
    assert instead in error.hint
