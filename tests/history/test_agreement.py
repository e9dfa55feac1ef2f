"""Whether loss and metric agree."""

from random import Random

import pytest

from imbalance_doctor.history.agreement import left_behind, rank_correlation, unrelated
from tests.history.curves import log, printed


def falling(start: float, end: float, n: int) -> list[float]:
    return [start + (end - start) * i / (n - 1) for i in range(n)]


LEARNS = {"loss": printed(falling(1.0, 0.2, 10)), "accuracy": printed(falling(0.5, 0.95, 10))}


def test_a_loss_that_falls_leaves_a_metric_behind():
    cells, f1 = falling(0.9858, 0.9871, 10), falling(0.1, 0.0, 10)
    history = log({"loss": falling(0.6931, 0.0583, 10), "accuracy": cells, "f1": f1})
    assert [(one.metric.name, one.fell) for one in left_behind(history)] == [("accuracy", False), ("f1", True)]
    assert left_behind(log(LEARNS)) == []


def test_a_metric_that_wanders_is_unrelated_to_the_loss():
    random = Random(1)
    columns = {"loss": falling(0.61, 0.52, 40), "f1": [random.uniform(0.1, 0.4) for _ in range(40)]}
    (one,) = unrelated(log(columns))
    assert abs(one.correlation) < 0.3
    assert unrelated(log(LEARNS)) == []


@pytest.mark.parametrize(
    ("a", "b", "rho"),
    [([1, 2, 3, 4], [10, 20, 30, 40], 1.0), ([1, 2, 3, 4], [4, 3, 2, 1], -1.0), ([1, 2, 3], [5, 5, 5], 0.0)],
)
def test_the_rank_correlation_is_spearmans(a, b, rho):
    assert rank_correlation(a, b) == pytest.approx(rho)


def test_the_rank_correlation_agrees_with_scipy_on_ties():
    from scipy.stats import spearmanr

    a, b = [0.3, 0.1, 0.3, 0.7, 0.2, 0.2], [1.0, 4.0, 2.0, 2.0, 3.0, 3.5]
    assert rank_correlation(a, b) == pytest.approx(spearmanr(a, b).statistic)
