"""The weight of a BCE moves no boundary."""

import pytest

from tests.rules.weights.given import findings, weights_of

NAME = "weight-where-pos-weight-was-meant"
COUNTS = {"a": 500, "b": 10}


@pytest.mark.parametrize(
    "text",
    [
        "nn.BCEWithLogitsLoss(weight=torch.tensor([1.0, 99.0]))",
        "nn.BCEWithLogitsLoss(torch.tensor([1.0, 99.0]))",
        "F.binary_cross_entropy_with_logits(x, y, weight=torch.tensor([1.0, 99.0]))",
        "nn.MultiLabelSoftMarginLoss(weight=torch.tensor([1.0, 99.0]))",
        "model.fit(x, y, class_weight={0: 1.0, 1: 99.0})",
    ],
)
def test_a_weight_per_label_fires_at_one_half_as_before(text: str) -> None:
    (found,) = findings(NAME, text, COUNTS, n_samples=1000)
    assert found.evidence["boundary"] == 0.5
    assert found.evidence["prevalence"] == 0.01
    assert weights_of(text, COUNTS, n_samples=1000).boundary_after == (0.5, 0.5)


def test_a_pos_weight_is_what_was_meant() -> None:
    text = "nn.BCEWithLogitsLoss(pos_weight=torch.tensor([1.0, 99.0]))"
    assert not findings(NAME, text, COUNTS, n_samples=1000)
    assert weights_of(text, COUNTS, n_samples=1000).boundary_after == (0.5, 0.01)  # 1 / (1 + w)


def test_equal_weights_and_class_weights_of_one_label_a_sample_are_other_things() -> None:
    assert not findings(NAME, "nn.BCEWithLogitsLoss(weight=torch.tensor([2.0, 2.0]))", COUNTS, n_samples=1000)
    assert not findings(NAME, "nn.CrossEntropyLoss(weight=torch.tensor([1.0, 99.0]))", COUNTS)
