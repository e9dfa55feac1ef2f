from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.history.frozen_validation import check
from tests.history.curves import log, printed

TRAINS = {
    "loss": printed([0.6 - 0.04 * i for i in range(10)]),
    "accuracy": printed([0.86 + 0.011 * i for i in range(10)]),
}


def test_a_constant_answer_on_the_validation_set_only():
    columns = {**TRAINS, "val_loss": printed([2.73, 4.0, 5.0, 6.0, *[6.63] * 6]), "val_accuracy": ["0.5676"] * 10}
    (finding,) = check(log(columns))
    assert finding.grade is Severity.ERROR
    assert finding.message.startswith("val_accuracy is 0.5676 in 10 records from record 1 to the end")
    assert "while in training loss goes from 0.6000 (record 1) to 0.2400 (record 10)" in finding.message


def test_a_small_validation_set_may_explain_a_short_stretch():
    columns = {name: values[:6] for name, values in TRAINS.items()}
    columns |= {"val_loss": printed([0.6, 0.55, 0.5, 0.47, 0.45, 0.44]), "val_accuracy": ["0.8710"] * 6}
    assert [f.grade for f in check(log(columns))] in ([Severity.WARNING], [])
    columns["accuracy"] = printed([0.7, 0.75, 0.8, 0.85, 0.9, 0.95])
    assert [f.grade for f in check(log(columns))] == [Severity.WARNING]


def test_a_validation_that_moves_has_none():
    columns = {
        **TRAINS,
        "val_loss": printed([0.6 - 0.02 * i for i in range(10)]),
        "val_accuracy": printed([0.6] * 9 + [0.7]),
    }
    assert not list(check(log(columns)))
