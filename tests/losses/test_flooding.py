"""The plain loss, kept from falling below a level."""

import numpy as np
import pytest

from imbalance_doctor.errors import UsageError
from tests.losses.cases import recipe
from tests.losses.numpy_functions import values
from tests.losses.trained import best_constant, class_rows, label_rows, per_bin


@pytest.mark.parametrize("b", [0.05, 0.7, 3.0])
def test_the_mean_is_reflected_at_the_level(b):
    z, y = np.random.default_rng(8).normal(0, 2, (6, 3)), np.array([0, 1, 2, 2, 0, 1])
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    plain = -np.log(p[np.arange(6), y]).mean()
    assert values(recipe("flooding", "multiclass", [5, 3, 2], b=b), z, y) == pytest.approx(
        abs(plain - b) + b, rel=1e-12
    )


@pytest.mark.parametrize(("task", "counts", "n"), [("binary", [7, 3], None), ("multilabel", [7, 3], 12)])
def test_the_plain_loss_of_labels_is_the_log_loss(task, counts, n):
    y = np.array([[1, 0], [0, 0], [1, 1]])[:, : 1 if task == "binary" else 2]
    q = np.array([[0.2, 0.9], [0.4, 0.3], [0.7, 0.6]])[:, : y.shape[1]]
    plain = -np.where(y == 1, np.log(q), np.log(1 - q)).mean()
    loss = recipe("flooding", task, counts, n, b=0.01)
    assert values(loss, np.log(q / (1 - q)), y) == pytest.approx(plain, rel=1e-12)


def test_the_level_is_a_twentieth_of_the_floor_unless_given_and_the_text_says_so():
    loss = recipe("flooding", "multiclass", [90, 9, 1])
    assert loss.constants["FLOOD_LEVEL"] == pytest.approx(0.05 * 0.357591270730593, rel=1e-12)
    assert "5% of the floor 0.357591" in loss.notes[0]
    labels = recipe("flooding", "multilabel", [10, 1], 100)
    assert labels.constants["FLOOD_LEVEL"] == pytest.approx(0.05 * (0.3251 + 0.0560) / 2, abs=5e-6)


@pytest.mark.parametrize("b", [0.01, 0.1, 0.5])
def test_a_constant_reaches_the_plain_floor_or_the_level_above_it(b):
    loss = recipe("flooding", "multiclass", [90, 9, 1], b=b)
    assert loss.floor == pytest.approx(max(0.357591270730593, b), rel=1e-12)
    assert loss.floor == pytest.approx(best_constant(loss, class_rows([90, 9, 1]), 3)[0], abs=1e-7)


def test_it_does_not_move_the_cut():
    loss = recipe("flooding", "binary", [90, 10])
    assert loss.boundary == (0.5, 0.5)
    below, above = per_bin(loss, [label_rows([48], 100), label_rows([52], 100)], 1)
    assert below < 0 < above


def test_a_negative_level_is_refused():
    with pytest.raises(UsageError, match="at least 0"):
        recipe("flooding", "binary", [8, 2], b=-0.1)
