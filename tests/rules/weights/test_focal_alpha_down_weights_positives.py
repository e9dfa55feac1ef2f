"""alpha 0.25 asks for a posterior of 0.75."""

import pytest

from tests.rules.weights.given import RARE, findings, weights_of

NAME = "focal-alpha-down-weights-positives"


@pytest.mark.parametrize(("alpha", "boundary"), [(0.25, 0.75), (0.1, 0.9)])
def test_an_alpha_below_one_half_on_rare_positives(alpha: float, boundary: float) -> None:
    (found,) = findings(NAME, f"FocalLoss(alpha={alpha}, gamma=2.0)", RARE)
    assert found.evidence == {"alpha": alpha, "boundary": boundary, "gamma": 2.0}
    assert found.classes == ("fraud",)


@pytest.mark.parametrize("alpha", [0.5, 0.75, 0.99])
def test_an_alpha_from_one_half_on_is_left_alone(alpha: float) -> None:
    assert not findings(NAME, f"FocalLoss(alpha={alpha})", RARE)
    assert weights_of(f"FocalLoss(alpha={alpha})", RARE).boundary_after[1] == pytest.approx(1 - alpha)


def test_positives_that_are_the_majority_may_be_weighed_down() -> None:
    assert not findings(NAME, "FocalLoss(alpha=0.25)", {"no": 100, "yes": 900})


def test_on_several_labels_the_rare_ones_are_named() -> None:
    (found,) = findings(NAME, "FocalLoss(alpha=0.25)", {"a": 900, "b": 10}, n_samples=1000)
    assert found.classes == ("b",)
