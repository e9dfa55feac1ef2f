"""What the head of a table shows about its columns: numbers, fractions, lists, ids; and the questions it raises."""

import shlex
from collections.abc import Sequence

from ..batches import Table
from ..errors import InputError
from ..labels.columns import named
from . import names, values
from .names import Group

HEAD = 2_000
"""Rows looked at to tell what a column holds."""


class Look:
    """The columns of a table by what they hold. `free` are those that are neither id, row number nor truth as asked.

    `header`: whether the columns have names of their own.
    """

    def __init__(self, table: Table, id_: str | None = None, truth: str | None = None) -> None:
        self.table = table
        self.header = bool(table.header) or (table.typed and [c.name for c in table.columns] != ["value"])
        self.head = table.head.head(HEAD)
        self.all = [c.name for c in table.columns if c.type != "nested" and c.name in self.head.columns]
        self.lists = [name for name in self.all if values.is_list(self.head[name])]
        self.numeric = [n for n in self.all if n not in self.lists and values.is_numeric(self.head[n])]
        self.id = named(table, id_, "--id").name if id_ is not None else self._id()
        given = {self.id, truth and named(table, truth, "--truth").name, *self._row_numbers()}
        self.free = [name for name in self.all if name not in given]

    def _id(self) -> str | None:
        if len(self.table.columns) < 2:
            return None
        if self.header:
            named_so = [n for n in self.all if names.says_id(n) and n not in self.lists and not self.fractions(n)]
            return named_so[0] if named_so else None
        first = self.all[0]
        return first if first not in self.numeric and self.distinct(first) == self.head.height > 1 else None

    def _row_numbers(self) -> list[str]:
        """A first column that numbers the rows, as a data frame writes its index."""
        first = self.all[0] if len(self.all) > 1 else None
        if first is None or first not in self.numeric or self.head.height < 3:
            return []
        cells = values.lenient(self.head[first])
        counted = cells[0] in (0, 1) and bool((cells.diff().drop_nulls() == 1).all()) and not cells.null_count()
        return [first] if counted or first.startswith("Unnamed: ") else []

    def distinct(self, name: str) -> int:
        """Distinct cells of a column in the head."""
        return int(self.head[name].n_unique())

    def fractions(self, name: str) -> bool:
        """Whether a column is of numbers with a fraction, or of 0 and 1 in a floating type."""
        if name not in self.numeric:
            return False
        cells = values.lenient(self.head[name])
        return bool((cells.fill_nan(None) % 1 != 0).any()) or (self.head[name].dtype.is_float() and self.in_unit(name))

    def scores(self, name: str) -> bool:
        """Whether a column can be one of scores: numbers with a fraction, or numbers whose name says so."""
        return self.fractions(name) or (name in self.numeric and self.header and names.says_score(name))

    def in_unit(self, name: str) -> bool:
        """Whether the numbers of a column lie in [0, 1]."""
        cells = values.lenient(self.head[name]).fill_nan(None).drop_nulls()
        return bool(((cells >= -1e-4) & (cells <= 1 + 1e-4)).all())

    def smallest(self, name: str) -> float:
        """The smallest number of a column, infinity without any."""
        cells = values.lenient(self.head[name]).fill_nan(None).drop_nulls()
        return float(cells.min()) if cells.len() else float("inf")  # type: ignore[arg-type]

    def true_labels(self) -> frozenset[str]:
        """What stands in the columns that are named for the truth, where that is text: classes."""
        if not self.header:
            return frozenset()
        found = [
            n for n in self.all if names.says_truth(n) and self.table.column(n).type == "text" and n not in self.numeric
        ]
        return frozenset(str(cell) for n in found for cell in self.head[n].unique().drop_nulls())

    def answers(self, group: Group) -> bool:
        """Whether columns hold 0 and 1 only: hard answers, one per class."""
        return all(set(values.lenient(self.head[c]).drop_nulls().to_list()) <= {0.0, 1.0} for c in group.columns)

    def cuts(self, score: str, answer: str) -> bool:
        """Whether the 0/1 answers are the scores cut at some value: all answered 1 score at least as all answered 0."""
        if answer not in self.numeric:
            return False
        cells, answers = values.lenient(self.head[score]), values.lenient(self.head[answer])
        yes, no = cells.filter(answers == 1), cells.filter(answers == 0)
        if yes.len() + no.len() < answers.len():
            return False
        return not yes.len() or not no.len() or float(yes.min()) >= float(no.max())  # type: ignore[arg-type]

    def list_lengths(self, name: str) -> set[int]:
        """The lengths of a column's lists."""
        return set(values.as_lists(self.head[name]).drop_nulls().list.len().to_list())

    def list_fractions(self, name: str) -> bool:
        """Whether a column's lists hold numbers with a fraction."""
        cells = values.lenient(values.as_lists(self.head[name]).drop_nulls().explode())
        return cells.dtype.is_float() and bool((cells.fill_nan(None) % 1 != 0).any())

    def listing(self) -> str:
        """The columns and what they hold, for an error."""
        parts = []
        for column in self.table.columns[:12]:
            kind = "numbers" if column.name in self.numeric else "lists" if column.name in self.lists else column.type
            parts.append(f"{column.name!r} ({kind})")
        more = len(self.table.columns) - 12
        return ", ".join(parts) + (f" and {more} more" if more > 0 else "")


def several(found: Sequence[str], example: str, flag: str = "--scores", what: str = "the scores") -> InputError:
    """The question which of several columns it is."""
    return InputError(
        f"several columns can be {what}: {', '.join(found)}",
        f"say which with {flag}, for example {flag} {shlex.quote(example)}",
    )


def nothing(look: Look) -> InputError:
    """The error for a table in which nothing looks like predictions."""
    return InputError(
        f"nothing tells which columns are predictions: {look.listing()}",
        "name the columns of scores with --scores, or the column of predicted labels with --label",
    )
