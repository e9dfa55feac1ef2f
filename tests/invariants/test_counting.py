"""What must hold for any labels: order, shards, chunks, formats and noise change no count, and no row is lost.

The oracle is `counted`, an independent counter of a few lines over plain Python values.
"""

import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imbalance_doctor.batches import Column, Table
from imbalance_doctor.doctor import LabelRequest, examine_labels
from imbalance_doctor.engines.local import count
from imbalance_doctor.labels.layout import Wishes, decide
from imbalance_doctor.labels.tally import LabelTally
from imbalance_doctor.model import LabelProfile
from imbalance_doctor.readers import _text
from imbalance_doctor.readers._choose import Paths
from imbalance_doctor.readers._source import Options

pytestmark = pytest.mark.filterwarnings("error")
few = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

# Names that careless readers damage; those of a cell with several labels hold no separator and no outer space.
SINGLE = [
    "a",
    "A",
    " a",
    "a b",
    "a,b",
    'a"b',
    "a\tb",
    "01",
    "1",
    "1.0",
    "NA",
    "nan",
    "None",
    "-1",
    "é",
    "e\u0301",
    "日本",
]
SEVERAL = ["a", "A", "a b", "a,b", 'a"b', "01", "1", "1.0", "NA", "nan", "é", "日本"]
Row = tuple[str, ...] | None
"""The labels of a sample; None: it is not known which."""


@dataclass
class Counted:
    """The oracle's answer."""

    counts: Counter[str]
    samples: int
    missing: int
    ignored: int
    unlabelled: int
    sets: Counter[frozenset[str]]


def counted(rows: Sequence[Row], ignored: Sequence[str] = ()) -> Counted:
    """Count rows of labels, one by one."""
    answer = Counted(Counter(), 0, 0, 0, 0, Counter())
    for row in rows:
        kept = frozenset(row or ()) - frozenset(ignored)
        if row is None:
            answer.missing += 1
        elif row and not kept:
            answer.ignored += 1
        else:
            answer.samples += 1
            answer.unlabelled += not kept
            answer.sets[kept] += 1
            answer.counts.update(kept)
    return answer


def same(tally: LabelTally | LabelProfile, answer: Counted) -> bool:
    """Whether the product's counts are the oracle's."""
    mine = tally.counts if isinstance(tally, LabelTally) else {r.name: r.count for r in tally.classes if r.count}
    fields = (tally.n_samples, tally.n_missing, tally.n_ignored)
    return mine == answer.counts and fields == (answer.samples, answer.missing, answer.ignored)


single_rows = st.lists(st.one_of(st.none(), st.sampled_from(SINGLE).map(lambda name: (name,))), min_size=1, max_size=30)
label_sets = st.lists(st.sampled_from(SEVERAL), max_size=4, unique=True).map(tuple)
several_rows = st.lists(st.one_of(st.none(), label_sets, label_sets), min_size=1, max_size=30)


# -- the tally, batch by batch ----------------------------------------------------------------------------------------


def frames(frame: pl.DataFrame, size: int) -> list[pl.DataFrame]:
    return list(frame.iter_slices(size)) or [frame]


def tally_of(frame: pl.DataFrame, kind: str, size: int, wishes: Wishes) -> LabelTally:
    """The tally of a frame that arrives in batches of `size` rows."""
    columns = tuple(Column(n, "list" if isinstance(t, pl.List) else "text") for n, t in frame.schema.items())
    table = Table(columns, frame, lambda names: iter(f.select(names) for f in frames(frame, size)), typed=True)
    reading = decide(table, wishes)
    assert reading.layout.kind == kind
    tally = LabelTally(label_sets=Counter() if reading.multiple else None)
    count(table, reading, tally)
    reading.counting.finish(tally)
    return tally


