"""One softmax over the labels, and a second head for how many there are."""

import numpy as np
import pytest

from imbalance_doctor.emitters._loss import SHELLS, emit
from imbalance_doctor.errors import UsageError
from tests.losses.cases import made, recipe
from tests.losses.numpy_functions import values
from tests.losses.trained import per_bin
from tests.v2ex import COUNTS, N_SAMPLES


def log_softmax(z):
    return z - np.logaddexp.reduce(z)


def test_the_targets_of_the_labels_share_one_and_the_second_head_learns_their_number():
    loss = recipe("softmax-top-k", "multilabel", [20, 10, 5, 5], 30, max_labels=2)
    z = np.random.default_rng(9).normal(0, 1, (4, 4 + 3))
    y = np.array([[1, 0, 1, 0], [0, 0, 0, 0], [1, 1, 1, 0], [0, 0, 0, 1]])
    expected = []
    for row, target, place in zip(z, y, [2, 0, 2, 1], strict=True):
        labels = -log_softmax(row[:4])[target == 1].mean() if target.any() else 0.0
        expected.append(labels - log_softmax(row[4:])[place])
    assert values(loss, z, y) == pytest.approx(np.array(expected), rel=1e-12)


def test_the_prediction_of_the_comment_finds_the_labels_of_each_kind_of_row():
    loss = recipe("softmax-top-k", "multilabel", [20, 10, 5], 40, max_labels=2)
    kinds = [[1, 0, 0], [0, 1, 1], [0, 0, 0]]
    logits = per_bin(loss, [np.array([kind] * 3) for kind in kinds], 3 + 3)
    for kind, row in zip(kinds, logits, strict=True):
        k = int(np.argmax(row[-3:]))
        assert sorted(np.argsort(-row[:3])[:k].tolist()) == np.flatnonzero(kind).tolist()


def test_a_label_of_a_third_that_leads_is_named_although_no_posterior_passes_one_half():
    loss = recipe("softmax-top-k", "multilabel", [50, 30, 20], 100, max_labels=1)
    rows = np.repeat(np.eye(3), [31, 34, 35], axis=0)
    (row,) = per_bin(loss, [rows], 3 + 2)
    assert np.argmax(row[:3]) == 2
    assert np.argmax(row[3:]) == 1


@pytest.mark.parametrize("target", SHELLS)
def test_the_text_says_how_wide_the_last_layer_is_and_how_to_predict(target):
    weights, loss = made("softmax-top-k", "multilabel", COUNTS, N_SAMPLES)
    text = " ".join(emit(target, weights, loss).replace("#", " ").split())
    assert "The last layer has 120 + 9 outputs" in text
    assert "Predict the k labels of the largest scores" in text
    assert "Logits (N, 129), targets (N, 120), 0/1" in text


def test_counts_alone_leave_no_floor_and_no_boundary_to_state():
    loss = recipe("softmax-top-k", "multilabel", [20, 10, 5], 40)
    assert loss.floor is None
    assert set(loss.boundary) == {None}


@pytest.mark.parametrize("most", [0, 2.5, 4])
def test_a_count_that_is_not_one_of_the_labels_is_refused(most):
    with pytest.raises(UsageError, match="whole number from 1 to 3"):
        recipe("softmax-top-k", "multilabel", [20, 10, 5], 40, max_labels=most)
