"""YOLO label folders: the first word of each line is a class id, the names stand in a file beside or above."""

from pathlib import Path

import pytest

from tests.readers.folders import asked, counted, examined, put


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six images: none, one, two … objects, of the classes 0 and 1."""
    for i in range(6):
        lines = "".join(f"{(i + j) % 2} 0.5 0.5 0.1 0.1\n" for j in range(i))
        put(tmp_path / "set/labels" / f"{i}.txt", lines)
    put(tmp_path / "set/data.yaml", "names: [person, car, bike]\nnc: 3\n")
    return tmp_path / "set"


def test_instances_are_counted_under_the_names_of_the_data_file(folder):
    # image i holds i objects that alternate from i % 2 on: 3 of 1; 2, 4 even split; 1, 5 lean to odd
    expected = {"person": 0, "car": 0, "bike": 0}
    for i in range(6):
        for j in range(i):
            expected[("person", "car")[(i + j) % 2]] += 1
    assert counted(folder) == expected
    assert counted(folder / "labels") == expected


def test_images_are_counted_on_request_and_an_empty_file_is_an_image_without_objects(folder):
    labels, note = examined(folder, count="images")
    assert {row.name: row.count for row in labels.classes} == {"person": 4, "car": 5, "bike": 0}
    assert (labels.n_samples, labels.n_unlabelled) == (6, 1)
    assert "empty file" in note


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data.yaml", "names:\n  0: person\n  1: car\n  2: bike\n"),
        ("data.yaml", "names: ['person', \"car\", bike]\n"),
        ("classes.txt", "person\ncar\nbike\n"),
        ("obj.names", "person\ncar\nbike\n"),
    ],
)
def test_names_come_from_a_list_a_mapping_or_a_text(folder, name, text):
    (folder / "data.yaml").unlink()
    put(folder / name, text)
    assert list(counted(folder)) == ["person", "car", "bike"]


def test_without_names_the_ids_are_the_classes(folder):
    (folder / "data.yaml").unlink()
    assert list(counted(folder)) == ["0", "1"]


@pytest.mark.parametrize(
    "line", ["cat 0.5 0.5 0.1 0.1\n", "-1 0.5 0.5 0.1 0.1\n", "7 0.5 0.5 0.1 0.1\n", "0 0.5 0.5 0.1\n", "0\n"]
)
def test_a_line_that_is_no_class_id_with_a_box_is_named_by_file(folder, line):
    put(folder / "labels/bad.txt", line)
    assert "bad.txt" in asked(folder)


@pytest.mark.parametrize(
    ("name", "text"),
    [("data.yaml", "names: [a, b\nnc: 3"), ("classes.txt", "a\n\nb\n"), ("data.yaml", "names: [a]\nnc: 1\n")],
)
def test_a_names_file_that_is_broken_or_too_short_is_named(folder, name, text):
    (folder / "data.yaml").unlink()
    put(folder / name, text)
    assert asked(folder, input_format="yolo")


def test_a_data_file_without_names_names_nothing(folder):
    put(folder / "data.yaml", "path: somewhere\n")
    assert list(counted(folder)) == ["0", "1"]


def test_splits_and_folders_without_label_files_are_asked_about(folder, tmp_path):
    for split in ("train", "val"):
        put(tmp_path / "b/labels" / split / "0.txt", "0 0.5 0.5 0.1 0.1\n")
    assert "train" in asked(tmp_path / "b", input_format="yolo")
    put(tmp_path / "c/readme.md", "x")
    assert "no label files" in asked(tmp_path / "c", input_format="yolo")
    assert "not a folder" in asked(folder / "labels/3.txt", input_format="yolo")


def test_the_folder_of_the_splits_is_asked_about_by_name(tmp_path):
    put(tmp_path / "labels/train/a.txt", "0 .5 .5 .1 .1\n")
    said = asked(tmp_path / "labels")
    assert "it has the folders train" in said
    assert "labels/train" in said


def test_shards_of_text_are_recognised_by_their_start_whatever_their_length_and_encoding(tmp_path):
    put(tmp_path / "long/a.txt", "cat\ndog\ncat\n" * 1_000_000)
    assert counted(tmp_path / "long") == {"cat": 2_000_000, "dog": 1_000_000}
    put(tmp_path / "latin/a.txt", "café\nthé\ncafé\n".encode("cp1252"))
    assert counted(tmp_path / "latin", encoding="cp1252", header=False) == {"café": 2, "thé": 1}


@pytest.mark.parametrize("text", ["names: {0: a, 2: b}", "names: []", "names: [a, [b]]", "names: {a: 0, b: 1}"])
def test_names_that_are_no_list_from_index_0_on_are_refused(folder, text):
    put(folder / "data.yaml", text)
    assert "data.yaml" in asked(folder)


def test_blank_lines_hold_no_object(folder):
    before = counted(folder)
    text = (folder / "labels/5.txt").read_text()
    put(folder / "labels/5.txt", text.replace("\n", "\n\n") + "  \n")
    assert counted(folder) == before


def test_labels_in_a_folder_of_another_name_are_read_with_the_images_beside_them(tmp_path):
    for i in range(30):
        put(tmp_path / "set" / f"{i}.txt", "0 0.5 0.5 0.1 0.1\n")
    put(tmp_path / "set/99.jpg")
    labels, note = examined(tmp_path / "set", count="images")
    assert labels.n_samples == 31
    assert "1 without a file" in note


def test_two_classes_of_one_name_are_refused(folder):
    put(folder / "data.yaml", "names: [person, car, person]\n")
    assert "names two classes 'person': indexes 0, 2" in asked(folder)


@pytest.mark.parametrize("text", ["- names\n- of nothing\n", "path: names\n"])
def test_a_data_file_whose_names_are_something_else_names_nothing(folder, text):
    put(folder / "data.yaml", text)
    put(folder / "classes.txt", "person\ncar\n")
    assert list(counted(folder)) == ["person", "car"]


def test_a_names_file_beyond_the_limit_is_refused(folder, monkeypatch):
    monkeypatch.setattr("imbalance_doctor.readers._yolo_names.MAX_LENGTH", 10)
    assert "longer than 10 characters" in asked(folder)


def test_images_are_streamed_in_batches(folder, monkeypatch):
    monkeypatch.setattr("imbalance_doctor.readers._labelled.HEAD_ROWS", 2)
    labels, _ = examined(folder, count="images")
    assert (labels.n_samples, labels.n_unlabelled) == (6, 1)
