"""svmlight and LIBSVM text: `label index:value index:value …`, several labels as `1,3 7:0.5`.

Labels are exact text. Where lines of the first block hold several labels or none, every line is a set of labels, and a
line without any is a sample without labels. Comments start with `#`; features are checked for their form only.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..batches import Column, Table
from ..errors import InputError
from ..plugins import Reader
from ._source import Options, Source
from ._sparse_lines import FEATURES, HINT, NUMBER, label_cells
from ._text_lines import lines, table, whole_lines

if TYPE_CHECKING:
    import polars as pl

READER = Reader("svmlight", (".svm", ".libsvm", ".svmlight"))
_LINE = re.compile(rf"(?:{NUMBER}(?:,{NUMBER})*)?{FEATURES}")
_TIME = re.compile(r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9]\Z")


def claims(start: str) -> bool:
    """Whether all first lines are a label and features, at least one of these no time of day."""
    found = [line.partition("#")[0].rstrip() for line in whole_lines(start)]
    found = [line for line in found if line]
    features = [word for line in found for word in line.split() if ":" in word]
    labelled = any(":" not in line.split()[0] for line in found)
    return labelled and all(map(_LINE.match, found)) and not all(map(_TIME.match, features))


def read(source: Source, options: Options) -> Table:
    """One column: of text where every line has one label, of lists of text where lines have any number of labels.

    Raises InputError, with the line, for a line that is not labels and features, and for several labels or none after
    a first block of lines with one each.
    """
    blocks = _cells(source, options)
    first = next((block for block in blocks if block[1].len()), None)
    if first is None:
        raise InputError(f"{source.name} holds no sample", HINT)
    several = options.layout == "delimited" or bool(_unlike(first[1]).any())
    source.notes.append("only labels are read: the order of the features is not checked")
    frames = (_frame(source, block, several) for block in _chained(first, blocks))
    column = Column("label", "list" if several else "text")
    made = table([column], frames, layout="delimited" if several else "", typed=several)
    assert made is not None
    return made


def _cells(source: Source, options: Options) -> Iterator[tuple["pl.Series", "pl.Series"]]:
    for block in lines(source, options):
        yield label_cells(block, NUMBER, comments=True)


def _chained(
    first: tuple["pl.Series", "pl.Series"], rest: Iterator[tuple["pl.Series", "pl.Series"]]
) -> Iterator[tuple["pl.Series", "pl.Series"]]:
    yield first
    yield from rest


def _unlike(cells: "pl.Series") -> "pl.Series":
    """Which cells hold several labels, or none."""
    return (cells == "") | cells.str.contains(",", literal=True)


def _frame(source: Source, block: tuple["pl.Series", "pl.Series"], several: bool) -> "pl.DataFrame":
    numbers, cells = block
    cells = cells.alias("label")
    if several:
        return cells.str.split(",").to_frame()
    bad = _unlike(cells)
    if bad.any():
        at = int(bad.arg_max() or 0)
        what = "several labels" if cells[at] else "no label"
        raise InputError(
            f"{source.name}: line {numbers[at]:,} has {what}, the first lines have one each",
            "use --layout delimited if a sample can carry any number of labels",
        )
    return cells.to_frame()
