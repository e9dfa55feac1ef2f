"""Generated logs of runs that are in order: many shapes, many sizes, all from a seed."""

import math
from collections.abc import Callable
from random import Random

from imbalance_doctor.model import HistoryProfile
from tests.history.curves import log, printed

Columns = dict[str, list[str]]


def sigmoidal(n: int, start: float, end: float, at: float = 0.3, width: float = 0.1) -> list[float]:
    """A curve that goes from start to end in an S around the share `at` of the run."""
    return [start + (end - start) / (1 + math.exp(-((i + 1) / n - at) / width)) for i in range(n)]


def accuracies(losses: list[float], chance: float, best: float, start: float) -> list[float]:
    """Accuracies that rise from chance to best as the loss falls from its start to its lowest."""
    low = min(losses)
    return [chance + (best - chance) * min(1.0, max(0.0, (start - x) / (start - low or 1))) for x in losses]


def noisy(random: Random, values: list[float], size: float, low: float = 0.0, high: float = math.inf) -> list[float]:
    """The values with relative noise, kept within bounds."""
    return [min(high, max(low, v * (1 + random.gauss(0, size)))) for v in values]


def on_samples(values: list[float], n: int) -> list[float]:
    """Shares as a set of n samples can have them."""
    return [round(v * n) / n for v in values]


def pair(losses: list[float], scores: list[float], digits: int) -> Columns:
    """A loss and an accuracy as printed."""
    return {"loss": printed(losses, digits), "accuracy": printed(scores, digits)}


def learning(random: Random) -> Columns:
    """K classes learnt from ln K, training and validation."""
    n, k, digits = random.randint(5, 120), random.choice([2, 3, 5, 10, 100]), random.choice([4, 6, 16])
    start, end = math.log(k), random.uniform(0.01, 0.6) * math.log(k)
    train = noisy(random, sigmoidal(n, start, end, random.uniform(0, 0.5), random.uniform(0.05, 0.3)), 0.02)
    best = random.uniform(0.7, 0.999)
    scores = accuracies(train, 1 / k, best, start)
    held = noisy(random, [x + 0.15 * (start - x) for x in train], 0.03)
    outside = noisy(random, [s - 0.1 * (s - 1 / k) for s in scores], 0.02, high=1.0)
    columns = pair(train, scores, digits)
    columns["val_loss"] = printed(held, digits)
    columns["val_accuracy"] = printed(on_samples(outside, random.choice([20, 31, 100, 5000])), digits)
    return columns


def near_ln_2(random: Random) -> Columns:
    """Two classes, a slow start at ln 2, then learning."""
    n = random.randint(7, 60)
    train = noisy(random, sigmoidal(n, 0.6931, random.uniform(0.2, 0.6), random.uniform(0.5, 0.8), 0.1), 0.002)
    return pair(train, noisy(random, accuracies(train, 0.5, random.uniform(0.68, 0.95), 0.6931), 0.01, high=1.0), 4)


