"""One label in a cell or several, and what separates them."""

import ast
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.errors import InputError
from imbalance_doctor.labels.separators import LITERAL, find, split_literal

NAMES = ["joy", "anger", "fear", "pride", "grief"]
SETS = [[n for j, n in enumerate(NAMES) if i >> j & 1] for i in range(1, 32)]


@pytest.mark.parametrize("separator", ["|", ";", ",", " "])
def test_a_separator_convinces_when_splitting_makes_labels_recur(separator: str) -> None:
    found, why = find([separator.join(s) for s in SETS], {"emotions"})
    assert found == separator
    assert "26 of 31 distinct cells" in why


def test_labels_that_do_not_recur_are_whole_names() -> None:
    assert find(["Paris, France", "Lima, Peru", "Oslo, Norway"], {"label"})[0] is None
    assert find(["Bottle cap", "Glass jar", "Pop tab", "Can"], {"labels"})[0] is None
    assert find(["cat", "dog"], {"labels"}) == (None, "")
    assert find([], {"labels"}) == (None, "")


@pytest.mark.parametrize(
    ("cells", "words", "separator"),
    [
        (["T-shirt; top", "coat", "bag"], {"label"}, ";"),
        (["a|b", "c", "d"], {"class"}, "|"),
        (["red, round", "green, round", "red, square"], {"label"}, ","),
        ([" ".join(s) for s in SETS], {"label"}, " "),
        (["1,2", "3"], {"label"}, ","),
    ],
)
def test_two_plausible_readings_are_a_question_with_the_flag_that_picks_each(
    cells: list[str], words: set[str], separator: str
) -> None:
    with pytest.raises(InputError) as caught:
        find(cells, words)
    assert "--layout column" in caught.value.hint
    assert f"--separator {separator!r}" in caught.value.hint


def test_a_plural_name_settles_what_the_cells_leave_open() -> None:
    assert find(["1,2", "3"], {"labels"})[0] == ","
    assert find(["a|b", "c", "d"], {"tags"})[0] == "|"


def test_lists_in_every_cell_are_literals() -> None:
    assert find(["['a', 'b']", "[]"], {"x"})[0] == LITERAL
    assert find(["[0 3]", "[7]"], {"x"})[0] == LITERAL
    assert find(["[0]", "[7]"], {"x"})[0] == LITERAL
    assert find(["{'a'}", "set()"], {"x"})[0] == LITERAL


def test_names_in_brackets_are_names() -> None:
    assert find(["[PAD]", "[UNK]"], {"label"})[0] is None
    assert find(["(none)", "(other)"], {"label"})[0] is None
    assert find(["['a']", "b"], {"label"})[0] is None


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("[]", []),
        (" [ ] ", []),
        ("set()", []),
        ("['a' 'b']", ["a", "b"]),
        ("[0 1\n 12]", ["0", "1", "12"]),
        ("[1. 0.5]", ["1.", "0.5"]),
        ("(1,)", ["1"]),
        ("{'a', 'b'}", ["a", "b"]),
        ("[cat, dog]", ["cat", "dog"]),
        ("[np.str_('a'), np.int64(3)]", ["a", "3"]),
        ("[True, None, nan]", ["true", None, None]),
        ("[true, null, 1e5, -2]", ["true", None, "1e5", "-2"]),
        ("[9007199254740993, 1.0, 1e400]", ["9007199254740993", "1.0", "1e400"]),
        ('["\\u00e9", "\\ud83d\\ude00", "a\\/b"]', ["é", "😀", "a/b"]),
        ("['', ' a ', '[x]', 'a,b']", ["", " a ", "[x]", "a,b"]),
    ],
)
def test_a_list_is_read_as_json_python_or_numpy_print_it(cell: str, items: list) -> None:
    assert split_literal(cell) == items


@pytest.mark.parametrize(
    "cell",
    [
        *("", "a", "[1", "1]", "[1)", "[[1]]", "[1,,2]", "[,1]", "[1] x", "['a]", '{"a": 1}', "[1 2 ... 9]", "[a+b]"),
        *('["\\ud83d"]', "[f(x)]", "[" * 10_000),
    ],
)
def test_anything_else_is_not_a_list(cell: str) -> None:
    with pytest.raises(ValueError):
        split_literal(cell)


TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"])))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_lists_of_text_come_back_as_python_and_json_wrote_them(texts: list[str]) -> None:
    assert split_literal(repr(texts)) == ast.literal_eval(repr(texts)) == texts
    assert split_literal(json.dumps(texts)) == texts
    assert split_literal(json.dumps(texts, ensure_ascii=False)) == texts


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(-(2**62), 2**62), max_size=20))
def test_lists_of_integers_come_back_as_numpy_prints_them(integers: list[int]) -> None:
    assert split_literal(str(np.array(integers, dtype=np.int64))) == list(map(str, integers))
