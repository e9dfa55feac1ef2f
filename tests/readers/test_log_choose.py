"""Logs in formats of tables, logs as label readers see them, folders of event files, and what is no log."""

import json
import tarfile

import numpy as np
import polars as pl
import pytest

from imbalance_doctor.errors import InputError, RefusedError
from imbalance_doctor.readers import _log_choose, _log_json, _log_lines, trainer_state
from imbalance_doctor.readers._choose import Paths
from imbalance_doctor.readers._source import Options, Source
from tests.readers.events import event, record, simple
from tests.readers.logs import read
from tests.readers.reading import StandardInput


@pytest.mark.parametrize(("name", "write"), [("log.parquet", "write_parquet"), ("log.arrow", "write_ipc")])
def test_a_table_file_of_metrics_is_a_log(tmp_path, name, write):
    getattr(pl.DataFrame({"step": [1, 2], "loss": [0.5, 0.25], "note": [None, "x"]}), write)(tmp_path / name)
    log, records = read(tmp_path, (tmp_path / name).read_bytes(), name)
    assert records == [{"step": "1", "loss": 0.5}, {"step": "2", "loss": 0.25, "note": "x"}]
    assert log.n_records == 2


def test_an_array_has_no_names_of_metrics(tmp_path):
    np.save(tmp_path / "x.npy", np.zeros((3, 2)))
    with pytest.raises(InputError, match="matrix without names"):
        read(tmp_path, (tmp_path / "x.npy").read_bytes(), "x.npy")


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "is empty"), (b"  \n", "is empty"), (b"\1\0\2\0\3\0\4\0\5\0\6\0", "binary")]
)
def test_nothing_and_bytes_are_refused(tmp_path, content, said):
    with pytest.raises(InputError, match=said):
        read(tmp_path, content)


def test_a_folder_stands_for_its_event_files(tmp_path):
    for i in (1, 0):
        folder = tmp_path / "run" / f"part{i}"
        folder.mkdir(parents=True)
        (folder / "events.out.tfevents.1.host").write_bytes(record(event(1, simple("loss", 0.5))))
    found = _log_choose.sources(Paths([str(tmp_path / "run")]))
    assert [source.path.parent.name for source in found] == ["part0", "part1"]


def test_the_trainer_state_is_a_table_of_its_records_for_other_examinations(tmp_path):
    history = [{"epoch": 1.0, "loss": 0.7}, {"epoch": 2.0, "loss": 0.6, "lr": 1e-5}]
    path = tmp_path / "trainer_state.json"
    path.write_text(json.dumps({"log_history": history}))
    table = trainer_state.read(Source(str(path), path), Options())
    assert [c.name for c in table.columns] == ["epoch", "loss", "lr"]
    (frame,) = table.stream(["loss", "lr"])
    assert frame.rows() == [("0.7", None), ("0.6", "1e-05")]
    path.write_text(json.dumps({"log_history": []}))
    with pytest.raises(InputError, match="no records"):
        trainer_state.read(Source(str(path), path), Options())


@pytest.mark.parametrize("text", ['{"a": 1}', "[1, 2]"])
def test_a_named_trainer_state_without_history_is_refused(tmp_path, text):
    with pytest.raises(InputError, match="log_history"):
        read(tmp_path, text, input_format="trainer-state")


def test_lines_that_are_no_objects_are_left_out_and_counted(tmp_path):
    text = '{"loss": 0.5}\nWARNING something\n{"loss": broken}\n[1]\n{"loss": 0.4}\n'
    log, records = read(tmp_path, text, "metrics.jsonl")
    assert records == [{"loss": "0.5"}, {"loss": "0.4"}]
    assert "3 lines that hold no JSON object" in " ".join(log.notes)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('{"a": [1, 2', InputError),
        ('{"a": {"b": "c"}}', InputError),
    ],
)
def test_json_that_is_broken_deep_or_no_log_is_refused(tmp_path, text, error):
    with pytest.raises(error) as caught:
        read(tmp_path, text, "log.json")
    assert caught.value.hint


def test_a_document_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(_log_json, "MAX_DOCUMENT", 100, raising=False)
    limits = [n for n in vars(_log_json) if n.startswith("MAX")]
    assert limits
    for name in limits:
        monkeypatch.setattr(_log_json, name, 100)
    with pytest.raises(RefusedError):
        read(tmp_path, json.dumps({"log_history": [{"loss": 0.1}] * 100}, indent=1), "log.json")


def test_a_line_without_end_is_left_out_and_the_next_one_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(_log_lines, "MAX_LINE", 1000)
    text = "loss: 0.5 acc: 0.1\n" + "x" * 5_000_000 + "\nloss: 0.4 acc: 0.2\n" + "y" * 3000
    log, records = read(tmp_path, text, "console.log")
    assert [r["loss"] for r in records] == ["0.5", "0.4"]
    assert "2 lines of more than 1,000 characters" in " ".join(log.notes)


@pytest.mark.parametrize(
    "text",
    [
        '{"history": [{"loss": 0.5}, {"loss": 0.4}]}',
        '[{"loss": 0.5}, 7, {"loss": 0.4}]',
    ],
)
def test_records_and_series_are_found_a_level_down(tmp_path, text):
    assert [r["loss"] for r in read(tmp_path, text, "log.json")[1]] == ["0.5", "0.4"]


@pytest.mark.parametrize("text", ['"text"', "3", "[3, 4]"])
def test_a_document_without_records_says_so(tmp_path, text):
    with pytest.raises(InputError, match=r"without records|no log|records"):
        read(tmp_path, text, "log.json", input_format="json")


def test_empty_lines_and_nested_values_are_passed_over(tmp_path):
    text = '{"loss": 0.5, "data": {"deep": {"er": {"still": {"more": 1}}}}}\n\n\n{"loss": 0.4}\n'
    assert [r["loss"] for r in read(tmp_path, text, "metrics.jsonl")[1]] == ["0.5", "0.4"]


def test_an_event_file_on_standard_input_is_read(monkeypatch):
    monkeypatch.setattr("sys.stdin", StandardInput(record(event(3, simple("loss", 0.5)))))
    log = _log_choose.open_log(Source("standard input", None), Options())
    assert [found for _, found in log.records] == [{"step": 3.0, "loss": 0.5}]
    assert log.split is None


def test_dictionaries_as_python_prints_them_are_lines_of_a_console(tmp_path):
    log, records = read(tmp_path, "{'loss': 0.69, 'epoch': 1.0}\n{'loss': 0.5, 'epoch': 2.0}\n")
    assert log.format == "console"
    assert records == [{"loss": "0.69", "epoch": "1.0"}, {"loss": "0.5", "epoch": "2.0"}]


def test_an_archive_is_no_log(tmp_path):
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo("log.txt"))
    with pytest.raises(InputError, match="a tar archive"):
        read(tmp_path, (tmp_path / "a.tar").read_bytes(), "a.tar")
