"""Weights are finite and positive."""

import pytest

from tests.rules.weights.given import codes, findings

NAME = "not-finite-or-not-positive"


@pytest.mark.parametrize("text", ["[1.0, float('inf')]", "[1, NaN]", "[1, 1e400]", "class_weight: [1, .inf]\n"])
def test_nan_and_infinity_are_found_in_every_format(text: str) -> None:
    (found,) = findings(NAME, text, [9, 1])
    assert found.grade == "error"
    assert found.classes == ("1",)
    assert found.evidence["values"] in (["inf"], ["nan"])


def test_a_negative_weight_rewards_mistakes() -> None:
    (found,) = findings(NAME, [1.0, -2.0], [9, 1])
    assert (found.grade, found.evidence["values"]) == ("error", [-2.0])


def test_a_negative_offset_is_what_an_offset_is() -> None:
    assert not findings(NAME, [-0.1, -2.3], [9, 1], role="offset")


def test_zero_is_a_warning_where_there_are_samples_and_right_where_there_are_none() -> None:
    (found,) = findings(NAME, [1.0, 0.0, 2.0], [9, 1, 3])
    assert (found.grade, found.classes) == ("warning", ("1",))
    assert not findings(NAME, [1.0, 0.0, 2.0], [9, 0, 3])


def test_the_smallest_positive_number_is_positive() -> None:
    assert not findings(NAME, [1.0, 5e-324], [9, 1])


def test_an_alpha_above_one_makes_a_negative_factor_of_the_negatives() -> None:
    assert [f.grade for f in findings(NAME, "FocalLoss(alpha=1.5)", [9, 1])] == ["error"]
    assert not findings(NAME, "FocalLoss(alpha=1.0)", [9, 1])
    assert not findings(NAME, "FocalLoss(alpha=[1.5, 2, 3])", [9, 3, 1])  # one factor a class, none of them 1 - alpha


def test_a_class_without_a_name_is_named_all_the_same() -> None:
    (found,) = findings(NAME, [1.0, -1.0], {"a": 9, "": 1})
    assert found.classes == ("",)


def test_nothing_else_is_said_of_numbers_that_cannot_be_judged() -> None:
    assert codes([1.0, float("nan"), 3.0], [9, 5, 1]) == {NAME}
