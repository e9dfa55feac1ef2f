"""CatBoost: names and weights together, so that no order of its own can come between them."""

import numpy as np
import pytest

from imbalance_doctor.emitters import emit
from imbalance_doctor.errors import UsageError
from tests.awkward import NAMES
from tests.emitters import commented
from tests.emitters.samples import binary, sample

X = np.repeat(np.arange(4.0), 100)[:, None]
P = (0.05, 0.1, 0.3, 0.6)
EXACT = {
    "iterations": 400,
    "l2_leaf_reg": 0.0,
    "learning_rate": 0.3,
    "depth": 2,
    "random_strength": 0,
    "bootstrap_type": "No",
    "allow_writing_files": False,
    "verbose": False,
}


def shares(*positives: float):
    """0/1 labels, so many of each hundred."""
    return np.concatenate([np.arange(100) < round(100 * p) for p in positives]).astype(int)


def raised(p, w1, w0=1.0):
    """The share of positives after weighing."""
    return w1 * np.array(p) / (w1 * np.array(p) + w0 * (1 - np.array(p)))


def classifier(**options):
    return pytest.importorskip("catboost").CatBoostClassifier(**EXACT, **options)


def built(weights):
    """The classifier of the emitted call."""
    return commented.run(emit("catboost", weights), "CatBoost", CatBoostClassifier=classifier)["found"]


def test_multi_label_is_refused_with_a_way_out():
    for kind in ("pos-weight", "pair"):
        with pytest.raises(UsageError, match="MultiLogloss") as caught:
            emit("catboost", sample(kind, "multilabel"))
        assert "--to xgboost" in caught.value.hint


def test_weights_that_sum_to_one_are_refused():
    with pytest.raises(UsageError, match="l2_leaf_reg") as caught:
        emit("catboost", sample(normalisation="sum"))
    assert "--normalize sample-mean" in caught.value.hint


@pytest.mark.frameworks
@pytest.mark.parametrize("names", [("b", "c", "a"), ("10", "9", "2"), ("10", "9", "x"), NAMES[12:15]])
def test_each_class_has_its_own_factor_and_column_whatever_its_name(names):
    pytest.importorskip("catboost")
    index = np.tile(np.repeat(np.arange(3), (70, 20, 10)), 4)
    integers = all(name.isdigit() for name in names)
    labels = np.array([int(n) for n in names] if integers else names, dtype=object)[index]
    model = built(sample(classes=names, values=(0.5, 2.0, 7.0))).fit(X, labels)
    assert [str(c) for c in model.classes_] == list(names)
    expected = np.array([70 * 0.5, 20 * 2.0, 10 * 7.0])
    np.testing.assert_allclose(model.predict_proba(np.arange(4.0)[:, None]), [expected / expected.sum()] * 4, atol=5e-3)


@pytest.mark.frameworks
@pytest.mark.parametrize("names", [("z", "a"), ("1", "0")])
@pytest.mark.parametrize(("kind", "negative"), [("pos-weight", 1.0), ("pair", 0.5)])
def test_two_classes_move_the_cut_of_the_class_at_index_1(names, kind, negative):
    pytest.importorskip("catboost")
    changes = {"values_negative": (9.0, negative)} if kind == "pair" else {}
    integers = names[0] == "1"
    labels = np.array([int(n) for n in names] if integers else names, dtype=object)[shares(*P)]
    model = built(binary(kind, classes=names, values=(9.0, 4.0), **changes)).fit(X, labels)
    found = model.predict_proba(np.arange(4.0)[:, None])
    assert str(model.classes_[1]) == names[1]
    np.testing.assert_allclose(found[:, 1], raised(P, 4.0, negative), atol=5e-3)


@pytest.mark.frameworks
def test_a_list_alone_goes_by_an_order_of_its_own():
    catboost = pytest.importorskip("catboost")
    index = np.tile(np.repeat(np.arange(3), (70, 20, 10)), 4)
    for names, order in ((("10", "9", "2"), ["2", "9", "10"]), (("9", "10", "x"), ["10", "9", "x"])):
        labels = np.array(names, dtype=object)[index]
        model = catboost.CatBoostClassifier(**EXACT, class_weights=[1.0, 1.0, 1.0]).fit(X, labels)
        assert [str(c) for c in model.classes_] == order
