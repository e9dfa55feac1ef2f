"""LightGBM: the text, and the weights at work in real boosters."""

import numpy as np
import pytest

from imbalance_doctor.emitters import emit
from tests.awkward import NAMES
from tests.emitters import commented
from tests.emitters.samples import binary, sample

X = np.repeat(np.arange(4.0), 100)[:, None]
"""Four kinds of rows, 100 of each: enough trees without regularisation answer the weighted share in each kind."""
P = (0.05, 0.1, 0.3, 0.6)
EXACT = {
    "n_estimators": 300,
    "min_child_samples": 1,
    "min_sum_hessian_in_leaf": 0.0,
    "learning_rate": 0.3,
    "num_leaves": 4,
    "min_data_in_bin": 1,
    "verbosity": -1,
}
quiet = pytest.mark.filterwarnings("ignore:X does not have valid feature names:UserWarning")


def shares(*positives: float):
    """0/1 labels, so many of each hundred."""
    return np.concatenate([np.arange(100) < round(100 * p) for p in positives]).astype(int)


def raised(p, w1, w0=1.0):
    """The share of positives after weighing."""
    return w1 * np.array(p) / (w1 * np.array(p) + w0 * (1 - np.array(p)))


def classifier(**options):
    return pytest.importorskip("lightgbm").LGBMClassifier(**EXACT, **options)


def chances(model):
    return model.predict_proba(np.arange(4.0)[:, None])


@pytest.mark.parametrize("names", [("cat", "dog", "bird"), ("10", "9", "2"), NAMES[:3]])
def test_the_dict_is_keyed_by_the_labels_themselves(names):
    found: dict = {}
    exec(emit("lightgbm", sample(classes=names, values=(0.5, 2.0, 7.0))), found)  # noqa: S102
    keys = [int(name) for name in names] if names[0] == "10" else list(names)
    assert found["CLASS_WEIGHT"] == dict(zip(keys, (0.5, 2.0, 7.0), strict=True))
    assert found["row_weights"]([keys[2], keys[0]]) == [7.0, 0.5]
    assert found["encode"]([keys[2], keys[0]]) == [2, 0]


@pytest.mark.frameworks
@quiet
@pytest.mark.parametrize("names", [("b", "c", "a"), ("10", "9", "2"), NAMES[12:15]])
def test_class_weight_gives_each_class_its_own_factor_whatever_its_name(names):
    pytest.importorskip("lightgbm")
    index = np.tile(np.repeat(np.arange(3), (70, 20, 10)), 4)
    integers = names[0] == "10"
    labels = np.array([int(n) for n in names] if integers else names)[index]
    text = emit("lightgbm", sample(classes=names, values=(0.5, 2.0, 7.0)))
    model = commented.run(text, "LGBM", LGBMClassifier=classifier, X=X, labels=labels)["found"]
    expected = dict(zip(labels[[0, 70, 90]].tolist(), (70 * 0.5, 20 * 2.0, 10 * 7.0), strict=True))
    total = sum(expected.values())
    np.testing.assert_allclose(chances(model), [[expected[c] / total for c in model.classes_.tolist()]] * 4, atol=2e-3)


@pytest.mark.frameworks
@quiet
@pytest.mark.parametrize("names", [("z", "a"), ("1", "0")])
@pytest.mark.parametrize(("kind", "negative"), [("pos-weight", 1.0), ("pair", 0.5)])
def test_two_classes_move_the_cut_of_the_class_at_index_1(names, kind, negative):
    pytest.importorskip("lightgbm")
    changes = {"values_negative": (9.0, negative)} if kind == "pair" else {}
    labels = np.array(names)[shares(*P)]
    text = emit("lightgbm", binary(kind, classes=names, values=(9.0, 4.0), **changes))
    model = commented.run(text, "LGBM", LGBMClassifier=classifier, X=X, labels=labels)["found"]
    np.testing.assert_allclose(chances(model)[:, 1], raised(P, 4.0, negative), atol=2e-3)


@pytest.mark.frameworks
@quiet
@pytest.mark.parametrize("kind", ["pos-weight", "pair"])
def test_each_label_has_a_model_of_its_own_with_its_own_factor(kind):
    pytest.importorskip("lightgbm")
    positive, negative = (2.0, 5.0, 9.0), (3.0, 0.5, 0.25) if kind == "pair" else (1.0, 1.0, 1.0)
    changes = {"values_negative": negative} if kind == "pair" else {}
    text = emit("lightgbm", sample(kind, "multilabel", values=positive, **changes))
    columns = np.stack([shares(*P)] * 3, axis=1)
    models = commented.run(text, "[LGBM", LGBMClassifier=classifier, X=X, Y=columns)["found"]
    for model, w1, w0 in zip(models, positive, negative, strict=True):
        np.testing.assert_allclose(chances(model)[:, 1], raised(P, w1, w0), atol=2e-3)


@pytest.mark.frameworks
@quiet
def test_the_traps_of_the_documentation_are_real():
    lightgbm = pytest.importorskip("lightgbm")
    index = np.tile(np.repeat(np.arange(3), (70, 20, 10)), 4)
    plain = chances(classifier().fit(X, index))
    np.testing.assert_array_equal(chances(classifier(scale_pos_weight=9.0).fit(X, index)), plain)
    y = shares(*P)
    both = classifier(scale_pos_weight=4.0, class_weight={0: 1.0, 1: 4.0}).fit(X, y)
    np.testing.assert_allclose(chances(both)[:, 1], raised(P, 16.0), atol=2e-3)
    with pytest.raises(TypeError):
        lightgbm.train(
            {"objective": "binary", "class_weight": {0: 1, 1: 8}, "verbosity": -1}, lightgbm.Dataset(X, y), 1
        )
    np.testing.assert_array_equal(chances(classifier(is_unbalance=True).fit(X, index)), plain)
    missing = classifier(class_weight={1: 3.0}).fit(X, index)
    named = classifier(class_weight={0: 1.0, 1: 3.0, 2: 1.0}).fit(X, index)
    np.testing.assert_array_equal(chances(missing), chances(named))
    with pytest.raises(lightgbm.basic.LightGBMError, match="at the same time"):
        classifier(scale_pos_weight=2.0, is_unbalance=True).fit(X, y)


@pytest.mark.frameworks
@quiet
def test_one_factor_is_not_the_same_trees_as_the_weights_of_two_classes():
    """Where rows are mixed, with the defaults."""
    lightgbm = pytest.importorskip("lightgbm")
    rng = np.random.default_rng(3)
    x = rng.normal(size=(400, 3))
    y = (x[:, 0] + rng.normal(size=400) > 1.2).astype(int)

    def fitted(**options):
        return lightgbm.LGBMClassifier(n_estimators=20, verbosity=-1, **options).fit(x, y).predict_proba(x)

    assert np.abs(fitted(scale_pos_weight=5.0) - fitted(class_weight={0: 1, 1: 5})).max() > 0.05
    # The scale of the weights hardly matters.
    hundredth = fitted(class_weight={0: 0.01, 1: 0.05})
    np.testing.assert_allclose(hundredth, fitted(class_weight={0: 1, 1: 5}), atol=1e-4)
