"""Numbers and names as literals."""

import json
import re
import tomllib

import pytest
import yaml

from imbalance_doctor.emitters._literals import (
    WIDTH,
    dotted,
    filled,
    json_string,
    number,
    plain,
    python_string,
    quoted,
    require_scalars,
)
from imbalance_doctor.errors import OutputError
from imbalance_doctor.visible import visible
from tests.awkward import NAMES, VALUES

# The float of YAML 1.1 (yaml.org/type/float.html) and of the core schema of YAML 1.2.2, section 10.3.2.
YAML_1_1 = re.compile(r"[-+]?([0-9][0-9_]*)?\.[0-9.]*([eE][-+][0-9]+)?")
YAML_1_2 = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


@pytest.mark.parametrize("value", [*VALUES, -1e-9, 1e16, 1e22, 0.0])
def test_a_float_is_a_float_in_both_versions_of_yaml_and_in_toml(value):
    text = dotted(value)
    assert YAML_1_1.fullmatch(text)
    assert YAML_1_2.fullmatch(text)
    for back in (yaml.safe_load(text), tomllib.loads(f"x = {text}")["x"]):
        assert isinstance(back, float)
        assert back == value


def test_numbers_are_the_shortest_that_read_back():
    assert [number(x) for x in (0.1, 1 / 3, 1e-07, 10**20, 3)] == [
        "0.1",
        "0.3333333333333333",
        "1e-07",
        "100000000000000000000",
        "3",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_one_string_syntax_serves_yaml_and_toml(name):
    assert quoted(name).isascii()
    assert yaml.safe_load(quoted(name)) == name
    assert tomllib.loads(f"x = {quoted(name)}")["x"] == name


def test_a_command_of_a_log_runner_is_broken_up_and_still_reads_back():
    name = r"\##[group]\\##[x"
    assert "##[" not in quoted(name) + json_string(name) + python_string(name) + visible(name)
    assert json.loads(json_string(name)) == name == yaml.safe_load(quoted(name))
    assert eval(python_string(name)) == name  # noqa: S307


def test_half_a_surrogate_pair_is_refused_and_the_class_named_by_index():
    with pytest.raises(OutputError, match=r"class 1 .* yaml") as caught:
        require_scalars(["fine 😀", "\ud83d"], "yaml")
    assert caught.value.exit_code == 5


def test_only_plain_names_are_fit_for_a_comment():
    assert plain("Siamese cat_2.b-x", "CLASSES[1]") == "Siamese cat_2.b-x"
    for name in ("", "a" * 41, "a\nb", "é", "a:b", "# x", "a\n"):
        assert plain(name, "CLASSES[1]") == "CLASSES[1]"


def test_what_cannot_be_seen_is_shown_as_an_escape():
    shown = visible("\x1b[31m\u202e\u200b\x85\x7f\u2028\ud800\u3164 [red]日本 e\u0301")
    assert shown == r"\x1b[31m\u202e\u200b\x85\x7f\u2028\ud800\u3164 [red]日本 " + "e\u0301"


def test_short_lists_stay_on_a_line_and_long_ones_are_filled():
    assert filled("x = [", ["1", "2"], "]") == "x = [1, 2]"
    text = filled("x = [", [str(i) for i in range(100)], "]", hang="  ")
    first, *rows, last = text.split("\n")
    assert (first, last) == ("x = [", "  ]")
    assert all(WIDTH - 4 < len(row) <= WIDTH for row in rows[:-1])
    assert tomllib.loads(text)["x"] == list(range(100))
    assert yaml.safe_load(text.replace("x = [", "x: ["))["x"] == list(range(100))
