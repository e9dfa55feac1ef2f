"""The nouns of reading labels: what the user wishes, and what was decided."""

from dataclasses import dataclass, replace
from typing import Literal

from ..batches import Batches, Column, Matrix
from ..errors import InputError
from ..model import Layout
from .columns import facts
from .counting import Counting
from .counting.indicator import IndicatorCounting
from .counting.names import Names

ValueType = Literal["text", "integer", "float", "boolean"]


@dataclass(frozen=True)
class Wishes:
    """What the user said about meaning. None or empty: find out."""

    layout: str | None = None
    label: str | None = None
    id: str | None = None
    separator: str | None = None
    missing: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    classes: tuple[str, ...] | None = None
    n_samples: int | None = None
    merge: tuple[str, ...] = ()
    """Kinds of spelling differences between labels that make no difference: see `spelling.KINDS`."""


@dataclass
class Reading:
    """The decision: how to count a batch, the columns to stream, class names in index order if known.

    `multiple`: whether a sample can carry several labels; `counts_only`: whether the input holds counts, not samples;
    `first`: all columns of the input that was looked at, none for a matrix.
    """

    decided: Layout
    counting: Counting
    columns: tuple[str, ...]
    classes: tuple[str, ...] | None
    value_type: ValueType = "text"
    multiple: bool = False
    counts_only: bool = False
    first: tuple[Column, ...] = ()

    @property
    def layout(self) -> Layout:
        """The layout, with what only the whole input shows once `counting` has finished."""
        names = getattr(self.counting, "names", None)
        merged = names.merged_notes() if isinstance(names, Names) else ()
        return replace(self.decided, notes=(*self.decided.notes, *self.counting.notes, *merged))

    def check(self, batches: Batches, name: str) -> None:
        """Raise InputError unless a further input can be read as the first one was: nothing may be lost in silence."""
        indicator = self.counting if isinstance(self.counting, IndicatorCounting) else None
        if isinstance(batches, Matrix):
            if indicator is None or self.columns or len(indicator.names) != batches.shape[1]:
                raise InputError(f"{name} is a matrix of shape {batches.shape}", "read them apart")
            return
        if not self.columns:
            raise InputError(f"{name} is a table, the first is a matrix", "read them apart")
        first = {column.name: column for column in self.first}
        for wanted in self.columns:
            column = next((c for c in batches.columns if c.name == wanted), None)
            if column is None:
                raise InputError(f"{name} has no column {wanted!r}", "read it on its own")
            if (column.class_names, column.declared) != (first[wanted].class_names, first[wanted].declared):
                raise InputError(f"{name} names the classes of {wanted!r} unlike the first input", "read them apart")
            if (column.type == "list") != (first[wanted].type == "list"):
                raise InputError(
                    f"{name} and the first input differ: in only one of them {wanted!r} holds lists", "read them apart"
                )
        if indicator is not None:
            others = replace(batches, columns=tuple(c for c in batches.columns if c.name not in first))
            new = [f.column.name for f in facts(others) if f.binary]
            if new:
                raise InputError(f"{name} has a column {new[0]!r} of 0 and 1, the first has not", "read them apart")
