"""No pattern of the package takes for ever: none repeats without bound what itself repeats without bound."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest

PACKAGE = Path(__file__).parents[2] / "imbalance_doctor"
FUNCTIONS = {"compile", "match", "fullmatch", "search", "findall", "finditer", "sub", "split", "subn"}
REPEATS = {codes.MAX_REPEAT, codes.MIN_REPEAT}
MANY = 50
"""Repeating up to this often is bounded."""


def patterns() -> Iterator[tuple[str, str | bytes]]:
    """(where, pattern) of every literal pattern given to a function of `re`."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in FUNCTIONS
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node.args[0].value


def nested(parsed: object, inside: bool = False) -> bool:
    """Whether an unbounded repeat stands inside an unbounded repeat of something that can vary in length."""
    for code, argument in parsed:  # type: ignore[attr-defined]
        if code in REPEATS:
            _, high, body = argument
            unbounded = high > MANY
            while len(body) == 1 and body[0][0] is codes.SUBPATTERN:
                body = body[0][1][-1]
            # A separator that must come first in every round makes the rounds unambiguous.
            led = bool(body) and body[0][0] in (codes.LITERAL, codes.IN, codes.NOT_LITERAL) and len(body) > 1
            if unbounded and inside:
                return True
            if nested(body, inside or (unbounded and not led)):
                return True
        elif code is codes.SUBPATTERN:
            if nested(argument[-1], inside):
                return True
        elif code is codes.BRANCH:
            if any(nested(branch, inside) for branch in argument[1]):
                return True
        elif code in (codes.ASSERT, codes.ASSERT_NOT) and nested(argument[1], inside):
            return True
    return False


FOUND = list(patterns())


def test_the_search_for_patterns_finds_them() -> None:
    assert len(FOUND) > 30


@pytest.mark.parametrize(("where", "pattern"), FOUND, ids=[where for where, _ in FOUND])
def test_a_pattern_is_linear(where: str, pattern: str | bytes) -> None:
    assert not nested(parser.parse(pattern)), pattern


@pytest.mark.parametrize("evil", [r"(\w+\s?)*:", r"(a+)+$", r"(?:x*y*)*z", r"((a|b+)*c)*"])
def test_patterns_known_to_blow_up_are_seen(evil: str) -> None:
    assert nested(parser.parse(evil))
    assert re.compile(evil)
