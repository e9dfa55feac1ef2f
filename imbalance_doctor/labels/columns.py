"""Which column holds the labels: candidates scored by name, by cardinality and by type, never guessed in silence."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..batches import Column, Table
from ..errors import InputError

if TYPE_CHECKING:
    import polars as pl

LABEL_WORDS = frozenset(
    """label labels class classes target targets category categories tag tags y gold truth species intent sentiment
    emotion genre genres topic topics diagnosis""".split()  # noqa: SIM905
)
EXACT_NAMES = LABEL_WORDS | {"y_true", "ground_truth", "groundtruth", "true_label", "class_label", "label_ids"}
OTHER_WORDS = frozenset(
    """id ids idx index uuid guid text sentence content comment body title path file filename image img url uri date
    time timestamp split fold subset description score confidence prob probability weight count counts pred predicted
    prediction user author annotator name key hash row string abstract email""".split()  # noqa: SIM905
)
FORMS = frozenset(["id", "ids", "idx", "index", "name", "text", "string"])
"""Words that name a form of the label: `label_id`, `class_name`."""
ID_WORDS = frozenset(["id", "ids", "idx", "uuid", "guid", "index", "key", "filename", "file", "path", "image"])
COUNT_WORDS = frozenset(["count", "counts", "n", "freq", "frequency", "support", "samples", "num", "number", "total"])
MANY = 20
"""Rows from which distinctness says something about a column."""


@dataclass(frozen=True)
class Facts:
    """What the head says about one column."""

    column: Column
    n: int
    distinct: int
    mean_length: float
    mean_words: float
    integers: bool
    fractions: bool
    binary: bool
    fasttext: bool = False

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
        listed = self.column.type == "list"
        return listed or (scalar and self.n > 0 and not (self.all_distinct or self.like_text or self.like_measurements))

    @property
    def described(self) -> str:
        """For an error that lists the columns."""
        if self.column.type == "nested":
            return f"{self.column.name!r} (nested)"
        what = "text" if self.like_text else "numbers" if self.fractions else "values"
        return f"{self.column.name!r} ({self.distinct:,} distinct {what} in {self.n:,} rows)"


def facts(table: Table) -> list[Facts]:
    """Facts of every column, from the head."""
    return [_facts(column, table) for column in table.columns]


def _facts(column: Column, table: Table) -> Facts:
    import polars as pl

    if column.type == "nested" or column.name not in table.head.columns:
        return Facts(column, 0, 0, 0.0, 0.0, False, False, False)
    series = table.head[column.name].drop_nulls()
    if column.type == "list":
        return Facts(column, series.len(), series.n_unique(), 0.0, 0.0, False, False, False)
    text = as_text(series)
    text = text.filter(text != "")
    unique = text.unique()
    whole = bool(unique.len()) and bool(unique.str.contains(r"^[+-]?\d+$").all())
    numeric = bool(unique.len()) and bool(unique.str.contains(r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$").all())
    fractional = numeric and bool((unique.cast(pl.Float64, strict=False).fill_null(0.5) % 1 != 0).any())
    return Facts(
        column=column,
        n=text.len(),
        distinct=unique.len(),
        mean_length=float(text.str.len_chars().mean() or 0),  # type: ignore[arg-type]
        mean_words=float(text.str.count_matches(r"\S+").mean() or 0),  # type: ignore[arg-type]
        integers=whole,
        fractions=fractional,
        binary=bool(unique.len()) and set(unique.to_list()) <= {"0", "1", "-1", "0.0", "1.0", "-1.0", "true", "false"},
        fasttext=bool(text.str.starts_with("__label__").any()),
    )


def as_text(series: "pl.Series") -> "pl.Series":
    """Cells as exact text: a whole float prints as the integer, NaN is null, true and false in lower case."""
    import polars as pl

    if series.dtype == pl.String:
        return series
    if series.dtype.is_float():
        series = series.fill_nan(None)
        whole = series.is_not_null() & series.is_finite() & (series == series.floor()) & (series.abs() < 2**53)
        integers = series.zip_with(whole, pl.Series([0.0])).cast(pl.Int64).cast(pl.String)
        return integers.zip_with(whole | series.is_null(), series.cast(pl.String))
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
    names = ", ".join(repr(c.name) for c in table.columns[:20])
    raise InputError(f"there is no column {wanted!r}", f"{flag} takes one of {names}, or a number from 1")


def find(table: Table) -> tuple[Column, str]:
    """The label column and why. Raises InputError that lists the candidates when none or several are plausible."""
    known = facts(table)
    if len(known) == 1:
        return _only(known[0])
    exact = [f for f in known if f.column.name.strip().lower() in EXACT_NAMES]
    by_word = [
        f for f in known if words(f.column.name) & LABEL_WORDS and not words(f.column.name) & (OTHER_WORDS - FORMS)
    ]
    for candidates, why in ((exact, "its name"), (by_word, "a word in its name")):
        plausible = [f for f in candidates if f.plausible]
        if len(plausible) == 1:
            return plausible[0].column, f"{why} says so, {plausible[0].distinct:,} distinct values"
        if plausible:
            raise ask(plausible, "several columns can be the labels")
    if exact or by_word:
        raise ask(known, f"the column {(exact or by_word)[0].column.name!r} does not look like labels")
    rest = [f for f in known if f.plausible and not words(f.column.name) & OTHER_WORDS]
    if len(rest) == 1 and rest[0].n >= MANY and rest[0].distinct <= max(2, rest[0].n / 5):
        return rest[0].column, f"the only column that can be classes: {rest[0].distinct:,} distinct values"
    if len(rest) > 1:
        raise ask(rest, "several columns can be the labels")
    raise ask(known, "nothing tells which column holds the labels" if rest else "no column looks like labels")


def _only(fact: Facts) -> tuple[Column, str]:
    if fact.column.type == "nested":
        raise InputError("the values are nested, not class names", "give labels as text, numbers or flat lists")
    if fact.fasttext:
        raise InputError("the lines are fastText text with __label__ marks", "give the labels in a column of their own")
    if fact.like_text and fact.column.type != "list":
        raise InputError(
            "the only column looks like text, not class names", "to count whole lines anyway use --layout column"
        )
    if fact.all_distinct or fact.like_measurements:
        kind = "numbers with a fraction: scores or a regression target" if fact.fractions else "ids, a list of names"
        counts = ", --layout counts if they are counts" if fact.integers else ""
        raise InputError(
            f"{fact.distinct:,} of {fact.n:,} values are distinct: this looks like {kind}, not labels",
            f"use --layout column to count them as labels anyway{counts}",
        )
    return fact.column, "the only column"


def ask(candidates: list[Facts], why: str) -> InputError:
    """The question that lists the columns and the flag that picks one."""
    listed = ", ".join(f.described for f in candidates[:12])
    more = f" and {len(candidates) - 12} more" if len(candidates) > 12 else ""
    first = candidates[0].column.name
    return InputError(f"{why}: {listed}{more}", f"name one, for example --label {_shell(first)}")


def _shell(name: str) -> str:
    import shlex

    return shlex.quote(name)
