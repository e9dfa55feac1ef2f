import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import imbalance_doctor
from imbalance_doctor.errors import InputError
from imbalance_doctor.readers import _text
from tests.readers.reading import cells, chosen, complaint, names, opened, rows, write

TWO = '{"id": 1, "label": "cat"}\n{"id": 2, "label": "dog"}\n'


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no mark", "BOM"])
def test_objects_become_columns_by_key(tmp_path: Path, end: str, mark: str):
    path = write(tmp_path, mark + TWO.replace("\n", end), "x.jsonl")
    found = opened(path)
    assert chosen(path) == ("jsonl", [])
    assert (names(found), rows(found)) == (["id", "label"], [("1", "cat"), ("2", "dog")])


@pytest.mark.parametrize("name", ["x.json", "x.txt", "x", "x.ndjson"])
def test_the_content_tells_json_lines_from_a_document(tmp_path: Path, name: str):
    assert chosen(write(tmp_path, TWO, name))[0] == "jsonl"


def test_a_single_record_is_read_as_its_suffix_says(tmp_path: Path):
    assert rows(opened(write(tmp_path, '{"label": "cat"}\n', "x.jsonl"))) == [("cat",)]
    assert rows(opened(write(tmp_path, '{"cat": 3}\n', "x.json"))) == [("cat", "3")]


def test_a_line_can_be_a_list_of_labels_or_a_single_label(tmp_path: Path):
    assert cells(opened(write(tmp_path, '["a", "b"]\n["a"]\n[]\n', "x.txt"))) == [["a", "b"], ["a"], []]
    assert cells(opened(write(tmp_path, '"a"\n1\n1.0\ntrue\nnull\n', "x.jsonl"))) == ["a", "1", "1.0", "true", None]


def test_keys_may_be_absent_and_come_in_any_order(tmp_path: Path):
    path = write(tmp_path, '{"a": 1, "b": 2}\n{"b": 3}\n\n{"c": 4, "a": 5}\n', "x.jsonl")
    assert (names(opened(path)), rows(opened(path))) == (
        ["a", "b", "c"], [("1", "2", None), (None, "3", None), ("5", None, "4")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"label": "a"', "line 4 is not valid JSON: Expecting ',' delimiter at column 14"),
        ('{"label": a}', "line 4 is not valid JSON: Expecting value at column 11"),
        ('{"label": "a"} {', "line 4 is not valid JSON: Extra data at column 16"),
        ('{"label": "a", "label": "b"}', "line 4 is not valid JSON: the key 'label' occurs twice"),
        ("[" * 100_000, "line 4 is not valid JSON: it is nested too deeply"),
        ("{'label': 'a'}", "line 4 is not valid JSON"),
    ],
)
@pytest.mark.parametrize("size", [8 << 20, 20], ids=["one block", "small blocks"])
def test_a_bad_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, said: str, size: int):
    monkeypatch.setattr(_text, "BLOCK_BYTES", size)
    path = write(tmp_path, f'{{"label": "a"}}\n\n{{"label": "b"}}\n{line}\n', "x.jsonl")
    assert said in complaint(path, InputError)


def test_a_record_of_another_kind_is_named(tmp_path: Path):
    assert "record 2 is not an object" in complaint(write(tmp_path, '{"a": 1}\n[1]\n{"a": 2}\n', "x.jsonl"), InputError)
    assert "record 2 is an object" in complaint(write(tmp_path, '[1]\n{"a": 2}\n', "x.jsonl"), InputError)


def test_a_file_without_records_is_refused(tmp_path: Path):
    assert "holds no records" in complaint(write(tmp_path, "\n \n", "x.jsonl"), InputError)


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
RECORDS = st.lists(st.fixed_dictionaries({"label": SCALARS, "other": SCALARS}), min_size=2, max_size=9)


def as_written(value: object) -> str | None:
    """The text of a scalar in a JSON file."""
    return value if value is None or isinstance(value, str) else json.dumps(value)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RECORDS, st.booleans(), st.integers(1, 60))
def test_what_the_json_module_writes_is_read_back_exactly(tmp_path, records, ascii_only, size):
    text = "".join(json.dumps(record, ensure_ascii=ascii_only) + "\n" for record in records)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_text, "BLOCK_BYTES", size)
        found = opened(write(tmp_path, text, "x.jsonl"))
        order = names(found)
        assert rows(found) == [tuple(as_written(record[key]) for key in order) for record in records]


def test_a_key_that_only_later_records_have_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("imbalance_doctor.readers._records.HEAD_ROWS", 3)
    records = ['{"a": 1, "b": 0}', '{"a": 0, "b": 1}', '{"b": 1, "a": 0}']
    late = ['{"a": 0, "b": 0, "c": 1}', '{"a": 1, "d": 1, "b": 0}', '{"a": 0, "b": 0, "c": 1}']
    labels = imbalance_doctor.analyze(str(write(tmp_path, "\n".join(records), "x.jsonl")))
    assert "is not read" not in labels.report.sources[0].note
    labels = imbalance_doctor.analyze(str(write(tmp_path, "\n".join([*records, *late]), "x.jsonl")))
    assert [(row.name, row.count) for row in labels.labels.classes] == [("a", 2), ("b", 2)]
    assert "the key 'c' is not read, nor are 1 more: record 4 is the first" in labels.report.sources[0].note
