from pathlib import Path

import pytest

from imbalance_doctor.errors import InputError
from imbalance_doctor.readers._choose import class_names
from tests.readers.reading import write


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("a\nb\nc", ("a", "b", "c")), ("a\r\nb\r\n\r\n", ("a", "b")), ("\ufeffa\nb\n", ("a", "b")),
        (" a\nb c\n", (" a", "b c")),
        ('["a", "b", 3, 1.0, true]', ("a", "b", "3", "1.0", "true")), ("[unk]\n[cls]\n", ("[unk]", "[cls]")),
        ("a\x85b\nc\u2028d\n", ("a\x85b", "c\u2028d")),
    ],
)  # fmt: skip
def test_class_names_come_from_a_file_with_one_a_line_or_a_json_array(
    tmp_path: Path, content: str, names: tuple[str, ...]
):
    assert class_names(str(write(tmp_path, content, "names.txt"))) == names


def test_class_names_come_from_the_command_line():
    assert class_names("b, a,c d") == ("b", "a", "c d")
    assert class_names("x" * 300) == ("x" * 300,)


@pytest.mark.parametrize("text", ["", "a,a", "a,,b", " , "])
def test_class_names_are_given_once_and_are_not_empty(text: str):
    with pytest.raises(InputError, match="--classes"):
        class_names(text)


@pytest.mark.parametrize(
    "content", [b"", b"a\n\nb\n", b"a\nb\na\n", b'["a", null]', b'["a", ["b"]]', b'["a", "a"]', b"\xff\n", b'["a", ']
)
def test_files_of_class_names_are_checked_too(tmp_path: Path, content: bytes):
    with pytest.raises(InputError) as caught:
        class_names(str(write(tmp_path, content, "names.json")))
    assert caught.value.hint


@pytest.mark.parametrize("content", ['{"dog": 1, "cat": 0}', '{"0": "cat", "1": "dog"}'])
def test_an_object_of_names_and_ids_is_refused_since_its_order_is_not_that_of_the_ids(tmp_path: Path, content: str):
    with pytest.raises(InputError, match="does not say which order") as caught:
        class_names(str(write(tmp_path, content, "label2id.json")))
    assert "index order" in caught.value.hint


def test_a_name_that_is_nested_is_said_to_be(tmp_path: Path):
    with pytest.raises(InputError, match="it is nested"):
        class_names(str(write(tmp_path, '["a", ["b"]]', "names.json")))
