"""The arrays inside one JSON object, element by element: memory holds one element, or one value stepped over."""

from collections.abc import Collection, Iterator
from typing import Any

from ._json_text import JsonText
from ._records import Number


def sections(text: JsonText, wanted: Collection[str], what: str) -> Iterator[tuple[str, Iterator[Any] | None]]:
    """The keys of the object, and the elements of each wanted array, to be gone through before the next key.

    None stands for whatever is not wanted or no array. Raises InputError for what is not one object of JSON, `what`
    saying what was expected, and for a key that occurs twice.
    """
    if text.skip_space() != "{":
        raise text.error(f"{what} is one JSON object")
    text.take()
    keys: set[str] = set()
    while text.skip_space() != "}":
        key = text.value()
        if not isinstance(key, str) or isinstance(key, Number) or text.skip_space() != ":":
            raise text.error("a key and a colon are missing")
        if key in keys:
            raise text.error(f"the key {key!r} occurs twice in one object")
        keys.add(key)
        text.take()
        if key in wanted and text.skip_space() == "[":
            yield key, elements(text)
        else:
            text.value()
            yield key, None
        _comma(text, "}")
    text.take()
    text.at_end()


def elements(text: JsonText) -> Iterator[Any]:
    """The elements of the array at this place. Raises InputError where a comma or the end is missing."""
    text.take()
    while text.skip_space() != "]":
        yield text.value()
        _comma(text, "]")
    text.take()


def _comma(text: JsonText, end: str) -> None:
    """Step over the comma before another element. Raises InputError unless there is one, or the end."""
    mark = text.skip_space()
    if mark == ",":
        text.take()
        if text.skip_space() == end:
            raise text.error(f"a comma before {end} is not JSON")
    elif mark != end:
        raise text.error(f"a comma or {end} is missing")
