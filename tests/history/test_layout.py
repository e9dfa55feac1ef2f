"""Runs, splits and steps of a log."""

import pytest

from imbalance_doctor.errors import RefusedError
from imbalance_doctor.history import layout
from imbalance_doctor.history.layout import Gathered, Gatherer, framework_of
from imbalance_doctor.history.records import NEW_RUN, Log, Record


def gathered(records: list[Record], framework: str = "", **log: object) -> Gathered:
    gatherer = Gatherer()
    gatherer.take(Log("test", iter(enumerate(records, 1)), n_records=len(records), **log))  # type: ignore[arg-type]
    return gatherer.finish(framework)


def values(found: Gathered) -> dict[tuple[str, str, str], list[float]]:
    return {(s.run, s.name, s.split): [p.value for p in s.points] for s in found.series}


def test_ragged_records_are_gathered_by_name() -> None:
    found = gathered([{"epoch": "0", "train_loss": "0.5"}, {"epoch": "0", "val_loss": "0.6"}, {"train_loss": "0.4"}])
    assert values(found) == {("", "train_loss", "train"): [0.5, 0.4], ("", "val_loss", "validation"): [0.6]}
    assert found.auxiliary == ("epoch",)


def test_an_epoch_that_goes_back_to_the_start_begins_another_run() -> None:
    found = gathered([{"epoch": e, "loss": v} for e, v in (("1", "5"), ("2", "4"), ("1", "3"), ("2", "2"))])
    assert values(found) == {("1", "loss", "train"): [5, 4], ("2", "loss", "train"): [3, 2]}


def test_a_resumed_run_and_a_repeated_step_stay_one_run() -> None:
    found = gathered([{"iteration": str(i), "loss": "0.5"} for i in (0, 1, 2, 3, 2, 3, 4, 4)])
    assert [(s.run, s.n) for s in found.series] == [("", 8)]


def test_a_step_that_restarts_in_every_epoch_is_no_new_run() -> None:
    found = gathered([{"epoch": str(e), "step": str(s), "loss": "0.5"} for e in (0, 1, 2) for s in (0, 1, 2)])
    assert [(s.run, s.n) for s in found.series] == [("", 9)]


def test_a_repeated_header_and_a_column_that_names_runs_keep_runs_apart() -> None:
    marked = gathered([{"loss": "1"}, {"loss": "2", NEW_RUN: ""}])
    assert [s.run for s in marked.series] == ["1", "2"]
    named = gathered([{"fold": f, "epoch": e, "loss": "0.5"} for f in ("a", "b") for e in ("0", "1")])
    assert [(s.run, s.n) for s in named.series] == [("a", 2), ("b", 2)]


def test_what_is_not_understood_is_listed() -> None:
    found = gathered([{"loss": "0.5", "wibble": "3", "num_samples": "4"}])
    assert found.not_understood == ("wibble",)
    assert found.auxiliary == ("num_samples",)


def test_the_metrics_of_fastai_are_of_the_validation_set() -> None:
    record = {"epoch": "0", "train_loss": "0.5", "valid_loss": "0.6", "accuracy": "0.7", "time": "00:12"}
    assert framework_of(record) == "fastai"
    assert ("", "accuracy", "validation") in values(gathered([record], "fastai"))


def test_a_name_that_is_too_long_or_a_value_that_is_no_number_makes_no_series() -> None:
    found = gathered([{"x" * 5000: "1", "loss": "0.5", "acc": "high"}, {"loss": "0.4", "acc": "0.9", "run": "a"}])
    assert {s.name for s in found.series} == {"loss", "acc"}
    assert [s.n for s in found.series if s.name == "acc"] == [1]


def test_a_log_of_too_many_names_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MAX_NAMES", 10)
    with pytest.raises(RefusedError, match="more than 10 names"):
        gathered([{f"metric_{i}_loss": "0.5" for i in range(20)}])


def test_many_series_share_the_points_that_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "TOTAL_POINTS", 1_000)
    found = gathered([{f"m{k}_loss": f"{1 / (i + 1):.4f}" for k in range(16)} for i in range(3_000)])
    assert len(found.series) == 16
    assert all(s.n == 3_000 for s in found.series)
    assert all(len(s.points) <= 200 for s in found.series)


def test_a_named_run_keeps_its_name() -> None:
    found = gathered([{"run": name, "loss": str(v)} for name, v in (("a", 1), ("a", 2), ("b", 3), ("nan", 4))])
    assert {s.run for s in found.series} >= {"a", "b"}
