"""From records to what is known about a log."""

import pytest

from imbalance_doctor.errors import InputError, UsageError
from imbalance_doctor.history.profile import build
from imbalance_doctor.history.records import Log, Record


def log(records: list[Record]) -> Log:
    return Log("test", iter(enumerate(records, 1)), n_records=len(records))


FROZEN: list[Record] = [
    {"epoch": str(e), "loss": "7.7364", "accuracy": "0.4985", "val_loss": "7.6168", "val_accuracy": "0.5062"}
    for e in range(5)
]


def test_the_frozen_log_is_frozen_and_its_numbers_become_counts_of_errors() -> None:
    found = build([log(FROZEN)], None, {"train": 20_000, "validation": 5_000})
    assert found.verdict == "frozen"
    assert {hit.split: hit.errors for hit in found.fingerprints} == {"train": 10_031, "validation": 2_469}


def test_a_log_without_metrics_is_an_error_that_names_what_is_there() -> None:
    with pytest.raises(InputError, match="no metric in 2 records: its columns are epoch, lr"):
        build([log([{"epoch": "0", "lr": "0.1"}, {"epoch": "1", "lr": "0.1"}])])


def test_one_value_of_each_metric_is_no_history() -> None:
    with pytest.raises(InputError, match="not a history"):
        build([log([{"accuracy": "0.5"}, {"loss": "0.7"}])])


def test_one_run_can_be_asked_for_and_an_unknown_one_is_refused() -> None:
    twice = [*FROZEN, *({**record, "loss": "0.5"} for record in FROZEN)]
    assert build([log(twice)]).runs == ("1", "2")
    assert {s.first for s in build([log(twice)], run="2").series if s.name == "loss"} == {0.5}
    with pytest.raises(UsageError, match="no run named '3'"):
        build([log(twice)], run="3")
