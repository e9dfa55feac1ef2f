"""The weights of MELD, and other lists made for another order."""

import pytest

from imbalance_doctor.model import GivenWeights
from tests.rules.weights.given import CORRECTED, MELD, PUBLISHED, codes, findings, weights_of

NAME = "permuted-order"


def test_the_published_weights_of_meld_are_in_alphabetical_order() -> None:
    (found,) = findings(NAME, PUBLISHED, MELD)
    assert found.grade == "error"
    assert found.evidence["order"] == "the names sorted as text"
    assert found.evidence["in_class_order"] == list(CORRECTED)
    assert found.evidence["made_for"] == ["anger", "disgust", "fear", "joy", "neutral", "sadness", "surprise"]
    assert found.evidence["rank_correlation"] == pytest.approx(-0.42, abs=0.005)  # peers: -0.42 as published
    assert "[1, 3, 15, 6, 3, 15, 4]" in found.remedy


def test_the_corrected_ones_are_in_order() -> None:
    assert weights_of(CORRECTED, MELD).rank_correlation == pytest.approx(-0.98, abs=0.005)  # peers: -0.98 when fixed
    assert codes(CORRECTED, MELD, least="warning") == set()


COUNTS = {str(i): n for i, n in enumerate((700, 350, 20, 900, 60, 110, 40, 500, 80, 240, 15, 630))}
BALANCED = [sum(COUNTS.values()) / (12 * n) for n in COUNTS.values()]


@pytest.mark.parametrize(
    ("title", "order"),
    [
        ("the names sorted as text", ["0", "1", "10", "11", "2", "3", "4", "5", "6", "7", "8", "9"]),
        ("most frequent first", sorted(COUNTS, key=lambda name: -COUNTS[name])),
        ("rarest first", sorted(COUNTS, key=lambda name: COUNTS[name])),
        ("back to front", list(COUNTS)[::-1]),
        ("the last class first", ["11", *list(COUNTS)[:-1]]),
        ("the first class last", [*list(COUNTS)[1:], "0"]),
    ],
)
def test_a_usual_order_is_recognised_and_put_right(title: str, order: list[str]) -> None:
    given = [BALANCED[int(name)] for name in order]
    (found,) = findings(NAME, given, COUNTS)
    assert found.evidence["order"] == title
    assert found.evidence["scheme"] == "balanced"
    assert found.evidence["made_for"] == order
    assert found.evidence["in_class_order"] == BALANCED


def test_any_other_order_is_found_by_the_scheme_its_numbers_are_of() -> None:
    order = [5, 2, 7, 0, 11, 3, 9, 1, 10, 4, 8, 6]
    (found,) = findings(NAME, [BALANCED[i] for i in order], COUNTS)
    assert found.evidence["in_class_order"] == BALANCED


def test_weights_in_class_order_are_left_alone_capped_and_saturated_ones_too() -> None:
    for healthy in (BALANCED, [min(w, 3.0) for w in BALANCED], [1.0] + [2.0] * 11, [w**0.5 for w in BALANCED]):
        assert not findings(NAME, healthy, COUNTS)


def test_with_few_classes_and_no_scheme_it_is_a_warning() -> None:
    (found,) = findings(NAME, [3.0, 1.0, 5.0], [50, 500, 5000])
    assert (found.grade, found.evidence["order"]) == ("warning", "the first class last")
    assert found.evidence["in_class_order"] == [5.0, 3.0, 1.0]


def test_keys_by_name_have_no_order_but_in_catboost() -> None:
    keyed = {"names": ("b", "a"), "text_keys": True}
    assert not findings(NAME, GivenWeights((1.0, 9.0), **keyed), {"a": 1, "b": 9})
    (found,) = findings(NAME, GivenWeights((1.0, 9.0), framework="catboost", **keyed), {"a": 1, "b": 9})
    assert found.grade == "warning"
    ordered = GivenWeights((9.0, 1.0), names=("a", "b"), framework="catboost")
    assert not findings(NAME, ordered, {"a": 1, "b": 9})
