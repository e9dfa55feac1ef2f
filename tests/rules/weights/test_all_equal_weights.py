"""Equal weights move nothing."""

from tests.rules.weights.given import RARE, findings

NAME = "all-equal-weights"


def test_equal_weights_over_unequal_counts() -> None:
    (found,) = findings(NAME, [2.0, 2.0], RARE)
    assert found.evidence == {"value": 2.0, "count_ratio": 99.0, "weights": 2}


def test_equal_counts_want_equal_weights() -> None:
    assert not findings(NAME, [1.0, 1.0, 1.0], [100, 101, 99])


def test_weights_that_differ_in_the_fifth_digit_differ() -> None:
    assert not findings(NAME, [1.0, 1.00001], RARE)
    assert findings(NAME, [1.0, 1.0 + 1e-12], RARE)


def test_equal_numbers_at_one_minus_beta_are_a_saturated_effective_number() -> None:
    assert not findings(NAME, [0.1, 0.1], [5000, 500])
