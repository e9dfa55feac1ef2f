"""The weights as a Ludwig output feature: `class_weights` of its loss, a mapping by label.

Where it goes:
    Into `output_features` of the model definition: put the name of your column for `label`.

What is emitted, by kind of scheme:
    class-weight   a category feature, softmax_cross_entropy with class_weights by label
    pos-weight     binary: a binary feature with positive_class_weight; multi-label: a set feature,
                   sigmoid_cross_entropy with class_weights by label, which are factors on the positive term there

The trap:
    The keys have to be the vocabulary of the feature, exactly: where Ludwig adds a symbol for unknown labels, give it a
    weight of 0 under that name. A list instead of a mapping goes by its own order (idx2str), which need not be yours.
    A binary feature takes true, 1, yes and their like for the positive class, and of other names the first in the
    alphabet: fallback_true_label is the class at index 1, or that at index 0 where the names say so, as Yes and no do.
    positive_class_weight 0 counts as not set. oversample_minority and undersample_majority correct a second time.

It divides by:
    the number of samples (set: of elements): the sample mean of the weights is a factor on the learning rate.
"""

from ..model import Weights
from ..plugins import Emitter
from ._legend import head
from ._literals import dotted, quoted

TRUE = ("yes", "y", "true", "t", "1", "1.0")
FALSE = ("no", "n", "false", "f", "0", "0.0")
_NO_REPEAT = "its oversample_minority takes one ratio for a binary feature, not a factor per class"

EMITTER = Emitter(
    "ludwig",
    ".yaml",
    fits={"class-weight": ("binary", "multiclass"), "pos-weight": ("binary", "multilabel")},
    refuses={
        "binary pair": ("its losses have one factor, on the positive term", "use --scheme pos-weight"),
        "multilabel pair": ("its losses have one factor, on the positive term", "use --scheme pos-weight"),
        "multilabel offset": ("its losses take no offset on the logits", "use --scheme pos-weight"),
        "offset": ("its losses take no offset on the logits", "use --scheme balanced"),
        "margin": ("its losses take no margin on the logits", "use --scheme balanced; for sets --scheme pos-weight"),
        "multilabel repeat": (_NO_REPEAT, "use --scheme pos-weight"),
        "repeat": (_NO_REPEAT, "use --scheme power"),
    },
)


def emit(weights: Weights) -> str:
    """A YAML mapping with the legend in comments. Raises OutputError for a name with a lone surrogate."""
    one_logit = weights.task == "binary" and weights.kind == "pos-weight"
    top = head(weights, EMITTER.name, "#", one_logit and true_class(weights) == 1)
    if one_logit:
        return top + binary(weights, true_class(weights))
    kind = ("set", "sigmoid_cross_entropy") if weights.task == "multilabel" else ("category", "softmax_cross_entropy")
    rows = (entry(quoted(name), dotted(v)) for name, v in zip(weights.classes, weights.values, strict=True))
    return f"{top}{feature(*kind)}      class_weights:\n{''.join(rows)}"


def entry(key: str, value: str) -> str:
    """One weight. YAML takes a key of more than 1024 characters only where it is marked as one."""
    indent = "        "
    return f"{indent}{key}: {value}\n" if len(key) < 1000 else f"{indent}? {key}\n{indent}: {value}\n"


def feature(kind: str, loss: str) -> str:
    """An output feature up to the type of its loss."""
    return f"output_features:\n  - name: label\n    type: {kind}\n    loss:\n      type: {loss}\n"


def true_class(weights: Weights) -> int:
    """The index of the class that Ludwig takes for true: a word that means it, else the one it is told."""
    first, second = (name.lower() for name in weights.classes)
    return 0 if first in TRUE or second in FALSE else 1


def binary(weights: Weights, positive: int) -> str:
    """A binary feature, the factor of its positive class and what to call that class."""
    loss = f"{feature('binary', 'binary_weighted_cross_entropy')}      positive_class_weight: "
    told = f"    preprocessing:\n      fallback_true_label: {quoted(weights.classes[positive])}\n"
    return f"{loss}{dotted(weights.values[positive])}\n{told}"
