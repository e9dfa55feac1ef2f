"""A refusal of a target, caught."""

import pytest

from imbalance_doctor.emitters import emit
from imbalance_doctor.errors import UsageError
from tests.emitters.samples import SCHEME_OF, sample


def refusal(target: str, task: str, kind: str, scheme: str = "") -> UsageError:
    """The error for weights of a kind, of its usual scheme unless another is named."""
    classes = ("a", "b") if task == "binary" else ("a", "b", "c")
    weights = sample(kind, task, classes, (1.0, 2.0, 3.0)[: len(classes)], scheme=scheme or SCHEME_OF[kind])
    with pytest.raises(UsageError) as caught:
        emit(target, weights)
    return caught.value
