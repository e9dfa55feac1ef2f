"""COCO and LVIS: instances by default, images on request, every declared category in the order of its id."""

import json
from pathlib import Path

import pytest

import imbalance_doctor
from tests.readers.folders import asked, counted, examined, put

CATEGORIES = [{"id": 90, "name": "unseen"}, {"id": 3, "name": "cat"}, {"id": 17, "name": "dog"}]
IMAGES = [{"id": i, "file_name": f"{i}.jpg"} for i in range(5)]
ANNOTATIONS = [
    {"id": i, "image_id": image, "category_id": category, "iscrowd": 0}
    for i, (image, category) in enumerate([(0, 3), (0, 3), (0, 17), (1, 17), (3, 3)])
]


def coco(tmp_path: Path, **changes: object) -> Path:
    whole = {"images": IMAGES, "annotations": ANNOTATIONS, "categories": CATEGORIES} | changes
    return put(tmp_path / "instances.json", json.dumps({k: v for k, v in whole.items() if v is not None}))


def test_instances_are_counted_for_every_declared_category_in_the_order_of_the_ids(tmp_path):
    assert list(counted(coco(tmp_path)).items()) == [("cat", 3), ("dog", 2), ("unseen", 0)]


def test_images_are_counted_once_for_each_category_and_those_without_are_unlabelled(tmp_path):
    labels, _ = examined(coco(tmp_path), count="images")
    assert {row.name: row.count for row in labels.classes} == {"cat": 2, "dog": 2, "unseen": 0}
    assert (labels.n_samples, labels.n_unlabelled) == (5, 2)


def test_the_note_says_how_many_images_and_the_other_way_to_count(tmp_path):
    _, note = examined(coco(tmp_path))
    assert "--count images" in note
    assert "5" in note


def test_annotations_that_repeat_an_id_are_noted_and_parts_of_panoptic_ones_are_not(tmp_path):
    assert "repeat the id" not in examined(coco(tmp_path))[1]
    assert "2 annotations repeat the id" in examined(coco(tmp_path, annotations=ANNOTATIONS + ANNOTATIONS[:2]))[1]
    parts = [{"image_id": 0, "segments_info": [{"id": 1, "category_id": 3}, {"id": 1, "category_id": 3}]}]
    assert "repeat the id" not in examined(coco(tmp_path, annotations=parts))[1]


def test_the_sections_may_come_in_any_order(tmp_path):
    path = put(
        tmp_path / "x.json", json.dumps({"categories": CATEGORIES, "annotations": ANNOTATIONS, "images": IMAGES})
    )
    assert counted(path) == counted(coco(tmp_path))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"annotations": [{"id": 0, "image_id": 0, "category_id": 4}]}, "4"),
        ({"categories": [*CATEGORIES, {"id": 3, "name": "cow"}]}, "3"),
        ({"categories": [*CATEGORIES, {"id": 4, "name": "cat"}]}, "cat"),
    ],
)
def test_a_category_that_is_not_declared_or_declared_twice_is_named(tmp_path, changes, said):
    assert said in asked(coco(tmp_path, **changes))


def test_a_file_that_is_cut_off_is_refused(tmp_path):
    path = coco(tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    assert asked(path)


def test_another_way_to_count_is_named(tmp_path):
    assert "images" in asked(coco(tmp_path), count="pixels")


def test_what_to_count_is_no_option_of_a_table(tmp_path):
    said = asked(put(tmp_path / "a.csv", "label\na\nb\na\n"), count="images")
    assert "--count is for coco, masks, yolo, not for csv" in said


def test_the_python_api_takes_what_to_count(tmp_path):
    labels = imbalance_doctor.analyze(str(coco(tmp_path)), count="images").labels
    assert [row.count for row in labels.classes] == [2, 2, 0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"annotations": [3]}, "entry 1 of annotations"),
        ({"annotations": None}, "annotations"),
        ({"categories": [{"id": 3}]}, "category 1"),
        ({"images": [{"id": 0}, {"id": 0}]}, "repeats the id"),
        ({"images": [{"file_name": "a.jpg"}]}, "has no id"),
        ({"annotations": [{"id": 0, "category_id": 3}]}, "no image_id"),
        ({"annotations": [{"id": 0, "image_id": 0}]}, "no category_id"),
    ],
)
def test_a_record_without_what_it_needs_is_named(tmp_path, changes, said):
    assert said in asked(coco(tmp_path, **changes), input_format="coco")


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ('"images": [', '"images" ['),
        ('"categories": [', '"images": ['),
        ("}, {", "} {"),
        ("}],", "},],"),
    ],
)
def test_json_that_is_broken_is_refused_with_its_place(tmp_path, broken, mended):
    path = coco(tmp_path)
    path.write_text(path.read_text().replace(broken, mended, 1))
    assert asked(path, input_format="coco")


def test_something_else_than_an_object_is_refused(tmp_path):
    assert "object" in asked(put(tmp_path / "x.json", "[1]"), input_format="coco")


def test_crowds_and_images_that_are_not_listed_are_said(tmp_path):
    extra = [{"id": 9, "image_id": 99, "category_id": 3, "iscrowd": 1}]
    labels, note = examined(coco(tmp_path, annotations=ANNOTATIONS + extra, info={"year": [1, {"a": None}]}))
    assert labels.n_samples == 6
    assert "1 instances are crowds" in note
    assert "1 annotated images are not in the list" in note
