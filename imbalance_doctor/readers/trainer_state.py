"""`trainer_state.json` of Hugging Face transformers: training and evaluation records interleaved in `log_history`.

Every evaluation set has a prefix of its own (`eval_loss`, `eval_g0_loss` …). The last record of a finished training is
its summary, a mean over the whole run beside `train_runtime`; it is no point of a curve and is left out.

Example: `imbalance-doctor history checkpoint-500/trainer_state.json`
"""

from collections.abc import Iterator
from typing import Any

from ..batches import Table
from ..errors import InputError
from ..history.records import Log, Record
from ..plugins import Reader
from . import _log_table
from ._log_json import document, flat
from ._source import Options, Source

READER = Reader("trainer-state", ())
SUMMARY = ("train_runtime", "total_flos")


def records(source: Source, options: Options) -> Log:
    """The log. Raises InputError for a document without `log_history`."""
    value = document(source, options)
    if not isinstance(value, dict) or not isinstance(value.get("log_history"), list):
        raise InputError(f"{source.name} holds no log_history", "name the trainer_state.json of a checkpoint")
    return of(value)


def of(state: dict[str, Any]) -> Log:
    """The log in a trainer state that is read already."""
    log = Log("trainer_state", iter(()), "transformers")

    def found() -> Iterator[tuple[int, Record]]:
        for item in state["log_history"]:
            if not isinstance(item, dict):
                continue
            log.n_records += 1
            if any(key in item for key in SUMMARY):
                log.notes.append("the summary record of the run, with its mean loss, was left out")
                continue
            yield log.n_records, flat(item)

    log.records = found()
    return log


def read(source: Source, options: Options) -> Table:
    """The records as a table of text. Raises InputError for a document without `log_history`."""
    return _log_table.table(records(source, options), source.name)
