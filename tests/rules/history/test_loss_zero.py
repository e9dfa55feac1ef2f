import pytest

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.history.loss_zero import check
from tests.history.curves import log


def test_a_loss_of_nothing_without_a_metric():
    (finding,) = check(log({"loss": [0.0] * 5}))
    assert finding.grade is Severity.ERROR
    assert finding.message == "loss is 0 in all of 5 records (record 5)"


def test_a_loss_of_nothing_beside_a_low_f1():
    (finding,) = check(log({"loss": ["0.0000"] * 5, "f1": ["0.2000"] * 5}))
    assert finding.message == "loss is 0.0000 in all of 5 records beside f1 0.2000 (record 5)"


@pytest.mark.parametrize(
    "columns",
    [
        {"loss": [0.0] * 5, "accuracy": [1.0] * 5},
        {"loss": [0.7, 0.1, 0.0, 0.0, 0.0], "accuracy": [0.5, 0.9, 1.0, 1.0, 1.0]},
        {"loss": [0.7, 0.1, 0.0, 0.0, 0.0]},
        {"loss": [0.7, 0.6, 0.5], "loss_mask": [0.0, 0.0, 0.0]},
    ],
)
def test_convergence_and_one_empty_part_of_several_are_none(columns):
    assert not list(check(log(columns)))


def test_a_pair_with_an_accuracy_is_a_fingerprint():
    assert not list(check(log({"loss": [0.0] * 5, "accuracy": [0.5] * 5})))
