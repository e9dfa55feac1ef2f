"""The emitted query, executed in SQLite and parsed by sqlglot in several dialects."""

import sqlite3

import pytest

from imbalance_doctor.emitters import emit
from tests.awkward import NAMES, values_for
from tests.emitters.refusals import refusal
from tests.emitters.samples import binary, sample


def joined(text: str, labels: list[str | None]) -> list[tuple]:
    """The rows that the query gives for a table of these labels."""
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE TABLE labels (id INTEGER, label TEXT)")
        database.executemany("INSERT INTO labels VALUES (?, ?)", list(enumerate(labels)))
        return database.execute(f"{text} ORDER BY id").fetchall()


def test_every_awkward_name_gets_its_own_weight():
    values = values_for(len(NAMES))
    rows = joined(emit("sql", sample(classes=NAMES, values=values)), list(reversed(NAMES)))
    assert [row[1] for row in rows] == list(reversed(NAMES))
    assert [row[2] for row in rows] == list(reversed(values))


def test_names_that_differ_in_case_or_spaces_are_different():
    rows = joined(emit("sql", sample(classes=("a", "A", "a "), values=(1.0, 2.0, 3.0))), ["A", "a ", "a", " a", None])
    assert [row[2] for row in rows] == [2.0, 3.0, 1.0, None, None]


@pytest.mark.parametrize(("kind", "w0"), [("pos-weight", 1.0), ("pair", 0.5)])
def test_binary_factors_are_those_of_the_two_terms_of_the_class_at_index_1(kind, w0):
    text = emit("sql", binary(kind, values=(9.0, 4.0), values_negative=(7.0, 0.5) if kind == "pair" else None))
    assert joined(text, ["yes", "no"]) == [(0, "yes", 4.0), (1, "no", w0)]


def test_a_repeat_factor_is_the_weight_of_a_row():
    assert joined(emit("sql", binary("repeat", values=(1.0, 2.5))), ["yes", "no"]) == [(0, "yes", 2.5), (1, "no", 1.0)]


def test_a_name_never_leaves_its_string():
    text = emit("sql", sample(classes=("'; DROP TABLE labels; --", "x' OR '1'='1", "plain")))
    assert joined(text, ["x' OR '1'='1", "other"]) == [(0, "x' OR '1'='1", 3.0), (1, "other", None)]


def test_the_column_is_not_quoted_since_some_dialects_take_double_quotes_for_a_string():
    assert '"' not in "".join(line for line in emit("sql", sample()).splitlines() if not line.startswith("--"))


@pytest.mark.frameworks
@pytest.mark.parametrize("dialect", ["sqlite", "postgres", "trino"])
def test_sqlglot_reads_the_names_as_strings(dialect):
    sqlglot = pytest.importorskip("sqlglot")
    shown = tuple(name for name in NAMES if name.isprintable() and "\\" not in name)
    tree = sqlglot.parse_one(emit("sql", sample(classes=shown, values=values_for(len(shown)))), read=dialect)
    cases = tree.find(sqlglot.exp.Case).args["ifs"]
    assert tuple(case.this.this for case in cases if case.this.is_string) == shown
    assert [float(case.args["true"].this) for case in cases] == list(values_for(len(shown)))


@pytest.mark.parametrize(
    ("task", "kind", "why", "instead"),
    [
        ("multilabel", "repeat", "a CASE reads one label", "--to row-weights"),
        ("multilabel", "pos-weight", "a factor each", "--scheme repeat-factor with --to row-weights"),
        ("multilabel", "class-weight", "a factor each", "--to json"),
        ("multilabel", "offset", "a factor each", "--to json"),
        ("multilabel", "margin", "a factor each", "--to json"),
        ("multiclass", "pair", "a softmax has one term", "--scheme balanced"),
        ("multiclass", "offset", "not a weight of a row", "--scheme balanced"),
        ("binary", "margin", "not a weight of a row", "--scheme balanced"),
    ],
)
def test_a_refusal_gives_the_reason_and_what_works(task, kind, why, instead):
    error = refusal("sql", task, kind)
    assert why in error.message
    assert instead in error.hint
