"""XGBoost: the text, and the weights at work in real boosters."""

import math

import numpy as np
import pytest

from imbalance_doctor.emitters import emit
from imbalance_doctor.errors import UsageError
from tests.awkward import NAMES
from tests.emitters import commented
from tests.emitters.samples import binary, sample

RNG = np.random.default_rng(13)
X = np.repeat(np.arange(4.0), 100)[:, None]
"""Four kinds of rows, 100 of each: enough trees without regularisation answer the weighted share in each kind."""
EXACT = {
    "n_estimators": 20,
    "learning_rate": 1.0,
    "max_depth": 2,
    "reg_lambda": 0.0,
    "min_child_weight": 0.0,
    "n_jobs": 1,
}


def defined(weights):
    found: dict = {}
    exec(emit("xgboost", weights), found)  # noqa: S102
    return found


def test_rows_are_weighed_by_their_class_and_labels_become_indices():
    for names in (("cat", "dog", "bird"), ("10", "9", "2"), NAMES[:3]):
        found = defined(sample(classes=names, values=(0.5, 2.0, 7.0)))
        y = found["encode"]([names[2], names[0], names[1], names[0]])
        assert y == [2, 0, 1, 0]
        assert found["row_weights"](y) == [7.0, 0.5, 2.0, 0.5]


def test_integers_are_encoded_as_their_own_text():
    encode = defined(sample(classes=("10", "9", "2")))["encode"]
    assert encode(np.array([2, 10, 9])) == [2, 0, 1]
    with pytest.raises(KeyError):
        encode([10.0])


def test_a_binary_pair_weighs_the_rows_of_either_side():
    found = defined(binary("pair", values=(9.0, 4.0), values_negative=(9.0, 0.5)))
    assert found["row_weights"]([0, 1, 1]) == [0.5, 4.0, 4.0]
    assert "# The positive class is the one at index 1, yes.\n" in emit("xgboost", binary("pair"))


def test_a_pair_of_labels_weighs_each_column_by_its_own_factors():
    weights = sample("pair", "multilabel", values=(2.0, 5.0, 9.0), values_negative=(3.0, 0.5, 0.25))
    assert [defined(weights)["row_weights"]([0, 1], i) for i in range(3)] == [[3.0, 2.0], [0.5, 5.0], [0.25, 9.0]]


@pytest.mark.parametrize(
    ("kind", "task", "scheme", "why", "instead"),
    [
        ("offset", "binary", "logit-adjustment", "left out when predicting", "--to sklearn"),
        ("offset", "multilabel", "prior-bias", "its first trees find the prior", "nothing is needed"),
        ("margin", "multiclass", "ldam-margin", "logits that a network learns", "--scheme balanced"),
        ("repeat", "multilabel", "repeat-factor", "no sampler", "--scheme balanced-pair"),
        ("class-weight", "multilabel", "balanced", "the boundary does not move", "--scheme pos-weight"),
        ("pos-weight", "multiclass", "pos-weight", "no negative term", "--scheme balanced"),
    ],
)
def test_what_boosting_cannot_take_is_refused_with_a_way_out(kind, task, scheme, why, instead):
    weights = binary(kind, scheme=scheme) if task == "binary" else sample(kind, task, scheme=scheme)
    for target in ("xgboost", "lightgbm"):
        with pytest.raises(UsageError, match=why) as caught:
            emit(target, weights)
        assert instead in caught.value.hint


def test_class_weights_are_refused_where_the_average_row_hardly_weighs_anything():
    for scale in ("sum", "max", "none"):
        with pytest.raises(UsageError, match=r"would weigh 0\.00399: min_child_weight") as caught:
            emit("xgboost", sample(normalisation=scale, sample_mean=0.00399))
        assert "--normalize sample-mean" in caught.value.hint
        assert "row_weights" in emit("xgboost", sample(normalisation=scale, sample_mean=0.8))
    # A factor for one side has no scale of its own to choose.
    assert "scale_pos_weight" in emit("xgboost", binary("pos-weight", values=(9.0, 0.01), sample_mean=0.02))


def shares(*positives: float):
    """0/1 labels, so many of each hundred."""
    return np.concatenate([np.arange(100) < round(100 * p) for p in positives]).astype(int)


def chances(model):
    """The probabilities of the four kinds of rows."""
    return model.predict_proba(np.arange(4.0)[:, None])


def raised(p, w1, w0=1.0):
    """The share of positives after weighing."""
    return w1 * np.array(p) / (w1 * np.array(p) + w0 * (1 - np.array(p)))


P = (0.05, 0.1, 0.3, 0.6)


@pytest.mark.frameworks
@pytest.mark.parametrize("names", [("z", "a"), ("1", "0"), NAMES[12:14]])
def test_scale_pos_weight_moves_the_cut_of_the_class_at_index_1(names):
    xgboost = pytest.importorskip("xgboost")
    labels = np.array(names)[shares(*P)]
    text = emit("xgboost", binary("pos-weight", classes=names, values=(9.0, 4.0)))
    model = commented.run(
        text, "XGB", XGBClassifier=lambda **k: xgboost.XGBClassifier(**k, **EXACT), X=X, labels=labels
    )
    np.testing.assert_allclose(chances(model["found"])[:, 1], raised(P, 4.0), atol=2e-3)


