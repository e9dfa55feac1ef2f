"""What may be added to the logits in the loss: the offset of a scheme, nothing for none, and never a mere start."""

import pytest

from imbalance_doctor import losses
from imbalance_doctor.errors import UsageError
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.plugins import losses as shelf
from imbalance_doctor.weighting import apply

COUNTS = {
    "binary": ClassCounts.of([90, 10]),
    "multiclass": ClassCounts.of([90, 9, 1]),
    "multilabel": ClassCounts.of([90, 9, 1], n_samples=100, task="multilabel"),
}


@pytest.mark.parametrize("task", COUNTS)
def test_without_a_scheme_nothing_is_added_and_the_cut_is_that_of_the_plain_loss(task):
    made = losses.make("logit-adjusted", apply(COUNTS[task], "uniform"), {})
    (offset,) = made.constants.values()
    assert not any(offset if isinstance(offset, tuple) else (offset,))
    plain = losses.make("flooding", apply(COUNTS[task], "uniform"), {})
    assert made.boundary == plain.boundary
    assert task == "multiclass" or made.boundary[1] == 0.5


@pytest.mark.parametrize("task", COUNTS)
def test_a_starting_bias_is_refused_because_in_the_loss_it_would_move_the_cut(task):
    with pytest.raises(UsageError, match="would be a correction") as caught:
        losses.scheme(shelf().find("logit-adjusted"), task, "prior-bias")
    assert "--scheme logit-adjustment" in caught.value.hint
