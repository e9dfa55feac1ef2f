from random import Random

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.history.loss_and_metric_uncorrelated import check
from tests.history.curves import log, printed

LOSS = printed([0.61 - 0.002 * i for i in range(40)])


def test_a_metric_that_wanders_beside_a_falling_loss():
    random = Random(1)
    (finding,) = check(log({"loss": LOSS, "f1": printed([random.uniform(0.1, 0.4) for _ in range(40)])}))
    assert finding.grade is Severity.WARNING
    assert finding.message.startswith("loss falls from 0.6100 to 0.5320, and f1 moves without it: rank correlation ")
    assert abs(finding.evidence["rank_correlation"]) < 0.3
    assert finding.evidence["records"] == 40


def test_a_metric_that_rises_with_noise_is_related():
    random = Random(1)
    columns = {"loss": LOSS, "f1": printed([0.1 + 0.01 * i + random.gauss(0, 0.03) for i in range(40)])}
    assert not list(check(log(columns)))


def test_fewer_than_ten_records_say_nothing():
    random = Random(1)
    assert not list(check(log({"loss": LOSS[:9], "f1": printed([random.uniform(0.1, 0.4) for _ in range(9)])})))
