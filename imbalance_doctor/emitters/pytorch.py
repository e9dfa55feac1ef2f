"""The weights as a PyTorch module: literals, a criterion that uses them, and the bias of the last layer.

Where it goes:
    In a module beside the training script, `imbalance-doctor weights labels.csv --to pytorch > imbalance.py`, then
    `from imbalance import criterion`. `criterion.to(device)` moves the weights along.

What is emitted, by kind of scheme:
    class-weight   CrossEntropyLoss(weight=...), binary with two logits
    pos-weight     BCEWithLogitsLoss(pos_weight=...), binary with one logit for the class at index 1
    pair           a BCE with a factor for each of its two terms
    offset         the loss on logits + LOG_PRIOR, predictions from the bare logits; or the bias of the last layer
    margin         cross entropy with the margin taken from the logit of the true class
    repeat         a WeightedRandomSampler, in multi-label the largest factor among the labels of a row

The trap:
    CrossEntropyLoss with weights divides by the sum of the weights in the batch: in a batch of one sample, or of one
    class, they have no effect at all, gradient accumulation over such batches included. In BCEWithLogitsLoss it is
    `pos_weight` that moves the boundary; `weight` scales both terms and does not. Dense outputs (N, C, H, W) need
    the line `SHAPE = (-1, 1, 1)` that stands there as a comment, or the C weights are taken for the W columns.

It divides by:
    cross entropy with class indices by the weights of the batch (the scale cancels); with soft or mixed targets, and
    BCE always, by the number of elements, so that the sample mean of the weights is a factor on the learning rate.

Every weight is a buffer outside the state dict, so that a model which holds the criterion still loads its old
checkpoints. Keep it in float32: a weight above 65504 is infinite in half precision.
"""

from ..model import Weights
from ..plugins import Emitter
from . import _pytorch_forms as forms
from ._python import Form, bias, module, numbers

EMITTER = Emitter(
    "pytorch",
    ".py",
    fits={
        "class-weight": ("binary", "multiclass"),
        "pos-weight": ("binary", "multilabel"),
        "pair": ("binary", "multilabel"),
        "offset": ("binary", "multiclass", "multilabel"),
        "margin": ("binary", "multiclass"),
        "repeat": ("binary", "multiclass", "multilabel"),
    },
)

FORMS = {
    ("class-weight", "binary"): forms.CROSS_ENTROPY,
    ("class-weight", "multiclass"): forms.CROSS_ENTROPY,
    ("pos-weight", "binary"): forms.POS_WEIGHT_BINARY,
    ("pos-weight", "multilabel"): forms.POS_WEIGHT,
    ("pair", "binary"): forms.PAIR_BINARY,
    ("pair", "multilabel"): forms.PAIR,
    ("offset", "binary"): forms.LOGIT_ADJUSTED_BINARY,
    ("offset", "multiclass"): forms.LOGIT_ADJUSTED,
    ("offset", "multilabel"): forms.LOGIT_ADJUSTED_BCE,
    ("margin", "binary"): forms.LDAM,
    ("margin", "multiclass"): forms.LDAM,
    ("repeat", "binary"): forms.SAMPLER,
    ("repeat", "multiclass"): forms.SAMPLER,
    ("repeat", "multilabel"): forms.SAMPLER_MULTILABEL,
}


def emit(weights: Weights) -> str:
    """A Python module."""
    form = FORMS[weights.kind, weights.task]
    if weights.scheme == "prior-bias":
        return module(weights, EMITTER.name, forms.BIAS_BINARY if weights.task == "binary" else forms.BIAS)
    # The logits of a margin loss are cosines, which have no bias.
    return module(weights, EMITTER.name, form, "" if weights.kind == "margin" else initial_bias(weights, form))


def initial_bias(weights: Weights, form: Form) -> str:
    """BIAS_INIT with the two lines that put it in place, as a comment; or why there is none."""
    values = bias(weights, form)
    if values is None:
        return forms.NO_BIAS
    return forms.BIAS_NOTE + numbers("BIAS_INIT", values) + "\n" + forms.BIAS_USE
