"""The verdict on a log in one word."""

from ..model import HistoryProfile, HistoryVerdict
from . import courses
from .faults import fault
from .frozen import frozen
from .movement import rest
from .pairs import SCORES
from .stuck import converged

FEWEST = 5
"""Values below which the course of a run cannot be judged."""


def judge(profile: HistoryProfile) -> HistoryVerdict:
    """The verdict, the worst that holds in any run; `profile.verdict` itself is not looked at.

    In this order: `no_metrics`; `not_finite`, a loss that ends as NaN or infinity; `collapsed`, it stands still where
    it is worse than it was, or on nothing; `frozen`; `diverged`; `too_short`, fewer than five values; `plateau`, at
    rest on a floor or never moved; `overfit`; `learning`.
    """
    judged = [s for s in profile.series if s.role in ("loss", *SCORES) and s.n]
    if not judged:
        return "no_metrics"
    if any(ended and series.role == "loss" for series, ended in courses.not_finite(profile)):
        return "not_finite"
    standing = [one for one in frozen(profile) if one.certain]
    if standing:
        return "collapsed" if any(one.collapsed for one in standing) else "frozen"
    if courses.divergences(profile):
        return "diverged"
    if max(series.n for series in judged) < FEWEST:
        return "too_short"
    if any(fault(hit.name).kind != "wiring" for hit in profile.fingerprints) or never_moved(profile):
        return "plateau"
    return "overfit" if courses.gaps(profile) else "learning"


def never_moved(profile: HistoryProfile) -> bool:
    """Whether every training loss (every loss, where none is of the training) is at rest from the start."""
    losses = [s for s in profile.series if s.role == "loss" and s.n >= FEWEST]
    losses = [s for s in losses if s.split == "train"] or losses
    rests = [still for s in losses if (still := rest(s)) is not None and still.whole]
    return bool(losses) and len(rests) == len(losses) and not any(converged(still, profile.series) for still in rests)
