"""What readers of logs hand over: records, one after another, each a mapping of names to values as printed.

Logs are ragged: a metric may first appear after a hundred thousand records. So a log is no table with known columns,
it is a stream of small mappings that can be gone through once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ..model import Split

Value = str | float
"""A value as printed, or the number itself where the log is binary."""
Record = Mapping[str, Value]
NEW_RUN = "\0new run"
"""Key of a record that starts a run of its own, where the reader knows (a repeated header)."""


@dataclass
class Log:
    """One log. `records` yields the number of a record, from 1, and the record.

    `framework`: what the format betrays. `split`: of the whole file, where its folder says so. `notes` and
    `sample_sizes` grow while the records are read. `n_records` is known once they are. `one_run`: the format keeps
    runs apart, a step that goes back begins no other.
    """

    format: str
    records: Iterator[tuple[int, Record]]
    framework: str = ""
    split: Split | None = None
    run: str = ""
    notes: list[str] = field(default_factory=list)
    sample_sizes: dict[str, int] = field(default_factory=dict)
    n_records: int = 0
    one_run: bool = False
