"""The emitted `head_params` of SetFit, in the logistic regression that takes them."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from imbalance_doctor.emitters import emit
from tests.emitters.refusals import refusal
from tests.emitters.samples import binary, sample

COUNTS = (60, 30, 10)
BALANCED = tuple(100 / (3 * n) for n in COUNTS)
RNG = np.random.default_rng(7)
X = RNG.normal(size=(100, 4)) + np.repeat(np.arange(3), COUNTS)[:, None]
Y = np.repeat(np.arange(3), COUNTS)


def head_params(weights):
    found: dict = {}
    exec(emit("setfit", weights), found)  # noqa: S102
    return found["HEAD_PARAMS"]


@pytest.mark.parametrize("names", [("b", "a", "c"), ("10", "9", "1"), ('"); import os; ("', "no", "")])
def test_the_head_does_what_balanced_does_on_labels_0_to_2(names):
    emitted = head_params(sample(classes=names, counts=COUNTS, values=BALANCED))
    found = LogisticRegression(**emitted).fit(X, Y)
    expected = LogisticRegression(class_weight="balanced").fit(X, Y)
    np.testing.assert_allclose(found.coef_, expected.coef_, rtol=1e-7)


def test_text_labels_fail_in_the_head():
    emitted = head_params(sample(classes=("a", "b", "c"), values=BALANCED))
    with pytest.raises(ValueError, match="class_weight"):
        LogisticRegression(**emitted).fit(X, np.array(["a", "b", "c"])[Y])


def test_a_binary_pos_weight_multiplies_the_class_at_index_1():
    assert head_params(binary("pos-weight", values=(0.25, 4.0))) == {"class_weight": {0: 1.0, 1: 4.0}}


@pytest.mark.parametrize(
    ("task", "kind", "why", "instead"),
    [
        ("multilabel", "class-weight", "one class_weight to the estimators of all labels", "--to json"),
        ("multilabel", "pos-weight", "one class_weight to the estimators of all labels", "--to sklearn"),
        ("multilabel", "pair", "one class_weight to the estimators of all labels", "--to sklearn"),
        ("multilabel", "offset", "one class_weight to the estimators of all labels", "--to json"),
        ("multilabel", "margin", "one class_weight to the estimators of all labels", "--to json"),
        ("multilabel", "repeat", "one class_weight to the estimators of all labels", "--to json"),
        ("multiclass", "offset", "no offset", "--scheme balanced"),
        ("multiclass", "margin", "no margin", "--scheme balanced"),
        ("multiclass", "repeat", "no sampler", "--scheme power"),
    ],
)
def test_a_refusal_gives_the_reason_and_what_works(task, kind, why, instead):
    error = refusal("setfit", task, kind)
    assert why in error.message
    assert instead in error.hint
