"""The decision after training, which costs no retraining. One function per step.

Sources of the facts quoted: Lipton et al. 2014, "Optimal Thresholding of Classifiers to Maximize F1 Measure" (the
threshold F*/2; at least p/(1+p), reached by scores without information); Yang 2001, "A Study on Thresholding
Strategies for Text Categorization" (prior matching, there PCut); Menon et al. 2021, "Long-tail learning via logit
adjustment" (post-hoc adjustment); Elkan 2001, "The Foundations of Cost-Sensitive Learning".
"""

from ..labels.boundary import lowest_f1_threshold
from ..model import Step
from .case import Case, number, quoted


def plain_training(case: Case) -> Step:
    """Accuracy: 0.5 or argmax on a plain loss is right."""
    f1 = " With one class a sample micro-F1 is accuracy." if case.goal != case.metric else ""
    rule = "cut at 0.5" if case.kind == "multilabel" else "predict the most probable class"
    return Step(
        f"Keep the plain loss and {rule}: nothing to correct.",
        "Accuracy counts every answer alike, so that rule is its optimum whatever the prior; the prior of "
        f"{quoted(case.rarest)}, {number(case.rarest.prevalence)}, is the cut for balanced accuracy.{f1}",
        "Rare classes are predicted only on strong evidence.",
    )


def compare_constant(case: Case) -> Step:
    """Accuracy means little beside a constant answer's."""
    metrics = case.labels.floors["metrics"]
    if case.kind == "multilabel":
        what, floor = "gives every sample the same labels", metrics["element_accuracy"]["prior"]
    else:
        what, floor = f"always answers {quoted(case.commonest)}", metrics["accuracy"]["majority"]
    which = " element by element" if case.kind == "multilabel" else ""
    return Step(
        f"Report accuracy beside {number(floor)}, and add macro-F1 or balanced accuracy.",
        f"A model that {what} reaches {number(floor)}{which} without looking at its input.",
    )


def tune_per_class(case: Case) -> Step:
    """Macro-F1: a threshold of its own for each label, or for the rare class of two."""
    p = case.rarest.prevalence
    low = number(lowest_f1_threshold(p))
    if case.kind == "multilabel":
        do = (
            "Tune one threshold per label on validation data, near F*/2, half that label's best F1. For labels with "
            "fewer than 20 validation positives match the prior instead: fire on the top p of its scores."
        )
    else:
        do = f"Tune the threshold of {quoted(case.rarest)} on validation data, near F*/2, half its best F1."
    return Step(
        do,
        f"F1 is best at F*/2, which lies between p/(1+p) and 0.5: for {quoted(case.rarest)} from {low} up. "
        "A cut at 0.5 can miss most of the rare positives.",
        "No retraining, and probabilities stay calibrated; thresholds from few positives overfit.",
    )


def tune_tau(case: Case, where: str) -> Step:
    """Macro-F1 with many classes: one number moves the decision between accuracy and balanced accuracy."""
    return Step(
        f"Predict the class with the largest {where}, and tune that one number between 0 and 1 on validation data "
        "for macro-F1.",
        f"One end is the argmax, where {quoted(case.rarest)} (share {number(case.rarest.share)}) needs evidence of "
        f"{number(case.odds_against)} to 1; the other the balanced-accuracy rule. Macro-F1 lies between.",
        "No retraining; one number from the validation data.",
    )


def one_threshold(case: Case) -> Step:
    """Micro-F1: one global threshold."""
    low, high = number(case.rarest.prevalence), number(case.commonest.prevalence)
    return Step(
        "Tune one threshold for all labels on validation data, near F*/2, half the best micro-F1.",
        "Micro-F1 pools the labels, so its optimum is one cut on calibrated probabilities, although prevalence runs "
        f"from {low} to {high}; a cut per label gives it away.",
        "Rare labels add little to micro-F1 and may never be predicted.",
    )


def cut_at_prior(case: Case) -> Step:
    """Balanced accuracy without retraining."""
    rare, p = quoted(case.rarest), number(case.rarest.prevalence)
    if case.kind == "multilabel":
        do = f"Fire each label at its prevalence, from {p} ({rare}) to {number(case.commonest.prevalence)}."
    elif case.kind == "binary":
        do = f"Keep the plain loss and predict {rare} from probability {p} up."
    elif case.model == "network":
        do = "Subtract ln(share) from the logits of the plain model, then predict the largest (post-hoc adjustment)."
    else:
        do = "Keep the plain loss and predict the class with the largest probability divided by its share."
    return Step(
        do,
        f"Balanced accuracy is best where the evidence is neutral: {rare} then wins from its prior {p} up, while a 0.5 "
        f"cut asks for evidence of {number(case.odds_against)} to 1.",
        "No retraining, reversible, probabilities stay calibrated; more false alarms.",
    )


def ranking_only(case: Case) -> Step:
    """Ranking: no threshold, no weights."""
    return Step(
        "Keep the plain loss and judge by AUROC or average precision per class, against the prevalence.",
        "A ranking has no boundary to move. Average precision of a model that learnt nothing is the prevalence, "
        f"{number(case.rarest.prevalence)} for {quoted(case.rarest)}.",
        "A threshold has to be chosen later, for the decision at hand.",
    )


def cost_threshold(case: Case) -> Step:
    """Costs: the threshold follows from them, not from the prior."""
    if case.kind == "multiclass":
        do = "Keep the plain loss and predict the class of the least expected cost under the predicted probabilities."
    else:
        do = "Keep the plain loss, calibrate, and act from probability c_FP/(c_FP+c_FN) up."
    return Step(
        do,
        "The cheapest cut depends on the costs, not on the prior: a 0.5 cut says both errors cost the same, a cut at "
        f"{number(case.rarest.prevalence)}, the prior of {quoted(case.rarest)}, that a miss costs "
        f"{number(case.odds_against)} false alarms.",
        "Probabilities must be calibrated, and priors must be those of the place of use.",
    )
