"""The losses of a softmax, of focal kind, and over a batch, from their papers, in torch and with no eye on stability.

A formula takes logits, targets and weights, and the module torch; it gives the mean loss. Numbers are the defaults.
"""

from collections.abc import Callable, Mapping
from typing import Any

Formula = Callable[[Any, Any, Any, Any], Any]


def p_true(z: Any, y: Any, torch: Any) -> Any:
    return torch.softmax(z, 1)[torch.arange(len(y)), y]


def vector(numbers: Any, torch: Any) -> Any:
    return torch.tensor(numbers, dtype=torch.float64)


def weighted(z: Any, y: Any, weights: Any, torch: Any) -> Any:
    w = vector(weights.values, torch)[y]
    return (w * -torch.log(p_true(z, y, torch))).sum() / w.sum()


def focal(z: Any, y: Any, weights: Any, torch: Any) -> Any:
    if weights.task == "multiclass":
        p = p_true(z, y, torch)
        return (vector(weights.values, torch)[y] * (1 - p) ** 2 * -torch.log(p)).mean()
    p = torch.where(y == 1, torch.sigmoid(z), 1 - torch.sigmoid(z))
    alpha = torch.ones_like(p)
    if weights.values_negative is not None:
        positive, negative = vector(weights.values, torch), vector(weights.values_negative, torch)
        if weights.task == "binary":
            positive, negative = positive[1], negative[1]
        alpha = torch.where(y == 1, positive, negative)
    return (alpha * (1 - p) ** 2 * -torch.log(p)).mean()


def class_balanced(z: Any, y: Any, weights: Any, torch: Any) -> Any:
    hot = torch.eye(z.shape[1], dtype=torch.bool)[y]
    p = torch.where(hot, torch.sigmoid(z), 1 - torch.sigmoid(z))
    return (vector(weights.values, torch)[y][:, None] * (1 - p) ** 2 * -torch.log(p)).sum() / len(y)


def balanced_softmax(z: Any, y: Any, weights: Any, torch: Any) -> Any:
    odds = vector(weights.counts, torch) * torch.exp(z)
    return -torch.log(odds[torch.arange(len(y)), y] / odds.sum(1)).mean()


def logit_adjusted(z: Any, y: Any, weights: Any, torch: Any) -> Any:
    if weights.task != "multiclass":
        raise NotImplementedError
    return balanced_softmax(z, y, weights, torch)


def moved(z: Any, y: Any, margins: Any, torch: Any) -> Any:
    """Cosines at scale 30, the margin of the true class taken off."""
    own = 30 * (z[torch.arange(len(y)), y] - vector(margins, torch)[y])
    others = torch.exp(30 * z).sum(1) - torch.exp(30 * z[torch.arange(len(y)), y])
    return -torch.log(torch.exp(own) / (torch.exp(own) + others)).mean()


def ldam(z: Any, y: Any, weights: Any, torch: Any) -> Any:
    margins = vector(weights.counts, torch) ** -0.25
    return moved(z, y, (0.5 * margins / margins.max()).tolist(), torch)


def am_softmax(z: Any, y: Any, weights: Any, torch: Any) -> Any:
    return moved(z, y, [0.35] * len(weights.classes), torch)


def top_k(z: Any, y: Any, weights: Any, torch: Any) -> Any:
    labels = len(weights.classes)
    total = torch.zeros((), dtype=torch.float64)
    for row, target in zip(z, y, strict=True):
        own = torch.nonzero(target)[:, 0]
        total = total - torch.log(torch.softmax(row[labels:], 0)[min(len(own), z.shape[1] - labels - 1)])
        if len(own):
            total = total - torch.log(torch.softmax(row[:labels], 0))[own].mean()
    return total / len(z)


def soft(z: Any, y: Any, weights: Any, torch: Any) -> Any:
    if weights.task == "multiclass":
        hot = torch.eye(z.shape[1], dtype=torch.float64)[y]
        target = 0.9 * hot + 0.1 * vector(weights.counts, torch) / sum(weights.counts)
        return -(target * torch.log(torch.softmax(z, 1))).sum(1).mean()
    p = vector(weights.counts, torch) / weights.n_samples
    target = 0.9 * y + 0.1 * (p[1] if weights.task == "binary" else p)
    return -(target * torch.log(torch.sigmoid(z)) + (1 - target) * torch.log(1 - torch.sigmoid(z))).mean()


def dice(z: Any, y: Any, weights: Any, torch: Any) -> Any:
    p = torch.sigmoid(z)
    return (1 - (2 * (p * y).sum(0) + 1) / (p.sum(0) + y.sum(0) + 1)).mean()


def flooding(z: Any, y: Any, weights: Any, torch: Any) -> Any:
    share = vector(weights.counts, torch) / weights.n_samples
    if weights.task == "multiclass":
        floor, plain = -(share * torch.log(share)).sum(), -torch.log(p_true(z, y, torch)).mean()
    else:
        share = share[1:] if weights.task == "binary" else share
        floor = -(share * torch.log(share) + (1 - share) * torch.log(1 - share)).mean()
        plain = -(y * torch.log(torch.sigmoid(z)) + (1 - y) * torch.log(1 - torch.sigmoid(z))).mean()
    return torch.abs(plain - 0.05 * floor) + 0.05 * floor


SOFTMAX: Mapping[str, Formula] = {
    "weighted-cross-entropy": weighted,
    "focal": focal,
    "class-balanced-focal": class_balanced,
    "balanced-softmax": balanced_softmax,
    "logit-adjusted": logit_adjusted,
    "ldam": ldam,
    "am-softmax": am_softmax,
    "softmax-top-k": top_k,
    "soft-labels": soft,
    "dice": dice,
    "flooding": flooding,
}