def as_frame(rows: Sequence[Row], kind: str) -> tuple[pl.DataFrame, Wishes]:
    """The rows in the columns of a layout, and what one has to say to have them read so."""
    if kind == "column":
        cells = [None if row is None else row[0] for row in rows]
        return pl.DataFrame({"label": cells}, {"label": pl.String}), Wishes(label="label", layout="column")
    if kind == "delimited":
        lists = [None if row is None else list(row) for row in rows]
        return pl.DataFrame({"label": lists}, {"label": pl.List(pl.String)}), Wishes(label="label")
    if kind == "indicator":
        data = {n: [None if row is None else "01"[n in row] for row in rows] for n in SEVERAL}
        return pl.DataFrame(data, dict.fromkeys(SEVERAL, pl.String)), Wishes(layout="indicator", missing=("",))
    pairs = [(str(i), name) for i, row in enumerate(rows) for name in row or (None,)]
    frame = pl.DataFrame(pairs, {"id": pl.String, "label": pl.String}, orient="row")
    return frame, Wishes(layout="long", id="id", label="label")


@few
@given(single_rows, st.integers(1, 30))
def test_one_label_a_row_is_counted_as_the_oracle_counts(rows: list[Row], size: int) -> None:
    frame, wishes = as_frame(rows, "column")
    assert same(tally_of(frame, "column", size, wishes), counted(rows))


@few
@given(several_rows, st.integers(1, 30), st.sampled_from(["delimited", "indicator"]))
def test_several_labels_a_row_are_counted_as_the_oracle_counts(rows: list[Row], size: int, kind: str) -> None:
    frame, wishes = as_frame(rows, kind)
    tally = tally_of(frame, kind, size, wishes)
    answer = counted(rows)
    assert same(tally, answer)
    assert tally.label_sets == answer.sets
    assert tally.n_unlabelled == answer.unlabelled


@few
@given(several_rows, st.integers(1, 30))
def test_pairs_are_counted_as_the_oracle_counts_their_samples(rows: list[Row], size: int) -> None:
    known = [row or () for row in rows]
    frame, wishes = as_frame(known, "long")
    tally = tally_of(frame.sample(fraction=1, shuffle=True, seed=len(rows)), "long", size, wishes)
    assert same(tally, counted(known))
    assert tally.label_sets == counted(known).sets


@few
@given(
    several_rows, st.integers(1, 30), st.integers(1, 30), st.sampled_from(["column", "delimited", "indicator", "long"])
)
def test_neither_the_size_of_the_batches_nor_the_order_of_the_rows_changes_the_tally(
    rows: list[Row], size: int, seed: int, kind: str
) -> None:
    if kind == "column":
        rows = [row[:1] if row else None for row in rows]
    frame, wishes = as_frame(rows, kind)
    shuffled = frame.sample(fraction=1, shuffle=True, seed=seed)
    whole = tally_of(frame, kind, len(frame) or 1, wishes)
    assert tally_of(frame, kind, size, wishes) == whole
    assert tally_of(shuffled, kind, size, wishes) == whole


@few
@given(several_rows, several_rows, several_rows, st.sampled_from(["delimited", "indicator"]))
def test_the_tallies_of_shards_merge_to_that_of_the_whole(a: list, b: list, c: list, kind: str) -> None:
    def tally(rows: list[Row]) -> LabelTally:
        frame, wishes = as_frame(rows, kind)
        return tally_of(frame, kind, 7, wishes)

    whole = tally(a + b + c)
    assert tally(a).merge(tally(b)).merge(tally(c)) == whole
    assert tally(a).merge(tally(b).merge(tally(c))) == whole
    assert tally(c).merge(tally(a)).merge(tally(b)) == whole
    assert whole.merge(LabelTally(label_sets=Counter())) == whole


@few
@given(
    several_rows, st.sets(st.sampled_from(SEVERAL), max_size=3), st.sampled_from(["column", "delimited", "indicator"])
)
def test_no_row_is_lost_and_ignored_labels_leave_only_their_own(rows: list[Row], ignored: set[str], kind: str) -> None:
    if kind == "column":
        rows = [row[:1] if row else None for row in rows]
    frame, wishes = as_frame(rows, kind)
    wishes = Wishes(**{**vars(wishes), "ignore": tuple(ignored)})
    tally = tally_of(frame, kind, 7, wishes)
    assert tally.n_rows == len(rows)
    assert tally.n_rows == tally.n_samples + tally.n_missing + tally.n_ignored + tally.n_rejected
    assert same(tally, counted(rows, tuple(ignored)))


