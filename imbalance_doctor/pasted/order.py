"""Whether weights follow the class counts, and the order of classes in which they would.

Weights that correct an imbalance fall where the counts rise. A list that does so only after its entries are moved was
made for another order of classes: the names sorted as text (1, 10, 2), most frequent first, back to front.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ..labels.order import INTEGER
from ..model import ClassOrder

MAX_COMPARED = 2000
"""Classes compared pair by pair; of more, evenly many from all over the range of counts."""
FOLLOWS, AGAINST = -0.8, 0.9
"""Agreement below which weights follow the counts as given, and above which they do the opposite."""
FIXED = -0.95
"""Agreement to which another order must bring them."""
DIGITS = 9
"""Significant digits in which two weights must differ to be told apart."""

Array = NDArray[np.float64]


def rounded(values: Sequence[float]) -> Array:
    """Values without the last digits, in which equal weights may differ by rounding."""
    return np.array([float(f"{value:.{DIGITS}g}") for value in values], dtype=np.float64)


def ranks(values: Array) -> Array:
    """Ranks from 0 on, ties by their mean."""
    _, place, times = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(times)
    mean: Array = (last - 1) - (times - 1) / 2
    return mean[place.reshape(-1)]


def rank_correlation(values: Sequence[float], counts: Sequence[int]) -> float | None:
    """Spearman's rank correlation, ties by their mean rank; None where one side does not vary."""
    a, b = ranks(rounded(values)), ranks(np.array(counts, dtype=np.float64))
    a, b = a - a.mean(), b - b.mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(np.clip((a @ b) / size, -1, 1)) if size else None


def agreement(values: Sequence[float], counts: Sequence[int]) -> float | None:
    """Goodman and Kruskal's gamma: pairs in the same order less those in the opposite, over both. None without any.

    Pairs tied on one side count for nothing, so that capped or saturated weights still reach -1.
    """
    v, n = ranks(rounded(values)), ranks(np.array(counts, dtype=np.float64))
    if len(v) > MAX_COMPARED:
        kept = np.argsort(n, kind="stable")[np.linspace(0, len(v) - 1, MAX_COMPARED).astype(int)]
        v, n = v[kept], n[kept]
    alike = opposite = 0
    for i in range(len(v) - 1):
        signs = np.sign(v[i + 1 :] - v[i]) * np.sign(n[i + 1 :] - n[i])
        alike += int((signs > 0).sum())
        opposite += int((signs < 0).sum())
    return (alike - opposite) / (alike + opposite) if alike + opposite else None


def usual_orders(names: Sequence[str], counts: Sequence[int]) -> list[tuple[str, tuple[int, ...]]]:
    """The orders lists are found in, other than the classes' own: what each is called, and the class at each place."""
    own = range(len(names))
    orders: list[tuple[str, list[int]]] = [
        ("the names sorted as text", sorted(own, key=lambda i: names[i])),
        ("the names sorted as text, capitals ignored", sorted(own, key=lambda i: (names[i].casefold(), names[i]))),
        ("most frequent first", sorted(own, key=lambda i: -counts[i])),
        ("rarest first", sorted(own, key=lambda i: counts[i])),
        ("back to front", list(reversed(own))),
        ("the last class first", [len(names) - 1, *range(len(names) - 1)]),
        ("the first class last", [*range(1, len(names)), 0]),
    ]
    if all(INTEGER.match(name) for name in names):
        orders.insert(0, ("the names sorted as numbers", sorted(own, key=lambda i: (int(names[i]), names[i]))))
    kept = {tuple(own): "", **{tuple(order): title for title, order in reversed(orders) if order != list(own)}}
    return [(title, order) for order, title in reversed(kept.items()) if title]


def moved(values: Sequence[float], order: Sequence[int]) -> tuple[float, ...]:
    """Values in class order, given for the classes in `order`.

    >>> moved((1.0, 10.0, 2.0), (0, 2, 1))
    (1.0, 2.0, 10.0)
    """
    placed = [0.0] * len(values)
    for value, at in zip(values, order, strict=True):
        placed[at] = value
    return tuple(placed)


def better_order(
    values: Sequence[float],
    counts: Sequence[int],
    names: Sequence[str],
    scheme_of: Callable[[Sequence[float]], str],
) -> ClassOrder | None:
    """The order in which the values follow the counts where as given they do not; None where there is none to name.

    `scheme_of` names the scheme that makes such values for these counts, "" for none. An order that makes a scheme of
    them comes before one that only brings them to follow the counts, and is the only one taken where as given they
    rise with the counts all along: that is a wrong direction more often than a wrong order.
    """
    given = agreement(values, counts)
    if given is None or given <= FOLLOWS or len(values) < 3:
        return None
    found: list[ClassOrder] = []
    for title, order in usual_orders(names, counts):
        placed = moved(values, order)
        reached = agreement(placed, counts)
        if reached is not None and reached <= FIXED:
            found.append(ClassOrder(title, order, reached, scheme_of(placed)))
    named = [order for order in found if order.scheme]
    if named or given >= AGAINST:
        return named[0] if named else None
    if found:
        return min(found, key=lambda order: order.agreement)
    return _by_value(values, counts, scheme_of)


def _by_value(
    values: Sequence[float], counts: Sequence[int], scheme_of: Callable[[Sequence[float]], str]
) -> ClassOrder | None:
    """The largest weight to the rarest class, and so on, where that makes a scheme of them."""
    if len(set(rounded(values).tolist())) < len(values):
        return None
    by_count = sorted(range(len(counts)), key=lambda i: counts[i])
    by_value = sorted(range(len(values)), key=lambda i: -values[i])
    order = [0] * len(values)
    for place, at in zip(by_value, by_count, strict=True):
        order[place] = at
    placed = moved(values, order)
    scheme = scheme_of(placed)
    reached = agreement(placed, counts)
    return ClassOrder("an order of its own", tuple(order), reached or 0.0, scheme) if scheme else None
