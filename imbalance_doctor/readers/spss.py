"""SPSS: .sav and .zsav files, value labels as class names.

A column with value labels has all of them as classes, in the order of their codes, used or not; unless a value has no
label, then the column keeps its codes. Values that the file declares missing are missing, and their labels no classes.

The format is read here, checked: the library for it, ReadStat, crashes on damaged files. The suffix .sav is also used
for pickles: a file is one of SPSS when its first bytes say so.

Example: `imbalance-doctor analyze survey.sav --label outcome`

Reference: GNU PSPP developers' guide, "System File Format".
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from ..batches import Table
from ..errors import InputError, RefusedError
from ..plugins import Reader
from ._sav_cases import ELEMENT, SYSTEM_MISSING, blocks
from ._sav_dictionary import Dictionary, Variable, dictionary
from ._sheets import labelled
from ._source import Options, Source

READER = Reader("spss", (".sav", ".zsav"))
STARTS = (b"$FL2@(#)", b"$FL3@(#)")
MAX_CELLS = 50_000_000
"""Cells that are held: with `--label` only those of one column are."""
Text = Callable[[bytes], str]


def claims_head(head: bytes) -> bool:
    """Whether the bytes start a file of SPSS, compressed by it or not."""
    return head.startswith(STARTS)


def read(source: Source, options: Options) -> Table:
    """The columns. Raises InputError for a damaged file, RefusedError above MAX_CELLS cells."""
    found, cursor = dictionary(source)
    text = _decoder(source.name, options.encoding or found.encoding or "utf-8")
    named = {_name(variable, text): variable for variable in found.variables if not variable.part}
    parts = sum(variable.part for variable in found.variables)
    if len(named) + parts < len(found.variables):
        twice = Counter(_name(v, text) for v in found.variables if not v.part).most_common(1)[0][0]
        raise InputError(f"{source.name} has two columns named {twice!r}", "rename one")
    if parts:
        source.notes.append("texts of more than 255 bytes are not read")
    if found.weight - 1 in found.starts:
        weight = _name(found.starts[found.weight - 1], text)
        source.notes.append(f"the file weighs its cases by {weight!r}: every case counts once here")
    if options.label in named:
        named = {options.label: named[options.label]}
    columns: dict[str, list[Any]] = {name: [] for name in named}
    for block in blocks(found, cursor):
        for name, variable in named.items():
            columns[name] += _cells(block, found, variable, text)
        held = sum(map(len, columns.values()))
        if held > MAX_CELLS:
            raise RefusedError(f"{source.name} holds more than {MAX_CELLS:,} cells", "name one column with --label")
    if not any(columns.values()):
        raise InputError(f"{source.name} holds no rows", "name the file that holds the labels")
    labels = {name: _labels(found, variable, text) for name, variable in named.items()}
    return labelled(list(columns), list(columns.values()), labels, source.notes)


def _name(variable: Variable, text: Text) -> str:
    return text(variable.long or variable.name)


def _decoder(name: str, encoding: str) -> Text:
    def text(data: bytes) -> str:
        try:
            return data.rstrip(b" \0").decode(encoding)
        except UnicodeError:
            raise InputError(
                f"{name} holds {data[:20]!r}, which is not valid {encoding.upper()}",
                "name its encoding with --encoding",
            ) from None
        except LookupError:
            raise InputError(f"there is no encoding named {encoding!r}", "for example utf-8, cp1252, gb18030") from None

    return text


def _cells(block: bytes, found: Dictionary, variable: Variable, text: Text) -> list[Any]:
    """The cells of one column, None where one is missing."""
    if not variable.width:
        numbers = np.frombuffer(block, f"{found.order}f8").reshape(-1, found.size)[:, variable.at]
        values, where = np.unique(numbers, return_inverse=True)
        cells = [None if _is_missing(value, found, variable) else value for value in values.tolist()]
    else:
        start = variable.at * ELEMENT
        rows = np.frombuffer(block, np.uint8).reshape(-1, found.size * ELEMENT)[:, start : start + variable.width]
        texts, where = np.unique(np.ascontiguousarray(rows).view(f"S{variable.width}").ravel(), return_inverse=True)
        missing = {text(value) for value in variable.missing}
        cells = [None if (cell := text(value)) in missing else cell for value in texts.tolist()]
    return [cells[i] for i in where.ravel().tolist()]


def _is_missing(value: float, found: Dictionary, variable: Variable) -> bool:
    if value == SYSTEM_MISSING or value != value:
        return True
    if variable.bounds is not None and variable.bounds[0] <= value <= variable.bounds[1]:
        return True
    return bool(variable.missing) and value in _numbers(variable.missing, found)


def _labels(found: Dictionary, variable: Variable, text: Text) -> dict[Any, str]:
    """Labels by value, those of missing values left out."""
    if variable.width:
        missing = {text(value) for value in variable.missing}
        return {text(k): text(v) for k, v in variable.labels.items() if text(k) not in missing}
    keys = _numbers(tuple(variable.labels), found)
    pairs = zip(keys, variable.labels.values(), strict=True)
    return {key: text(label) for key, label in pairs if not _is_missing(key, found, variable)}


def _numbers(values: tuple[bytes, ...], found: Dictionary) -> list[float]:
    return [float(np.frombuffer(value[:ELEMENT].ljust(ELEMENT, b"\0"), f"{found.order}f8")[0]) for value in values]
