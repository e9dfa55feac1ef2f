import json
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from imbalance_doctor.batches import HEAD_ROWS, Table
from imbalance_doctor.errors import InputError, RefusedError
from imbalance_doctor.readers import _text
from imbalance_doctor.readers.json_document import claims
from tests.readers.reading import cells, chosen, complaint, names, opened, rows, write


def document(folder: Path, text: str | bytes, **said: object) -> Table:
    found = opened(write(folder, text, "x.json"), **said)
    assert isinstance(found, Table)
    return found


def test_an_array_of_values_is_one_column_of_exact_text(tmp_path: Path):
    text = '["cat", 1, 1.0, 1e0, 01.5, true, false, null, "", " x ", "1"]'.replace("01.5", "0.10")
    assert cells(document(tmp_path, text)) == [
        "cat", "1", "1.0", "1e0", "0.10", "true", "false", None, "", " x ", "1",
    ]  # fmt: skip


def test_numbers_keep_every_digit(tmp_path: Path):
    numbers = [
        "9007199254740993",
        "9007199254740992",
        "-0",
        "1e400",
        "0.1000000000000000055511151231257827",
        "9" * 5000,
    ]
    assert cells(document(tmp_path, f"[{', '.join(numbers)}]")) == numbers


def test_not_a_number_is_missing(tmp_path: Path):
    assert cells(document(tmp_path, "[1, NaN, Infinity, -Infinity, 2]")) == ["1", None, None, None, "2"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[1, 2, null]", "integer"),
        ("[1, 2.0]", "float"),
        ("[true, null]", "boolean"),
        ("[true, 1]", "text"),
        ('["a", 1]', "text"),
        ("[null]", "text"),
        ('[["a"], "b"]', "list"),
        ("[[]]", "list"),
        ("[[[1]]]", "nested"),
        ('[[{"a": 1}]]', "nested"),
    ],
)
def test_the_type_of_a_column_is_what_all_its_cells_are(tmp_path: Path, text: str, kind: str):
    assert document(tmp_path, text).column("value").type == kind


@pytest.mark.parametrize(
    ("text", "pasted"), [("[3, 1]", True), ("[3, null]", False), ("[3.0, 1.0]", False), ('["a"]', False)]
)
def test_only_a_bare_list_of_whole_numbers_can_be_counts(tmp_path: Path, text: str, pasted: bool):
    assert document(tmp_path, text).pasted is pasted


def test_an_array_of_objects_is_a_table(tmp_path: Path):
    found = document(tmp_path, '[{"id": 1, "label": "cat"}, {"label": null, "id": 2, "more": [1]}, {}]')
    assert names(found) == ["id", "label", "more"]
    assert rows(found) == [("1", "cat", None), ("2", None, ["1"]), (None, None, None)]


def test_lists_and_single_labels_mix(tmp_path: Path):
    found = document(tmp_path, '[{"tags": ["a", 1, null, true]}, {"tags": "b"}, {"tags": []}, {"tags": null}]')
    assert cells(found) == [["a", "1", None, "true"], ["b"], [], None]


def test_nested_cells_are_left_out_and_do_not_stop_the_others(tmp_path: Path):
    found = document(tmp_path, '[{"box": {"x": 1}, "label": "a", "spans": [[0, 1]]}, {"box": 1, "label": "b"}]')
    assert [(c.name, c.type) for c in found.columns] == [("box", "nested"), ("label", "text"), ("spans", "nested")]
    assert rows(found) == [("a",), ("b",)]


def test_a_nested_value_behind_the_head_is_named(tmp_path: Path):
    text = json.dumps([{"label": ["a"]}] * HEAD_ROWS + [{"label": ["b"]}, {"label": [["c"]]}])
    assert f"record {HEAD_ROWS + 2:,} has a nested value in 'label'" in complaint(
        write(tmp_path, text, "x.json"), InputError
    )


def test_an_object_of_class_to_count_holds_counts(tmp_path: Path):
    found = document(tmp_path, '{"cat": 3, "dog": 0, "": 9007199254740993}')
    assert found.counts
    assert rows(found) == [("cat", "3"), ("dog", "0"), ("", "9007199254740993")]


