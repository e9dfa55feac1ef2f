"""The emitted dicts in real scikit-learn estimators, against its own "balanced"."""

import math
import re
import warnings

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.tree import DecisionTreeClassifier
from sklearn.utils.class_weight import compute_sample_weight

from imbalance_doctor.emitters import emit
from imbalance_doctor.errors import UsageError
from imbalance_doctor.model import Weights
from tests.awkward import NAMES
from tests.emitters.parsing import literals
from tests.emitters.samples import binary, sample

COUNTS = (60, 30, 10)
BALANCED = tuple(100 / (3 * n) for n in COUNTS)
RNG = np.random.default_rng(7)
X = RNG.normal(size=(100, 4)) + np.repeat(np.arange(3), COUNTS)[:, None]


def class_weight(weights: Weights):
    """CLASS_WEIGHT of the emitted module, run."""
    namespace: dict = {}
    exec(emit("sklearn", weights), namespace)  # noqa: S102
    return namespace["CLASS_WEIGHT"]


def commented(text: str, start: str) -> str:
    """The one commented line of the text that starts so, without its comment sign."""
    (line,) = [row[2:] for row in text.splitlines() if row.startswith(f"# {start}")]
    return line


def cells(*posteriors: tuple[float, ...], per_cell: int = 1000):
    """Rows of as many kinds as there are posteriors over the classes, in which these hold exactly: X and y.

    A tree with a leaf for each kind of row answers these posteriors.
    """
    x = np.repeat(np.arange(len(posteriors)), per_cell)[:, None]
    return x, np.concatenate([np.repeat(np.arange(len(p)), [round(v * per_cell) for v in p]) for p in posteriors])


def fit(y, weight):
    return LogisticRegression(class_weight=weight).fit(X, y)


@pytest.mark.parametrize("names", [("cat", "dog", "bird"), ("7", "-1", "0"), NAMES[:3], ("no", "1e3", "NA")])
def test_the_dict_does_what_balanced_does(names):
    emitted = class_weight(sample(classes=names, counts=COUNTS, values=BALANCED))
    y = np.repeat(np.array(list(emitted)), COUNTS)
    np.testing.assert_allclose(fit(y, emitted).coef_, fit(y, "balanced").coef_, rtol=1e-7)


@pytest.mark.parametrize("names", [("0", "01", "1"), ("cat", "7", "bird"), ("+1", "1_0", " 2")])
def test_strings_that_read_as_integers_are_weighed_by_row(names):
    """As `class_weight` the dict fails: scikit-learn looks for int(label)."""
    text = emit("sklearn", sample(classes=names, counts=COUNTS, values=BALANCED))
    (call,) = re.findall(r"^# LogisticRegression\(\)\.(fit\(.*\))$", text, re.MULTILINE)
    y = np.repeat(names, COUNTS)
    namespace = {"fit": LogisticRegression().fit, "X": X, "y": y}
    exec(text + "model = " + call, namespace)  # noqa: S102
    np.testing.assert_allclose(namespace["model"].coef_, fit(y, "balanced").coef_, rtol=1e-7)


def test_keys_are_integers_only_if_every_name_is_a_canonical_integer():
    assert list(class_weight(sample(classes=("10", "-1", "0")))) == [10, -1, 0]
    for odd in ("01", "+1", "1.0", " 1", "-0", "1_0", "\u0661", "", "9" * 30, "1\n"):
        assert list(class_weight(sample(classes=("10", "2", odd)))) == ["10", "2", odd]
    assert "integers" in emit("sklearn", sample(classes=("1", "2", "3")))
    assert "strings" in emit("sklearn", sample())


def test_a_binary_pos_weight_multiplies_the_class_at_index_1():
    emitted = class_weight(binary("pos-weight", values=(0.25, 4.0)))
    assert emitted == {"no": 1.0, "yes": 4.0}
    y = np.repeat(["no", "yes"], (80, 20))
    by_hand = LogisticRegression().fit(X, y, sample_weight=np.where(y == "yes", 4.0, 1.0))
    np.testing.assert_allclose(fit(y, emitted).coef_, by_hand.coef_, rtol=1e-7)


def test_a_binary_pair_gives_both_factors_of_the_class_at_index_1():
    assert class_weight(binary("pair", values=(0.6, 5.0), values_negative=(3.0, 0.5))) == {"no": 0.5, "yes": 5.0}


def test_a_multilabel_pair_does_what_balanced_does_on_every_column():
    counts = (50, 20, 5)
    pair = tuple(100 / (2 * n) for n in counts), tuple(100 / (2 * (100 - n)) for n in counts)
    emitted = class_weight(
        sample("pair", "multilabel", counts=counts, values=pair[0], values_negative=pair[1], n_samples=100)
    )
    for weight, n in zip(emitted, counts, strict=True):
        y = (np.arange(100) >= 100 - n).astype(int)
        np.testing.assert_allclose(fit(y, weight).coef_, fit(y, "balanced").coef_, rtol=1e-7)


def test_multilabel_pos_weights_leave_the_negatives_at_1_and_a_forest_multiplies_them():
    emitted = class_weight(sample("pos-weight", "multilabel", values=(2.0, 3.0, 5.0)))
    assert emitted == [{0: 1.0, 1: 2.0}, {0: 1.0, 1: 3.0}, {0: 1.0, 1: 5.0}]
    labels = np.array([[1, 1, 0], [0, 1, 1], [0, 0, 0], [1, 1, 1]])
    assert compute_sample_weight(emitted, labels).tolist() == [6, 15, 1, 30]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        RandomForestClassifier(n_estimators=2, class_weight=emitted).fit(X[:4], labels)


