"""Logs in delimited text: ragged where a run was cut off, the header repeated where a run was appended.

The strict reader of label files refuses such files, because a shifted cell would be a wrong label; here a short row is
left out and counted.
"""

import csv
from collections.abc import Iterator
from itertools import pairwise

from ..history import names
from ..history.records import NEW_RUN, Log, Record
from ..history.series import BLANK, number
from ._log_lines import Lines, plain
from ._source import Options, Source

DELIMITERS = (",", "\t", ";", "|", None)
"""None is white space, as in a printed table."""
SEARCHED = 50
"""Lines of the start in which a header may stand."""


def claims(start: str, options: Options) -> bool:
    """Whether a header with the name of a metric stands above a row of numbers near the start."""
    lines = [plain(line).rstrip("\r") for line in start.split("\n", SEARCHED)[:SEARCHED]]
    lines = [line for line in lines if line.strip()]
    return any(_dialect(a, b, options) is not _NONE for a, b in pairwise(lines))


class _None:
    pass


_NONE = _None()


def _dialect(header: str, row: str, options: Options) -> "str | _None | None":
    """The delimiter under which one line is a header and the next a row of numbers below it."""
    asked = {"\\t": "\t", "tab": "\t"}.get(options.delimiter or "", options.delimiter)
    for delimiter in DELIMITERS if asked is None else (asked,):
        cells = split(header, delimiter)
        single = len(cells) == 1
        if not is_header(cells) or (single and (delimiter != DELIMITERS[0] or " " in cells[0])):
            continue
        below = split(row, delimiter)
        if len(below) != len(cells) or not any(number(cell) is not None for cell in below):
            continue
        return delimiter
    return _NONE


def split(line: str, delimiter: str | None) -> list[str]:
    """The cells of a line, stripped; a padded header is what Ultralytics writes."""
    if delimiter is None:
        return line.split()
    if '"' in line:
        try:
            return [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
        except csv.Error:
            pass
    return [cell.strip() for cell in line.split(delimiter)]


def is_header(cells: list[str]) -> bool:
    """Whether cells name the columns of a log: no numbers, no empty name but the last, and a metric among them."""
    named = cells[:-1] if len(cells) > 1 and not cells[-1] else cells
    if not named or any(number(cell) is not None for cell in named if cell):
        return False
    return any(len(cell) < 200 and names.understand(cell).kind == "metric" for cell in named if cell)


def read(source: Source, options: Options) -> Log:
    """The records of the log."""
    log = Log("csv", iter(()))
    log.records = _records(Lines(source, options, notes=log.notes), options, log)
    return log


def _records(lines: Lines, options: Options, log: Log) -> Iterator[tuple[int, Record]]:
    header: list[str] = []
    delimiter: str | None = ","
    held, ragged, shortest, headers = "", 0, 0, 0
    for _, raw in lines:
        line = plain(raw)
        if not line.strip():
            continue
        if not header:
            found = _dialect(held, line, options) if held else _NONE
            if isinstance(found, _None):
                held = line
                continue
            delimiter, header, headers = found, split(held, found), 1
        cells = split(line, delimiter)
        last = cells[-1] or (cells[-2] if len(cells) > 1 and not header[-1] else "")
        cut = len(cells) < len(header) or len(last) < shortest or (bool(shortest) and not last)
        if lines.unfinished and cut:
            log.notes.append("the last line is unfinished and was left out: the log may be growing")
            continue
        if cells == header or (number(cells[0]) is None and cells[0] and is_header(cells)):
            header, headers = cells, headers + 1
            shortest = 0
            continue
        if len(cells) != len(header):
            ragged += 1
            continue
        shortest = min(shortest or len(last), len(last)) if last else shortest
        log.n_records += 1
        record = {name: cell for name, cell in zip(header, cells, strict=True) if name and cell.lower() not in BLANK}
        if headers > 1:
            record[NEW_RUN] = ""
            headers = 1
        yield log.n_records, record
    if ragged:
        log.notes.append(f"{ragged:,} lines with another number of cells than the header were left out")
