"""What boosted trees print as they evaluate."""

from pathlib import Path

from tests.readers.logs import read


def test_xgboost_and_its_repeated_best_iteration(tmp_path: Path) -> None:
    text = "[0]\ttrain-logloss:0.61\teval-logloss:0.62\n[1]\ttrain-logloss:0.52\teval-logloss:0.61\n"
    log, records = read(tmp_path, text + "Stopping. Best iteration:\n[0]\ttrain-logloss:0.61\teval-logloss:0.62\n")
    assert log.format == "evaluation"
    assert records[1] == {"iteration": "1", "train-logloss": "0.52", "eval-logloss": "0.61"}
    assert len(records) == 2


def test_lightgbm_names_and_talk(tmp_path: Path) -> None:
    text = (
        "[LightGBM] [Info] Number of positive: 50, number of negative: 950\n"
        "[12]\tvalid_0's binary_logloss: 0.3\tvalid_0's auc: 0.9\n[13]\tcv_agg's auc: 0.9 + 0.01\n"
    )
    _, records = read(tmp_path, text)
    assert records == [
        {"iteration": "12", "valid_0's binary_logloss": "0.3", "valid_0's auc": "0.9"},
        {"iteration": "13", "cv_agg's auc": "0.9"},
    ]


def test_an_evals_result_is_read_by_columns(tmp_path: Path) -> None:
    log, records = read(tmp_path, '{"train": {"logloss": [0.70, 0.6]}, "eval": {"logloss": [0.7, NaN]}}')
    assert log.format == "evals_result"
    assert records == [
        {"step": "0", "train-logloss": "0.70", "eval-logloss": "0.7"},
        {"step": "1", "train-logloss": "0.6", "eval-logloss": "NaN"},
    ]


def test_an_unfinished_last_line_is_left_out_and_said(tmp_path: Path) -> None:
    log, records = read(tmp_path, "[0]\ttrain-logloss:0.52\teval-logloss:0.61\n[1]\ttrain-logloss:0.5")
    assert records == [{"iteration": "0", "train-logloss": "0.52", "eval-logloss": "0.61"}]
    assert log.notes == ["the last line is unfinished and was left out: the log may be growing"]