@pytest.mark.frameworks
@pytest.mark.parametrize("names", [("b", "c", "a"), ("10", "9", "2"), NAMES[12:15]])
def test_row_weights_give_each_class_its_own_factor_whatever_its_name(names):
    xgboost = pytest.importorskip("xgboost")
    index = np.tile(np.repeat(np.arange(3), (70, 20, 10)), 4)
    labels = np.array(names)[index]
    text = emit("xgboost", sample(classes=names, values=(0.5, 2.0, 7.0)))
    found = defined(sample(classes=names, values=(0.5, 2.0, 7.0)))
    model = commented.run(
        text, "XGB", XGBClassifier=lambda: xgboost.XGBClassifier(**EXACT), X=X, y=found["encode"](labels)
    )["found"]
    expected = np.array([70 * 0.5, 20 * 2.0, 10 * 7.0])
    np.testing.assert_allclose(chances(model), [expected / expected.sum()] * 4, atol=2e-3)
    y = np.array(found["encode"](labels))
    matrix = xgboost.DMatrix(X, label=y, weight=found["row_weights"](y))
    native = {k: v for k, v in EXACT.items() if k != "n_estimators"} | {"objective": "multi:softprob", "num_class": 3}
    booster = xgboost.train(native, matrix, EXACT["n_estimators"])
    np.testing.assert_allclose(booster.predict(matrix)[::100], chances(model), atol=1e-6)


@pytest.mark.frameworks
@pytest.mark.parametrize("kind", ["pos-weight", "pair"])
def test_each_label_has_a_model_of_its_own_with_its_own_factor(kind):
    xgboost = pytest.importorskip("xgboost")
    positive = (2.0, 5.0, 9.0)
    negative = (3.0, 0.5, 0.25) if kind == "pair" else (1.0, 1.0, 1.0)
    changes = {"values_negative": negative} if kind == "pair" else {}
    text = emit("xgboost", sample(kind, "multilabel", values=positive, **changes))
    columns = np.stack([shares(*P)] * 3, axis=1)
    models = commented.run(text, "[XGB", XGBClassifier=lambda **k: xgboost.XGBClassifier(**k, **EXACT), X=X, Y=columns)
    for model, w1, w0 in zip(models["found"], positive, negative, strict=True):
        np.testing.assert_allclose(chances(model)[:, 1], raised(P, w1, w0), atol=2e-3)


@pytest.mark.frameworks
def test_the_traps_of_the_documentation_are_real():
    xgboost = pytest.importorskip("xgboost")
    x = RNG.normal(size=(400, 3))
    y = (x[:, 0] + RNG.normal(size=400) > 1.2).astype(int)
    rows = np.where(y == 1, 5.0, 1.0)

    def fitted(y=y, sample_weight=None, **options):
        return xgboost.XGBClassifier(n_estimators=10, **options).fit(x, y, sample_weight=sample_weight).predict_proba(x)

    # Equal row weights are the same trees by the exact method only, from the same start: the estimated one is weighted.
    method = {"tree_method": "exact", "base_score": 0.5}
    exact = fitted(scale_pos_weight=5.0, **method), fitted(sample_weight=rows, **method)
    np.testing.assert_allclose(*exact, atol=1e-5)
    assert np.abs(fitted(scale_pos_weight=5.0) - fitted(sample_weight=rows)).max() > 0.05
    # Row weights that sum to one stop every split; under a mean of a tenth the model is another one already.
    assert np.ptp(fitted(sample_weight=rows / rows.sum())[:, 1]) == 0
    light = fitted(sample_weight=rows / rows.mean() / 20) - fitted(sample_weight=rows / rows.mean())
    assert np.abs(light).max() > 0.3
    assert np.ptp(fitted()[:, 1]) > 0.5
    with pytest.raises(ValueError, match="Expected: \\[0 1\\]"):
        fitted(np.array(["b", "a"])[y])
    with pytest.raises(ValueError, match="Invalid shape"):
        fitted(np.stack([y, y], axis=1), np.ones((400, 2)))


@pytest.mark.frameworks
def test_parameters_that_xgboost_does_not_know_are_ignored_after_a_warning():
    xgboost = pytest.importorskip("xgboost")
    three, labels = np.tile(np.repeat(np.arange(3), (70, 20, 10)), 4), np.stack([shares(*P)] * 2, axis=1)

    def fitted(y, **options):
        return chances(xgboost.XGBClassifier(**EXACT, **options).fit(X, y))

    for y, options in ((shares(*P), {"class_weight": {0: 1.0, 1: 9.0}}), (three, {"scale_pos_weight": 9.0})):
        with pytest.warns(UserWarning, match="are not used"):
            found = fitted(y, **options)
        np.testing.assert_array_equal(found, fitted(y))
    # On a matrix of labels the one factor is for every label.
    np.testing.assert_allclose(fitted(labels, scale_pos_weight=4.0), np.stack([raised(P, 4.0)] * 2, axis=1), atol=2e-3)


@pytest.mark.frameworks
def test_the_threshold_of_the_sklearn_target_goes_around_it_as_the_refusal_says():
    xgboost = pytest.importorskip("xgboost")
    text = emit("sklearn", binary("offset", classes=("0", "1"), values=(math.log(0.8), math.log(0.2))))
    model = commented.run(
        text, "with_cut(", LogisticRegression=lambda: xgboost.XGBClassifier(**EXACT), X=X, y=shares(*P)
    )
    assert model["found"].predict(np.arange(4.0)[:, None]).tolist() == [0, 0, 1, 1]
