from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.history.learning_rate_zero import check
from tests.history.curves import log, printed

LOSS = [0.7 - 0.001 * i for i in range(30)]


def test_a_rate_of_zero_throughout_is_an_error():
    (finding,) = check(log({"loss": LOSS, "learning_rate": [0.0] * 30}))
    assert finding.grade is Severity.ERROR
    assert finding.message == "learning_rate is 0 in all of 30 records, from record 1 to record 30"


def test_a_schedule_that_has_run_out_is_a_warning():
    rate = [5e-5 * max(0, 10 - i) / 10 for i in range(30)]
    (finding,) = check(log({"loss": LOSS, "learning_rate": rate}))
    assert finding.grade is Severity.WARNING
    assert finding.message == "learning_rate is 0 in 20 records, from record 11 to record 30"


def test_a_warm_up_from_zero_and_a_last_value_of_zero_are_in_order():
    rate = [1e-3 * min(i / 5, (29 - i) / 24) for i in range(30)]
    assert (rate[0], rate[-1]) == (0.0, 0.0)
    assert not list(check(log({"loss": LOSS, "learning_rate": rate})))


def test_few_digits_do_not_show_a_zero():
    assert not list(check(log({"loss": printed(LOSS), "lr": ["0.0000"] * 30})))
    assert len(list(check(log({"loss": printed(LOSS), "lr": ["0.00000000"] * 30})))) == 1


def test_a_log_that_writes_all_digits_writes_0_0_for_zero():
    assert len(list(check(log({"loss": printed(LOSS, 16), "lr": ["0.0"] * 30})))) == 1
