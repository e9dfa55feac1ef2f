"""The weights of multilogue-net, and other weights that rise with the counts."""

import pytest

from tests.rules.weights.given import RARE, codes, findings

NAME = "inverted-direction"

MULTILOGUE = {
    "anger": (0.2128, 0.7872),
    "sadness": (0.2546, 0.7454),
    "disgust": (0.1699, 0.8301),
    "fear": (0.0816, 0.9184),
    "surprise": (0.0986, 0.9014),
}
"""amanshenoy/multilogue-net, issue 21: shares with and without an emotion, used as [1/with, 1/without]."""


@pytest.mark.parametrize("emotion", MULTILOGUE)
def test_multilogue_net_weighs_the_frequent_class_more(emotion: str) -> None:
    positive, negative = MULTILOGUE[emotion]
    counts = {"0": round(10_000 * negative), "1": round(10_000 * positive)}
    text = f"loss_weights = torch.FloatTensor([1/{positive}, 1/{negative}])\nloss = MaskedNLLLoss(loss_weights.cuda())"
    (found,) = findings(NAME, text, counts)
    assert found.grade == "error"
    assert found.remedy.startswith("swap the two")
    fixed = f"nn.NLLLoss(torch.FloatTensor([1/{negative}, 1/{positive}]))"
    assert codes(fixed, counts, least="warning") == set()


def test_weights_that_are_the_shares_themselves() -> None:
    (found,) = findings(NAME, [0.7, 0.2, 0.1], [70, 20, 10])
    assert set(found.classes) == {"0", "2"}


def test_positives_over_negatives_as_scale_pos_weight() -> None:
    (found,) = findings(NAME, f"XGBClassifier(scale_pos_weight={10 / 990})", RARE)
    assert "99" in found.remedy


def test_a_pos_weight_below_one_is_right_where_positives_are_the_majority() -> None:
    assert not findings(NAME, "XGBClassifier(scale_pos_weight=0.25)", {"no": 200, "yes": 800})


@pytest.mark.parametrize(
    ("weights", "counts"),
    [([1.0, 99.0], RARE), ([1.0, 1.0], RARE), ([1.0, 1.05], {"a": 51, "b": 49}), ([1.05, 1.0], {"a": 51, "b": 49})],
)
def test_right_equal_and_nearly_balanced_ones_are_left_alone(weights: list[float], counts: dict[str, int]) -> None:
    assert not findings(NAME, weights, counts)


def test_offsets_are_log_priors_and_rise_with_the_counts() -> None:
    assert not findings(NAME, [-0.0100503, -4.6051702], RARE, role="offset")  # ln 0.99, ln 0.01
    assert findings(NAME, [-4.6051702, -0.0100503], RARE, role="offset")


def test_a_list_that_is_right_back_to_front_is_in_the_wrong_order_and_not_in_the_wrong_direction() -> None:
    counts = [700, 350, 120, 40]
    assert codes([1 / n for n in reversed(counts)], counts, least="error") == {"permuted-order"}
    assert codes([n**0.7 for n in counts], counts, least="error") == {NAME}
