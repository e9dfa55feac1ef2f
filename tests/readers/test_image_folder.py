"""Class-per-folder trees: sorted names are the index order, what is not counted is listed."""

import os

from tests.readers.folders import asked, counted, examined, put


def tree(root, **classes: int):
    for name, n in classes.items():
        (root / name).mkdir(parents=True, exist_ok=True)
        for i in range(n):
            put(root / name / f"{i}.JPG")
    return root


def test_images_are_counted_by_suffix_and_an_empty_folder_is_a_class(tmp_path):
    root = tree(tmp_path / "set", cat=5, dog=2, empty=0)
    assert list(counted(root).items()) == [("cat", 5), ("dog", 2), ("empty", 0)]


def test_the_order_is_that_of_the_names_as_text_and_that_is_said(tmp_path):
    labels, note = examined(tree(tmp_path / "set", **{str(i): 1 for i in range(12)}))
    assert [row.name for row in labels.classes][:4] == ["0", "1", "10", "11"]
    assert "as text" in note


def test_strays_are_listed_and_not_counted(tmp_path):
    root = tree(tmp_path / "set", cat=2, dog=1)
    put(root / "README.txt", "x")
    put(root / "cat/notes.txt", "x")
    put(root / "dog/more/1.png")
    os.symlink(root / "cat", root / "linked")
    labels, note = examined(root)
    assert {row.name: row.count for row in labels.classes} == {"cat": 2, "dog": 2}
    for stray in ("README.txt", ".txt", "1 in dog", "linked"):
        assert stray in note


def test_splits_are_asked_about(tmp_path):
    for split in ("train", "val"):
        tree(tmp_path / "set" / split, a=2, b=1)
    said = asked(tmp_path / "set")
    assert "train, val" in said
    assert str(tmp_path / "set/train") in said
    assert counted(tmp_path / "set/train") == {"a": 2, "b": 1}


def test_a_label_file_beside_the_folders_is_not_overlooked(tmp_path):
    root = tree(tmp_path / "set", cat=2, dog=1)
    put(root / "labels.csv", "label\nx\ny\nx\n")
    assert counted(root) == {"x": 2, "y": 1}


def test_folders_without_images_are_refused(tmp_path):
    tree(tmp_path / "set", a=0, b=0)
    assert "holds" in asked(tmp_path / "set")
    assert "none of its 2 folders" in asked(tmp_path / "set", input_format="image-folder")


def test_hidden_folders_are_said_and_links_inside_a_class_are_not_followed(tmp_path):
    root = tree(tmp_path / "set", cat=2, dog=1)
    put(root / ".cache/1.png")
    os.symlink(root / "dog", root / "cat/linked")
    labels, note = examined(root)
    assert {row.name: row.count for row in labels.classes} == {"cat": 2, "dog": 1}
    assert ".cache" in note
    assert "cat/linked" in note


def test_hidden_images_count_as_in_torchvision_and_are_said(tmp_path):
    root = tree(tmp_path / "set", cat=2, dog=1)
    assert "hidden" not in examined(root)[1]
    put(root / "cat/._0.png")
    labels, note = examined(root)
    assert {row.name: row.count for row in labels.classes} == {"cat": 3, "dog": 1}
    assert "1 images are hidden files" in note


def test_a_folder_without_folders_and_splits_without_classes_are_refused(tmp_path):
    put(tmp_path / "flat/1.png")
    assert "no folders" in asked(tmp_path / "flat", input_format="image-folder")
    for split in ("train", "val"):
        put(tmp_path / "s" / split / "1.png")
    assert "without folders of classes" in asked(tmp_path / "s")


def test_folders_nested_without_end_are_refused(tmp_path):
    put(tmp_path / "cat/1.jpg")
    (tmp_path / "cat" / "/".join("d" * 120)).mkdir(parents=True)
    assert "100 folders deep" in asked(tmp_path)


def test_images_at_any_depth_count_for_their_class_and_are_said_once(tmp_path):
    root = tree(tmp_path / "set", cat=1, dog=1)
    put(root / "dog/a/b/1.png")
    put(root / "dog/a/2.png")
    labels, note = examined(root)
    assert {row.name: row.count for row in labels.classes} == {"cat": 1, "dog": 3}
    assert "2 in dog" in note
