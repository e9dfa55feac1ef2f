from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.history.divergence import check
from tests.history.curves import log, printed

GROWS = printed([1.4, 1.2, 2.0, 9.0, 21.0, 35.0, 34.0])


def test_the_best_record_is_the_one_to_keep():
    (finding,) = check(log({"loss": GROWS, "accuracy": printed([0.5, 0.55, 0.5, 0.5, 0.4, 0.4, 0.4])}))
    assert finding.grade is Severity.ERROR
    assert finding.message == "loss grows from 1.4000 to 34.0000 (record 7); its best is 1.2000 at record 2"
    assert "record 2" in finding.remedy


def test_a_spike_that_passes_is_none():
    assert not list(check(log({"loss": printed([1.4, 1.2, 9.0, 1.1, 1.0, 0.9, 0.8])})))


def test_a_loss_that_grows_while_the_accuracy_rises_is_none():
    assert not list(check(log({"loss": GROWS, "accuracy": printed([0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8])})))


def test_a_validation_loss_beside_a_falling_training_loss_is_none():
    assert not list(check(log({"loss": printed([1.4 - 0.1 * i for i in range(7)]), "val_loss": GROWS})))