def test_an_object_of_columns_is_a_table(tmp_path: Path):
    found = document(tmp_path, '{"id": [1, 2], "label": ["a", null]}')
    assert (names(found), rows(found)) == (["id", "label"], [("1", "a"), ("2", None)])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1.0}', "its 1 values are not counts"),
        ('{"a": -1}', "its 1 values are not counts"),
        ("{}", "its 0 values are not counts"),
        ('{"images": [1], "annotations": [1, 2]}', "its arrays are images, annotations"),
        ('{"a": {"b": 1}}', "its 1 values are not counts"),
        ("[]", "holds no records"),
        (" [ ] ", "holds no records"),
        ('[{"a": 1}, 2]', "record 2 is not an object"),
        ('[1, {"a": 1}]', "record 2 is an object"),
        ('"cat"', "neither a JSON array nor a JSON object"),
        ('["\\ud800"]', "half a surrogate pair"),
        ('[{"\\udc00": 1}]', "half a surrogate pair"),
        ('{"\\udc00": 1}', "half a surrogate pair"),
    ],
)
def test_other_documents_are_refused_with_what_they_hold(tmp_path: Path, text: str, said: str):
    assert said in complaint(write(tmp_path, text, "x.json"), InputError)


SEVERAL = '{"info": {"n": [1]}, "images": [{"id": 7}], "scenes": [{"kinds": [3, 3, 1]}, {"kinds": [3]}], "note": "x"}'


@pytest.mark.parametrize("size", [1, 5, 1 << 20])
def test_one_array_of_several_is_read_by_its_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int):
    monkeypatch.setattr(_text, "BLOCK_BYTES", size)
    found = opened(write(tmp_path, SEVERAL, "x.json"), records="scenes", input_format="json")
    assert (names(found), rows(found)) == (["kinds"], [(["3", "3", "1"],), (["3"],)])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": [1], "b": []}', "there is no key 'c' | its keys are a, b"),
        ('{"c": "d"}', "the value of 'c' is no array | its keys are c"),
        ("[1, 2]", "a file with --records is one JSON object"),
        ('{"c": []}', "holds no records"),
        ('{"c": [1], "c": [2]}', "the key 'c' occurs twice"),
        ('{"c": [1], "b": 2, "b": 3}', "the key 'b' occurs twice"),
        ('{"c": [1 2]}', "a comma or ] is missing"),
        ('{"c": [1]', "a comma or } is missing"),
        ('{"c": [1], }', "a comma before } is not JSON"),
        ('{"c": [1]} x', "text follows the end"),
        ("{1: [1]}", "a key and a colon are missing"),
    ],
)
def test_a_key_without_an_array_and_damage_around_it_are_refused(tmp_path: Path, text: str, said: str):
    assert said in complaint(write(tmp_path, text, "x.json"), InputError, records="c", input_format="json")


def test_the_arrays_of_an_object_are_named_with_the_option_that_chooses_one(tmp_path: Path):
    said = complaint(write(tmp_path, '{"two words": [1], "b": [1, 2]}', "x.json"), InputError)
    assert "its arrays are two words, b | name the array of records with --records 'two words'" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('["a", "b"', "near character 9: a comma or ] is missing"),
        ('["a", "b', "near character 6: Unterminated string"),
        ('["a" "b"]', "near character 5: a comma or ] is missing"),
        ('["a",]', "near character 5: a comma before ] is not JSON"),
        ('["a"] x', "near character 6: text follows the end"),
        ('["a"] ["b"]', "near character 6: text follows the end"),
        ("[1, tru]", "near character 4: Expecting value"),
        ("['a']", "near character 1: Expecting value"),
        ("[+1]", "near character 1: Expecting value"),
        ('["a\tb"]', "near character 3: Invalid control character"),
        ('["\\x"]', "near character 2: Invalid \\escape"),
        ('{"a": 1, "a": 2}', "the key 'a' occurs twice"),
        ('[{"label": 1, "label": 2}]', "the key 'label' occurs twice"),
        ('{"a": 1', "near character 7: Expecting ',' delimiter"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
    ],
)
@pytest.mark.parametrize("size", [8 << 20, 3], ids=["one window", "small windows"])
def test_invalid_json_is_refused_with_its_place(tmp_path: Path, monkeypatch, text: str, said: str, size: int):
    monkeypatch.setattr(_text, "BLOCK_BYTES", size if len(text) < 1000 else 8 << 20)
    assert said in complaint(write(tmp_path, text, "x.json"), InputError)


