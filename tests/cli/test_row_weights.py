"""`weights … --to row-weights`: every row of the input with its weight, in three formats."""

import csv
import errno
import io
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from imbalance_doctor.cli import _output, run
from imbalance_doctor.errors import ClosedPipeError, InputError, OutputError
from tests.awkward import NAMES

WEIGHED = ["--to", "row-weights", "--scheme", "balanced"]


def write(path: Path, rows: list[list[str]], delimiter: str = ",") -> str:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return str(path)


@pytest.fixture
def labels(tmp_path: Path) -> str:
    """60 rows ok, 30 odd, 10 rare, and two without a label; ids that a careless reader makes numbers of."""
    names = ["ok"] * 60 + ["odd"] * 30 + ["rare"] * 10 + ["", ""]
    rows = [[f"{i:04}", f' "{i}", or\nso ', name] for i, name in enumerate(names)]
    return write(tmp_path / "labels.csv", [["id", "text", "label"], *rows])


def out(arguments: list[str], capsysbinary) -> str:
    assert run(arguments) == 0
    return capsysbinary.readouterr().out.decode()


def rows_of(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_every_row_keeps_its_place_and_its_cells_and_gets_the_weight_of_its_class(labels, capsysbinary):
    found = rows_of(out(["weights", labels, "--label", "label", *WEIGHED], capsysbinary))
    before = rows_of(Path(labels).read_text(encoding="utf-8"))
    assert [{k: v for k, v in row.items() if k != "weight"} for row in found] == before
    # N / (K n) of 100 labelled rows: 100/180, 100/90, 100/30.
    expected = {"ok": 100 / 180, "odd": 100 / 90, "rare": 100 / 30}
    assert [row["weight"] for row in found[-2:]] == ["", ""]
    assert all(float(row["weight"]) == pytest.approx(expected[row["label"]], rel=1e-12) for row in found[:-2])
    assert sum(float(row["weight"]) for row in found[:-2]) == pytest.approx(100, rel=1e-12)


def test_the_suffix_of_the_output_decides_the_format(labels, tmp_path, capsysbinary):
    comma = out(["weights", labels, "--label", "label", *WEIGHED], capsysbinary)
    paths = [tmp_path / f"weighted{suffix}" for suffix in (".csv", ".tsv", ".parquet")]
    for path in paths:
        assert run(["weights", labels, "--label", "label", *WEIGHED, "-o", str(path)]) == 0
    assert paths[0].read_bytes().decode() == comma
    assert rows_of(paths[1].read_text(encoding="utf-8"), "\t") == rows_of(comma)
    frame = pl.read_parquet(paths[2])
    assert frame.columns == ["id", "text", "label", "weight"]
    assert frame["weight"].dtype == pl.Float64
    assert [f"{w}" if w is not None else "" for w in frame["weight"]] == [row["weight"] for row in rows_of(comma)]


def test_a_parquet_file_keeps_its_types(tmp_path):
    path, weighted = tmp_path / "labels.parquet", tmp_path / "weighted.parquet"
    frame = pl.DataFrame({"x": [1.5, None, 3.0], "boxes": [[1], [], [2, 3]], "label": ["a", "b", "a"]})
    frame.write_parquet(path)
    assert run(["weights", str(path), "--label", "label", *WEIGHED, "-o", str(weighted)]) == 0
    assert pl.read_parquet(weighted).drop("weight").equals(frame)
    assert pl.read_parquet(weighted)["weight"].to_list() == pytest.approx([0.75, 1.5, 0.75])


def test_lists_cannot_be_written_as_csv(tmp_path, capsys):
    path = tmp_path / "labels.parquet"
    pl.DataFrame({"boxes": [[1], [2]], "label": ["a", "b"]}).write_parquet(path)
    assert run(["weights", str(path), "--label", "label", *WEIGHED]) == 3
    assert ".parquet" in capsys.readouterr().err


def test_shards_are_written_one_after_the_other_under_one_header(tmp_path, capsysbinary):
    first = write(tmp_path / "1.csv", [["x", "label"], ["1", "a"], ["2", "a"]])
    second = write(tmp_path / "2.csv", [["x", "label"], ["3", "b"], ["4", "a"]])
    assert out(["weights", first, second, "--label", "label", *WEIGHED], capsysbinary).splitlines() == [
        "x,label,weight",
        "1,a,0.6666666666666666",
        "2,a,0.6666666666666666",
        "3,b,2.0",
        "4,a,0.6666666666666666",
    ]


def test_shards_with_other_columns_are_refused(tmp_path, capsys):
    first = write(tmp_path / "1.csv", [["x", "label"], ["1", "a"], ["2", "a"]])
    second = write(tmp_path / "2.csv", [["label", "x"], ["b", "3"], ["a", "4"]])
    assert run(["weights", first, second, "--label", "label", *WEIGHED, "-o", str(tmp_path / "o.csv")]) == 3
    assert "other columns than the first" in capsys.readouterr().err
    assert not (tmp_path / "o.csv").exists()


def test_an_input_without_a_header_gives_an_output_without_one(tmp_path, capsysbinary):
    path = write(tmp_path / "labels.csv", [["1", "a"], ["2", "b"], ["3", "b"], ["4", "b"]])
    text = out(["weights", path, "--no-header", "--label", "2", *WEIGHED], capsysbinary)
    assert text.splitlines()[:2] == ["1,a,2.0", "2,b,0.6666666666666666"]


def test_every_awkward_name_keeps_its_weight(tmp_path, capsysbinary):
    names = [name for name in NAMES if name]
    rows = [[str(i), name] for i, name in enumerate(names)] + [["x", names[0]]] * 9
    path = write(tmp_path / "labels.csv", [["id", "label"], *rows])
    found = rows_of(out(["weights", path, "--layout", "column", "--label", "label", *WEIGHED], capsysbinary))
    assert [row["label"] for row in found] == [name for _, name in rows]
    size = len(rows) / len(names)
    for row in found:
        assert float(row["weight"]) == pytest.approx(size / (10 if row["label"] == names[0] else 1), rel=1e-12)


@pytest.mark.parametrize(("scheme", "w"), [("pos-weight", {"no": 1.0, "yes": 3.0}), ("balanced-pair", None)])
def test_binary_factors_are_those_of_the_class_of_the_row(tmp_path, capsysbinary, scheme, w):
    path = write(
        tmp_path / "labels.csv", [["id", "label"], *([str(i), "yes" if i % 4 == 0 else "no"] for i in range(40))]
    )
    found = rows_of(out(["weights", path, "--label", "label", "--to", "row-weights", "-s", scheme], capsysbinary))
    expected = w or {"no": 40 / 60, "yes": 40 / 20}
    assert {row["label"]: float(row["weight"]) for row in found} == pytest.approx(expected)


def test_a_row_of_several_labels_has_the_largest_of_their_factors(tmp_path, capsysbinary):
    rows = [["1", "a|b"], ["2", "a"], ["3", "a"], ["4", ""], *([str(i), "a"] for i in range(5, 21))]
    path = write(tmp_path / "labels.csv", [["id", "tags"], *rows])
    arguments = ["weights", path, "--label", "tags", "--separator", "|", "--to", "row-weights"]
    found = rows_of(out([*arguments, "-s", "repeat-factor", "--threshold", "0.2"], capsysbinary))
    # b is on 1 of 20 rows: sqrt(0.2 / 0.05) = 2.
    assert [float(row["weight"]) for row in found[:5]] == [2.0, 1.0, 1.0, 1.0, 1.0]


def test_the_column_can_have_another_name_and_none_that_is_taken(labels, capsys, tmp_path):
    arguments = ["weights", labels, "--label", "label", *WEIGHED, "--weight-column"]
    assert run([*arguments, "importance", "-o", str(tmp_path / "o.csv")]) == 0
    assert (tmp_path / "o.csv").read_text(encoding="utf-8").startswith("id,text,label,importance\n")
    assert run([*arguments, "text", "-o", str(tmp_path / "p.csv")]) == 3
    assert "has a column 'text' already" in capsys.readouterr().err
    assert not (tmp_path / "p.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["weights", "-", *WEIGHED], 2, "standard input cannot be read twice"),
        (["weights", "{labels}", "--label", "label", *WEIGHED, "-o", "{folder}/x.xlsx"], 2, ".csv, .tsv, .parquet"),
        (["weights", "{labels}", "--label", "label", "--to", "json", "--weight-column", "w"], 2, "--to row-weights"),
        (
            ["weights", "{labels}", "--label", "label", "--to", "row-weights", "-s", "logit-adjustment"],
            2,
            "not a weight",
        ),
        (["weights", "{labels}", "--label", "label", *WEIGHED, "--loss", "focal"], 2, "no loss can be written"),
    ],
)
def test_what_cannot_be_done_is_said(labels, tmp_path, capsys, arguments, code, said):
    filled = [part.replace("{labels}", labels).replace("{folder}", str(tmp_path)) for part in arguments]
    assert run(filled) == code
    assert said in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["labels.csv"]


