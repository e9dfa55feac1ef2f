"""The verdict: one word for a dump of predictions, from a list of signs in the order in which they decide.

The order is part of the diagnosis. What cannot be judged is not judged: few rows, NaN, later ties, for the argmax of a
tie is an accident. Wiring comes before health, because a wrongly wired dump imitates every illness. A constant explains
a single class, so it is asked first. A symptom (all zero, all one, a single class) is then put down to its cause where
the truth proves one: the ranking is intact (threshold), or there is none and the mean sits on the prior (prior_only).
Only then come classes that are missing while others are answered (partial). The thresholds and their sources are in
`expected`, `symptoms`, `skill` and `wiring`.
"""

from collections.abc import Callable

from ..model import PredictionProfile, Verdict
from .expected import MIN_ROWS, answered
from .skill import NEARLY_SAME, at_chance, is_constant, is_still, on_prior, skill
from .symptoms import hidden_by_lost_rows, many_missing, missing_classes, symptom, too_few_positives
from .wiring import fault, is_inverted, mapping

BAD_SHARE = 0.01
"""Share of rows with NaN or infinity, or of rows tied for the largest score, above which nothing is judged."""

Sign = Callable[[PredictionProfile], bool]


def judge(profile: PredictionProfile) -> Verdict:
    """The first verdict whose sign is there, healthy when none is. The field `verdict` of the profile is not read."""
    return next((verdict for verdict, sign in DECISIONS if sign(profile)), "healthy")


def too_few_rows(p: PredictionProfile) -> bool:
    """Fewer than 20 rows with one clear answer, and not because of ties."""
    return answered(p) < MIN_ROWS and not (p.n_samples >= MIN_ROWS and p.tied_rows)


def bad_scores(p: PredictionProfile) -> bool:
    """More than 1 % of the rows hold NaN or infinity."""
    return p.nan_rows > BAD_SHARE * p.n_rows


def miswired(p: PredictionProfile) -> bool:
    """The numbers are not what they were taken for."""
    return fault(p) is not None


def tied(p: PredictionProfile) -> bool:
    """More than 1 % of the rows have no single largest score."""
    return p.tied_rows > BAD_SHARE * p.n_rows


def one_known_class(p: PredictionProfile) -> bool:
    """Predicted labels that name one class, and nobody says that there are others."""
    return p.n_classes == 1 and p.score_kind == "labels" and not p.declared


def only_class(p: PredictionProfile) -> bool:
    """A detector with one class always predicts it."""
    return p.n_classes == 1


def nearly_constant(p: PredictionProfile) -> bool:
    """The scores hardly move, and what they do does not rank."""
    found = skill(p)
    return is_constant(p, NEARLY_SAME) and not found.ranked and not found.inverted


def classes_swapped(p: PredictionProfile) -> bool:
    """Scores upside down, or columns in another order than the truth."""
    return mapping(p) is not None or is_inverted(p)


def only_the_cut(p: PredictionProfile) -> bool:
    """The ranking is intact, and the answers are all alike, or those of most missing labels are."""
    found = skill(p)
    if symptom(p) is not None:
        return found.intact
    ranked, missing = {row.index for row in found.ranked}, missing_classes(p)
    by_cut = sum(row.index in ranked for row in missing)
    return p.task != "softmax" and many_missing(p) and 2 * by_cut >= len(missing)


def only_the_prior(p: PredictionProfile) -> bool:
    """Nothing ranks. With all answers alike the mean must sit on the prior too, else the symptom says more.

    Without truth, scores on the prior that hardly move cannot rank to speak of.
    """
    if symptom(p) is None:
        return skill(p).absent or at_chance(p)
    if skill(p).judged:
        return skill(p).absent and on_prior(p)
    return is_still(p) and on_prior(p)


DECISIONS: tuple[tuple[Verdict, Sign], ...] = (
    ("cannot_judge", too_few_rows),
    ("cannot_judge", bad_scores),
    ("miswired", miswired),
    ("cannot_judge", tied),
    ("cannot_judge", one_known_class),
    ("healthy", only_class),
    ("constant", is_constant),
    ("constant", nearly_constant),
    ("miswired", classes_swapped),
    ("cannot_judge", hidden_by_lost_rows),
    ("threshold", only_the_cut),
    ("prior_only", only_the_prior),
    ("all_zero", lambda p: symptom(p) == "all_zero"),
    ("all_one", lambda p: symptom(p) == "all_one"),
    ("single_class", lambda p: symptom(p) == "single_class"),
    ("cannot_judge", too_few_positives),
    ("partial", many_missing),
)
"""From top to bottom; the first sign that is there decides."""
