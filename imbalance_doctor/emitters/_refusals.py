"""What a target would ignore or misread, why, and the nearest thing that works.

A target words its own refusals on its card; here is what holds for all of them, and how the error is made.
"""

from ..errors import UsageError
from ..model import Weights
from ..plugins import Emitter

SOFTMAX = "use --scheme balanced; or --task multilabel if every class has a sigmoid of its own"

FOR_ALL = {
    "multilabel class-weight": (
        "one weight per label scales its positive and its negative term alike, so the boundary does not move",
        "use --scheme pos-weight or --scheme balanced-pair; or --task multiclass if the model ends in one softmax",
    ),
    "multiclass pos-weight": (
        "a softmax has no negative term, so there is nothing for a pos_weight to be weighed against",
        SOFTMAX,
    ),
    "multiclass pair": (
        "a softmax has one term per sample, so there is no negative term for the second factor",
        SOFTMAX,
    ),
    "multilabel margin": (
        "the margin is taken from the logit of the one true class, and a sample with several labels has no such class",
        "use --scheme pos-weight or --scheme logit-adjustment",
    ),
}


def misfit(card: Emitter, weights: Weights) -> UsageError:
    """The error for weights a target cannot express."""
    task, kind = weights.task, weights.kind
    what = f"{card.name} cannot take the scheme {weights.scheme} for a {task} task"
    for key in (weights.scheme, f"{task} {kind}", kind, task):
        if key in card.refuses:
            why, instead = card.refuses[key]
            return UsageError(f"{what}: {why}", instead)
    if f"{task} {kind}" in FOR_ALL:
        why, instead = FOR_ALL[f"{task} {kind}"]
        return UsageError(f"{what}: {why}", instead)
    return UsageError(f"{what}: it has no place for {kind}", "--to text, json, yaml, toml and csv take every scheme")
