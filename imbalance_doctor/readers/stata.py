"""Stata: .dta files of version 102 on, value labels as class names.

A column with value labels has all of them as classes, in the order of their codes, used or not; unless a value has no
label, then the column keeps its codes. The labels of `.a` to `.z` are no classes: these values are missing.

Example: `imbalance-doctor analyze survey.dta --label outcome`
"""

import warnings
from collections.abc import Iterator
from typing import Any

from ..batches import Table
from ..errors import InputError, RefusedError
from ..plugins import Reader
from ._sheets import labelled
from ._source import Options, Source
from ._typed import damaged

READER = Reader("stata", (".dta",))
START = b"<stata_dta>"
BATCH_ROWS = 100_000
MAX_CELLS = 50_000_000
"""Cells that are held: with `--label` only those of one column are."""
VERSIONS = range(102, 116)
"""First byte of the versions that have no mark-up."""
MISSING = 2_147_483_621
"""The first code, in a set of value labels, of a missing value: `.`, then `.a` to `.z`."""


def claims_head(head: bytes) -> bool:
    """Whether the bytes start a file with mark-up, or the header of an older one: version, byte order, 1, 0."""
    old = len(head) > 4 and head[0] in VERSIONS and head[1] in (1, 2) and head[2:4] == b"\x01\x00"
    return head.startswith(START) or old


def read(source: Source, options: Options) -> Table:
    """The columns. Raises InputError for a damaged file, RefusedError above MAX_CELLS cells."""
    import pandas

    read_stata: Any = pandas.read_stata
    columns: dict[str, list[Any]] = {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with read_stata(source.seekable(), iterator=True, convert_categoricals=False) as reader:
                asked = [str(options.label)] if options.label in reader.variable_labels() else None
                for frame in _frames(reader, asked):
                    for name in frame.columns:
                        columns.setdefault(str(name), []).extend(frame[name].tolist())
                    _check(columns, source.name)
                sets = reader.value_labels()
                chosen = list(getattr(reader, "_lbllist", columns))
    except RefusedError:
        raise
    except Exception as error:  # pandas raises whatever the bytes run into
        raise damaged(source.name, error) from None
    if not any(columns.values()):
        raise InputError(f"{source.name} holds no rows", "name the file that holds the labels")
    names = list(columns)
    labels: dict[str, Any] = {
        name: {code: label for code, label in sets[key].items() if code < MISSING}
        for name, key in zip(names, chosen, strict=True)
        if key in sets
    }
    return labelled(names, list(columns.values()), labels, source.notes)


def _frames(reader: Any, columns: list[str] | None) -> Iterator[Any]:
    """The rows, some at a time, all columns or those asked for."""
    while True:
        try:
            frame = reader.read(nrows=BATCH_ROWS, columns=columns)
        except StopIteration:
            return
        if frame.empty:
            return
        yield frame


def _check(columns: dict[str, list[Any]], name: str) -> None:
    if sum(map(len, columns.values())) > MAX_CELLS:
        raise RefusedError(f"{name} holds more than {MAX_CELLS:,} cells", "name one column with --label")
