"""The weights as a JAX module: losses over optax, which has no weights of its own.

Where it goes:
    In a module beside the training script, `imbalance-doctor weights labels.csv --to jax > imbalance.py`, then
    `jax.value_and_grad(lambda p: weighted_cross_entropy(model.apply(p, x), y))(params)`. Every loss is pure and can be
    jitted; logits may have any number of leading axes.

What is emitted, by kind of scheme:
    class-weight   the cross entropy of each row times the weight of its class
    pos-weight     a BCE whose positive term has a factor, binary with one logit for the class at index 1
    pair           a BCE with a factor for each of its two terms
    offset         the loss on logits + LOG_PRIOR, predictions from the bare logits; or a bias initialiser
    margin         cross entropy with the margin taken from the logit of the true class

The trap:
    Indexing never fails in JAX: the label -1 wraps round to the last class, in optax's loss and in `weights[label]`
    alike, and a label beyond the last class is clamped to it. Here rows with a negative label are left out, and a label
    beyond the last class makes the loss NaN. `where=` of optax's losses masks, it does not weigh.

It divides by:
    the number of rows that are used (BCE: of elements), never by their weights, so that the mean over devices or over
    accumulated batches is the mean over the rows; the sample mean of the weights is a factor on the learning rate.
"""

from ..model import Weights
from ..plugins import Emitter
from . import _jax_forms as forms
from ._python import module

EMITTER = Emitter(
    "jax",
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
            "JAX loads no data, so it has no sampler that repeats samples",
            "use --scheme power, --scheme balanced-pair for multi-label; or --to pytorch, whose loader feeds JAX too",
        ),
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
}


def emit(weights: Weights) -> str:
    """A Python module."""
    form = FORMS[weights.kind, weights.task]
    if weights.scheme == "prior-bias":
        form = forms.BIAS_BINARY if weights.task == "binary" else forms.BIAS
    return module(weights, EMITTER.name, form)
