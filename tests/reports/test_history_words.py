"""The verdict on a training log, in words."""

from dataclasses import replace

import pytest

from imbalance_doctor.reports import terminal
from imbalance_doctor.reports._history_words import TITLES, verdict
from tests.reports.history_samples import profile, report

EPOCHS = range(20)


@pytest.mark.parametrize(
    ("name", "columns", "sentence"),
    [
        pytest.param(
            "learning",
            {"loss": ("0.6900", "0.3000", "0.1000"), "val_acc": ("0.51", "0.80", "0.93")},
            "learning — loss from 0.6900 to 0.1000; val_acc from 0.51 to 0.93",
            id="learning",
        ),
        pytest.param(
            "frozen",
            {"loss": ("1.25",) * 6, "acc": ("0.41",) * 6},
            "frozen — loss is 1.25 in every record from 1 on",
            id="frozen",
        ),
        pytest.param(
            "frozen",
            {"loss": [f"{0.69 * 0.9**i:.4f}" for i in EPOCHS], "acc": ("0.5000",) * 20},
            "frozen — acc is 0.5000 in every record from 1 on, while loss moves",
            id="only the accuracy is frozen",
        ),
        pytest.param(
            "plateau",
            {"loss": [f"{0.6931 + 0.0005 * (-1) ** i:.4f}" for i in EPOCHS]},
            "plateau: nothing was learnt from the input — loss is noise around 0.6931 from record 1 on",
            id="plateau",
        ),
        pytest.param(
            "diverged",
            {"loss": ("0.7000", "0.5000", "2.0000", "9.0000", "9.5000", "9.9000")},
            "diverged — loss rises from 0.5000 in record 2 to 9.9000 in record 6",
            id="diverged",
        ),
        pytest.param(
            "not_finite",
            {"loss": ("0.70", "0.50", "nan", "nan")},
            "not finite — loss is NaN from record 3 to the end",
            id="NaN to the end",
        ),
        pytest.param(
            "not_finite",
            {"loss": ("0.70", "inf", "0.60", "0.50")},
            "not finite — loss is inf in record 2",
            id="infinite once",
        ),
        pytest.param(
            "overfit",
            {
                "loss": [f"{0.7 * 0.8**i:.4f}" for i in EPOCHS],
                "val_loss": [f"{0.4 + 0.02 * abs(i - 4):.4f}" for i in EPOCHS],
            },
            "overfits — val_loss is best at 0.4000 in record 5, and ends at 0.7000 in record 20",
            id="overfit",
        ),
        pytest.param(
            "too_short",
            {"loss": ("0.70", "0.60")},
            "too short to judge — 2 values of a metric; its course takes 5",
            id="too short",
        ),
    ],
)
def test_the_verdict_quotes_the_records_it_rests_on(name: str, columns: dict, sentence: str) -> None:
    assert verdict(profile(columns, name)) == sentence


def test_a_collapse_is_told_with_the_value_it_fell_to() -> None:
    accuracy = [f"{min(0.5 + 0.05 * i, 0.9):.4f}" for i in range(9)] + ["0.5000"] * 7
    loss = [f"{0.7 - 0.05 * i:.4f}" for i in range(9)] + ["0.6931"] * 7
    told = verdict(profile({"loss": loss, "acc": accuracy}, "collapsed"))
    assert told == "collapsed — loss is 0.6931 in every record from 10 on; it had been better before"


def test_a_log_without_metrics_names_its_columns() -> None:
    empty = replace(profile({"loss": ("0.1",)}, "no_metrics"), series=(), not_understood=("foo",), auxiliary=("epoch",))
    assert verdict(empty) == "no metrics — no loss and no score among foo, epoch"
    assert "Metrics" not in terminal.render(report(empty))


@pytest.mark.parametrize("name", TITLES)
def test_a_verdict_that_the_series_do_not_bear_out_is_told_all_the_same(name: str) -> None:
    history = profile({"lr": ("0.1", "0.2", "0.3")}, name)
    assert verdict(history).startswith(TITLES[name])
    assert terminal.render(report(history)).startswith(TITLES[name].split()[0])