def test_an_early_mistake_does_not_wait_for_the_end_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_text, "BLOCK_BYTES", 1 << 10)
    read: list[int] = []
    pieces = _text.text_pieces

    def counted(*arguments):
        for piece in pieces(*arguments):
            read.append(len(piece))
            yield piece

    monkeypatch.setattr("imbalance_doctor.readers._json_text.text_pieces", counted)
    path = write(tmp_path, '["a", oops, ' + '"b", ' * 100_000 + '"c"]', "x.json")
    assert "near character 6: Expecting value" in complaint(path, InputError)
    assert sum(read) <= 4 << 10


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 11, 64])
def test_values_may_span_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int):
    monkeypatch.setattr(_text, "BLOCK_BYTES", size)
    values = ["é" * 9, '\\"', "😀", "", "a" * 200, "123", "true"]
    text = f" [ {', '.join(map(json.dumps, values))} , 1234567, true , null,-1.5e-3 ] \n"
    assert cells(document(tmp_path, text)) == [*values, "1234567", "true", None, "-1.5e-3"]
    assert cells(document(tmp_path, json.dumps(values, ensure_ascii=False))) == values


def test_a_document_of_one_long_line_is_read_in_time_linear_in_its_length(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(_text, "MAX_LINE", 1 << 10)
    monkeypatch.setattr(_text, "BLOCK_BYTES", 1 << 12)
    n = 3 * HEAD_ROWS
    started = time.perf_counter()
    assert cells(document(tmp_path, json.dumps(["label"] * n))) == ["label"] * n
    assert cells(document(tmp_path, json.dumps(["x" * (1 << 20), "y"]))) == ["x" * (1 << 20), "y"]
    assert time.perf_counter() - started < 10


def test_one_value_that_does_not_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_text, "BLOCK_BYTES", 1 << 8)
    monkeypatch.setattr("imbalance_doctor.readers._json_text.MAX_DOCUMENT", 1 << 10)
    assert "longer than 1,024 characters" in complaint(write(tmp_path, '["' + "x" * 5000, "x.json"), RefusedError)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding(tmp_path: Path, encoding: str):
    path = write(tmp_path, '["é", "日本"]'.encode(encoding), "x.json")
    assert (chosen(path), cells(opened(path))) == (("json", []), ["é", "日本"])


@pytest.mark.parametrize(
    "text", ['["a",', "[ 1, 2]", "[[1], ", '[{"a"', "{}", '{"a": 1}', '{ "a', "[true]", "[null, ", " \n[-1.5e3]"]
)
def test_what_starts_as_json_does_is_claimed(text: str):
    assert claims(text)


@pytest.mark.parametrize(
    "text",
    [
        "[cat] sat",
        "[1] A note",
        "[true crime] x",
        "[x]",
        '["a"] said',
        "[] x",
        "[-]",
        "{a}",
        "{cat: 1}",
        '{"a"} x',
        "cat",
        "1",
        "",
        "[",
    ],
)
def test_text_with_brackets_is_not_taken_for_json(text: str):
    assert not claims(text)


SCALARS = st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(SCALARS) | SCALARS, min_size=1), st.sampled_from([None, 1]), st.integers(1, 60))
def test_what_the_json_module_writes_is_read_back_exactly(tmp_path, values, indent, size):
    def text(value: object) -> str | None:
        return value if value is None or isinstance(value, str) else json.dumps(value)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_text, "BLOCK_BYTES", size)
        found = cells(document(tmp_path, json.dumps(values, indent=indent)))
    listed = any(isinstance(value, list) for value in values)
    items = [value if isinstance(value, list) or value is None else [value] if listed else value for value in values]
    assert found == [[text(i) for i in value] if isinstance(value, list) else text(value) for value in items]
