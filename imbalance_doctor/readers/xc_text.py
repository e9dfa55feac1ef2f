"""The text of the extreme classification repository: `samples features labels`, then `1,5 7:0.5 9:1` a sample.

The first line declares as many classes as it names labels, numbered from 0: those without samples are shown too. A
line without labels is a sample without labels. Source: Bhatia et al., "The extreme classification repository".
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from ..batches import MAX_COLUMNS, Column, Table
from ..errors import InputError, RefusedError
from ..plugins import Reader
from ._source import Options, Source
from ._sparse_lines import FEATURES, INDEX, label_cells
from ._text_lines import Lines, lines, table, whole_lines

if TYPE_CHECKING:
    import polars as pl

READER = Reader("xc", (".xc",))
_HEADER = re.compile(r"([0-9]{1,18})[ \t]+([0-9]{1,18})[ \t]+([0-9]{1,18})\s*\Z")
_LINE = re.compile(rf"(?:{INDEX}(?:,{INDEX})*)?{FEATURES}")


def claims(start: str) -> bool:
    """Whether three whole numbers head lines of labels and features."""
    found = whole_lines(start)
    rest = found[1:]
    return bool(rest) and bool(_HEADER.match(found[0])) and all(map(_LINE.match, rest)) and any(":" in r for r in rest)


def read(source: Source, options: Options) -> Table:
    """One column of lists of class numbers, all of them declared.

    Raises InputError, with the line, for a line that is not labels and features, for a label that the first line does
    not declare, and for more or fewer samples than it says; RefusedError for more than MAX_COLUMNS classes.
    """
    blocks = lines(source, options)
    first = next(blocks, None)
    header = _HEADER.match(first.text[0]) if first is not None else None
    if first is None or header is None:
        raise InputError(
            f"{source.name}: line 1 does not hold the numbers of samples, features and labels",
            "use --input-format svmlight for a file without that line",
        )
    n, k = int(header[1]), int(header[3])
    if k > MAX_COLUMNS:
        raise RefusedError(
            f"{source.name} declares {k:,} classes, more than {MAX_COLUMNS:,}", "correct its first line if it is wrong"
        )
    rest = Lines(first.name, 2, first.text[1:])
    declared = tuple(map(str, range(k)))
    frames = _frames(source, chain([rest] if rest.text.len() else [], blocks), n, k)
    made = table([Column("labels", "list", declared=declared)], frames, layout="delimited")
    if made is None:
        raise InputError(f"{source.name} holds no sample, its first line says {n:,}", "name the file that holds them")
    return made


def _frames(source: Source, blocks: Iterator[Lines], n: int, k: int) -> Iterator["pl.DataFrame"]:
    found = 0
    for block in blocks:
        cells = label_cells(block, INDEX, comments=False)[1].alias("labels").str.split(",")
        _check(block, cells, k)
        found += cells.len()
        yield cells.to_frame()
    if found != n:
        raise InputError(
            f"{source.name} holds {found:,} samples, its first line says {n:,}",
            "the file is cut off or its first line wrong; --input-format svmlight reads it without that line",
        )


def _check(block: Lines, cells: "pl.Series", k: int) -> None:
    """Raise InputError for a label that is not one of the k declared ones."""
    import polars as pl

    largest = cells.list.eval(pl.element().replace("", None).cast(pl.Int64)).list.max()
    bad = (largest >= k).fill_null(False)
    if bad.any():
        hint = "labels are numbered from 0: correct the first line, or add one to its third number if they start at 1"
        raise block.wrong(bad, f"has a label above {k - 1:,}, the last of the {k:,} that line 1 declares", hint)
