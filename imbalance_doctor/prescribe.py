"""The prescription: the decision tree from evidence to what to do first, and why.

The tree, in this order: wiring that ends the diagnosis; a run that broke; counts that cannot be learnt from; a model
that learnt nothing; imbalance that is not the problem; a correction that is in the scores already; scores that rank;
the metric, because it decides the boundary (0.5 for accuracy, the prior for balanced accuracy, F*/2 for F1,
c_FP/(c_FP+c_FN) for costs); the family of models, because a threshold is cheaper than a weight where one can be set;
how large the ratio is.
A branch is a function from the case to a Plan, or None where it does not apply; the first that applies decides.
What predictions and a log settle is in `remedies.known`; without them those branches do not apply.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .model import Avoid, HistoryProfile, LabelProfile, PredictionProfile, Prescription, Step
from .plugins import unknown_name
from .remedies import decisions, preparations, training
from .remedies.case import Case
from .remedies.cautions import DECISIONS, MOST, cautions
from .remedies.cut import threshold_rule

METRICS = ("accuracy", "balanced-accuracy", "macro-f1", "micro-f1", "ranking", "cost")
MODELS = ("linear", "trees", "network")

MILD = 10
"""Ratio below which weights are optional in a softmax network."""

EXTREME = 100
"""Ratio above which one adjusted loss may not be enough.

