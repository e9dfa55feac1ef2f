"""Run every rule whose evidence is at hand; name the others, because skipped is not passed."""

import inspect
from collections.abc import Callable, Collection, Mapping
from typing import Any

from ..model import Finding, Skipped
from ..plugins import rules
from . import _skim

FOLDERS = ("labels", "predictions", "history", "weights")
"""One folder an examination, in the order of the codes; the evidence of that name is what all its rules need."""


def run(
    evidence: Mapping[str, object], *, ignore: Collection[str] = (), folders: Collection[str] = FOLDERS
) -> tuple[tuple[Finding, ...], tuple[Skipped, ...]]:
    """The findings in the order of the rules' codes, and the rules that lacked evidence with what they lacked.

    `evidence` holds profiles by name (labels, predictions, history, weights); None counts as absent. `ignore` holds
    names or codes of rules that shall not run: they are neither findings nor skipped. `folders`: the examinations whose
    rules are asked for at all. Raises UsageError for a name that is not on the shelf.
    """
    ignored = {rules().find(name).name for name in ignore}
    at_hand = {name: value for name, value in evidence.items() if value is not None}
    findings: list[Finding] = []
    skipped: list[Skipped] = []
    for folder in (name for name in FOLDERS if name in folders):
        if folder not in at_hand:
            skipped.extend(_skim.skipped(folder, frozenset(at_hand)))
            continue
        for name, plugin in rules(folder).items():
            needs = needed(plugin.verb)
            lacking = tuple(need for need in needs if need not in at_hand)
            if lacking:
                skipped.append(Skipped(plugin.card.code, name, lacking))
            elif name not in ignored:
                findings.extend(plugin.verb(*(at_hand[need] for need in needs)))
    skipped = sorted((s for s in skipped if s.name not in ignored), key=lambda s: s.code)
    return tuple(findings), tuple(skipped)


def needed(check: Callable[..., Any]) -> tuple[str, ...]:
    """The evidence a rule asks for: its positional parameters. What it can be tuned by is keyword-only."""
    parameters = inspect.signature(check).parameters.values()
    return tuple(p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD)
