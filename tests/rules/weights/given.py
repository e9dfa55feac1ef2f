"""Given weights set against literal counts, for the tests of the rules about them."""

from collections.abc import Mapping, Sequence
from typing import Any

from imbalance_doctor.examinations.lint import LintRequest, profile
from imbalance_doctor.model import ClassCounts, Finding, GivenProfile, GivenWeights
from imbalance_doctor.pasted import choose
from imbalance_doctor.plugins import Plugin, rules

MELD = {
    "neutral": 4710, "surprise": 1205, "fear": 268, "sadness": 683, "joy": 1743, "disgust": 271, "anger": 1109,
}  # fmt: skip
"""Training utterances by label index, the order of the annotation files (declare-lab/MELD, issue 51)."""
PUBLISHED = (4.0, 15.0, 15.0, 3.0, 1.0, 6.0, 3.0)
CORRECTED = (1.0, 3.0, 15.0, 6.0, 3.0, 15.0, 4.0)

RARE = {"ok": 990, "fraud": 10}
"""Balanced weights: 1000 / (2 * 990) and 1000 / (2 * 10); negatives over positives 99."""


def weights_of(
    weights: str | Sequence[float] | GivenWeights,
    counts: Mapping[str, int] | Sequence[int],
    *,
    n_samples: int | None = None,
    request: LintRequest | None = None,
    **facts: Any,
) -> GivenProfile:
    """The profile of weights given as text, numbers, or a noun; `facts` go to the noun made of numbers."""
    if isinstance(weights, str):
        given = choose.read(weights, "weights").choose("weights")
    else:
        given = weights if isinstance(weights, GivenWeights) else GivenWeights(tuple(weights), **facts)
    return profile(given, ClassCounts.of(counts, n_samples=n_samples), request)


def findings(name: str, *arguments: Any, **options: Any) -> list[Finding]:
    """What one rule finds."""
    rule: Plugin = rules("weights")[name]
    return list(rule.verb(weights_of(*arguments, **options)))


def codes(*arguments: Any, least: str = "info", **options: Any) -> set[str]:
    """The names of the rules that find something of a severity or above."""
    made = weights_of(*arguments, **options)
    found = [f for rule in rules("weights").values() for f in rule.verb(made)]
    order = ["info", "warning", "error"]
    return {f.rule.name for f in found if order.index(f.grade.value) >= order.index(least)}
