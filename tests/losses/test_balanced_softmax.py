"""Balanced softmax, which is logit adjustment by the counts themselves."""

import numpy as np
import pytest

from imbalance_doctor.errors import InputError, UsageError
from tests.losses.cases import recipe
from tests.losses.numpy_functions import values
from tests.losses.trained import best_constant, class_rows, per_bin

COUNTS = [90, 9, 1]


def test_the_counts_multiply_the_exponentials():
    z, y = np.random.default_rng(4).normal(0, 2, (5, 3)), np.array([0, 1, 2, 2, 0])
    weighed = np.array(COUNTS) * np.exp(z)
    expected = -np.log(weighed[np.arange(5), y] / weighed.sum(axis=1))
    assert values(recipe("balanced-softmax", "multiclass", COUNTS), z, y) == pytest.approx(expected, rel=1e-12)


def test_it_is_the_logit_adjusted_loss_with_tau_1():
    z, y = np.random.default_rng(5).normal(0, 2, (5, 3)), np.array([0, 1, 2, 2, 0])
    balanced, adjusted = (
        recipe("balanced-softmax", "multiclass", COUNTS),
        recipe("logit-adjusted", "multiclass", COUNTS),
    )
    assert values(balanced, z, y) == pytest.approx(values(adjusted, z, y), rel=1e-12)
    assert balanced.boundary == pytest.approx(adjusted.boundary, rel=1e-12)
    assert balanced.floor == pytest.approx(adjusted.floor, rel=1e-12)


def test_the_floor_is_the_entropy_of_the_shares():
    loss = recipe("balanced-softmax", "multiclass", COUNTS)
    assert loss.floor == pytest.approx(0.3576, abs=5e-5)
    assert loss.floor == pytest.approx(best_constant(loss, class_rows(COUNTS), 3)[0], abs=1e-9)


def test_the_bare_logits_name_a_class_from_its_prior_on():
    loss = recipe("balanced-softmax", "multiclass", [80, 20])
    assert loss.boundary == pytest.approx((0.8, 0.2))
    below, above = per_bin(loss, [class_rows([81, 19]), class_rows([79, 21])], 2)
    assert below[0] > below[1]
    assert above[0] < above[1]


def test_a_class_without_samples_is_refused_with_the_loss_that_takes_a_number_for_it():
    with pytest.raises(InputError) as refused:
        recipe("balanced-softmax", "multiclass", [90, 0, 1])
    assert "--loss logit-adjusted --zero-count exclude" in refused.value.hint
    assert recipe("logit-adjusted", "multiclass", [90, 0, 1], zero_count="exclude").floor is not None


def test_weights_on_top_are_refused():
    with pytest.raises(UsageError, match="takes no weights"):
        recipe("balanced-softmax", "multiclass", COUNTS, scheme="balanced")
