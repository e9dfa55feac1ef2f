from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.history.loss_falls_metric_does_not import check
from tests.history.curves import log, printed


def falling(start: float, end: float, n: int = 10) -> list[str]:
    return printed([start + (end - start) * i / (n - 1) for i in range(n)])


def test_a_multi_label_run_that_learns_its_biases():
    (finding,) = check(log({"loss": falling(0.6931, 0.0583), "binary_accuracy": falling(0.9858, 0.9871)}))
    assert finding.grade is Severity.WARNING
    assert finding.message == (
        "loss falls from 0.6931 to 0.0583 (record 1 to record 10), while binary_accuracy stays between 0.9858 and "
        "0.9871"
    )


def test_f1_that_falls_to_nothing_beside_a_falling_loss():
    (finding,) = check(log({"loss": falling(0.6931, 0.0583), "f1": falling(0.09, 0.0)}))
    assert "f1 falls from 0.0900 to 0.0000" in finding.message


def test_an_accuracy_with_fewer_and_fewer_errors_moves():
    assert not list(check(log({"loss": falling(0.06, 0.02), "accuracy": falling(0.9858, 0.9930)})))


def test_a_metric_that_is_printed_the_same_is_another_rules_business():
    assert not list(check(log({"loss": falling(0.6931, 0.0583), "accuracy": ["0.9858"] * 10})))


def test_a_loss_that_does_not_fall_has_none():
    assert not list(check(log({"loss": falling(0.60, 0.58), "accuracy": falling(0.70, 0.60)})))
