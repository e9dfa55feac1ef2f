"""What each constant means and what to do about it: the words beside the numbers of `constants`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from . import constants as c

Kind = Literal["wiring", "floor", "answer"]
CONSTANT_ANSWER = "constant-answer"
NEGATIVE = "negative-loss"


@dataclass(frozen=True)
class Fault:
    """`title` names the constant, `meaning` what prints it, `remedy` what to change.

    `kind`: "wiring" when outputs, loss and labels do not fit together, "floor" when nothing was learnt from the input,
    "answer" when every sample gets the same answer.
    """

    kind: Kind
    title: str
    meaning: str
    remedy: str


NO_ACTIVATION = (
    "give the loss logits: BinaryCrossentropy(from_logits=True) with BinaryAccuracy(threshold=0.0), or add a sigmoid "
    'as the last layer; the metric "accuracy" alone would cut the logits at 0.5'
)
CLIPPED = (
    "the last layer has no activation: the raw outputs lie outside 0..1, are clipped there, and a clipped value has no "
    "gradient"
)
MISSED = "every error is a 1 answered 0"
ALARMS = "every error is a 0 answered 1"
CERTAIN = "every error is made with full certainty, and the clipped logarithm is all that keeps the loss finite"
CERTAIN_REMEDY = (
    "find out why every output is exactly 0 or 1: answers given where probabilities belong (predict instead of "
    "predict_proba), labels in the wrong order, an exploding learning rate, unscaled inputs"
)

WIRING: Mapping[str, Fault] = {
    f"{c.KERAS_2}-false-negatives": Fault(
        "wiring", "clipped BCE of tf.keras 2, -ln(2e-7) an error", f"{CLIPPED}; {MISSED}", NO_ACTIVATION
    ),
    f"{c.KERAS_2}-false-positives": Fault(
        "wiring", "clipped BCE of tf.keras 2, -ln(2^-23 + 1e-7) an error", f"{CLIPPED}; {ALARMS}", NO_ACTIVATION
    ),
    f"{c.KERAS_2}-mixed": Fault(
        "wiring", "clipped BCE of tf.keras 2, errors of both signs", f"{CLIPPED}; errors of both signs", NO_ACTIVATION
    ),
    f"{c.KERAS_3}-false-negatives": Fault(
        "wiring",
        "clipped BCE of Keras 3 and early Keras, -ln(1e-7) an error",
        f"{CLIPPED}; {MISSED} (a saturated softmax prints the same)",
        NO_ACTIVATION,
    ),
    f"{c.KERAS_3}-false-positives": Fault(
        "wiring",
        "clipped BCE of Keras 3 and early Keras, 23 ln 2 an error",
        f"{CLIPPED}; {ALARMS} (scikit-learn's log_loss of single-precision 0s and 1s prints the same)",
        NO_ACTIVATION,
    ),
    f"{c.KERAS_3}-mixed": Fault(
        "wiring",
        "clipped BCE of Keras 3 and early Keras, errors of both signs",
        f"{CLIPPED}; errors of both signs",
        NO_ACTIVATION,
    ),
    c.CATEGORICAL: Fault(
        "wiring",
        "categorical cross-entropy clipped at 1e-7",
        "the softmax is saturated: every error is made with full certainty, and its clipped loss has no gradient",
        "lower the learning rate, scale the inputs, and give the loss logits (from_logits=True); check that the labels "
        "are one-hot for categorical and class numbers for sparse cross-entropy",
    ),
    c.RAW_SPARSE: Fault(
        "wiring",
        "sparse categorical cross-entropy on raw outputs",
        "the last layer has no softmax: the loss normalises and clips raw outputs as if they were probabilities",
        "give the loss logits, SparseCategoricalCrossentropy(from_logits=True), or add a softmax as the last layer",
    ),
    c.TORCH: Fault(
        "wiring",
        "BCELoss with its logarithm held at -100",
        "the sigmoid has rounded to 0 or 1 (or a softmax over one unit is always 1), where its gradient is 0",
        "use BCEWithLogitsLoss on the raw outputs; with one output unit a sigmoid, never a softmax; lower the learning "
        "rate if the logits explode",
    ),
    "log-loss-float64": Fault("wiring", "log_loss of hard 0s and 1s in double precision", CERTAIN, CERTAIN_REMEDY),
    "log-loss-1e-15": Fault("wiring", "log loss clipped at 1e-15, as in LightGBM", CERTAIN, CERTAIN_REMEDY),
    "xgboost-logloss": Fault("wiring", "XGBoost's logloss clipped at 1e-16", CERTAIN, CERTAIN_REMEDY),
    **{
        f"log-loss-1e-{n}": Fault("wiring", f"a hand-written log loss clipped at 1e-{n}", CERTAIN, CERTAIN_REMEDY)
        for n in (5, 6, 8, 10, 12)
    },
    c.HARD: Fault(
        "wiring",
        "loss + accuracy = 1",
        "a squared or absolute error on outputs that are exactly 0 or 1: the sigmoid is saturated and passes no "
        "gradient",
        "train on log loss with logits; a squared error on a sigmoid stops learning where it is most wrong",
    ),
    c.DOUBLE_SOFTMAX: Fault(
        "wiring",
        "cross-entropy of a softmax of a softmax",
        "a softmax stands before a loss that applies its own: the loss cannot fall below ln(e + K - 1) - 1",
        "remove the softmax from the model: CrossEntropyLoss and from_logits=True want raw outputs (LogSoftmax before "
        "CrossEntropyLoss is harmless)",
    ),
    c.DOUBLE_SIGMOID: Fault(
        "wiring",
        "BCE-with-logits of a sigmoid",
        "a sigmoid stands before a loss that applies its own: no output falls below 0.5, so everything is answered 1",
        "remove the sigmoid from the model, or use BCELoss",
    ),
    c.NLL: Fault(
        "wiring",
        "NLLLoss on probabilities, loss = -accuracy",
        "the logarithm is missing: NLLLoss takes the mean probability of the true class and calls it a loss",
        "use LogSoftmax before NLLLoss, or CrossEntropyLoss on the raw outputs",
    ),
    NEGATIVE: Fault(
        "wiring",
        "a negative cross-entropy",
        "a cross-entropy or likelihood loss of a classifier is never below 0: probabilities or raw outputs stand where "
        "log-probabilities belong, or labels lie outside 0..1",
        "use LogSoftmax before NLLLoss, or CrossEntropyLoss on the raw outputs; check the range of the labels",
    ),
    c.ZERO: Fault(
        "wiring",
        "a loss of 0 beside errors",
        "a softmax over one unit is always 1, or every label the loss sees is the same: nothing can be learnt",
        "one output unit wants a sigmoid and binary cross-entropy; two units want class numbers 0 and 1; check the "
        "labels that reach the loss",
    ),
    c.ONE_CLASS_DICE: Fault(
        "wiring",
        "Dice loss of one class out of K, 1 - 1/K",
        "one class, most often the background, is answered everywhere",
        "leave the background out of the Dice mean, add a cross-entropy term, and sample patches that hold the "
        "foreground",
    ),
    c.SELF_ADJUSTING_DICE: Fault(
        "wiring",
        "the least of self-adjusting Dice",
        "this loss has its minimum at p = 1 / (1 + alpha), not at 1, and stands there by design",
        "use plain Dice plus cross-entropy; judge by the metric, not by this loss",
    ),
}
ALL_PRIOR = Fault(
    "floor",
    "the loss of the bare class frequencies",
    "only the prior was learnt: the output is the same whatever the input",
    "start there instead of arriving there: initialise the output bias with ln(p/(1-p)), or ln p for a softmax; then "
    "raise the learning rate, train longer and check that the inputs reach the model",
)
ALL_UNIFORM = Fault(
    "floor",
    "the loss of an even output",
    "every class gets the same probability: nothing was learnt, or the balanced weights leave nothing better than that",
    "check that gradients reach the last layer (learning rate, frozen layers, detached loss, dead ReLUs, inputs all "
    "zero), then raise the learning rate",
)
ANSWER = Fault(
    "answer",
    "the score of one and the same answer",
    "every sample gets the same answer",
    "judge by macro-F1 or balanced accuracy, initialise the output bias with the log prior, and look at the "
    "predictions: `imbalance-doctor predictions`",
)


def fault(name: str) -> Fault:
    """What a name in `HistoryProfile.fingerprints` or `tried` stands for."""
    base = name if name in WIRING else name.rstrip("0123456789").rstrip("-")
    if base in WIRING:
        return WIRING[base]
    if name == CONSTANT_ANSWER:
        return ANSWER
    if name.startswith(c.UNIFORM):
        classes = name.removeprefix(c.UNIFORM).removeprefix("-")
        return replace(ALL_UNIFORM, title=f"ln {classes or 'K'}, the loss of an even output")
    if name == c.PRIOR:
        return ALL_PRIOR
    loss, _, predictor = name.rpartition("-")
    known = ALL_UNIFORM if predictor == "uniform" else ALL_PRIOR
    return replace(known, title=f"{known.title} under {loss}")
