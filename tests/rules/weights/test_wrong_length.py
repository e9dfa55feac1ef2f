"""There must be a number for every class."""

import pytest

from tests.rules.weights.given import RARE, findings


def test_three_weights_for_four_classes() -> None:
    (found,) = findings("wrong-length", [1, 2, 3], [40, 30, 20, 10])
    assert found.evidence == {"weights": 3, "classes": 4, "order": ["0", "1", "2", "3"]}
    assert found.grade == "error"


def test_one_scale_pos_weight_is_for_two_classes() -> None:
    (found,) = findings("wrong-length", "XGBClassifier(scale_pos_weight=9)", [40, 30, 20])
    assert "it is for two" in found.message


@pytest.mark.parametrize("weights", [[1.0, 99.0], "XGBClassifier(scale_pos_weight=99)", "{'ok': 1, 'fraud': 99}"])
def test_a_number_for_each_class_or_one_for_the_positive_is_right(weights: object) -> None:
    assert not findings("wrong-length", weights, RARE)


def test_one_number_too_many_is_a_background_slot() -> None:
    assert not findings("wrong-length", [1, 2, 3, 4], [40, 30, 20])
