"""Linear heads trained by Adam under losses scikit-learn lacks: weighted BCE, focal, asymmetric, absolute error."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Slope = Callable[[Floats, NDArray[np.bool_]], Floats]
"""Derivative of the loss to the output q, for outputs (n, K) and labels (n, K)."""


def sigmoid(z: Floats) -> Floats:
    return np.clip(1 / (1 + np.exp(-np.clip(z, -500, 500))), 1e-12, 1 - 1e-12)


def softmax(z: Floats) -> Floats:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def bce(pos_weight: Floats | float = 1.0) -> Slope:
    return lambda q, y: np.where(y, -pos_weight / q, 1 / (1 - q))


def focal(gamma: float = 2.0) -> Slope:
    def slope(q: Floats, y: NDArray[np.bool_]) -> Floats:
        t = np.where(y, q, 1 - q)
        of_t = gamma * (1 - t) ** (gamma - 1) * np.log(t) - (1 - t) ** gamma / t
        return np.where(y, of_t, -of_t)

    return slope


def asymmetric(margin: float = 0.05) -> Slope:
    """Gammas 4 and 1, as published."""

    def slope(q: Floats, y: NDArray[np.bool_]) -> Floats:
        m = np.maximum(q - margin, 0)
        return np.where(y, np.log(q) - (1 - q) / q, -4 * m**3 * np.log1p(-m) + m**4 / (1 - m))

    return slope


def absolute() -> Slope:
    return lambda q, y: np.where(y, -1.0, 1.0)


@dataclass(frozen=True)
class Head:
    """Weights (width, K) and biases (K,)."""

    weights: Floats
    biases: Floats

    def logits(self, x: Floats) -> Floats:
        return x @ self.weights + self.biases

    def scores(self, x: Floats) -> Floats:
        return sigmoid(self.logits(x))


def train(x: Floats, y: NDArray[np.bool_], slope: Slope, *, steps: int = 300, rate: float = 0.1, seed: int = 0) -> Head:
    """Minimise the mean loss over the cells by Adam on the whole batch, from small random weights and no bias."""
    rng = np.random.default_rng(seed)
    both = np.vstack([0.01 * rng.standard_normal((x.shape[1], y.shape[1])), np.zeros((1, y.shape[1]))])
    inputs = np.hstack([x, np.ones((len(x), 1))])
    first, second = np.zeros_like(both), np.zeros_like(both)
    for step in range(1, steps + 1):
        q = sigmoid(inputs @ both)
        gradient = inputs.T @ (slope(q, y) * q * (1 - q)) / len(x)
        first, second = 0.9 * first + 0.1 * gradient, 0.999 * second + 0.001 * gradient**2
        both = both - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-12)
    return Head(both[:-1], both[-1])


def descend(x: Floats, y: NDArray[np.bool_], slope: Slope, *, steps: int, rate: float) -> Head:
    """Plain gradient descent from zero: the biases move long before the weights do."""
    both = np.zeros((x.shape[1] + 1, y.shape[1]))
    inputs = np.hstack([x, np.ones((len(x), 1))])
    for _ in range(steps):
        q = sigmoid(inputs @ both)
        both = both - rate * inputs.T @ (slope(q, y) * q * (1 - q)) / len(x)
    return Head(both[:-1], both[-1])
