"""The fixed code of both targets for the Trainer of Transformers: a sum of losses, and what calls it.

The sum and the number of items are apart, because with gradient accumulation the Trainer's own number of items, that
of all steps together, is the divisor.
"""

from ..model import Weights
from . import _pytorch_forms
from ._python import Form, module

IMPORTS = "import torch\nfrom torch.nn import functional as F\n"
TRAINER = IMPORTS + "from transformers import Trainer\n"

_SUM = '''\
def loss_sum(logits, labels):
    """The losses of all items added up, and how many items there are; -100 is left out."""
    logits = logits.float()
'''
_FLAT = """\
    logits, labels = logits.reshape(-1, logits.size(-1)), labels.reshape(-1)
"""
_VECTOR = """\
    {name} = torch.tensor({literal}, dtype=logits.dtype, device=logits.device)
"""
_ENTROPY = """\
    loss = F.cross_entropy(logits, labels{weight}, ignore_index=-100, reduction="sum")
    return loss, (labels != -100).sum()
"""
_ONE_LOGIT = """\
    if logits.size(-1) == 2:  # of two outputs a softmax sees the difference only
        logits = logits[..., 1:] - logits[..., :1]
    logits = logits.reshape(labels.shape)
"""
_TERMS = """\
    known = labels != -100
    targets = labels.to(logits.dtype)
    positive = {positive}targets * F.softplus(-logits)
    negative = {negative}(1 - targets) * F.softplus(logits)
    return (positive + negative)[known].sum(), known.sum()
"""
_CLASSES = """\
# Item by item: sequences (N, K) or tokens (N, T, K), labels 0 ... K-1 in the order of CLASSES, so
# from_pretrained(..., num_labels=len(CLASSES), id2label=dict(enumerate(CLASSES))).
"""
_LABELS = """\
# Logits and labels (N, C), columns in the order of CLASSES; an item is one label of one sample, so
# from_pretrained(..., num_labels=len(CLASSES), id2label=dict(enumerate(CLASSES))).
"""
_SINGLE = """\
# from_pretrained(..., num_labels=1); of two outputs the difference is taken, which is the same.
"""
_PER_ITEM = """\
# The sum is divided by the number of items, so the sample mean above scales the learning rate.
"""
_BARE = """\
# The offset is in the loss only: predict from the bare logits.
"""


def _vector(name: str, literal: str) -> str:
    return _VECTOR.replace("{name}", name).replace("{literal}", literal)


def _terms(positive: str, negative: str) -> str:
    return _TERMS.replace("{positive}", positive).replace("{negative}", negative)


_W1, _W0 = _vector("w1", "WEIGHTS{index}"), _vector("w0", "WEIGHTS_NEGATIVE{index}")
_POS = _W1 + _terms("w1 * ", "")
_PAIR = _W1 + _W0 + _terms("w1 * ", "w0 * ")
_OFFSET = _vector("log_prior", "LOG_PRIOR")

_WEIGHTED = _vector("weight", "WEIGHTS") + _ENTROPY.replace("{weight}", ", weight=weight")
_PLAIN = _ENTROPY.replace("{weight}", "")
_MARGINS = (
    _vector("margins", "MARGINS")
    + """\
    of_true = F.one_hot(labels.clamp(min=0), len(MARGINS)) * margins
    logits = SCALE * (logits - of_true)
"""
    + _PLAIN
)
_SCALE = """\
# 30 suits logits that are cosines (normalised features and weights), as in the paper; 1 suits plain
# logits.
SCALE = 30.0


"""

CROSS_ENTROPY = _CLASSES + _PER_ITEM + _SUM + _FLAT + _WEIGHTED
ADJUSTED = _CLASSES + _BARE + _SUM + _FLAT + _OFFSET + "    logits = logits + log_prior\n" + _PLAIN
MARGIN = _SCALE + _CLASSES + _SUM + _FLAT + _MARGINS
ADJUSTED_BCE = _LABELS + _BARE + _SUM + _OFFSET + "    logits = logits + log_prior\n" + _terms("", "")

SUMS = {
    ("class-weight", "binary"): CROSS_ENTROPY,
    ("class-weight", "multiclass"): CROSS_ENTROPY,
    ("pos-weight", "binary"): _SINGLE + _PER_ITEM + _SUM + _ONE_LOGIT + _POS.replace("{index}", "[1]"),
    ("pos-weight", "multilabel"): _LABELS + _PER_ITEM + _SUM + _POS.replace("{index}", ""),
    ("pair", "binary"): _SINGLE + _PER_ITEM + _SUM + _ONE_LOGIT + _PAIR.replace("{index}", "[1]"),
    ("pair", "multilabel"): _LABELS + _PER_ITEM + _SUM + _PAIR.replace("{index}", ""),
    ("offset", "binary"): ADJUSTED,
    ("offset", "multiclass"): ADJUSTED,
    ("offset", "multilabel"): ADJUSTED_BCE,
    ("margin", "binary"): MARGIN,
    ("margin", "multiclass"): MARGIN,
}
"""The function `loss_sum` for every kind and task."""

FITS = {
    "class-weight": ("binary", "multiclass"),
    "pos-weight": ("binary", "multilabel"),
    "pair": ("binary", "multilabel"),
    "offset": ("binary", "multiclass", "multilabel"),
    "margin": ("binary", "multiclass"),
}
REFUSES = {
    "repeat": (
        "the Trainer makes its own sampler",
        (
            "repeat the rows of the data set by the factors that --to csv gives; "
            "or use --scheme power, --scheme balanced-pair for multi-label"
        ),
    ),
}

FUNCTION = '''

def compute_loss_func(outputs, labels, num_items_in_batch=None):
    """The sum over the items of a whole optimiser step, whatever its number of batches."""
    loss, items = loss_sum(outputs["logits"], labels)
    return loss / (items.clamp(min=1) if num_items_in_batch is None else num_items_in_batch)


# Trainer(..., compute_loss_func=compute_loss_func)
'''
SUBCLASS = '''

class ImbalanceTrainer(Trainer):
    def compute_loss(self, model, inputs, return_outputs=False, num_items_in_batch=None):
        """The mean over the items of a batch, or over those of a whole optimiser step if told."""
        outputs = model(**{key: value for key, value in inputs.items() if key != "labels"})
        loss, items = loss_sum(outputs["logits"], inputs["labels"])
        loss = loss / (items.clamp(min=1) if num_items_in_batch is None else num_items_in_batch)
        return (loss, outputs) if return_outputs else loss


# ImbalanceTrainer(...) in place of Trainer(...)
'''


def emit(weights: Weights, target: str, imports: str, caller: str) -> str:
    """A Python module: the literals, `loss_sum`, and what the Trainer calls; of a starting bias as in PyTorch."""
    if weights.scheme == "prior-bias":
        form = _pytorch_forms.BIAS_BINARY if weights.task == "binary" else _pytorch_forms.BIAS
        return module(weights, target, form)
    vector = {"offset": "LOG_PRIOR", "margin": "MARGINS"}.get(weights.kind, "WEIGHTS")
    one_logit = weights.task == "binary" and weights.kind in ("pos-weight", "pair")
    return module(weights, target, Form(imports, SUMS[weights.kind, weights.task] + caller, vector, one_logit))