def test_a_damaged_row_stops_it_since_no_row_may_be_lost(tmp_path, capsys):
    rows = [[str(i), "a" if i % 3 else "b"] for i in range(300)]
    path = write(tmp_path / "labels.csv", [["id", "label"], *rows[:200], ["200", "a", "too many"], *rows[201:]])
    assert run(["weights", path, "--label", "label", *WEIGHED, "-o", str(tmp_path / "o.csv")]) == 3
    assert "error" in capsys.readouterr().err
    assert not (tmp_path / "o.csv").exists()


def test_counts_have_no_rows_to_weigh(tmp_path, capsys):
    path = write(tmp_path / "counts.csv", [["class", "count"], ["a", "90"], ["b", "10"]])
    assert run(["weights", path, "--layout", "counts", *WEIGHED]) == 2
    assert "a row is not a sample" in capsys.readouterr().err


def test_a_matrix_has_no_columns_to_add_one_to(tmp_path, capsys):
    import numpy as np

    np.save(tmp_path / "y.npy", np.eye(3)[[0, 1, 2, 0, 0]])
    assert run(["weights", str(tmp_path / "y.npy"), *WEIGHED]) == 2
    assert "is a matrix" in capsys.readouterr().err


class Stream(io.BytesIO):
    """A stdout whose every write fails."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self.error = error

    def write(self, data) -> int:
        raise self.error


@pytest.mark.parametrize(
    ("error", "expected"),
    [(BrokenPipeError(), ClosedPipeError), (OSError(errno.ENOSPC, "No space left on device"), OutputError)],
)
def test_a_stdout_that_cannot_be_written_is_an_output_error(monkeypatch, error, expected):
    monkeypatch.setattr(_output.sys, "stdout", SimpleNamespace(buffer=Stream(error)))
    monkeypatch.setattr(_output, "silence_stdout", lambda: None)
    with pytest.raises(expected) as caught:
        _output.put_pieces([b"x"], None)
    assert type(caught.value) is expected


def test_an_error_half_way_leaves_no_file_and_keeps_the_old_one(tmp_path):
    def pieces():
        yield b"new"
        raise InputError("stop")

    path = tmp_path / "o.csv"
    with pytest.raises(InputError, match="stop"):
        _output.put_pieces(pieces(), path)
    assert list(tmp_path.iterdir()) == []
    path.write_bytes(b"old")
    with pytest.raises(InputError, match="stop"):
        _output.put_pieces(pieces(), path, force=True)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
