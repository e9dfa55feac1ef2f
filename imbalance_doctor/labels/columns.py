"""What the head of a table shows about its columns: the words of their names, the type and variety of their values."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..batches import Column, Table
from ..errors import InputError
from . import separators

if TYPE_CHECKING:
    import polars as pl

LABEL_WORDS = frozenset(
    """label labels class classes target targets category categories tag tags y gold truth species intent sentiment
    emotion emotions genre genres topic topics diagnosis""".split()  # noqa: SIM905
)
OTHER_WORDS = frozenset(
    """id ids idx index uuid guid text sentence content comment body title path file filename image img url uri date
    time timestamp split fold subset description score confidence prob probability weight count counts pred predicted
    prediction user author annotator name key hash row string abstract email""".split()  # noqa: SIM905
)
ID_WORDS = frozenset(["id", "ids", "idx", "uuid", "guid", "index", "key", "filename", "file", "path", "image"])
FLAG_WORDS = frozenset(["id", "idx", "index", "split", "fold", "subset", "pred", "predicted", "prediction", "weight"])
"""Words that name a 0/1 column which is hardly a class."""
COUNT_WORDS = frozenset(
    """count counts n freq freqs frequency support samples num number total instances occurrences""".split()  # noqa: SIM905
)
MANY = 20
"""Rows from which distinctness says something about a column."""
ONE = ("1", "1.0", "true", "True", "TRUE")
ZERO = ("0", "0.0", "false", "False", "FALSE")
UNKNOWN = ("", "-1", "-1.0")
"""The cells of an indicator column, which may also be null."""
_INDICATOR = frozenset([*ONE, *ZERO, *UNKNOWN])


@dataclass(frozen=True)
class Facts:
    """What the head says about one column.

    `n` cells hold something. `binary`: only 0, 1 and what an indicator leaves unknown; `identifiers`: numbers, codes or
    paths; `several`: a separator splits the cells into labels that recur; `zeros`, `blanks`: whether there are any.
    """

    column: Column
    n: int
    distinct: int
    mean_length: float
    mean_words: float
    integers: bool
    fractions: bool
    binary: bool
    fasttext: bool = False
    identifiers: bool = False
    several: bool = False
    zeros: bool = False
    blanks: bool = False

    @property
    def all_distinct(self) -> bool:
        """Nearly every value occurs once, in enough rows to tell."""
        return self.n >= MANY and self.distinct > 0.9 * self.n

    @property
    def like_text(self) -> bool:
        """Sentences, not names."""
        return self.mean_length > 40 or (self.mean_words > 4 and self.distinct > 0.5 * self.n)

    @property
    def like_measurements(self) -> bool:
        """Numbers with a fraction, or whole numbers nearly all different."""
        return self.fractions or (self.integers and self.n >= MANY and self.distinct > 0.5 * self.n)

    @property
    def plausible(self) -> bool:
        """Whether the values can be classes."""
        scalar = self.column.type not in ("nested",)
        listed = self.column.type == "list" or self.several
        return listed or (scalar and self.n > 0 and not (self.all_distinct or self.like_text or self.like_measurements))

    @property
    def described(self) -> str:
        """For an error that lists the columns."""
        if self.column.type == "nested":
            return f"{self.column.name!r} (nested)"
        what = "text" if self.like_text else "numbers" if self.fractions else "values"
        return f"{self.column.name!r} ({self.distinct:,} distinct {what} in {self.n:,} rows)"


def facts(table: Table, missing: Collection[str] = ()) -> list[Facts]:
    """Facts of every column, from the head; cells that are empty or in `missing` say nothing."""
    return [_facts(column, table, missing) for column in table.columns]


def _facts(column: Column, table: Table, missing: Collection[str]) -> Facts:
    import polars as pl

    if column.type == "nested" or column.name not in table.head.columns:
        return Facts(column, 0, 0, 0.0, 0.0, False, False, False)
    series = table.head[column.name].drop_nulls()
    if column.type == "list":
        return Facts(column, series.len(), series.n_unique(), 0.0, 0.0, False, False, False)
    text = as_text(series)
    text = text.filter(~text.is_in(["", *missing]))
    unique = text.unique()
    some = bool(unique.len())
    blanks = text.len() < table.head.height
    values = set(unique.to_list()) if unique.len() <= len(_INDICATOR) else set()
    if values and values <= _INDICATOR:  # a table may have thousands of such columns: nothing more is looked at
        return Facts(
            column=column,
            n=text.len(),
            distinct=len(values),
            mean_length=1.0,
            mean_words=1.0,
            integers=all(value.lstrip("-").isdigit() for value in values),
            fractions=False,
            binary=True,
            identifiers=True,
            zeros=not values.isdisjoint(ZERO),
            blanks=blanks,
        )
    numeric = some and bool(unique.str.contains(r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$").all())
    fact = Facts(
        column=column,
        n=text.len(),
        distinct=unique.len(),
        mean_length=float(text.str.len_chars().mean() or 0),  # type: ignore[arg-type]
        mean_words=float(text.str.count_matches(r"\S+").mean() or 0),  # type: ignore[arg-type]
        integers=some and bool(unique.str.contains(r"^[+-]?[0-9]+$").all()),
        fractions=numeric and bool((unique.cast(pl.Float64, strict=False).fill_null(0.5) % 1 != 0).any()),
        binary=False,
        fasttext=bool(text.str.starts_with("__label__").any()),
        blanks=blanks,
        identifiers=some and bool(unique.str.contains(r"[0-9/\\]").mean() >= 0.9),  # type: ignore[operator]
    )
    named = words(column.name) & LABEL_WORDS or len(table.columns) == 1
    if fact.plausible or not named or column.type != "text" or fact.fasttext:
        return fact
    return replace(fact, several=_several(unique.sort().to_list(), words(column.name)))


def _several(cells: list[str], name_words: set[str]) -> bool:
    """Whether cells that are too many or too long for names are sets of labels."""
    try:
        return separators.find(cells, name_words)[0] is not None
    except InputError:
        return False


def as_text(series: "pl.Series") -> "pl.Series":
    """Cells as exact text: a whole float prints as the integer, NaN is null, true and false in lower case."""
    import polars as pl

    if series.dtype == pl.String:
        return series
    if series.dtype.is_float():
        series = series.fill_nan(None)
        whole = series.is_not_null() & series.is_finite() & (series == series.floor()) & (series.abs() < 2**63)
        integers = series.zip_with(whole, pl.Series([0.0])).cast(pl.Int64).cast(pl.String)
        return integers.zip_with(whole, series.cast(pl.String))
    return series.cast(pl.String)


def words(name: str) -> set[str]:
    """The lower-case words of a column name: `given_original_label` and `className` have three and two."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return set(re.split(r"[\W_]+", spaced.lower())) - {""}


def named(table: Table, wanted: str, flag: str) -> Column:
    """The column a user named, by name or by number from 1. Raises InputError that lists the columns."""
    for column in table.columns:
        if column.name == wanted:
            return column
    if wanted.isdigit() and 1 <= int(wanted) <= len(table.columns):
        return table.columns[int(wanted) - 1]
    if table.header is None and wanted in map(str.strip, map(str, table.head.row(0))):
        raise InputError(f"{wanted!r} stands in the first row, which can be a header or a sample", "use --header")
    names = ", ".join(repr(c.name) for c in table.columns[:20])
    raise InputError(f"there is no column {wanted!r}", f"{flag} takes one of {names}, or a number from 1")
