"""The cautions: what not to do in this case, and why. Each returns None where it does not apply.

Sources of the facts quoted: van den Goorbergh et al. 2022 (no gain in AUROC from imbalance corrections);
Elor and Averbuch-Elor 2022, "To SMOTE, or not to SMOTE?"; Charte et al. 2015, "Addressing imbalance in multilabel
classification: Measures and random resampling algorithms" and 2019, "Dealing with difficult minority labels in
imbalanced mutilabel data sets" (SCUMBLE above 0.1); Lin et al. 2017 (focal loss, alpha = 0.25: at output 0.5 the
terms balance where alpha q = (1-alpha)(1-q)). The replay is synthetic: 120 labels with long-tailed counts, one
generator, a small MLP with Adam, 10 epochs; at a fixed 0.5 cut raw pos_weight fired 9.18 labels a sample (truth 1.76,
micro-F1 0.285), the plain loss with prior bias 1.26 (0.673).
"""

from ..model import Avoid
from .case import Case, number, quoted

FOCAL_ALPHA = 0.25
MOST = 4
DECISIONS = ("balanced-accuracy", "macro-f1", "micro-f1")
"""Goals whose boundary is not the plain 0.5 and depends on the prior or on F1."""


def cautions(case: Case, scheme: str) -> tuple[Avoid, ...]:
    """At most four, the likeliest mistake first; none where imbalance is not the problem."""
    if not case.imbalanced:
        return ()
    found = (
        weights_at_all(case),
        weight_on_both_terms(case),
        raw_pos_weight(case),
        resampling_labels(case),
        stacking(case),
        weighted_probabilities(case, scheme),
        focal_alpha(case),
    )
    return tuple(caution for caution in found if caution)[:MOST]


def weights_at_all(case: Case) -> Avoid | None:
    """Accuracy, ranking and costs want the plain loss."""
    if case.goal in DECISIONS:
        return None
    if case.goal == "accuracy":
        why = f"They move the boundary of {quoted(case.rarest)} from 0.5 towards its prior and lower accuracy."
    elif case.goal == "ranking":
        why = (
            "A ranking has no boundary to move. Published comparisons found no gain in AUROC for logistic regression, "
            "XGBoost and CatBoost (weaker learners may gain), and probabilities came out too high."
        )
    else:
        why = "They distort the probabilities that the costs are multiplied with."
    return Avoid("Class weights, pos_weight or resampling.", why)


def weight_on_both_terms(case: Case) -> Avoid | None:
    """BCEWithLogitsLoss(weight=...) is not pos_weight."""
    if case.kind != "multilabel" or case.model != "network" or case.goal not in DECISIONS:
        return None
    return Avoid(
        "A per-label `weight` on the binary cross entropy, in the hope of more positives.",
        "It multiplies the positive and the negative term alike and does not move the boundary; "
        "only pos_weight, a pair of weights or a threshold does.",
    )


def raw_pos_weight(case: Case) -> Avoid | None:
    """The boundary p is the wrong one for F1."""
    if case.kind == "multiclass" or case.goal not in ("macro-f1", "micro-f1"):
        return None
    prior, weight = number(case.rarest.prevalence), number(case.odds_against)
    return Avoid(
        f"The raw pos_weight (1-p)/p, {weight} for {quoted(case.rarest)}, with a 0.5 cut.",
        f"It fires at the prior {prior}, far below F*/2 of a model that learnt something. In a synthetic replay with "
        "120 labels it fired 9.2 labels a sample instead of 1.8 and had micro-F1 0.285; the plain loss with prior "
        "bias had 0.673.",
    )


def resampling_labels(case: Case) -> Avoid | None:
    """Repeating a rare label's samples repeats the frequent labels on them."""
    scumble = case.labels.measures.get("scumble")
    if case.kind != "multilabel" or scumble is None or scumble <= 0.1 or case.goal not in DECISIONS:
        return None
    return Avoid(
        "SMOTE or resampling of samples.",
        f"Rare and frequent labels share samples (SCUMBLE {number(scumble)}, above 0.1): "
        "every copy made for a rare label copies frequent ones too.",
    )


def stacking(case: Case) -> Avoid | None:
    """One correction of the prior, not two."""
    if case.goal not in DECISIONS:
        return None
    return Avoid(
        "Stacking corrections: a balanced sampler, class weights and logit adjustment together.",
        "Each one removes the prior; two remove it twice and push the boundary of "
        f"{quoted(case.rarest)} far below {number(case.rarest.prevalence)}.",
    )


def weighted_probabilities(case: Case, scheme: str) -> Avoid | None:
    """After weighting the output is not the posterior."""
    if scheme in ("none", "prior-bias"):
        return None
    if scheme == "logit-adjustment":
        back = "add the offset to the raw logits first"
    elif case.kind == "multiclass":
        back = "divide each by its weight and normalise to sum 1 first"
    else:
        back = "map back first: logit q = logit output - ln(w1/w0)"
    return Avoid("Reading the outputs as probabilities.", f"They no longer match the frequencies; {back}.")


def focal_alpha(case: Case) -> Avoid | None:
    """alpha = 0.25 weighs positives down."""
    if case.kind == "multiclass" or case.model != "network" or case.goal not in DECISIONS:
        return None
    return Avoid(
        f"Focal loss with the usual alpha = {FOCAL_ALPHA} as a cure for rare positives.",
        f"That alpha weighs positives down: the 0.5 cut then fires at the posterior {1 - FOCAL_ALPHA}.",
    )