# -- whole files ------------------------------------------------------------------------------------------------------


def delimited_text(rows: Sequence[Sequence[str]], delimiter: str = ",", ends: str = "\n", quoting: int = 0) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=ends, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return text.getvalue()


def profile(*paths: Path, options: Options = Options(label="label"), **said: Any) -> LabelProfile:  # noqa: B008
    request = LabelRequest(options=options, wishes=Wishes(**{"label": "label", **said}))
    return examine_labels(Paths(map(str, paths)), request)[0]


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


def json_lines(rows: Sequence[Any]) -> bytes:
    """The rows twice: a single line would be a JSON document."""
    return "".join(json.dumps(row) + "\n" for row in [*rows, *rows]).encode()


def facts(labels: LabelProfile) -> tuple:
    """Everything that was counted, and what was derived from it."""
    return labels.counts, labels.n_missing, labels.n_ignored, labels.n_unlabelled, labels.measures


@few
@given(single_rows.filter(any))
def test_the_same_labels_give_the_same_counts_in_every_format(tmp_path: Path, rows: list[Row]) -> None:
    cells = [None if row is None else row[0] for row in rows]
    table = [["id", "label"], *[[str(i), cell or ""] for i, cell in enumerate(cells * 2)]]
    records = [{"id": i, "label": cell} for i, cell in enumerate(cells)]
    parquet = tmp_path / "a.parquet"
    pl.DataFrame(records * 2, {"id": pl.Int64, "label": pl.String}).write_parquet(parquet)
    paths = [
        parquet,
        write(tmp_path, "a.csv", delimited_text(table).encode()),
        write(tmp_path, "a.csv.gz", delimited_text(table).encode()),
        write(tmp_path, "a.tsv", delimited_text(table, "\t").encode()),
        write(tmp_path, "a.json", json.dumps(records * 2).encode()),
        write(tmp_path, "a.jsonl", json_lines(records)),
        write(tmp_path, "a.jsonl.gz", json_lines(records)),
    ]
    answer = counted(rows * 2)
    for path in paths:
        labels = profile(path, layout="column")
        assert same(labels, answer), path.name
        assert facts(labels) == facts(profile(parquet, layout="column")), path.name


@few
@given(st.lists(st.one_of(st.integers(-3, 300), st.integers(-(2**63), 2**63 - 1)), min_size=1, max_size=20))
def test_integers_give_the_same_counts_as_text_and_as_arrays(tmp_path: Path, values: list[int]) -> None:
    array = tmp_path / "a.npy"
    answer = counted([(str(v),) for v in values])
    for dtype in ("<i8", ">i8", "<i2", "<u1"):
        if all(np.iinfo(dtype).min <= v <= np.iinfo(dtype).max for v in values):
            np.save(array, np.array(values, dtype=dtype))
            assert same(profile(array, label=None, layout="column", options=Options()), answer)
    text = write(tmp_path, "a.csv", delimited_text([["id", "label"], *[["x", str(v)] for v in values]]).encode())
    assert same(profile(text, layout="column"), answer)


