"""Logs of Hugging Face transformers, and other JSON."""

import json
from pathlib import Path

import pytest

from imbalance_doctor.errors import InputError
from tests.readers.logs import read


def test_training_and_evaluation_records_are_kept_and_the_summary_is_not(tmp_path: Path) -> None:
    history = [
        {"epoch": 1.0, "loss": 0.6931, "step": 10},
        {"epoch": 1.0, "eval_g0_loss": 0.69, "step": 10},
        {"epoch": 1.0, "train_runtime": 9.5, "train_loss": 0.7, "step": 10},
    ]
    log, records = read(tmp_path, json.dumps({"best_metric": None, "log_history": history}, indent=2))
    assert (log.format, log.framework) == ("trainer_state", "transformers")
    assert records == [
        {"epoch": "1.0", "loss": "0.6931", "step": "10"},
        {"epoch": "1.0", "eval_g0_loss": "0.69", "step": "10"},
    ]
    assert log.notes == ["the summary record of the run, with its mean loss, was left out"]


def test_json_lines_keep_digits_and_nan_and_leave_an_unfinished_line_out(tmp_path: Path) -> None:
    text = '{"iteration": 19, "loss": 0.50}\n{"iteration": 39, "loss": NaN}\n{"iteration": 59, "lo'
    log, records = read(tmp_path, text, "metrics.json")
    assert records == [{"iteration": "19", "loss": "0.50"}, {"iteration": "39", "loss": "NaN"}]
    assert log.notes == ["the last line is unfinished and was left out: the log may be growing"]


def test_one_result_is_no_history_and_its_nan_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"one result \(accuracy\), not a history.*baseline is NaN"):
        read(tmp_path, '{\n "accuracy": 0.8125,\n "baseline": NaN\n}')


def test_a_list_of_records_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, '[{"epoch": 1, "train": {"loss": 0.5}}]')[1] == [{"epoch": "1", "train/loss": "0.5"}]


def test_what_is_no_record_in_a_history_is_passed_over(tmp_path: Path) -> None:
    log, records = read(tmp_path, '{"log_history": [null, {"loss": 0.5, "step": 1}, "x", {"loss": 0.4, "step": 2}]}')
    assert [record["loss"] for record in records] == ["0.5", "0.4"]
    assert log.n_records == 2


def test_nulls_lists_and_truth_values_of_a_record_are_no_values(tmp_path: Path) -> None:
    text = '{"step": 1, "loss": 0.5, "best": true, "lr": [0.1], "note": null}\n{"step": 2, "loss": 0.4}\n'
    assert read(tmp_path, text)[1] == [{"step": "1", "loss": "0.5"}, {"step": "2", "loss": "0.4"}]


def test_series_beside_other_things_are_found_a_level_down(tmp_path: Path) -> None:
    text = '{"name": "run", "history": {"a": {"b": {"loss": [0.7, 0.6]}}}}'
    assert read(tmp_path, text)[1] == [{"step": "0", "a-b-loss": "0.7"}, {"step": "1", "a-b-loss": "0.6"}]
