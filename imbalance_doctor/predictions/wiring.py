"""Wrong wiring in a profile: what no loss and no threshold mends, because numbers or classes are not what they seem."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..model import PredictionProfile, TruthProfile
from .expected import due, scored
from .skill import is_constant, skill

TOLERANCE = 1e-3
"""How far a range may be overstepped: half precision is that coarse, and some real softmax dumps reach 1.00001."""
OUTSIDE_SHARE = 0.01
"""Scores outside [0, 1] above which they are no probabilities; fewer are damaged cells."""
ONE_AGAIN = 1 / (1 + math.exp(-1))
"""sigmoid(1) = 0.7311: the largest value of a sigmoid of a sigmoid. The smallest is sigmoid(0) = 0.5."""
AT_WALL = 0.97
"""A double softmax is recognised when its largest 1 % of scores reach this share of their ceiling e / (e + K - 1)."""
FEW_CLASSES = 10
"""Of more classes one alone may win fewer than 1 % of the rows: there the smallest score must be at the floor too."""
MIN_DISTINCT = 100
"""Distinct rows below which a ceiling may be a leaf of a tree."""
MAPPING_GAIN = 0.3
"""Mean recall of the moved classes must rise by this much when the columns are put in the best order."""
MAPPING_Z = 4.0
"""And by this many standard errors beyond the best of all orders by chance, sqrt(2 ln (number of orders))."""


@dataclass(frozen=True)
class Fault:
    """One fault in the scores: its name, what is seen, the numbers, and what to do."""

    name: str
    message: str
    remedy: str
    evidence: dict[str, float | int | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """Classes whose columns are in the wrong order: the true class at `moved[i]` is answered as `answered_as[i]`.

    `recall` is the mean recall of these classes as they are, `recall_mapped` in the best order.
    """

    moved: tuple[int, ...]
    answered_as: tuple[int, ...]
    recall: float
    recall_mapped: float

    @property
    def shift(self) -> int | None:
        """1 or -1 when three of four indices or more are off by that, else None."""
        steps = [j - i for i, j in zip(self.moved, self.answered_as, strict=True)]
        return next((one for one in (1, -1) if len(steps) > 2 and 4 * steps.count(one) >= 3 * len(steps)), None)


def fault(p: PredictionProfile) -> Fault | None:
    """The first fault in the scores themselves, without a look at the truth except for its counts."""
    for sign in (_narrow, _outside, _one_unit, _probabilities_as_logits, _double_sigmoid, _double_softmax):
        found = sign(p)
        if found is not None:
            return found
    return None


def _narrow(p: PredictionProfile) -> Fault | None:
    if p.capacity is None or p.n_classes <= p.capacity:
        return None
    return Fault(
        "narrow-dtype",
        f"predicted labels are stored in a type that holds {p.capacity:,} classes, and there are {p.n_classes:,}: "
        f"class {p.capacity} was written as 0",
        "write the predictions again as int32 or int64; the lost classes cannot be recovered from this file",
        {"capacity": p.capacity, "classes": p.n_classes},
    )


def _outside(p: PredictionProfile) -> Fault | None:
    if p.score_kind != "probabilities" or p.score_range is None or p.outside_share <= OUTSIDE_SHARE:
        return None
    low, high = p.score_range
    if low >= -TOLERANCE and high <= 1 + TOLERANCE:
        return None
    return Fault(
        "logits-as-probabilities",
        f"{100 * p.outside_share:.4g} % of the scores lie outside 0 to 1 (from {low:.4g} to {high:.4g}): logits, not "
        "probabilities",
        "say --kind logits, or apply the sigmoid or softmax before writing the scores",
        {"outside_share": p.outside_share, "lowest": low, "highest": high},
    )


def _one_unit(p: PredictionProfile) -> Fault | None:
    rows = scored(p)
    if p.score_kind != "probabilities" or len(rows) != 1 or not rows[0].min == rows[0].max == 1:
        return None
    return Fault(
        "one-unit-softmax",
        "every score is exactly 1: a softmax over one unit, which is 1 whatever its input",
        "use a sigmoid on the one unit (and a binary cross-entropy), or two units with the softmax",
        {"score": 1.0, "rows": p.n_samples},
    )


def _probabilities_as_logits(p: PredictionProfile) -> Fault | None:
    if p.score_kind != "logits" or p.score_range is None or is_constant(p):
        return None
    low, high = p.score_range
    if low < -TOLERANCE or high > 1 + TOLERANCE:
        return None
    if p.task == "softmax" and abs(math.fsum(row.mean or 0.0 for row in scored(p)) - 1) > 10 * TOLERANCE:
        return None
    return Fault(
        "probabilities-as-logits",
        f"scores read as logits all lie between {low:.4g} and {high:.4g}: they are probabilities already",
        "say --kind probabilities, or leave --kind out; a sigmoid or softmax must not be applied twice",
        {"lowest": low, "highest": high},
    )


def _double_sigmoid(p: PredictionProfile) -> Fault | None:
    """All within [0.5, 0.7311] and down at the lower wall; then either up to the other wall or mostly at the lower.

    Where the prevalence p is known, the mean must be nearer to 0.5 + 0.231 p than to p (sigmoid(q) is 0.5 + 0.231 q for
    q in 0..1 within 0.007), and no higher than that of scores three times too high.
    """
    rows = scored(p)
    independent = p.task != "softmax" or len(rows) > 2
    if p.score_kind != "probabilities" or p.score_range is None or not rows or not independent or is_constant(p):
        return None
    low, high = p.score_range
    if low < 0.5 - TOLERANCE or high > ONE_AGAIN + TOLERANCE or low > 0.5125:
        return None
    mean = math.fsum(row.mean or 0.0 for row in rows) / len(rows)
    if high < 0.711 and mean > 0.562:
        return None
    expected = due(p)
    if expected.source in ("truth", "priors"):
        shares = [(expected.counts[row.index] or 0.0) / max(p.n_samples, 1) for row in rows]
        prevalence = math.fsum(shares) / len(rows)
        doubled = 0.5 + 0.231 * prevalence
        if abs(mean - prevalence) <= abs(mean - doubled) or mean > 0.52 + 0.231 * min(1.0, 3 * prevalence):
            return None
    return Fault(
        "double-sigmoid",
        f"all scores lie between {low:.4g} and {high:.4g}, within sigmoid(0) = 0.5 and sigmoid(1) = 0.7311: a sigmoid "
        "of a sigmoid, so a cut at 0.5 answers every class",
        "take one sigmoid away: BCEWithLogitsLoss and from_logits=True want raw logits; the scores can be mapped back "
        "with ln(q / (1 - q))",
        {"lowest": low, "highest": high, "mean": mean},
    )


def _double_softmax(p: PredictionProfile) -> Fault | None:
    k = len(p.classes)
    if p.score_kind != "probabilities" or p.task != "softmax" or k < 2 or p.score_range is None or is_constant(p):
        return None
    low, high = p.score_range
    ceiling, floor = math.e / (math.e + k - 1), 1 / (math.e + k - 1)
    if high > ceiling * (1 + TOLERANCE) or low < floor * (1 - TOLERANCE) or high < AT_WALL * ceiling:
        return None
    if p.distinct_rows is not None and p.distinct_rows < MIN_DISTINCT:
        return None
    if k > FEW_CLASSES:
        at_walls = low * AT_WALL <= floor
    else:
        at_walls = max(row.quantiles.get("99", high) for row in p.classes) >= AT_WALL * ceiling
    if not at_walls:
        return None
    return Fault(
        "double-softmax",
        f"all scores lie between {low:.4g} and {high:.4g}, within 1 / (e + K - 1) = {floor:.4g} and e / (e + K - 1) = "
        f"{ceiling:.4g} for K = {k}: a softmax of a softmax",
        "take one softmax away: CrossEntropyLoss and from_logits=True want raw logits; the order of the classes in a "
        "row is right, the probabilities are not",
        {"lowest": low, "highest": high, "ceiling": ceiling, "floor": floor},
    )


def is_inverted(p: PredictionProfile) -> bool:
    """Whether at least half of the classes that can be judged rank upside down."""
    found = skill(p)
    return bool(found.inverted) and 2 * len(found.inverted) >= len(found.judged)


def mapping(p: PredictionProfile) -> Mapping | None:
    """The label mapping bug: another order of the columns raises the recall of the classes it moves, far and surely.

    A model that answers one class gains nothing: the other moved classes must gain too. Two classes of scores are left
    to `is_inverted`, whose evidence does not depend on the cut.
    """
    truth = p.truth
    if truth is None or truth.best_permutation is None or not truth.confusion:
        return None
    if len(p.classes) == 2 and scored(p):
        return None
    moved = tuple(i for i, j in enumerate(truth.best_permutation) if i != j)
    answered_as = tuple(truth.best_permutation[i] for i in moved)
    rows, right, mapped = _recalls(truth, moved, answered_as)
    judged = [i for i, n in enumerate(rows) if n >= 5]
    if len(judged) < 2 or 10 * sum(mapped[i] > right[i] for i in judged) < 9 * len(judged):
        return None
    recall = math.fsum(right[i] / rows[i] for i in judged) / len(judged)
    recall_mapped = math.fsum(mapped[i] / rows[i] for i in judged) / len(judged)
    gain, rows_moved = sum(mapped) - sum(right), sum(mapped) + sum(right)
    orders = math.lgamma(len(p.classes) + 1) - math.lgamma(len(p.classes) - len(moved) + 1)
    sure = gain >= (MAPPING_Z + math.sqrt(2 * orders)) * math.sqrt(rows_moved)
    if not sure or recall_mapped - recall < MAPPING_GAIN:
        return None
    return Mapping(moved, answered_as, recall, recall_mapped)


def _recalls(
    truth: TruthProfile, moved: Sequence[int], answered_as: Sequence[int]
) -> tuple[list[int], list[int], list[int]]:
    """Per moved class: rows of the truth, rows answered rightly as they are, and rows right in the best order."""
    cells = {(true, answer): rows for true, answer, rows in truth.confusion or ()}
    support = dict.fromkeys(moved, 0)
    for (true, _), rows in cells.items():
        if true in support:
            support[true] += rows
    right = [cells.get((i, i), 0) for i in moved]
    mapped = [cells.get((i, j), 0) for i, j in zip(moved, answered_as, strict=True)]
    return list(support.values()), right, mapped
