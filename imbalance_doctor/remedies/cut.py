"""The cut: the threshold rule in one sentence, from the metric and the kind of decision.

Sources: Lipton et al. 2014 (F*/2; for micro-F1 one threshold); Yang 2001 (prior matching); Elkan 2001 (costs);
Menon et al. 2021 (post-hoc logit adjustment).
"""

from .case import Case, number, quoted


def threshold_rule(case: Case, scheme: str) -> str:
    """How to turn scores into decisions for this case under the prescribed scheme."""
    if not case.learnable:
        return "none: there is nothing to decide between"
    if case.goal == "ranking":
        return "none: a ranking needs no threshold"
    if case.goal == "cost":
        if case.kind == "multiclass":
            return "predict the class k of the least expected cost, the sum over j of p(j|x) cost(k, j)"
        return "act from probability c_FP/(c_FP+c_FN) up, whatever the prior"
    if case.goal == "micro-f1":
        return "one threshold for all labels at about F*/2 (F* = best micro-F1), tuned on validation"
    if case.kind == "multilabel":
        return labels(case, scheme)
    if case.goal == "accuracy" or not case.imbalanced:
        return "predict the most probable class (with one output: fire at 0.5)"
    return one_of_two(case, scheme) if case.kind == "binary" else one_of_many(case, scheme)


def labels(case: Case, scheme: str) -> str:
    """A yes or no for each label."""
    if case.goal == "accuracy" or (case.goal == "balanced-accuracy" and not case.imbalanced):
        return "fire at 0.5"
    if case.goal == "balanced-accuracy":
        rule = "fire label c at its prevalence p_c on a plain model"
        return f"{rule}; at 0.5 after training with '{scheme}'" if scheme != "none" else rule
    return (
        "fire label c at F*_c/2 (between p/(1+p) and 0.5; F*_c = its best F1), tuned on validation; "
        "without validation labels match the prior: the (1-p_c) quantile of its scores"
    )


def one_of_two(case: Case, scheme: str) -> str:
    """Binary, imbalanced, with a boundary other than 0.5."""
    rare = quoted(case.rarest)
    if case.goal == "balanced-accuracy":
        rule = f"predict {rare} from its prior {number(case.rarest.prevalence)} up on a plain model"
        return f"{rule}; at 0.5 after training with '{scheme}'"
    return f"predict {rare} from F*/2 up (between p/(1+p) and 0.5; F* = its best F1), tuned on validation"


def one_of_many(case: Case, scheme: str) -> str:
    """Multi-class, imbalanced, with a boundary other than the argmax."""
    if case.goal == "balanced-accuracy":
        return f"largest p(c|x)/share_c on a plain model; plain argmax after training with '{scheme}'"
    if scheme == "logit-adjustment":
        return "largest f_c + s ln(share_c), f the raw logit, s between 0 and 1 tuned on validation"
    if scheme == "sqrt":
        return "predict the most probable class"
    return "largest ln p(c|x) - tau ln(share_c), tau between 0 and 1 tuned on validation"
