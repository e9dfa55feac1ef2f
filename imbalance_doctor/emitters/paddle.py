"""The weights as a PaddlePaddle module: a criterion with a float32 tensor, or a sampler.

Where it goes:
    In a module beside the training script, `from imbalance import criterion`. PaddleSeg takes the list itself, in its
    YAML: `loss.types[].weight`.

What is emitted, by kind of scheme:
    class-weight   CrossEntropyLoss(weight=...), binary with two logits
    pos-weight     BCEWithLogitsLoss(pos_weight=...), binary with one logit for the class at index 1
    pair           a BCE with a factor for each of its two terms
    offset         the loss on logits + LOG_PRIOR, predictions from the bare logits
    repeat         a WeightedRandomSampler, in multi-label with the largest factor among the labels of a row

The trap:
    The weight is a tensor: a list fails. A float64 tensor silently makes the loss float64. Class indices are int64;
    -100 is left out. `F.sigmoid_focal_loss` sums unless it is told reduction="mean".

It divides by:
    cross entropy by the weights in the batch, with soft labels too, so that their scale cancels; BCE by the number of
    elements. PaddleSeg divides by the number of valid pixels.
"""

from ..model import Weights
from ..plugins import Emitter
from ._python import Form, module

EMITTER = Emitter(
    "paddle",
    ".py",
    fits={
        "class-weight": ("binary", "multiclass"),
        "pos-weight": ("binary", "multilabel"),
        "pair": ("binary", "multilabel"),
        "offset": ("binary", "multiclass", "multilabel"),
        "repeat": ("binary", "multiclass", "multilabel"),
    },
    refuses={
        "prior-bias": (
            "an initial bias is not written for it",
            "use --scheme balanced, --scheme balanced-pair for multi-label; or --to json for the numbers",
        ),
        "margin": ("a margin loss is not written for it", "use --scheme balanced; or --to json for the numbers"),
    },
)

CROSS_ENTROPY = Form(
    "import paddle\n",
    """\
# One logit per class and targets 0 ... K-1 in int64, in the order of CLASSES. The mean divides by
# the weights in the batch: a batch of one sample or of one class is not weighted at all.
criterion = paddle.nn.CrossEntropyLoss(weight=paddle.to_tensor(WEIGHTS, dtype="float32"))
""",
)

_PER_ELEMENT = """\
# The mean divides by the number of elements, so the sample mean above scales the learning rate.
"""
_COLUMNS = """\
# Logits and targets (N, C), columns in the order of CLASSES.
"""
_POS_WEIGHT = (
    _PER_ELEMENT
    + """\
criterion = paddle.nn.BCEWithLogitsLoss(pos_weight=paddle.to_tensor({values}, dtype="float32"))
"""
)
POS_WEIGHT_BINARY = Form("import paddle\n", _POS_WEIGHT.replace("{values}", "WEIGHTS[1:]"), one_logit=True)
POS_WEIGHT = Form("import paddle\n", _COLUMNS + _POS_WEIGHT.replace("{values}", "WEIGHTS"))

FUNCTIONAL = "import paddle\nfrom paddle.nn import functional as F\n"
_PAIR = (
    _PER_ELEMENT
    + '''\
def criterion(logits, targets):
    """Binary cross entropy with one factor for the positive and one for the negative term."""
    positive = paddle.to_tensor(WEIGHTS{index}, dtype=logits.dtype) * targets * F.softplus(-logits)
    negative = paddle.to_tensor(WEIGHTS_NEGATIVE{index}, dtype=logits.dtype) * (1 - targets)
    return (positive + negative * F.softplus(logits)).mean()
'''
)
PAIR_BINARY = Form(FUNCTIONAL, _PAIR.replace("{index}", "[1:]"), one_logit=True)
PAIR = Form(FUNCTIONAL, _COLUMNS + _PAIR.replace("{index}", ""))

_ADJUSTED = '''\
# Train with this loss, predict from the bare logits: the offset is in the loss only.
def criterion(logits, targets):
    """{what}"""
    logits = logits + paddle.to_tensor(LOG_PRIOR, dtype=logits.dtype)
    return F.{loss}(logits, targets)
'''
_SOFTMAX = "Cross entropy of targets 0 ... K-1 in int64, in the order of CLASSES."
_ONE_LOGIT = """\
# With one logit: F.binary_cross_entropy_with_logits(logit + LOG_PRIOR[1] - LOG_PRIOR[0], target).
"""


def _adjusted(note: str, what: str, loss: str) -> Form:
    return Form(FUNCTIONAL, note + _ADJUSTED.replace("{what}", what).replace("{loss}", loss), "LOG_PRIOR")


_SAMPLER = '''\
# paddle.io.BatchSampler(sampler=sampler(labels), batch_size=...): an epoch grows to the sum of the
# factors. Keep the weights out of the loss then.
def sampler(labels):
    """{labels}"""
    labels = np.asarray(labels)
    rows = {rows}
    return WeightedRandomSampler(rows, num_samples=round(rows.sum()), replacement=True)
'''


def _sampler(labels: str, rows: str) -> Form:
    imports = "import numpy as np\nfrom paddle.io import WeightedRandomSampler\n"
    return Form(imports, _SAMPLER.replace("{labels}", labels).replace("{rows}", rows), "REPEAT")


_BY_ROW = _sampler("`labels`: the class index of every training row.", "np.asarray(REPEAT)[labels]")

FORMS = {
    ("class-weight", "binary"): CROSS_ENTROPY,
    ("class-weight", "multiclass"): CROSS_ENTROPY,
    ("pos-weight", "binary"): POS_WEIGHT_BINARY,
    ("pos-weight", "multilabel"): POS_WEIGHT,
    ("pair", "binary"): PAIR_BINARY,
    ("pair", "multilabel"): PAIR,
    ("offset", "binary"): _adjusted(_ONE_LOGIT, _SOFTMAX, "cross_entropy"),
    ("offset", "multiclass"): _adjusted("", _SOFTMAX, "cross_entropy"),
    ("offset", "multilabel"): _adjusted(_COLUMNS, "Binary cross entropy.", "binary_cross_entropy_with_logits"),
    ("repeat", "binary"): _BY_ROW,
    ("repeat", "multiclass"): _BY_ROW,
    ("repeat", "multilabel"): _sampler(
        "`labels`: 0/1, shape (rows, classes). A row repeats as often as its rarest label.",
        "np.where(labels > 0, REPEAT, 1.0).max(axis=1)",
    ),
}


def emit(weights: Weights) -> str:
    """A Python module."""
    return module(weights, EMITTER.name, FORMS[weights.kind, weights.task])