The long-tail benchmarks (CIFAR-LT, Cao et al. 2019) run from 10 to 100 and 200; at 10 the methods differ little.
"""


@dataclass(frozen=True)
class Plan:
    """What a branch decides; the rest of the prescription follows from the case.

    `avoid` comes before the cautions of the case. `threshold`: the rule where the case's own does not hold. `alone`:
    nothing else is to be done or said.
    """

    scheme: str
    loss: str
    steps: tuple[Step, ...]
    avoid: tuple[Avoid, ...] = ()
    threshold: str = ""
    alone: bool = False


def prescribe(
    labels: LabelProfile,
    *,
    metric: str = "macro-f1",
    model: str = "network",
    predictions: PredictionProfile | None = None,
    history: HistoryProfile | None = None,
) -> Prescription:
    """What to do first and why, for one of METRICS and one of MODELS. Raises UsageError on any other name.

    With `predictions` and `history` the same tree knows more: wiring ends it without weights, scores that rank get
    thresholds only, a model that learnt nothing is trained before it is corrected, and no correction is added to one
    that is there.

    `scheme` is what `weights --scheme auto` emits: the numbers for the loss, or for the last layer's bias, that the
    steps recommend. "none" means that no number belongs there, and `auto` then emits "uniform" weights. Where a
    step offers weights only because the cut cannot be moved, `scheme` names them when they put the fixed cut exactly
    where the metric wants it (balanced accuracy) and is "none" when they do not (F1).

    `bias_init` is in class order: ln(n1/n0) per label, ln(share) for one of several classes, None where a class has
    no sample or is on all of them.
    """
    if metric not in METRICS:
        raise unknown_name("metric", metric, list(METRICS))
    if model not in MODELS:
        raise unknown_name("model", model, list(MODELS))
    case = Case(labels, metric, model, predictions, history)
    tree = TREE if predictions is not None or history is not None else [b for b in TREE if b not in KNOWING_MORE]
    plan = next(plan for branch in tree if (plan := branch(case)) is not None)
    return Prescription(
        metric=metric,
        model=model,
        scheme=plan.scheme,
        loss=plan.loss,
        steps=plan.steps if plan.alone else preparations.before(case) + plan.steps,
        avoid=plan.avoid if plan.alone else (plan.avoid + cautions(case, plan.scheme))[:MOST],
        bias_init=case.bias_init,
        threshold_rule=plan.threshold or threshold_rule(case, plan.scheme),
    )


def plain_loss(case: Case) -> str:
    """The unweighted loss of the case."""
    if case.model != "network":
        return "log loss"
    return "cross entropy" if case.kind == "multiclass" else "binary cross entropy"


def miswired(case: Case) -> Plan | None:
    """Outputs, loss, labels or scores do not fit together: no weights, no thresholds."""
    from .remedies import evidence, known

    found = known.wiring(case.predictions, case.history)
    if found is None:
        return None
    rule = "none until the wiring is repaired"
    return Plan("none", plain_loss(case), (evidence.repair(found),), (evidence.NO_WEIGHTS,), rule, alone=True)


def broken(case: Case) -> Plan | None:
    """A run that ended in NaN, diverged or fell back."""
    from .remedies import evidence, known

    found = known.broken_run(case.history)
    if found is None or known.ranking(case.predictions):
        return None
    rule = "none until a run has gone through"
    return Plan("none", plain_loss(case), (evidence.steady(found),), (evidence.NO_WEIGHTS,), rule, alone=True)


def nothing_learnt(case: Case) -> Plan | None:
    """Optimisation before correction: a better start, another learning rate, a look at the inputs."""
    from .remedies import evidence, known

    seen = known.nothing_learnt(case.labels, case.predictions, case.history)
    if seen is None:
        return None
    start = (training.bias_init(case),) if case.model == "network" and case.imbalanced else ()
    scheme = "prior-bias" if start else "none"
    rule = "none yet: choose thresholds once the scores rank"
    return Plan(scheme, plain_loss(case), (evidence.optimise(case, seen), *start), (evidence.NOT_YET,), rule)


def corrected_already(case: Case) -> Plan | None:
    """A correction is in the scores: take it out or cut on them, and add none."""
    from .remedies import evidence, known

    found = known.corrected(case.predictions)
    if found is None or case.goal == "ranking":
        return None
    rank = known.ranking(case.predictions)
    moved = (evidence.thresholds(case, rank),) if rank is not None and case.goal in DECISIONS else ()
    rule = "on these scores: thresholds tuned on validation; on scores mapped back: the rule of the plain model"
    return Plan("none", plain_loss(case), (evidence.take_out(found), *moved), (evidence.NOT_AGAIN,), rule)


def scores_rank(case: Case) -> Plan | None:
    """The ranking is intact and the scores are at hand: thresholds only."""
    from .remedies import evidence, known

    seen = known.ranking(case.predictions)
    if seen is None or case.goal not in (*DECISIONS, "cost"):
        return None
    step = decisions.cost_threshold(case) if case.goal == "cost" else evidence.thresholds(case, seen)
    return Plan("none", plain_loss(case), (step,), (evidence.NO_RETRAINING,))


def nothing_to_learn(case: Case) -> Plan | None:
    """One class only, or none: refuse."""
    return None if case.learnable else Plan("none", "none", (preparations.collect_contrast(case),))


def not_the_problem(case: Case) -> Plan | None:
    """Balanced: look elsewhere."""
    return None if case.imbalanced else Plan("none", plain_loss(case), (preparations.no_action(case),))


def accuracy(case: Case) -> Plan | None:
    """The plain loss and its own cut are right."""
    if case.goal != "accuracy":
        return None
    return Plan("none", plain_loss(case), (decisions.plain_training(case), decisions.compare_constant(case)))


def ranking(case: Case) -> Plan | None:
    """No boundary: only a better start."""
    if case.goal != "ranking":
        return None
    return started_at_prior(case, decisions.ranking_only(case))


def cost(case: Case) -> Plan | None:
    """The costs set the threshold; weights would spoil the probabilities."""
    if case.goal != "cost":
        return None
    return started_at_prior(case, decisions.cost_threshold(case))


def micro_f1(case: Case) -> Plan | None:
    """One threshold for all labels (with one class a sample micro-F1 was accuracy, above)."""
    if case.goal != "micro-f1":
        return None
    return started_at_prior(case, decisions.one_threshold(case))


def balanced_accuracy(case: Case) -> Plan | None:
    """The prior is the boundary: move the cut there, or train with it moved."""
    if case.goal != "balanced-accuracy":
        return None
    if case.model != "network":
        scheme = "balanced-pair" if case.kind == "multilabel" else "balanced"
        return Plan(scheme, "weighted log loss", (decisions.cut_at_prior(case), training.weights_instead(case, scheme)))
    then = (training.second_stage(case),) if case.kind == "multiclass" and case.ratio > EXTREME else ()
    chosen = (decisions.cut_at_prior(case), training.adjust_logits(case, "Or, when retraining, use"), *then)
    return Plan("logit-adjustment", f"logit-adjusted {plain_loss(case)}", chosen)


def macro_f1_by_threshold(case: Case) -> Plan | None:
    """Yes or no decisions, and models whose cut can be moved for nothing: thresholds."""
    if case.kind == "multiclass" and case.model == "network":
        return None
    if case.kind == "multiclass":
        tune = decisions.tune_tau(case, "ln p(c|x) - tau ln(share)")
    else:
        tune = decisions.tune_per_class(case)
    return started_at_prior(case, tune, training.fixed_cut(case))


def macro_f1_softmax(case: Case) -> Plan:
    """A softmax network: by the ratio of the largest to the smallest class."""
    if case.ratio < MILD:
        return Plan("sqrt", "weighted cross entropy", (training.mild_weights(case),))
    then = (training.second_stage(case),) if case.ratio > EXTREME else ()
    tune = decisions.tune_tau(case, "f + s ln(share), f the raw logit")
    return Plan(
        "logit-adjustment", "logit-adjusted cross entropy", (training.adjust_logits(case, "Train with"), tune, *then)
    )


def started_at_prior(case: Case, *then: Step) -> Plan:
    """The plain loss; a network starts at the prior."""
    if case.model != "network":
        return Plan("none", plain_loss(case), then)
    return Plan("prior-bias", plain_loss(case), (training.bias_init(case), *then))


TREE: tuple[Callable[[Case], Plan | None], ...] = (
    miswired,
    broken,
    nothing_to_learn,
    nothing_learnt,
    not_the_problem,
    corrected_already,
    scores_rank,
    accuracy,
    ranking,
    cost,
    micro_f1,
    balanced_accuracy,
    macro_f1_by_threshold,
    macro_f1_softmax,
)

KNOWING_MORE = (miswired, broken, nothing_learnt, corrected_already, scores_rank)
"""Branches that only predictions or a log can settle."""