def test_the_mean_weight_of_one_sided_weights_is_that_of_the_two_classes():
    # 45 positives of weight 4 and 90 negatives of weight 1.
    text = emit("sklearn", binary("pos-weight", values=(0.25, 4.0)))
    assert "# 2 classes, 135 samples, sample mean 2\n" in text
    assert "# with these numbers a 0.5 cut fires at a true posterior of 0.25\n" in text


def test_names_and_counts_stand_in_lists_of_their_own():
    found = literals(emit("sklearn", sample()))
    assert found["CLASSES"] == ["cat", "dog", "bird"]
    assert found["COUNTS"] == [90, 45, 30]


@pytest.mark.parametrize(
    "names", [("no", "yes"), ("z", "a"), ("0", "1"), ("7", "-1"), ("01", "1"), NAMES[12:14], ("x", "")]
)
def test_a_binary_offset_is_a_cut_at_the_posterior_where_the_evidence_is_in_balance(names):
    """Priors 0.9 and 0.1: from 0.1 on, the class at index 1 has more evidence for it than against."""
    prior = (math.log(0.9), math.log(0.1))
    text = emit("sklearn", binary("offset", classes=names, values=prior))
    x, index = cells((0.91, 0.09), (0.89, 0.11), (0.2, 0.8))
    labels = (
        np.array([int(n) for n in names]) if literals(text)["CLASSES"] in (["0", "1"], ["7", "-1"]) else np.array(names)
    )
    namespace = {"LogisticRegression": DecisionTreeClassifier, "X": x, "y": labels[index]}
    exec(f"{text}model = {commented(text, 'with_cut(')}", namespace)  # noqa: S102
    assert namespace["THRESHOLD"] == pytest.approx(0.1, rel=1e-12)
    assert namespace["model"].predict([[0], [1], [2]]).tolist() == labels[[0, 1, 1]].tolist()


def test_the_offsets_of_labels_are_a_cut_for_each():
    odds = (0.25, 1.0, 9.0)
    text = emit("sklearn", sample("offset", "multilabel", values=tuple(math.log(o) for o in odds)))
    x, y = cells((0.81, 0.19), (0.79, 0.21), (0.51, 0.49), (0.49, 0.51), (0.11, 0.89), (0.09, 0.91))
    namespace = {"LogisticRegression": DecisionTreeClassifier, "X": x, "Y": np.stack([y, y, y], axis=1)}
    exec(f"{text}models = {commented(text, '[with_cut(')}", namespace)  # noqa: S102
    assert namespace["THRESHOLDS"] == pytest.approx([0.2, 0.5, 0.9], rel=1e-12)
    fired = [model.predict(np.arange(6)[:, None]).tolist() for model in namespace["models"]]
    assert fired == [[0, 1, 1, 1, 1, 1], [0, 0, 0, 1, 1, 1], [0, 0, 0, 0, 0, 1]]


@pytest.mark.parametrize("names", [("b", "c", "a"), ("10", "9", "2"), NAMES[:3]])
def test_the_offsets_of_classes_divide_each_posterior_by_the_share_of_its_label(names):
    """Shares 0.9, 0.09 and 0.01: the class of the largest posterior / share is told, whatever order classes_ has."""
    text = emit("sklearn", sample("offset", classes=names, values=tuple(math.log(s) for s in (0.9, 0.09, 0.01))))
    x, index = cells((0.91, 0.08, 0.01), (0.85, 0.13, 0.02), (0.85, 0.14, 0.01), (0.2, 0.2, 0.6))
    labels = np.array([int(n) for n in names]) if names[0] == "10" else np.array(names)
    namespace = {
        "LogisticRegression": DecisionTreeClassifier,
        "X": x,
        "y": labels[index],
        "X_new": np.arange(4)[:, None],
    }
    exec(f"{text}found = {commented(text, 'predict(')}", namespace)  # noqa: S102
    assert namespace["found"].tolist() == labels[[0, 2, 1, 2]].tolist()


def test_no_offset_however_large_overflows():
    for weights in (
        binary("offset", values=(1e308, -1e308)),
        sample("offset", "multilabel", values=(1e308, -1e308, 0.0)),
    ):
        found: dict = {}
        exec(emit("sklearn", weights), found)  # noqa: S102
        assert found.get("THRESHOLDS", [found.get("THRESHOLD")] * 3)[1] == 0.0


@pytest.mark.parametrize(
    ("kind", "task", "scheme", "why", "instead"),
    [
        ("offset", "multiclass", "prior-bias", "fit the intercept to the end", "nothing is needed"),
        ("margin", "multiclass", "ldam-margin", "take no margin", "--scheme balanced"),
        ("repeat", "multiclass", "repeat-factor", "have no sampler", r"fit\(sample_weight=...\)"),
        ("class-weight", "multilabel", "balanced", "the boundary does not move", "--scheme balanced-pair"),
    ],
)
def test_what_an_estimator_cannot_take_is_refused_with_a_way_out(kind, task, scheme, why, instead):
    with pytest.raises(UsageError, match=why) as caught:
        emit("sklearn", sample(kind, task, scheme=scheme))
    assert re.search(instead, caught.value.hint)
