"""A window over JSON text, value by value: memory holds one value, not the document."""

import json
import re
from typing import Any

from ..errors import InputError, RefusedError
from ._records import DECODER, DuplicateKeyError
from ._source import Options, Source
from ._text import text_pieces

MAX_DOCUMENT = 1 << 28
"""Characters of an object, or of one element of an array, that are held in memory."""
SPACE = re.compile(r"[ \t\n\r]*")
_EXPONENT = 3
"""Characters behind a number, `e-3`, without which it may not be whole."""
_LITERAL = 16
"""Characters before the end of the window within which a cut literal, escape or number looks like an error."""


def cut_off(error: json.JSONDecodeError, window: str) -> bool:
    """Whether the value may be whole once more of the text is there."""
    return error.msg.startswith("Unterminated") or error.pos >= len(window) - _LITERAL


class JsonText:
    """A window over the text, enlarged while a value does not fit."""

    def __init__(self, source: Source, options: Options) -> None:
        self.name = source.name
        self._pieces = text_pieces(source, options)
        self._window, self._at, self._before = "", 0, 0

    def _more(self) -> bool:
        """Enlarge what is left of the window to twice its length (so that retries cost linear time in all)."""
        parts = [self._window[self._at :]]
        wanted = max(1, len(parts[0]))
        while wanted > 0 and (piece := next(self._pieces, None)) is not None:
            parts.append(piece)
            wanted -= len(piece)
        if len(parts) == 1:
            return False
        self._before += self._at
        self._window, self._at = "".join(parts), 0
        return True

    def skip_space(self) -> str:
        """The next character that is not white space, '' at the end."""
        while True:
            match = SPACE.match(self._window, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._window):
                return self._window[self._at]
            if not self._more():
                return ""

    def take(self) -> None:
        """Step over one character."""
        self._at += 1

    def value(self) -> Any:
        """The next value. One that ends close to the window's end may go on, `1` as `1e-3`: more is read first."""
        self.skip_space()
        while True:
            try:
                value, end = DECODER.raw_decode(self._window, self._at)
                if len(self._window) - end >= _EXPONENT or not self._more():
                    self._at = end
                    return value
            except DuplicateKeyError as error:
                raise self.error(str(error)) from None
            except RecursionError:
                raise self.error("nested too deeply") from None
            except json.JSONDecodeError as error:
                wrong = self.error(error.msg, error.pos)
                if not cut_off(error, self._window):
                    raise wrong from None
                if len(self._window) - self._at > MAX_DOCUMENT:
                    raise RefusedError(
                        f"{self.name}: one JSON value is longer than {MAX_DOCUMENT:,} characters",
                        "write an array of records or JSON lines",
                    ) from None
                if not self._more():
                    raise wrong from None

    def at_end(self) -> None:
        """Raise InputError unless only white space follows."""
        if self.skip_space():
            raise self.error("text follows the end of the document")

    def error(self, reason: str, at: int | None = None) -> InputError:
        """The error at this place, or at a place of the window."""
        place = self._before + (self._at if at is None else at)
        return InputError(
            f"{self.name} is not valid JSON near character {place:,}: {reason}",
            "mend it, or name its format with --input-format",
        )
