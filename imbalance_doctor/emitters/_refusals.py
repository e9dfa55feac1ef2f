"""What a target would ignore or misread, why, and the nearest thing that works. Every refusal is worded here."""

from ..errors import UsageError
from ..model import Weights

ANY = "*"

# (target, task, kind or scheme) -> (why not, what instead); the narrowest entry wins, ANY stands for every one.
REASONS = {
    (ANY, "multilabel", "class-weight"): (
        "one weight per label scales its positive and its negative term alike, so the boundary does not move",
        "use --scheme pos-weight or --scheme balanced-pair; or --task multiclass if the model ends in one softmax",
    ),
    (ANY, "multiclass", "pos-weight"): (
        "a softmax has no negative term, so there is nothing for a pos_weight to be weighed against",
        "use --scheme balanced; or --task multilabel if every class has a sigmoid of its own",
    ),
    (ANY, "multiclass", "pair"): (
        "a softmax has one term per sample, so there is no negative term for the second factor",
        "use --scheme balanced; or --task multilabel if every class has a sigmoid of its own",
    ),
    (ANY, "multilabel", "margin"): (
        "the margin is taken from the logit of the one true class, and a sample with several labels has no such class",
        "use --scheme pos-weight or --scheme logit-adjustment",
    ),
    ("keras", ANY, "repeat"): (
        "Keras has no sampler that repeats samples",
        "pass the factor of each row as fit(sample_weight=...), or use --scheme power, or --to pytorch",
    ),
    ("sklearn", "binary", "offset"): (
        "its estimators take no offset on the logits",
        (
            "after training, FixedThresholdClassifier(estimator, threshold=share of the positive class); "
            "or use --scheme balanced"
        ),
    ),
    ("sklearn", "multiclass", "offset"): (
        "its estimators take no offset on the logits",
        "after training take the argmax of predict_proba divided by the class shares; or use --scheme balanced",
    ),
    ("sklearn", "multilabel", "offset"): (
        "its estimators take no offset on the logits",
        (
            "after training, a FixedThresholdClassifier(estimator, threshold=prevalence) per label; "
            "or use --scheme balanced-pair"
        ),
    ),
    ("sklearn", ANY, "prior-bias"): (
        "its estimators fit the intercept to the end, wherever it starts",
        "nothing is needed; for weights use --scheme balanced, or --scheme balanced-pair for multi-label",
    ),
    ("sklearn", ANY, "margin"): (
        "its estimators take no margin on the logits",
        "use --scheme balanced, or --scheme balanced-pair for multi-label",
    ),
    ("sklearn", ANY, "repeat"): (
        "its estimators have no sampler",
        (
            "pass the factor of each row as fit(sample_weight=...); "
            "or use --scheme power, --scheme balanced-pair for multi-label"
        ),
    ),
}


def misfit(target: str, weights: Weights) -> UsageError:
    """The error for weights a target cannot express."""
    task, kind = weights.task, weights.kind
    what = f"{target} cannot take the scheme {weights.scheme} for a {task} task"
    for key in ((target, ANY, weights.scheme), (target, task, kind), (target, ANY, kind), (ANY, task, kind)):
        if key in REASONS:
            why, instead = REASONS[key]
            return UsageError(f"{what}: {why}", instead)
    return UsageError(f"{what}: it has no place for {kind}", "--to text, json, yaml, toml and csv take every scheme")
