"""What must hold for any dump of predictions: margins, shifts of the logits, and what may be called collapsed.

The confusion matrix is recounted row by row in plain Python.
"""

from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

import imbalance_doctor

COLLAPSED = {"all_zero", "all_one", "single_class", "constant"}
classes = st.integers(2, 6)


@st.composite
def labelled(draw):
    """Predicted and true class of each row, every class true at least once."""
    k, n = draw(classes), draw(st.integers(40, 120))
    ids = st.integers(0, k - 1)
    true = draw(hnp.arrays(np.int64, n, elements=ids))
    true[:k] = np.arange(k)
    return draw(hnp.arrays(np.int64, n, elements=ids)), true, k


def examined(scores, truth=None, **options):
    return imbalance_doctor.predictions(scores, labels=truth, **options).profile


@given(labelled())
def test_the_margins_of_the_confusion_are_the_labels_and_the_predictions(case):
    predicted, true, k = case
    one_hot = np.eye(k)[predicted] * 0.9 + 0.1 / k
    found = examined(one_hot / one_hot.sum(axis=1, keepdims=True), true)
    truth = found.truth
    cells = Counter(zip(true.tolist(), predicted.tolist(), strict=True))
    assert {(t, p): n for t, p, n in truth.confusion} == cells
    assert [row.support for row in truth.classes] == [int((true == i).sum()) for i in range(k)]
    assert [row.predicted for row in found.classes] == [int((predicted == i).sum()) for i in range(k)]
    assert truth.n_joined == len(true)
    assert truth.accuracy == pytest.approx(float((true == predicted).mean()), rel=1e-12)


logits = hnp.arrays(np.float64, st.tuples(st.integers(30, 60), st.integers(3, 5)), elements=st.floats(-8, 8, width=16))


@given(st.integers(30, 60), st.integers(3, 5), st.integers(0, 2**32 - 1))
def test_a_shift_of_a_row_and_a_positive_factor_change_no_prediction(n, k, seed):
    chance = np.random.default_rng(seed)
    z = chance.permuted(np.tile(np.arange(k) * 1.5, (n, 1)), axis=1)  # no two alike in a row
    before = examined(z, kind="logits", task="softmax")
    for moved in (z + chance.normal(size=(len(z), 1)), z * 3.5):
        after = examined(moved, kind="logits", task="softmax")
        assert [row.predicted for row in after.classes] == [row.predicted for row in before.classes]


@given(logits)
def test_half_precision_read_as_such_is_what_it_stands_for(z):
    narrow = z.astype(np.float16)
    halves = examined(narrow, kind="logits", task="softmax")
    wide = examined(narrow.astype(np.float64), kind="logits", task="softmax")
    assert halves.classes == wide.classes
    assert halves.tied_rows == wide.tied_rows


@given(labelled(), st.integers(0, 5))
def test_one_answer_for_all_rows_is_always_called_collapsed(case, which):
    _, true, k = case
    which %= k
    # Where next to nothing else is true, one answer is no collapse.
    assume(int((true != which).sum()) >= 20)
    one_class = examined(np.full(len(true), which), true)
    assert one_class.verdict in COLLAPSED
    constant = np.full((len(true), k), 0.5 / (k - 1))
    constant[:, which] = 0.5
    if k > 2:
        assert examined(constant, true).verdict in COLLAPSED


@given(labelled())
def test_predictions_that_are_the_truth_are_never_called_collapsed(case):
    _, true, k = case
    assert examined(true, true).verdict not in COLLAPSED
    sure = np.eye(k)[true] * 0.9 + 0.1 / k
    assert examined(sure, true, task="softmax").verdict not in COLLAPSED


@given(labelled(), st.integers(1, 20))
def test_rows_without_a_number_are_set_aside_and_make_no_collapse(case, bad):
    _, true, k = case
    assume(len(set(true[bad:].tolist())) == k)
    sure = np.eye(k)[true] * 0.9 + 0.1 / k
    sure = sure / sure.sum(axis=1, keepdims=True)
    broken = sure.copy()
    broken[:bad] = np.nan
    found = examined(broken, true, task="softmax")
    assert found.nan_rows == bad
    assert found.n_samples == len(true) - bad
    assert found.verdict not in COLLAPSED
