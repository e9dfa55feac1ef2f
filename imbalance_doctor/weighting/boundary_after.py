"""The decision boundary that weights imply."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..model import ClassCounts
from ..plugins import schemes


def boundaries(
    counts: ClassCounts, scheme: str, values: Sequence[float], values_negative: Sequence[float] | None = None
) -> tuple[float | None, ...]:
    """Per class, the true posterior at which a cut at 0.5 fires once these numbers of the scheme are in the loss.

    - pos-weight: 1/(1+w). pair: w0/(w0+w1).
    - class-weight, one class per sample: the class against the rest, the rest sharing the remaining posterior in
      proportion to their priors; w_r / (w_c + w_r) with w_r the mean weight of the rest. Uniform weights give 0.5,
      balanced weights of two classes the prior. Multi-label: 0.5, because a weight on both terms of a label cannot
      move its boundary.
    - offset, trained with and predicted without: as a class weight of exp(-offset); multi-label 1/(1+exp(-offset)),
      which is p^tau/(p^tau+(1-p)^tau). A starting bias leaves the optimum alone: 0.5.
    - repeat: as a class weight; multi-label None, because a repeated sample carries its other labels with it.
    - margin: None, its effect depends on how well the classes are separated.

    None too for a class weight or pair of 0 and for an only class. Elkan (2001), theorem 1; Menon et al. (2021).
    """
    plugin = schemes().find(scheme)
    kind = plugin.card.kind
    if kind == "margin" or (kind == "repeat" and counts.task == "multilabel"):
        return (None,) * len(values)
    if getattr(plugin.module, "START_ONLY", False):
        return (0.5,) * len(values)
    if kind == "pos-weight":
        return tuple(1 / (1 + w) for w in values)
    if kind == "pair":
        pairs = zip(values, values_negative or (), strict=True)
        return tuple(w0 / (w0 + w1) if w0 + w1 else None for w1, w0 in pairs)
    numbers = np.array(values)
    if counts.task == "multilabel":
        # 1/(1+exp(-offset)) without overflow
        cuts = np.exp(-np.logaddexp(0, -numbers)).tolist() if kind == "offset" else [0.5] * len(values)
    elif kind == "offset":
        # Up to a factor. An empty class may have been given any number: 700 is where exp would overflow.
        least = min((o for o, n in zip(values, counts.counts, strict=True) if n), default=0.0)
        cuts = against_the_rest(counts, np.exp(np.minimum(least - numbers, 700.0)))
    else:
        cuts = against_the_rest(counts, numbers)
    return tuple(None if kind == "class-weight" and w == 0 else cut for w, cut in zip(values, cuts, strict=True))


def against_the_rest(counts: ClassCounts, weights: NDArray[np.float64]) -> list[float | None]:
    """Boundary of each class against all others, from weights on samples that carry one class each."""
    n_all = counts.n_assignments
    product = np.array(counts.counts, dtype=np.float64) * weights
    # Sums of what comes before and after: subtracting from the total would lose the digits of a rare rest.
    before = np.concatenate([[0.0], np.cumsum(product)[:-1]])
    after = np.concatenate([np.cumsum(product[::-1])[-2::-1], [0.0]])
    rests = (before + after).tolist()
    cuts: list[float | None] = []
    for count, weight, total in zip(counts.counts, weights.tolist(), rests, strict=True):
        others = n_all - count
        rest = total / others if others else 0.0
        cuts.append(rest / (weight + rest) if others and weight + rest else None)
    return cuts
