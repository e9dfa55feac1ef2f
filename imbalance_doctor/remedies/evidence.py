"""What the scores and the log ask for before, or instead of, anything the counts would ask for. One function per step.

Sources: the decision tree's order, wiring first, then whether anything was learnt, then thresholds where the ranking is
intact; van den Goorbergh et al. 2022 and Menon et al. 2021 on corrections that do the same work twice.
"""

from ..model import Avoid, Step
from ..predictions import rescue
from .case import Case
from .known import Known

NO_WEIGHTS = Avoid(
    "Class weights, resampling or thresholds now.",
    "They act on numbers that are not what they seem: whatever they change says nothing about the imbalance.",
)
NOT_YET = Avoid(
    "Moving thresholds, or weights as the first remedy.",
    "Where nothing ranks a threshold only chooses which errors to make, and a weight only another constant answer.",
)
NOT_AGAIN = Avoid(
    "A second correction: sampler, class weights, logit adjustment or a cut at the prior.",
    "One is in the scores already; two remove the prior twice and push the boundary far below it.",
)
NO_RETRAINING = Avoid(
    "Retraining with weights, resampling or another loss before the cut has been moved.",
    "The ranking is intact: they would move the same boundary at the price of a training and of the calibration.",
)


def repair(found: Known) -> Step:
    """The wiring first, and nothing else."""
    seen, remedy = found
    return Step(
        f"Repair the wiring first: {remedy}.",
        f"{_capital(seen)}. Until that is repaired nothing else can be judged.",
        "One repaired run; then diagnose again.",
    )


def steady(found: Known) -> Step:
    """A run that broke."""
    seen, remedy = found
    return Step(
        f"Make the training run through: {remedy}.", f"{_capital(seen)}: later numbers mean nothing.", "One more run."
    )


def optimise(case: Case, seen: str) -> Step:
    """Nothing learnt: an optimisation problem, or inputs that do not arrive."""
    if case.model != "network":
        do = "Check that features and labels belong to the same rows and that the features carry a signal."
    else:
        do = (
            "Get the model to learn before correcting anything: check that the inputs reach it and that its layers are "
            "trained, raise the learning rate (try 3, 10, 30 times), and train longer."
        )
    return Step(do, f"{_capital(seen)}: this is a problem of optimisation or of the inputs, weights come second.")


def thresholds(case: Case, seen: str) -> Step:
    """The ranking is intact: move the cut, keep the model."""
    p = case.predictions
    best = None if p is None else rescue.best(p.remedies)
    tried = [] if p is None else [r for r in p.remedies if r.interval is not None]
    if best is None and tried:
        return Step(
            "Keep the model and its cut: no correction after training gained anything beyond chance.",
            f"{_capital(seen)}, and {len(tried)} corrections were tried.",
        )
    what = "cut each class at its own threshold" if best is None else f"apply the correction '{best.name}'"
    gain = ""
    if best is not None and best.as_is is not None and best.score is not None:
        gain = f"; {best.metric} goes from {best.as_is:.3f} to {best.score:.3f}, parameters from other rows"
    return Step(
        f"Keep the model and {what}: 'imbalance-doctor predictions DUMP --labels TRUTH --emit-thresholds json'.",
        f"{_capital(seen)}: the model tells the classes apart, only the cut hides it{gain}.",
        "No retraining, reversible, calibration stays.",
    )


def take_out(found: Known) -> Step:
    """A correction is in the scores: take it out, or choose thresholds on them."""
    seen, remedy = found
    return Step(f"{_capital(remedy)}.", f"{_capital(seen)}.", "No retraining.")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
