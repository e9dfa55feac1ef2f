"""The mean weight is a factor on the learning rate, where the loss does not divide by it."""

import pytest

from tests.rules.weights.given import findings

NAME = "learning-rate-scale"
COUNTS = [500, 300, 100, 60, 40]
RAW = [1000 / n for n in COUNTS]
"""Raw inverse frequencies have the mean K."""
BALANCED = [1000 / (5 * n) for n in COUNTS]


def keras(weights: list[float]) -> str:
    return f"model.fit(x, y, class_weight={dict(enumerate(weights))})"


def test_raw_inverse_frequencies_multiply_it_by_the_number_of_classes_in_keras() -> None:
    (found,) = findings(NAME, keras(RAW), COUNTS)
    assert found.evidence == {"sample_mean": pytest.approx(5), "divides": False}
    assert found.grade == "warning"


def test_balanced_ones_do_not() -> None:
    assert not findings(NAME, keras(BALANCED), COUNTS)


def test_the_cross_entropy_of_pytorch_divides_by_them() -> None:
    assert not findings(NAME, f"torch.nn.CrossEntropyLoss(torch.tensor({RAW}))", COUNTS)


def test_where_it_is_not_known_it_is_only_said() -> None:
    assert [f.grade for f in findings(NAME, RAW, COUNTS)] == ["info"]


def test_the_pair_p_and_one_minus_p_nearly_stops_the_training() -> None:
    """Trap 3 of the methods: the pair (1-p, p) has the mean 2 p (1-p)."""
    pair = {"values_negative": (0.01,), "role": "pair"}
    (found,) = findings(NAME, [0.99], {"a": 10}, n_samples=1000, **pair)
    assert found.evidence["sample_mean"] == pytest.approx(2 * 0.01 * 0.99)


def test_a_weight_per_label_counts_for_every_sample_whatever_the_label() -> None:
    (found,) = findings(NAME, [1.0, 99.0], {"a": 500, "b": 1}, n_samples=1000, role="weight-per-label")
    assert found.evidence["sample_mean"] == 50.0


def test_a_raw_pos_weight_at_most_doubles_it() -> None:
    assert not findings(NAME, [99.0, 999.0], [10, 1], n_samples=1000, role="pos-weight")
