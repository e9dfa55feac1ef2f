"""A sampler and weights together."""

from imbalance_doctor.examinations.lint import LintRequest
from tests.rules.weights.given import RARE, findings

NAME = "double-correction"
TEXT = """
from torch.utils.data import WeightedRandomSampler
sampler = WeightedRandomSampler(sample_weights, num_samples=len(y))
criterion = nn.CrossEntropyLoss(weight=torch.tensor({}))
"""


def test_a_sampler_in_the_same_script() -> None:
    (found,) = findings(NAME, TEXT.format([1.0, 99.0]), RARE)
    assert found.evidence == {"ratio": 99.0, "sampler": True}


def test_a_sampler_the_user_tells_of() -> None:
    assert findings(NAME, [1.0, 99.0], RARE, request=LintRequest(sampler=True))


def test_weights_alone_and_a_sampler_with_equal_weights_are_right() -> None:
    assert not findings(NAME, [1.0, 99.0], RARE)
    assert not findings(NAME, TEXT.format([1.0, 1.0]), RARE)
    assert not findings(NAME, "XGBClassifier(scale_pos_weight=1)", RARE, request=LintRequest(sampler=True))


def test_a_sampler_in_a_configuration() -> None:
    text = "sampler:\n  type: WeightedRandomSampler\nloss:\n  type: CrossEntropyLoss\n  class_weight: [1, 99]\n"
    assert findings(NAME, text, RARE)
