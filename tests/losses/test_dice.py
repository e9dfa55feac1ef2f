"""Soft Dice over the batch, and the self-adjusting form whose minimum is not at 1."""

import numpy as np
import pytest

from imbalance_doctor.errors import UsageError
from tests.losses.cases import recipe
from tests.losses.numpy_functions import mean
from tests.losses.trained import label_rows


def logit(p):
    return np.log(p) - np.log1p(-np.asarray(p))


def test_each_label_has_its_own_coefficient_over_the_batch():
    p = np.array([[0.9, 0.2], [0.3, 0.6], [0.5, 0.1]])
    y = np.array([[1, 0], [0, 1], [1, 0]])
    first = 1 - (2 * 1.4 + 1) / (1.7 + 2 + 1)
    second = 1 - (2 * 0.6 + 1) / (0.9 + 1 + 1)
    loss = recipe("dice", "multilabel", [20, 10], 30)
    assert mean(loss, logit(p), y) == pytest.approx((first + second) / 2, rel=1e-12)
    one = recipe("dice", "binary", [20, 10], smooth=0.5)
    assert mean(one, logit(p[:, :1]), y[:, :1]) == pytest.approx(1 - (2 * 1.4 + 0.5) / (1.7 + 2 + 0.5), rel=1e-12)


def test_a_batch_without_positives_only_learns_to_say_no():
    loss = recipe("dice", "binary", [20, 10])
    assert mean(loss, logit([[0.25], [0.75]]), [[0], [0]]) == pytest.approx(1 - 1 / 2, rel=1e-12)
    assert mean(loss, [[-1e4], [-1e4]], [[0], [0]]) == 0


def test_the_self_adjusting_form_is_least_at_one_half_and_as_bad_at_right_as_at_wrong():
    loss = recipe("dice", "binary", [1, 1], self_adjusting=1)
    assert mean(loss, [[0.0]], [[1]]) == pytest.approx(1 / 3, rel=1e-12)
    assert mean(loss, [[50.0]], [[1]]) == pytest.approx(0.5, abs=1e-9)
    assert mean(loss, [[-50.0]], [[1]]) == pytest.approx(0.5, abs=1e-9)


def test_the_text_warns_of_the_minimum_where_there_is_one():
    assert "p = 0.5, not at 1" in recipe("dice", "binary", [1, 1], self_adjusting=1).notes[-1]
    assert "not at 1" not in " ".join(recipe("dice", "binary", [1, 1]).notes)


@pytest.mark.parametrize("counts", [[60, 40], [95, 5], [999, 1], [5, 95]])
@pytest.mark.parametrize("numbers", [{}, {"smooth": 5}, {"self_adjusting": 0.5}, {"self_adjusting": 1}])
def test_the_floor_is_the_loss_of_the_best_constant(counts, numbers):
    loss = recipe("dice", "binary", counts, **numbers)
    rows = label_rows([counts[1]], sum(counts))
    tried = [mean(loss, np.full((len(rows), 1), z), rows) for z in [-1e4, *np.linspace(-8, 8, 161), 1e4]]
    assert loss.floor == pytest.approx(min(tried), abs=1e-4)
    assert loss.floor <= min(tried) + 1e-12


def test_a_label_is_named_from_half_the_dice_that_is_reached():
    """Two kinds of sample: 40 of 50 are positive among the first, 30 of 100 among the second."""
    y = np.repeat([1, 0, 1, 0], [40, 10, 30, 70])[:, None]
    loss = recipe("dice", "binary", [80, 70], smooth=1e-6)
    kind = np.repeat([0, 1], [50, 100])

    def dice_without(z):
        outputs = np.array([30.0, z])[kind][:, None]
        return 1 - mean(loss, outputs, y)

    reached = dice_without(-30.0)
    assert reached == pytest.approx(2 * 40 / (50 + 70))
    # 0.30 is below half of 0.667, so a little more of the second kind costs.
    assert dice_without(-3.0) < reached
    y[50:90] = 1  # 40 of the second kind, and 2 * 40 / (50 + 80) = 0.615
    assert dice_without(-3.0) > dice_without(-30.0)
    assert loss.boundary == (None, None)


@pytest.mark.parametrize("numbers", [{"smooth": 0}, {"self_adjusting": -1}])
def test_numbers_out_of_range_are_refused(numbers):
    with pytest.raises(UsageError, match=next(iter(numbers))):
        recipe("dice", "binary", [8, 2], **numbers)
