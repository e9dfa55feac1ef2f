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
def test_predictions_are_integers_where_the_labels_are():
    pytest.importorskip("catboost")
    y = shares(*P)
    for names, labels in (
        (("1", "0"), np.array([1, 0])[y]),
        (("b", "a"), np.array(["b", "a"], dtype=object)[y]),
    ):
        found = built(binary("pos-weight", classes=names, values=(9.0, 4.0))).fit(X, labels).predict(X)
        assert set(np.ravel(found).tolist()) == set(labels.tolist())


@pytest.mark.frameworks
def test_a_dict_makes_the_order_of_its_keys_that_of_the_classes():
    pytest.importorskip("catboost")
    labels = np.array(["a", "b", "c"], dtype=object)[np.tile(np.repeat(np.arange(3), (70, 20, 10)), 4)]
    model = classifier(class_weights={"c": 1.0, "a": 2.0, "b": 3.0}).fit(X, labels)
    assert list(model.classes_) == ["c", "a", "b"]


@pytest.mark.frameworks
def test_the_traps_of_the_documentation_are_real():
    catboost = pytest.importorskip("catboost")
    y = shares(*P)
    for second in ({"scale_pos_weight": 2.0}, {"auto_class_weights": "Balanced"}):
        with pytest.raises(catboost.CatBoostError):
            classifier(class_weights=[1.0, 2.0], **second).fit(X, y)
    with pytest.raises(catboost.CatBoostError, match="is empty"):
        classifier(class_names=["", "a"], class_weights=[1.0, 2.0]).fit(X, np.array(["", "a"], dtype=object)[y])
    for given in ({"class_weights": [1.0, 2.0]}, {"scale_pos_weight": 2.0}):
        with pytest.raises(catboost.CatBoostError):
            classifier(loss_function="MultiLogloss", **given).fit(X, np.stack([y, 1 - y], axis=1))


@pytest.mark.frameworks
def test_the_scale_of_the_weights_meets_the_sampling_but_not_the_regularisation():
    catboost = pytest.importorskip("catboost")
    rng = np.random.default_rng(3)
    x = rng.normal(size=(400, 3))
    y = (x[:, 0] + rng.normal(size=400) > 1.2).astype(int)

    def fitted(scale, **options):
        quiet = {"allow_writing_files": False, "verbose": False, "thread_count": 1}
        model = catboost.CatBoostClassifier(iterations=20, class_weights=[scale, 4 * scale], **quiet, **options)
        return model.fit(x, y).predict_proba(x)

    certain = {"bootstrap_type": "No", "random_strength": 0}
    strong, weak = ({**certain, "learning_rate": 0.3, "l2_leaf_reg": reg} for reg in (100.0, 3.0))
    np.testing.assert_allclose(fitted(0.001, **strong), fitted(1.0, **strong), atol=1e-6)
    assert np.abs(fitted(1.0, **weak) - fitted(1.0, **strong)).max() > 0.1
    assert np.abs(fitted(0.001) - fitted(1.0)).max() > 0.05


@pytest.mark.frameworks
def test_a_list_alone_goes_by_an_order_of_its_own():
    catboost = pytest.importorskip("catboost")
    index = np.tile(np.repeat(np.arange(3), (70, 20, 10)), 4)
    for names, order in ((("10", "9", "2"), ["2", "9", "10"]), (("9", "10", "x"), ["10", "9", "x"])):
        labels = np.array(names, dtype=object)[index]
        model = catboost.CatBoostClassifier(**EXACT, class_weights=[1.0, 1.0, 1.0]).fit(X, labels)
        assert [str(c) for c in model.classes_] == order
