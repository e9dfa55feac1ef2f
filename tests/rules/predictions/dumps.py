"""Small dumps with known properties: scores that are calibrated by construction, and scores that know nothing."""

from dataclasses import replace
from typing import Any

import numpy as np

from imbalance_doctor.model import PredictionProfile
from tests.zoo.judge import profile_of_scores

BINARY = {"task": "binary"}
TAGS = {"task": "sigmoid"}
HARD = {"kind": "labels"}


def logistic(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def calibrated(n: int, p: float, distance: float, seed: int = 0) -> tuple[Any, Any]:
    """Posteriors and truth of two Gaussians a distance apart, prior p: AUROC is Phi(distance / sqrt 2)."""
    rng = np.random.default_rng(seed)
    y = (np.arange(n) < round(n * p)).astype(int)
    x = rng.standard_normal(n) + distance * y
    return logistic(distance * x - distance**2 / 2 + np.log(p / (1 - p))), y


def ignorant(n: int, p: float, noise: float = 0.2, seed: int = 0) -> tuple[Any, Any]:
    """Scores around the prior, in logits with this deviation, and a truth that has nothing to do with them."""
    y = (np.arange(n) < round(n * p)).astype(int)
    return logistic(np.log(p / (1 - p)) + noise * np.random.default_rng(seed).standard_normal(n)), y


def softmax_of(n: int, priors: tuple[float, ...], distance: float, seed: int = 0) -> tuple[Any, Any]:
    """Posteriors (n, K) and truth of K Gaussians, each `distance` along an axis of its own."""
    rng, counts = np.random.default_rng(seed), [round(n * p) for p in priors]
    y = np.repeat(np.arange(len(priors)), counts)
    x = rng.standard_normal((len(y), len(priors))) + distance * np.eye(len(priors))[y]
    z = distance * x + np.log(priors)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True), y


def with_verdict(profile: PredictionProfile, verdict: str) -> PredictionProfile:
    return replace(profile, verdict=verdict)  # type: ignore[arg-type]


HEALTHY_BINARY = profile_of_scores(*calibrated(2000, 0.2, 2.0), **BINARY)
HEALTHY_SOFTMAX = profile_of_scores(*softmax_of(1500, (0.5, 0.3, 0.2), 2.5))
