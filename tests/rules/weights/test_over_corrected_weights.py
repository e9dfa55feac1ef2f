"""More than balancing asks for."""

from fractions import Fraction

import pytest

from tests.rules.weights.given import RARE, findings

NAME = "over-corrected-weights"


def test_the_inverse_of_the_count_squared() -> None:
    (found,) = findings(NAME, [1.0, 99.0**2], RARE)
    assert found.classes == ("fraud",)
    assert found.evidence["boundary"] == pytest.approx(float(Fraction(1, 1 + 99**2)))
    assert found.evidence["balanced"] == 0.01


def test_balanced_and_milder_weights_are_no_more_than_balancing() -> None:
    for weights in ([1.0, 99.0], [1.0, 9.0], [1.0, 1.0], [1.0, 250.0]):
        assert not findings(NAME, weights, RARE)


def test_with_many_classes_the_rest_is_weighed_too() -> None:
    """Balanced weights of [90, 9, 1]: the last fires at 2 * 1 / (99 + 2)."""
    counts = [90, 9, 1]
    assert not findings(NAME, [1 / n for n in counts], counts)
    (found,) = findings(NAME, [1 / n**2 for n in counts], counts)
    assert found.evidence["balanced"] == pytest.approx(2 / 101)
    assert found.classes == ("2",)


def test_pos_weights_on_several_labels() -> None:
    assert not findings(NAME, [99.0], {"a": 10}, n_samples=1000, role="pos-weight")
    assert findings(NAME, [990.0, 1.0], {"a": 10, "b": 500}, n_samples=1000, role="pos-weight")
