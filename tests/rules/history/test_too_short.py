from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.history.too_short import check
from tests.history.curves import log


def test_three_epochs_near_ln_3_say_nothing():
    columns = {"loss": ["1.0957", "1.0711", "1.0328"], "eval_accuracy": ["0.4516", "0.6129", "0.7419"]}
    (finding,) = check(log(columns))
    assert finding.grade is Severity.INFO
    assert finding.message == (
        "3 values of loss, the longest of 2 metrics: too few to tell a plateau from a slow start"
    )


def test_five_values_are_enough():
    assert not list(check(log({"loss": ["1.09", "1.00", "0.90", "0.80", "0.70"]})))


def test_what_is_frozen_is_not_too_short():
    assert not list(check(log({"loss": ["7.7364"] * 3, "acc": ["0.4985"] * 3})))
