"""One metric of one run, gathered value by value: exact where a number decides, thinned where the shape matters."""

import math

from ..model import Point, Series, Split
from .records import Value

CAP = 20_000
"""Points kept of one series; `Tally.thin` lowers it where there are many series."""
SAME = 3
"""Values printed alike, to the end, from which on a series is called frozen."""
ODD_NUMBERS = {
    "1.#inf": "inf",
    "-1.#inf": "-inf",
    "1.#qnan": "nan",
    "-1.#ind": "nan",
    "-1.#qnan": "nan",
    "1.#ind": "nan",
}
MAX_DECIMALS = 400
"""Digits behind which a double holds nothing."""
BLANK = frozenset(("", "none", "null", "na", "n/a", "-", "--"))


def number(value: Value) -> float | None:
    """The number of a value, NaN and infinity in any spelling included; None for a blank or a text."""
    try:
        return float(value)
    except ValueError:
        pass
    text = str(value).strip().lower()
    if text in ODD_NUMBERS:
        return float(ODD_NUMBERS[text])
    if text.endswith("%"):
        return number(text[:-1]) if text[:-1] not in BLANK else None
    return None


def decimals(value: Value) -> int | None:
    """Digits after the point as printed, the exponent taken into account; None for the number itself.

    >>> decimals("0.6931"), decimals("5e-05"), decimals("1.25e-3"), decimals("12"), decimals(0.5)
    (4, 5, 5, 0, None)
    """
    if isinstance(value, float):
        return None
    mantissa, _, exponent = value.strip().rstrip("%").lower().partition("e")
    shown = len(mantissa.partition(".")[2])
    try:
        return min(MAX_DECIMALS, max(0, shown - int(exponent or 0)))
    except ValueError:
        return shown


class Tally:
    """The values of one metric of one run. Everything but `points` is of all values."""

    def __init__(self, cap: int = CAP) -> None:
        self.n = 0
        self.cap = cap
        self.first = self.last = math.nan
        self.min = math.inf
        self.max = -math.inf
        self.not_finite: Point | None = None
        self._stride = 1
        self._kept: list[tuple[int, float | None, float, Value]] = []
        self._newest: tuple[int, float | None, float, Value] = (0, None, math.nan, "")
        self._same, self._same_from = 0, 0

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, record: int, step: float | None, value: float, printed: Value) -> None:
        """Take in one value, NaN and infinity included."""
        self._newest = (record, step, value, printed)
        if self.n % self._stride == 0:
            self._kept.append(self._newest)
            if len(self._kept) > self.cap:
                self.thin(self.cap)
        if value == self.last:
            self._same += 1
        else:
            self._same, self._same_from = 1, record
        if self.n == 0:
            self.first = value
        self.n += 1
        self.last = value
        if not math.isfinite(value):
            if self.not_finite is None:
                self.not_finite = Point(record, step, value, None)
            self._same = 0
            return
        if value < self.min:
            self.min = value
        if value > self.max:
            self.max = value

    def thin(self, cap: int) -> None:
        """Keep every second, fourth … point, so that at most `cap` are left and the first stays."""
        self.cap = cap
        while len(self._kept) > cap:
            del self._kept[1::2]
            self._stride *= 2

    def series(self, name: str, role: str, split: Split, run: str) -> Series:
        """The noun, first and last point kept. The tally holds at least one value."""
        kept = self._kept if self._kept[-1] is self._newest else [*self._kept, self._newest]
        return Series(
            name,
            role,
            split,
            run,
            tuple(Point(record, step, value, decimals(printed)) for record, step, value, printed in kept),
            self.n,
            self.first,
            self.last,
            self.min if math.isfinite(self.min) else None,
            self.max if math.isfinite(self.max) else None,
            self.not_finite,
            self._same_from if self._same >= SAME else None,
        )
