from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.history.not_finite import check
from tests.history.curves import log

NAN, INF = float("nan"), float("inf")


def test_where_it_began_and_what_stood_before_it():
    (finding,) = check(log({"loss": [0.9, 0.7, 0.5, 0.4312, NAN, NAN]}))
    assert finding.grade is Severity.ERROR
    assert finding.message == (
        "loss is NaN at record 5 and to the end; the last number before it is 0.4312 at record 4"
    )
    assert finding.evidence["last_number"] == 0.4312
    assert "pos_weight" in finding.remedy


def test_a_loss_that_is_never_a_number():
    (finding,) = check(log({"loss": [NAN, NAN]}))
    assert finding.message == "loss is NaN at record 1 and to the end"


def test_infinity_in_passing_is_a_warning():
    (finding,) = check(log({"loss": [0.9, INF, 0.8, 0.7]}))
    assert finding.grade is Severity.WARNING
    assert finding.message.startswith("loss is infinite at record 2, and a number again later")


def test_a_metric_that_is_undefined_is_a_warning():
    (finding,) = check(log({"loss": [0.9, 0.8, 0.7], "f1": [NAN, NAN, NAN]}))
    assert finding.grade is Severity.WARNING
    assert "0/0" in finding.remedy


def test_numbers_have_none():
    assert not list(check(log({"loss": [0.9, 0.8, 0.7]})))