@few
@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=20))
def test_indicators_give_the_same_counts_as_text_and_as_matrices(tmp_path: Path, matrix: list[list[bool]]) -> None:
    names = ["a", "b", "c"]
    rows = [tuple(n for n, one in zip(names, row, strict=True) if one) for row in matrix]
    text = write(tmp_path, "a.csv", delimited_text([names, *[["01"[v] for v in row] for row in matrix * 2]]).encode())
    lists = write(tmp_path, "a.jsonl", json_lines([{"label": row} for row in rows]))
    array = tmp_path / "a.npy"
    answer = counted(rows * 2)
    for dtype, order in (("u1", "C"), ("f4", "F"), ("?", "C")):
        np.save(array, np.array(matrix * 2, dtype=dtype, order=order))
        found = profile(array, label=None, classes=tuple(names), options=Options())
        assert same(found, answer)
    if any(rows):
        same_rows = profile(text, label=None, layout="indicator", options=Options(header=True))
        assert same(same_rows, answer)
        listed = profile(lists, classes=tuple(names))
        assert same(listed, answer)
        assert facts(listed) == facts(same_rows) == facts(found)


NOISE = {
    "byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "utf-16": lambda text: text.encode("utf-16"),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "no final line end": lambda text: text.rstrip("\n").encode(),
}


@few
@given(single_rows.filter(any))
def test_noise_in_the_text_changes_nothing(tmp_path: Path, rows: list[Row]) -> None:
    cells = ["" if row is None else row[0] for row in rows]
    table = [["id", "label"], *[[str(i), cell] for i, cell in enumerate(cells)]]
    wider = [["label", "id", "more"], *[[cell, str(i), "x,y\nz"] for i, cell in enumerate(cells)]]
    plain = facts(profile(write(tmp_path, "a.csv", delimited_text(table).encode()), layout="column"))
    for what, noisy in NOISE.items():
        path = write(tmp_path, "b.csv", noisy(delimited_text(table)))
        assert facts(profile(path, layout="column")) == plain, what
    for text in (delimited_text(table, quoting=csv.QUOTE_ALL), delimited_text(wider), delimited_text(table, ";")):
        assert facts(profile(write(tmp_path, "b.csv", text.encode()), layout="column")) == plain


@few
@given(several_rows.filter(any), st.integers(1, 29))
def test_shards_give_the_counts_of_the_whole(tmp_path: Path, rows: list[Row], cut: int) -> None:
    def path(name: str, part: Sequence[Row]) -> Path:
        return write(tmp_path, name, json_lines([{"label": row} for row in part]))

    parts = [part for part in (rows[:cut], rows[cut:]) if any(part)]
    kept = [row for part in parts for row in part]
    labels = profile(*[path(f"{i}.jsonl", part) for i, part in enumerate(parts)])
    assert same(labels, counted(kept * 2))
    assert facts(labels) == facts(profile(path("whole.jsonl", kept)))


@few
@given(single_rows.filter(any), st.sampled_from([1, 7, 64]))
def test_the_blocks_in_which_a_file_is_read_change_nothing(tmp_path: Path, rows: list[Row], size: int) -> None:
    table = [["id", "label"], *[[str(i), "" if row is None else row[0]] for i, row in enumerate(rows)]]
    path = write(tmp_path, "a.csv", delimited_text(table).encode())
    whole = facts(profile(path, layout="column"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_text.text_blocks, "__defaults__", (size,))
        assert facts(profile(path, layout="column")) == whole


@few
@given(several_rows, st.randoms())
def test_renaming_the_classes_permutes_them_and_changes_no_measure(
    tmp_path: Path, rows: list[Row], chance: Random
) -> None:
    if not any(rows):
        return
    renamed = dict(zip(SEVERAL, chance.sample([f"class {i}" for i in range(len(SEVERAL))], len(SEVERAL)), strict=True))
    new = [None if row is None else tuple(renamed[name] for name in row) for row in rows]
    before, after = (
        profile(write(tmp_path, "a.jsonl", json_lines([{"label": row} for row in some]))) for some in (rows, new)
    )
    assert {renamed[r.name]: r.count for r in before.classes} == {r.name: r.count for r in after.classes}
    for measure in ("imbalance_ratio", "gini", "cardinality", "density", "singletons"):
        assert before.measures[measure] == after.measures[measure]
    assert before.measures["entropy"] == pytest.approx(after.measures["entropy"], rel=1e-12)
    assert before.percentiles["share"] == after.percentiles["share"]
