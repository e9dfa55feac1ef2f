"""The weights as a Keras 3 module: a `class_weight` dict, or a loss where that dict would be wrong.

Where it goes:
    In a module beside the training script, `imbalance-doctor weights labels.csv --to keras > imbalance.py`, then
    `model.fit(..., class_weight=CLASS_WEIGHT)` or `model.compile(..., loss=...)`. Losses take logits: the last layer
    has no activation.

What is emitted, by kind of scheme:
    class-weight   CLASS_WEIGHT, keyed by the index of the class
    pos-weight     a BCE whose positive term has a factor, binary with one logit for the class at index 1
    pair           a BCE with a factor for each of its two terms
    offset         the loss on logits + LOG_PRIOR, predictions from the bare logits; or a bias initialiser
    margin         cross entropy with the margin taken from the logit of the true class

The trap:
    `class_weight` keyed by class names is ignored without a word, and a missing index counts as 1. On multi-label
    targets each row gets the weight of its argmax column. It is not applied to the validation loss, so the two curves
    cannot be compared. On logits the cut of a metric is 0, not 0.5: `BinaryAccuracy(threshold=0.0)`.

It divides by:
    the batch size, whatever the weights (`sum_over_batch_size`): their sample mean is a factor on the learning rate.
"""

from ..model import Weights
from ..plugins import Emitter
from . import _keras_forms as forms
from ._literals import number
from ._python import head, module, names, numbers

EMITTER = Emitter(
    "keras",
    ".py",
    fits={
        "class-weight": ("binary", "multiclass"),
        "pos-weight": ("binary", "multilabel"),
        "pair": ("binary", "multilabel"),
        "offset": ("binary", "multiclass", "multilabel"),
        "margin": ("binary", "multiclass"),
    },
    refuses={
        "repeat": (
            "Keras has no sampler that repeats samples",
            "pass the factor of each row as fit(sample_weight=...), or use --scheme power, or --to pytorch",
        ),
    },
)

FORMS = {
    ("pos-weight", "binary"): forms.POS_WEIGHT_BINARY,
    ("pos-weight", "multilabel"): forms.POS_WEIGHT,
    ("pair", "binary"): forms.PAIR_BINARY,
    ("pair", "multilabel"): forms.PAIR,
    ("offset", "binary"): forms.LOGIT_ADJUSTED_BINARY,
    ("offset", "multiclass"): forms.LOGIT_ADJUSTED,
    ("offset", "multilabel"): forms.LOGIT_ADJUSTED_BCE,
    ("margin", "binary"): forms.LDAM,
    ("margin", "multiclass"): forms.LDAM,
}


def emit(weights: Weights) -> str:
    """A Python module."""
    if weights.kind == "class-weight":
        return head(weights, EMITTER.name) + class_weight(weights)
    form = FORMS[weights.kind, weights.task]
    if weights.scheme == "prior-bias":
        form = forms.BIAS_BINARY if weights.task == "binary" else forms.BIAS
    return module(weights, EMITTER.name, form)


def class_weight(weights: Weights) -> str:
    """CLASSES, COUNTS and a dict from class index to weight."""
    rows = (
        f"    {i}: {number(value)},  # {n}"
        for i, (value, n) in enumerate(zip(weights.values, weights.counts, strict=True))
    )
    table = "\n".join(["CLASS_WEIGHT = {  # index: weight, number of samples", *rows, "}"])
    return "\n".join([names(weights), numbers("COUNTS", weights.counts), table, forms.CLASS_WEIGHT_USE])
