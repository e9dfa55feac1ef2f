"""One JSON document: an array of values, an array of objects, or an object of class -> count or name -> column.

An array is streamed element by element, so memory does not grow with its length.
"""

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..batches import Column, Table
from ..errors import InputError, RefusedError
from ..plugins import Reader
from . import json_lines
from ._records import DECODER, DuplicateKeyError, Number, table
from ._source import Options, Source
from ._text import text_blocks

if TYPE_CHECKING:
    import polars as pl

READER = Reader("json", (".json",))
MAX_DOCUMENT = 1 << 28
"""Characters of an object, or of one element of an array, that are held in memory."""
_SPACE = re.compile(r"[ \t\n\r]*")


def claims(head: bytes) -> bool:
    """Whether the text starts as a JSON array or object does."""
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if start[:1] == b"{":
        return bool(re.match(rb'\{\s*("|\})', start)) and not json_lines.claims(head)
    return start[:1] == b"[" and bool(
        re.match(rb'\[\s*(["\[{\]]|-?\d+(\.\d+)?([eE][+-]?\d+)?\s*[,\]]|true|false|null)', start)
    )


def read(source: Source, options: Options) -> Table:
    """The document as a table. Raises InputError for invalid JSON, duplicate keys, or an object without labels."""
    text = _Text(source, options)
    start = text.skip_space()
    if start == "[":
        return table(_elements(text), source.name, pasted=True)
    if start != "{":
        raise InputError(f"{source.name} is neither a JSON array nor a JSON object", "write one of the two")
    document = text.value()
    text.at_end()
    return _object(document, source.name)


def _object(document: dict[str, Any], name: str) -> Table:
    import polars as pl

    if document and all(type(value) is Number and value.isdigit() for value in document.values()):
        frame = pl.DataFrame(
            {"class": list(document), "count": [str(v) for v in document.values()]},
            schema={"class": pl.String, "count": pl.String},
        )

        def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
            yield frame.select(names)

        return Table((Column("class", "text"), Column("count", "integer")), frame, cells, counts=True, typed=True)
    if document and all(isinstance(value, list) for value in document.values()):
        lengths = {len(value) for value in document.values()}
        if len(lengths) == 1:
            keys = list(document)
            return table((dict(zip(keys, row, strict=True)) for row in zip(*document.values(), strict=True)), name)
    arrays = [key for key, value in document.items() if isinstance(value, list)]
    found = f"its arrays are {', '.join(arrays[:10])}" if arrays else f"its {len(document):,} values are not counts"
    raise InputError(
        f"{name} is a JSON object without labels: {found}",
        "give an array of labels or of records, JSON lines, or an object of class to count",
    )


def _elements(text: "_Text") -> Iterator[Any]:
    text.take()
    if text.skip_space() == "]":
        text.take()
    else:
        while True:
            yield text.value()
            mark = text.skip_space()
            text.take()
            if mark == "]":
                break
            if mark != ",":
                raise text.error("a comma or ] is missing")
            if text.skip_space() == "]":
                raise text.error("a comma before ] is not JSON")
    text.at_end()


class _Text:
    """A window over the text, enlarged while a value does not fit."""

    def __init__(self, source: Source, options: Options) -> None:
        self.name = source.name
        self._blocks = text_blocks(source, options, 1 << 20)
        self._window, self._at, self._before = "", 0, 0

    def _more(self) -> bool:
        """Enlarge what is left of the window to twice its length (so that retries cost linear time in all)."""
        parts = [self._window[self._at :]]
        wanted = max(1, len(parts[0]))
        while wanted > 0 and (block := next(self._blocks, None)) is not None:
            parts.append(block.decode("utf-8", "surrogatepass"))
            wanted -= len(parts[-1])
        self._before += self._at
        self._window, self._at = "".join(parts), 0
        return len(parts) > 1

    def skip_space(self) -> str:
        """The next character that is not white space, '' at the end."""
        while True:
            match = _SPACE.match(self._window, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._window):
                return self._window[self._at]
            if not self._more():
                return ""

    def take(self) -> None:
        """Step over one character."""
        self._at += 1

    def value(self) -> Any:
        """The next value. A value that ends where the window ends may go on, so the window is enlarged first."""
        self.skip_space()
        while True:
            try:
                value, end = DECODER.raw_decode(self._window, self._at)
                if end < len(self._window) or not self._more():
                    self._at = end
                    return value
            except DuplicateKeyError as error:
                raise self.error(str(error)) from None
            except RecursionError:
                raise self.error("nested too deeply") from None
            except json.JSONDecodeError as error:
                if len(self._window) - self._at > MAX_DOCUMENT:
                    raise RefusedError(
                        f"{self.name}: one JSON value is longer than {MAX_DOCUMENT:,} characters",
                        "write an array of records or JSON lines",
                    ) from None
                if not self._more():
                    raise self.error(error.msg) from None

    def at_end(self) -> None:
        """Raise InputError unless only white space follows."""
        if self.skip_space():
            raise self.error("text follows the end of the document")

    def error(self, reason: str) -> InputError:
        """The error at this place."""
        return InputError(
            f"{self.name} is not valid JSON near character {self._before + self._at:,}: {reason}",
            "mend it, or name its format with --input-format",
        )
