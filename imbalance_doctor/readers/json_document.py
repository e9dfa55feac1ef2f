"""One JSON document: an array of values, an array of objects, or an object of class -> count or name -> column.

An array is streamed element by element, so memory does not grow with its length. So is the array that `--records KEY`
names, inside an object of several.
"""

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..batches import Column, Table
from ..errors import InputError
from ..plugins import Reader
from . import json_lines
from ._json_sections import elements, sections
from ._json_text import SPACE, JsonText, cut_off
from ._records import DECODER, DuplicateKeyError, Number, half_a_pair, table
from ._source import Options, Source

if TYPE_CHECKING:
    import polars as pl

READER = Reader("json", (".json",))
_MEMBER = re.compile(r'\{\s*(\}|"([^"\\]|\\.)*+"\s*(:|\Z)|"([^"\\]|\\.)*+\\?\Z)')


def claims(start: str) -> bool:
    """Whether the text starts as a JSON array or object does: `[cat] sat`, `[1] A note` and `{a}` do not."""
    start = start.lstrip()
    if json_lines.claims(start):
        return False
    if start.startswith("{"):
        return bool(_MEMBER.match(start))
    if not start.startswith("["):
        return False
    at = SPACE.match(start, 1).end()  # type: ignore[union-attr]
    if start[at : at + 1] == "]":
        return not start[at + 1 :].strip()
    try:
        _, end = DECODER.raw_decode(start, at)
    except DuplicateKeyError:
        return True
    except RecursionError:
        return True
    except json.JSONDecodeError as error:
        return cut_off(error, start) and start[at : at + 1] in ('"', "[", "{")
    rest = start[end:].lstrip()
    return rest.startswith(",") or (rest.startswith("]") and not rest[1:].strip())


def read(source: Source, options: Options) -> Table:
    """The document as a table. Raises InputError for invalid JSON, duplicate keys, or an object without labels."""
    text = JsonText(source, options)
    if options.records is not None:
        return table(_under(text, options.records), source.name, source.notes)
    start = text.skip_space()
    if start == "[":
        return table(_whole(text), source.name, source.notes, pasted=True)
    if start != "{":
        raise InputError(
            f"{source.name} is neither a JSON array nor a JSON object",
            "write one of the two, or name its format with --input-format",
        )
    document = text.value()
    text.at_end()
    return _object(document, source.name, source.notes)


def _object(document: dict[str, Any], name: str, notes: list[str]) -> Table:
    import polars as pl

    if document and all(type(value) is Number and value.isdigit() for value in document.values()):
        data = {"class": list(document), "count": [str(v) for v in document.values()]}
        try:
            frame = pl.DataFrame(data, schema={"class": pl.String, "count": pl.String})
        except UnicodeEncodeError:
            raise half_a_pair(name, "class") from None

        def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
            yield frame.select(names)

        return Table((Column("class", "text"), Column("count", "integer")), frame, cells, counts=True, typed=True)
    if document and all(isinstance(value, list) for value in document.values()):
        lengths = {len(value) for value in document.values()}
        if len(lengths) == 1:
            keys = list(document)
            return table(
                (dict(zip(keys, row, strict=True)) for row in zip(*document.values(), strict=True)), name, notes
            )
    arrays = [key for key, value in document.items() if isinstance(value, list)]
    found = f"its arrays are {', '.join(arrays[:10])}" if arrays else f"its {len(document):,} values are not counts"
    other = "give an array of labels or of records, JSON lines, or an object of class to count"
    raise InputError(
        f"{name} is a JSON object without labels: {found}",
        f"name the array of records with --records {shlex.quote(arrays[0])}" if arrays else other,
    )


def _under(text: JsonText, wanted: str) -> Iterator[Any]:
    """The elements of the array under one key. Raises InputError where there is none."""
    keys = []
    found = False
    for key, found_there in sections(text, (wanted,), "a file with --records"):
        keys.append(key)
        if found_there is not None:
            found = True
            yield from found_there
    if not found:
        problem = f"the value of {wanted!r} is no array" if wanted in keys else f"there is no key {wanted!r}"
        raise InputError(f"{text.name}: {problem}", f"its keys are {', '.join(keys[:10])}")


def _whole(text: JsonText) -> Iterator[Any]:
    """The elements of the array that is the document."""
    yield from elements(text)
    text.at_end()
