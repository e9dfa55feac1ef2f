"""Data sets of Hugging Face on disk: shards of Arrow streams, class names of a ClassLabel, -1 is missing."""

import json

import pyarrow as pa
import pytest

from tests.readers.folders import asked, counted, examined, put


def dataset(folder, shards=((0, 1, 1, -1), (2, 2, 0)), names=("neg", "neu", "pos", "unused"), **state):
    files = []
    for i, ids in enumerate(shards):
        name = f"data-{i:05}-of-{len(shards):05}.arrow"
        table = pa.table({"text": [f"row {k}" for k in ids], "label": pa.array(ids, pa.int64())})
        (folder).mkdir(parents=True, exist_ok=True)
        with pa.OSFile(str(folder / name), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        files.append({"filename": name})
    put(folder / "state.json", json.dumps({"_data_files": files} | state))
    label = {"_type": "ClassLabel", "names": list(names)}
    features = {"text": {"dtype": "string", "_type": "Value"}, "label": label}
    put(folder / "dataset_info.json", json.dumps({"features": features}))
    return folder


def test_all_shards_are_counted_under_the_declared_names(tmp_path):
    labels, _ = examined(dataset(tmp_path / "set"), label="label")
    assert [(r.name, r.count) for r in labels.classes] == [("neg", 2), ("neu", 2), ("pos", 2), ("unused", 0)]
    assert labels.n_missing == 1


def test_splits_are_asked_about(tmp_path):
    for split in ("train", "test"):
        dataset(tmp_path / "all" / split)
    put(tmp_path / "all/dataset_dict.json", json.dumps({"splits": ["train", "test"]}))
    assert "train, test" in asked(tmp_path / "all")
    assert counted(tmp_path / "all/test", label="label")["neg"] == 2


@pytest.mark.parametrize("name", ["../outside.arrow", "/etc/passwd", None, ""])
def test_a_shard_outside_the_folder_is_refused(tmp_path, name):
    folder = dataset(tmp_path / "set")
    put(folder / "state.json", json.dumps({"_data_files": [{"filename": name}]}))
    assert "lists no shards" in asked(folder)


def test_a_selection_of_rows_and_a_lost_shard_are_refused(tmp_path):
    assert "flatten_indices" in asked(dataset(tmp_path / "a", _indices_data_files=[{"filename": "i.arrow"}]))
    folder = dataset(tmp_path / "b")
    (folder / "data-00001-of-00002.arrow").unlink()
    assert "data-00001" in asked(folder, label="label")


@pytest.mark.parametrize("text", ["{broken", "[1]", "[" * 5000])
def test_a_state_that_is_no_object_is_refused(tmp_path, text):
    folder = dataset(tmp_path / "set")
    put(folder / "state.json", text)
    assert "state.json" in asked(folder)


def test_a_shard_with_other_columns_is_named(tmp_path):
    folder = dataset(tmp_path / "set")
    table = pa.table({"label": pa.array([1, 2], pa.int64())})
    with pa.OSFile(str(folder / "data-00001-of-00002.arrow"), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as w:
        w.write_table(table)
    assert "other columns" in asked(folder, label="label")


def test_a_description_beyond_the_limit_is_refused(tmp_path, monkeypatch):
    folder = dataset(tmp_path / "set")
    monkeypatch.setattr("imbalance_doctor.readers.hf_folder.MAX_JSON", 10)
    assert "state.json is longer than 10 characters" in asked(folder)


@pytest.mark.parametrize("splits", ['{"splits": null}', '{"splits": ["train", "../x"]}', '{"splits": [1]}'])
def test_splits_that_are_not_there_are_said_not_to_be(tmp_path, splits):
    put(tmp_path / "all/dataset_dict.json", splits)
    assert "names no split that is there" in asked(tmp_path / "all")
