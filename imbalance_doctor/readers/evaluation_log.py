r"""What boosted trees print as they evaluate: `[12]\ttrain-logloss:0.52\teval-logloss:0.61` and its relatives.

XGBoost, LightGBM (`[12]\tvalid_0's binary_logloss: 0.3`) and the cross-validation of both, whose mean counts and whose
deviation is left out. The line that repeats the best iteration at the end is no new value.

Example: `imbalance-doctor history xgboost.log`
"""

import re
from collections.abc import Iterator

from ..batches import Table
from ..history.records import Log, Record
from ..plugins import Reader
from . import _log_table
from ._log_lines import Lines, plain
from ._source import Options, Source

READER = Reader("evaluation", ())
_LINE = re.compile(r"(?:[^\[\n]{0,60}+)\[(\d{1,12})\][ \t]++(?=[A-Za-z])")
_CELL = re.compile(r"([A-Za-z][^:\t]{0,200}+):[ ]?+([-+]?+(?:[\d.]++(?:[eE][-+]?+\d++)?+|nan|inf))")
_BEST = re.compile(r"best iteration", re.IGNORECASE)


def claims(start: str) -> bool:
    """Whether one of the first lines is an evaluation."""
    return any(_cells(line.rstrip("\r")) for line in start.split("\n", 500)[:500])


def _cells(line: str) -> dict[str, str]:
    line = line.replace("#011", "\t")  # how SageMaker writes a tab
    begin = _LINE.match(line)
    if not begin:
        return {}
    cells = (_CELL.match(cell.strip()) for cell in line[begin.end() :].split("\t"))
    found = {cell[1].strip(): cell[2] for cell in cells if cell}
    return {"iteration": begin[1], **found} if found else {}


def records(source: Source, options: Options) -> Log:
    """The log."""
    log = Log("evaluation", iter(()))
    log.records = _records(Lines(source, options, notes=log.notes), log)
    return log


def _records(lines: Lines, log: Log) -> Iterator[tuple[int, Record]]:
    repeated, before = False, 0
    for _, raw in lines:
        line = plain(raw)
        cells = _cells(line)
        if not cells:
            repeated = bool(_BEST.search(line[:1000])) or (repeated and not line.strip())
            continue
        if lines.unfinished and len(line) < before:
            log.notes.append("the last line is unfinished and was left out: the log may be growing")
            continue
        if repeated:
            repeated = False
            continue
        before = len(line) if not before else min(before, len(line))
        log.n_records += 1
        yield log.n_records, cells


def read(source: Source, options: Options) -> Table:
    """The records as a table of text."""
    return _log_table.table(records(source, options), source.name)
