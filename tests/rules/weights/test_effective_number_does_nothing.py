"""beta must match the counts."""

import pytest

from imbalance_doctor.model import GivenWeights
from tests.rules.weights.given import codes, findings
from tests.v2ex import COUNTS

NAME = "effective-number-does-nothing"


def effective(beta: float, counts: list[int]) -> tuple[float, ...]:
    """Cui et al. (2019), equation 2, as printed."""
    return tuple((1 - beta) / (1 - beta**n) for n in counts)


@pytest.mark.parametrize("beta", [0.5, 0.9])
def test_a_beta_that_saturates_below_the_rarest_class(beta: float) -> None:
    (found,) = findings(NAME, GivenWeights(effective(beta, COUNTS), beta=beta), COUNTS)
    assert found.evidence["ratio"] < 1.0001  # methods A.2: 1.0000 for 0.9
    assert found.evidence["saturation"] == pytest.approx(1 / (1 - beta))


def test_it_is_recognised_without_being_told_the_beta() -> None:
    assert codes(effective(0.9, COUNTS), COUNTS, least="warning") == {NAME, "learning-rate-scale"} - {
        "learning-rate-scale"
    }


@pytest.mark.parametrize(("beta", "ratio"), [(0.99, 1.57), (0.999, 10.4), (0.9999, 71.3)])
def test_a_larger_beta_does_something(beta: float, ratio: float) -> None:
    values = effective(beta, COUNTS)
    assert max(values) / min(values) == pytest.approx(ratio, rel=0.01)  # methods A.2
    assert not findings(NAME, GivenWeights(values, beta=beta), COUNTS)


def test_equal_counts_need_nothing_done() -> None:
    assert not findings(NAME, GivenWeights(effective(0.9, [500, 510]), beta=0.9), [500, 510])
