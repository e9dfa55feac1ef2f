"""Changes to the training: the start, the loss, the weights. One function per step.

Sources of the facts quoted: Menon et al. 2021, "Long-tail learning via logit adjustment" (tau = 1 is consistent for
the balanced error; gains from the official README); Cao et al. 2019, "Learning Imbalanced Datasets with
Label-Distribution-Aware Margin Loss" (LDAM; its code defers the weights to epoch 160 of 200); Kang et al. 2020,
"Decoupling Representation and Classifier" (re-training the classifier alone); Byrd and Lipton 2019, "What is the
Effect of Importance Weighting in Deep Learning?"; van den Goorbergh et al. 2022, "The harm of class imbalance
corrections for risk prediction models" (no gain in AUROC, probabilities too high). The simulation quoted is logistic
regression on 200,000 samples at p = 0.02: threshold p on the plain model against "balanced" weights at 0.5.
"""

import math

from ..model import Step
from .case import Case, number, quoted

MAX_CAP = 20
"""The cap on pos_weight where the cut is fixed at 0.5: the fixed cut then fires at a posterior of 1/21 or above."""


def command(case: Case, scheme: str, *options: str) -> str:
    """The command that emits a scheme for this case, in plain quotes; FILE stands for the label files."""
    words = ["imbalance-doctor weights FILE", f"--scheme {scheme}", *options]
    if case.labels.counts_only and case.kind == "multilabel":
        words.append(f"--n-samples {case.labels.n_samples}")
    if case.empty:
        words.append("--zero-count exclude")
    words.append("--to pytorch" if case.model == "network" else "--to sklearn")
    return f"'{' '.join(words)}'"


def bias_init(case: Case) -> Step:
    """Start the last layer at the prior."""
    losses = case.labels.floors["losses"]
    rare, common = quoted(case.rarest), quoted(case.commonest)
    low, high = number(case.bias(case.rarest)), number(case.bias(case.commonest))
    if case.kind == "multilabel":
        values = f"with ln(p/(1-p)) per label, {low} for {rare} up to {high} for {common}"
        zero, floor = math.log(2), losses["bce_mean"]["prior"]
    else:
        values = f"with ln(share), {low} for {rare} up to {high} for {common}"
        zero, floor = math.log(len(case.labels.classes)), losses["cross_entropy"]["prior"]
    if case.kind == "binary":
        one = f"of one logit for {rare} with ln(p/(1-p)) = {number(-math.log(case.odds_against))}"
        values = f"{one}, or of two logits with ln(share), {low} for {rare} and {high} for {common}"
    return Step(
        f"Initialise the last layer's bias {values}: {command(case, 'prior-bias')}.",
        f"From a zero bias the mean loss falls from {number(zero)} to {number(floor)} by learning the priors alone, "
        "which looks like progress; with this bias training starts there.",
        "One line; loss, optimum and calibration stay. With SGD it helps only if the learning rate is adequate.",
    )


def adjust_logits(case: Case, opening: str) -> Step:
    """The logit-adjusted loss, tau = 1. `opening` says when, such as "Train with"."""
    large, small = case.extremes
    offset = {"multilabel": "ln(p/(1-p))", "binary": "ln(share), with one logit ln(p/(1-p)),"}.get(
        case.kind, "ln(share)"
    )
    return Step(
        f"{opening} the logit-adjusted loss, tau = 1: add {offset} to the logits inside the loss and predict on the "
        f"raw logits: {command(case, 'logit-adjustment')}. Leave the last bias at 0.",
        f"At {number(case.ratio)} to 1 ({large:,} to {small:,}) the plain loss favours the large side; tau = 1 is "
        "consistent for the balanced error. On CIFAR-10-LT and CIFAR-100-LT at 100 to 1 it gained 6.5 and 4.2 "
        "points of balanced accuracy.",
        "The outputs without the offset are not probabilities; add it back to get them.",
    )


def second_stage(case: Case) -> Step:
    """Beyond 100 to 1: margins with deferred re-weighting, or the classifier again."""
    return Step(
        f"If the tail stays weak: LDAM margins ({command(case, 'ldam-margin')}) with class weights only in the last "
        "fifth of training, or re-train the last layer alone on class-balanced batches.",
        f"At {number(case.ratio)} to 1 static weights help little, and their effect fades once a network separates its "
        "training data; the features are usually fine, the classifier is not.",
        "A second stage of training, instead of the adjusted loss and not on top of it.",
    )


def mild_weights(case: Case) -> Step:
    """Softmax below 10 to 1: optional."""
    return Step(
        "Train with the plain loss first; if macro-F1 stays well below accuracy, weight the cross entropy by "
        f"1/sqrt(count): {command(case, 'sqrt')}.",
        f"{number(case.ratio)} to 1 is mild; the square root gives {quoted(case.rarest)} "
        f"{number(math.sqrt(case.ratio))} times the weight of {quoted(case.commonest)} and moves the boundary "
        "half way to the balanced one.",
        "Weighted outputs are not probabilities.",
    )


def fixed_cut(case: Case) -> Step:
    """Macro-F1 where the cut cannot be moved: half way."""
    root = math.sqrt(case.odds_against)
    if case.kind == "multilabel":
        capped = command(case, "pos-weight", f"--cap {MAX_CAP}")
        numbers = f"pos_weight = sqrt((1-p)/p), {number(root)} for {quoted(case.rarest)}, or {capped}"
    else:
        numbers = f"class weights of 1/sqrt(count): {command(case, 'sqrt')}"
    if case.kind == "multiclass":
        why = f"{quoted(case.rarest)} then weighs {number(math.sqrt(case.ratio))} times {quoted(case.commonest)}"
    else:
        why = f"with the root the 0.5 cut of {quoted(case.rarest)} fires at the posterior {number(1 / (1 + root))}"
    rate = "; their mean acts as a learning rate on plain SGD" if case.kind == "multilabel" else ""
    return Step(
        f"Only if the cut cannot be moved: {numbers}.",
        f"{why[0].upper()}{why[1:]}, half way to the prior in log-odds; the full inverse overshoots what F1 wants.",
        f"Outputs under weights are no longer probabilities{rate if case.model == 'network' else ''}.",
    )


def weights_instead(case: Case, scheme: str) -> Step:
    """Balanced accuracy where only the fixed rule of `predict` can be used."""
    return Step(
        f"Only if no threshold can be set: {command(case, scheme)} instead.",
        "Inverse weights put the fixed cut at the same boundary. On a simulated logistic regression at p = 0.02 both "
        "ways agreed on 99.83 % of cases.",
        "The same AUROC, but probabilities far too high: 11.9 times in that simulation, until mapped back.",
    )