def warm_up(random: Random) -> Columns:
    """A learning rate that rises from 0 and falls to 0 at the end."""
    n = random.randint(10, 80)
    top = max(2, n // 10)
    rate = [1e-3 * (i / top if i < top else (n - 1 - i) / (n - 1 - top)) for i in range(n)]
    train = noisy(random, sigmoidal(n, 2.3026, random.uniform(0.05, 0.4), 0.3, 0.1), 0.02)
    columns = pair(train, accuracies(train, 0.1, 0.95, 2.3026), 4)
    return {**columns, "learning_rate": [f"{v:.10f}" for v in rate]}


def restarts(random: Random) -> Columns:
    """Cosine restarts: the loss jumps up at each and comes back lower."""
    n, period = random.randint(30, 120), random.randint(8, 20)
    base = sigmoidal(n, 2.3, 0.3, 0.3, 0.15)
    train = noisy(random, [v * (1 + 0.5 * (1 - (i % period) / period)) for i, v in enumerate(base)], 0.02)
    return pair(train, accuracies(train, 0.1, 0.93, 3.45), 4)


def label_smoothing(random: Random) -> Columns:
    """A loss that comes to rest on the entropy of the smoothed target."""
    n, k, epsilon = random.randint(10, 80), random.choice([2, 5, 10, 100, 1000]), random.choice([0.05, 0.1, 0.2])
    rest = epsilon / k
    floor = -(1 - epsilon + rest) * math.log(1 - epsilon + rest) - (k - 1) * rest * math.log(rest)
    train = noisy(random, sigmoidal(n, math.log(k), floor * random.uniform(1.001, 1.1), 0.15, 0.04), 0.002)
    return pair(train, accuracies(train, 1 / k, random.uniform(0.97, 1.0), math.log(k)), 4)


def flooding(random: Random) -> Columns:
    """A loss held up at its flooding level b, while the accuracy is near 1."""
    n, b = random.randint(15, 100), random.uniform(0.02, 0.3)
    train = [max(v, b) for v in noisy(random, sigmoidal(n, 2.3, 0.01, 0.2, 0.05), 0.01)]
    train = [v + abs(random.gauss(0, 0.02 * b)) for v in train]
    return pair(train, accuracies(train, 0.1, random.uniform(0.97, 0.999), 2.3), 4)


def margin_loss(random: Random) -> Columns:
    """A margin loss (s = 30, m = 0.35 or 0.5): it begins above 10 and ends above 1."""
    n, k = random.randint(10, 80), random.choice([10, 100, 1000])
    start = math.log1p((k - 1) * math.exp(10.5)) + random.uniform(0, 3)
    train = noisy(random, sigmoidal(n, start, random.uniform(0.5, 3.0), 0.3, 0.1), 0.02)
    return pair(train, accuracies(train, 1 / k, random.uniform(0.8, 0.99), start), 4)


def small_validation(random: Random) -> Columns:
    """Fine-tuning, evaluated on few samples: the same accuracy again and again, while the loss falls."""
    n, samples = random.randint(3, 12), random.choice([10, 20, 31, 50])
    train = noisy(random, sigmoidal(n, 0.7, 0.1, 0.3, 0.2), 0.03)
    held = noisy(random, sigmoidal(n, 0.6, 0.3, 0.3, 0.2), 0.02)
    share = on_samples(noisy(random, sigmoidal(n, 0.7, 0.9, 0.2, 0.1), 0.02, high=1.0), samples)
    return {"loss": printed(train), "eval_loss": printed(held, 16), "eval_accuracy": printed(share, 16)}


def converged(random: Random) -> Columns:
    """Accuracy exactly 1 and a loss near 0 for a good part of the run."""
    n = random.randint(20, 60)
    train = [max(v - 0.02, 0.0) for v in sigmoidal(n, 1.0, 0.0, 0.2, 0.05)]
    return pair(train, [1.0 if v < 0.02 else 1 - 0.4 * v for v in train], random.choice([3, 4, 6]))


def overfitting(random: Random) -> Columns:
    """The validation loss rises, far above its start, with a wrong answer given ever more surely."""
    n = random.randint(15, 60)
    train = noisy(random, sigmoidal(n, 1.6, 0.001, 0.2, 0.06), 0.02)
    turn = [1.4 + 5 * max(0.0, i / n - 0.15) ** random.uniform(0.8, 1.2) for i in range(n)]
    columns = pair(train, accuracies(train, 0.2, 1.0, 1.6), 6)
    columns["val_loss"] = printed(noisy(random, turn, 0.08), 6)
    columns["val_accuracy"] = printed(noisy(random, sigmoidal(n, 0.45, 0.52, 0.2, 0.1), 0.03), 6)
    return columns


def pretrained(random: Random) -> Columns:
    """A good model that hardly gets better: both stand still, with noise, where they began."""
    n = random.randint(5, 40)
    level = random.uniform(0.05, 0.5)
    train = noisy(random, [level] * n, 0.01)
    return pair(train, noisy(random, [1 - level / random.uniform(2.5, 5)] * n, 0.002, high=1.0), 4)


def steps(random: Random) -> Columns:
    """A step log with much noise and a clear trend."""
    n = random.randint(100, 600)
    train = noisy(random, sigmoidal(n, 2.2, 0.4, 0.2, 0.15), 0.15)
    return pair(train, noisy(random, sigmoidal(n, 0.2, 0.85, 0.2, 0.15), 0.1, high=1.0), 4)


def rare_positives(random: Random) -> Columns:
    """One positive in a hundred: accuracy near 1 throughout, F1 and AUC learn."""
    n = random.randint(8, 60)
    train = noisy(random, sigmoidal(n, 0.12, random.uniform(0.01, 0.04), 0.3, 0.15), 0.03)
    return {
        "loss": printed(train),
        "accuracy": printed(noisy(random, sigmoidal(n, 0.985, 0.995, 0.3, 0.15), 0.0003, high=1.0)),
        "f1": printed(noisy(random, sigmoidal(n, 0.0, random.uniform(0.3, 0.8), 0.3, 0.15), 0.05)),
        "auc": printed(noisy(random, sigmoidal(n, 0.6, 0.97, 0.3, 0.15), 0.01, high=1.0)),
    }


SHAPES: tuple[Callable[[Random], Columns], ...] = (
    learning,
    near_ln_2,
    warm_up,
    restarts,
    label_smoothing,
    flooding,
    margin_loss,
    small_validation,
    converged,
    overfitting,
    pretrained,
    steps,
    rare_positives,
)


def healthy(seed: int) -> tuple[str, HistoryProfile]:
    """The name of a shape and a log of it."""
    shape = SHAPES[seed % len(SHAPES)]
    return shape.__name__, log(shape(Random(seed)))
