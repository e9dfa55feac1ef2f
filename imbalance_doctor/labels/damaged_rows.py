"""What becomes of the rows of a delimited text that are damaged: counted where the label is certain, else rejected.

A label is certain when, of all that the label column can hold in a damaged row, one thing and no other is a label that
regular rows have. A label that occurs in damaged rows only is never counted.
"""

from collections.abc import Callable, Iterable

from ..batches import FIRST_LINES, Damaged, DamagedRow
from ..errors import InputError
from ..model import Damage
from .counting import Counting
from .counting.column import ColumnCounting
from .counting.counts import CountsCounting
from .counting.delimited import DelimitedCounting
from .counting.names import Names
from .separators import LITERAL
from .tally import LabelTally

Known = Callable[[str], bool]


def settle(tally: LabelTally, counting: Counting, *, strict: bool = False) -> None:
    """Count or reject every row that was set aside, once all regular rows are counted.

    Raises InputError for damage to a table of counts, where a row lost is a class lost; if `strict`, for any damage.
    """
    known = _known(counting, frozenset(tally.counts))
    for damaged in tally.set_aside:
        if strict or (isinstance(counting, CountsCounting) and damaged.rows):
            raise _refusal(damaged)
        certain: list[str] = []
        kept: list[DamagedRow] = []
        for row in damaged.rows:
            fits = [cell for cell in row.cells[0] if cell and known(cell)]
            if len(fits) == 1 and (None not in row.cells[0] or len(row.cells[0]) == 1):
                certain.append(fits[0])
                kept.append(row)
        _count(certain, counting, tally)
        rejected = len(damaged.rows) - len(certain)
        tally.n_rows += rejected
        tally.n_rejected += rejected
        tally.damage += tuple(_summary(damaged, {row.line for row in kept}))
    tally.set_aside = []


def changed(tally: LabelTally, name: str, *, strict: bool = False) -> None:
    """Note that a file changed while it was read. Raises InputError if `strict`."""
    if strict:
        raise InputError(
            f"{name} changed while it was read", "copy it to where nothing writes to it, and read the copy"
        )
    tally.damage += (Damage("changed", name, 1, ()),)


def _known(counting: Counting, labels: frozenset[str]) -> Known:
    """Whether a cell is a label that regular rows have."""
    if isinstance(counting, ColumnCounting):
        return lambda cell: _names_known(counting.names, cell, labels)
    separator = counting.separator if isinstance(counting, DelimitedCounting) else None
    if isinstance(counting, DelimitedCounting) and separator not in (None, LITERAL):
        names = counting.names
        return lambda cell: all(_names_known(names, item.strip(), labels) for item in cell.split(separator))
    return lambda cell: False


def _names_known(names: Names, cell: str, labels: frozenset[str]) -> bool:
    if cell in names.missing:
        return True
    try:
        name = names.of(cell)
    except InputError:
        return False
    return name is None or name in labels


def _count(cells: list[str], counting: Counting, tally: LabelTally) -> None:
    import polars as pl

    if cells and isinstance(counting, ColumnCounting | DelimitedCounting):
        counting.update(pl.DataFrame({counting.column: cells}, schema={counting.column: pl.String}), tally)


def _summary(damaged: Damaged, counted: set[int]) -> Iterable[Damage]:
    """Kind by kind, in the order of first lines."""
    found = [Damage(kind, damaged.name, n, lines) for kind, (n, lines) in damaged.marks.items()]
    for kind in dict.fromkeys(row.kind for row in damaged.rows):
        lines = [row.line for row in damaged.rows if row.kind == kind]
        certain = sum(line in counted for line in lines)
        found.append(Damage(kind, damaged.name, len(lines), tuple(lines[:FIRST_LINES]), certain, len(lines) - certain))
    return sorted(found, key=lambda damage: (damage.lines, damage.kind))


def _refusal(damaged: Damaged) -> InputError:
    first = [(row.line, row.kind) for row in damaged.rows[:1]]
    first += [(lines[0], kind) for kind, (_, lines) in damaged.marks.items()]
    line, kind = min(first)
    return InputError(
        f"{damaged.name}: the structure is damaged, first in line {line:,} ({kind.replace('-', ' ')})",
        "mend the file; 'analyze' without --strict tells of all the damage",
    )
