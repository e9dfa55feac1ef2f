"""The models of the zoo, really trained, each once. Truth is that of rows the model has not seen."""

import warnings
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier, HistGradientBoostingClassifier, RandomForestClassifier
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.multiclass import OneVsRestClassifier
from sklearn.neural_network import MLPClassifier

from tests.zoo import heads
from tests.zoo.data import clouds, tags
from tests.zoo.heads import Head

RARE = (3880, 120)
"""3 % positives."""
TAIL = (3200, 640, 160)
"""80, 16 and 4 %."""
EVEN = (400,) * 10
PREVALENCES = (0.3, 0.2, 0.1, 0.08, 0.06, 0.05, 0.04, 0.03, 0.025, 0.02, 0.015, 0.01)


class Split(NamedTuple):
    """Rows to learn from and rows to be judged on."""

    x: Any
    y: Any
    x_test: Any
    y_test: Any


@cache
def cloud_split(counts: tuple[int, ...], distance: float) -> Split:
    return Split(*clouds(counts, distance, seed=1), *clouds(counts, distance, seed=2))


@cache
def tag_split(distance: float = 4.0, rows: int = 4000) -> Split:
    """`rows` to test on: with few, the best cut found on the very rows it is judged by is mostly luck."""
    return Split(*tags(PREVALENCES, distance, 4000, seed=1), *tags(PREVALENCES, distance, rows, seed=2))


def shares(counts: tuple[int, ...]) -> list[float]:
    return [n / sum(counts) for n in counts]


@cache
def logistic(counts: tuple[int, ...], distance: float, weights: str | None = None) -> LogisticRegression:
    data = cloud_split(counts, distance)
    return LogisticRegression(class_weight=weights).fit(data.x, data.y)


@cache
def noise_split(counts: tuple[int, ...]) -> Split:
    """The same labels beside features that have nothing to do with them."""
    data, rng = cloud_split(counts, 1.0), np.random.default_rng(3)
    return data._replace(x=rng.standard_normal(data.x.shape), x_test=rng.standard_normal(data.x_test.shape))


@cache
def clueless_logistic(counts: tuple[int, ...], positive_weight: float = 1.0) -> LogisticRegression:
    """Trained on features without a signal."""
    data = noise_split(counts)
    return LogisticRegression(class_weight={i: positive_weight if i else 1.0 for i in range(len(counts))}).fit(
        data.x, data.y
    )


@cache
def network(counts: tuple[int, ...], distance: float, rate: float = 0.005, solver: str = "adam") -> MLPClassifier:
    data = cloud_split(counts, distance)
    model = MLPClassifier((16,), solver=solver, learning_rate_init=rate, max_iter=25, random_state=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(data.x, data.y)


@cache
def forest(counts: tuple[int, ...], distance: float) -> RandomForestClassifier:
    data = cloud_split(counts, distance)
    return RandomForestClassifier(101, max_depth=8, random_state=0).fit(data.x, data.y)


@cache
def boosting(counts: tuple[int, ...], distance: float) -> HistGradientBoostingClassifier:
    data = cloud_split(counts, distance)
    return HistGradientBoostingClassifier(max_iter=30, random_state=0).fit(data.x, data.y)


@cache
def few_stumps(counts: tuple[int, ...], distance: float) -> GradientBoostingClassifier:
    """Three stumps at a low rate: the scores hardly leave the prior, in the right order."""
    data = cloud_split(counts, distance)
    model = GradientBoostingClassifier(n_estimators=3, max_depth=2, learning_rate=0.05, random_state=0)
    return model.fit(data.x, data.y)


@cache
def linear_sgd(counts: tuple[int, ...], distance: float) -> SGDClassifier:
    data = cloud_split(counts, distance)
    return SGDClassifier(loss="log_loss", random_state=0).fit(data.x, data.y)


@cache
def one_vs_rest(distance: float = 4.0) -> OneVsRestClassifier:
    data = tag_split(distance)
    return OneVsRestClassifier(LogisticRegression()).fit(data.x, data.y)


@cache
def head(loss: str, distance: float = 4.0, *, steps: int = 300, rate: float = 0.1) -> Head:
    """A linear head on the tags. `loss`: bce, balanced (pos_weight (1-p)/p), focal, asymmetric or absolute."""
    data = tag_split(distance)
    return heads.train(data.x, data.y, slope(loss, data.y), steps=steps, rate=rate)


@cache
def dead_head(loss: str) -> Head:
    """Trained without input, as behind a dead layer: only the biases can learn."""
    data = tag_split()
    return heads.train(np.zeros_like(data.x), data.y, slope(loss, data.y), steps=800, rate=0.05)


def slope(loss: str, y: Any) -> heads.Slope:
    p = y.mean(axis=0)
    return {
        "bce": heads.bce(),
        "balanced": heads.bce((1 - p) / p),
        "focal": heads.focal(),
        "asymmetric": heads.asymmetric(),
        "absolute": heads.absolute(),
    }[loss]
