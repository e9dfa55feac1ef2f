"""Whose number is whose."""

import pytest

from imbalance_doctor.examinations.lint import LintRequest, profile
from imbalance_doctor.model import ClassCounts, GivenWeights

TWO = ClassCounts.of({"a": 90, "b": 10})
THREE = ClassCounts.of({"a": 90, "b": 9, "c": 1})
LABELS = ClassCounts.of({"a": 50, "b": 10}, n_samples=100)


def test_names_are_joined_by_name_whatever_their_order() -> None:
    assert profile(GivenWeights((1.0, 2.0, 3.0), names=("c", "a", "b")), THREE).values == (2.0, 3.0, 1.0)


def test_indices_are_names_only_where_a_class_is_called_like_that() -> None:
    numbered = ClassCounts.of({"1": 5, "0": 3})  # declared in this order
    assert profile(GivenWeights((7.0, 8.0), names=("0", "1")), numbered).values == (8.0, 7.0)
    assert profile(GivenWeights((7.0, 8.0), names=("1", "0")), TWO).values == (8.0, 7.0)


@pytest.mark.parametrize(
    ("given", "counts", "role"),
    [
        (GivenWeights((1.0, 2.0, 3.0)), THREE, "class-weight"),
        (GivenWeights((9.0,)), TWO, "pos-weight"),
        (GivenWeights((1.0, 9.0)), LABELS, "pos-weight"),
        (GivenWeights((1.0, 9.0), role="class-weight"), LABELS, "weight-per-label"),
        (GivenWeights((1.0, 9.0), (9.0, 1.0)), LABELS, "pair"),
    ],
)
def test_a_role_the_text_does_not_say_is_assumed_and_said(given: GivenWeights, counts: ClassCounts, role: str) -> None:
    made = profile(given, counts)
    assert made.role == role
    assert bool(made.assumed) == (given.role == "unknown" and given.values_negative is None)


def test_the_user_has_the_last_word_on_the_role() -> None:
    made = profile(GivenWeights((1.0, 9.0), role="pos-weight"), LABELS, LintRequest(loss="bce-weight"))
    assert (made.role, made.assumed) == ("weight-per-label", "")


@pytest.mark.parametrize(
    ("loss", "framework", "divides"),
    [
        ("cross-entropy", "pytorch", True),
        ("cross-entropy", "mmseg", True),
        ("cross-entropy", "mmpretrain", False),
        ("cross-entropy", "keras", False),
        ("", "sklearn", False),
        ("", "lightgbm", True),
        ("bce-pos-weight", "pytorch", False),
        ("focal", "pytorch", False),
        ("", "", None),
    ],
)
def test_what_the_loss_divides_by(loss: str, framework: str, divides: bool | None) -> None:
    """As measured by running the frameworks, or read in their source."""
    assert profile(GivenWeights((1.0, 9.0)), TWO, LintRequest(loss=loss, framework=framework)).divides is divides


@pytest.mark.parametrize(
    ("values", "scheme"),
    [
        ((0.37037, 3.7037, 33.3333), "balanced"),  # methods A.3: counts [90, 9, 1]
        ((1.0, 3.1623, 9.4868), "sqrt"),  # CatBoost SqrtBalanced, methods A.1
        ((0.100008, 0.163244, 1.0), "effective-number, beta 0.9"),
        ((1.0, 1.0, 1.0), "uniform"),
        ((90**-0.3, 9**-0.3, 1.0), "power 0.30"),
        ((1.0, 5.0, 7.0), ""),
    ],
)
def test_the_scheme_behind_rounded_numbers_is_named(values: tuple[float, ...], scheme: str) -> None:
    assert profile(GivenWeights(values), THREE).scheme == scheme
    assert profile(GivenWeights(tuple(17 * v for v in values)), THREE).scheme == scheme  # to a scale


def test_a_pos_weight_has_no_scale() -> None:
    assert profile(GivenWeights((1.0, 9.0), role="pos-weight"), LABELS).scheme == "pos-weight"
    assert profile(GivenWeights((2.0, 18.0), role="pos-weight"), LABELS).scheme == ""
