"""The weights as `head_params` of SetFit: `class_weight` of its logistic regression.

Where it goes:
    Into `SetFitModel.from_pretrained(..., head_params=HEAD_PARAMS)`.

The trap:
    The keys are the integers of the label column, 0 ... K-1 in the order of CLASSES: text keys fail when the head is
    fitted. The weights reach the head only; the contrastive phase before it balances its pairs itself
    (`sampling_strategy="oversampling"`). With use_differentiable_head=True the same parameters go to a head that has no
    class_weight, a TypeError. One class_weight for all labels of a multi-label head fits none of them.

It divides by:
    nothing, the sum over samples meets C: weights with a sample mean of 1 leave the regularisation as strong as it was.
"""

from ..model import Weights
from ..plugins import Emitter
from ._labels import per_class
from ._literals import number
from ._python import head, names, numbers

_ONE_FOR_ALL = (
    "its multi-label head hands one class_weight to the estimators of all labels",
    "use --scheme pos-weight with --to sklearn: fit an estimator per label on model.encode(texts); or --to json",
)

EMITTER = Emitter(
    "setfit",
    ".py",
    fits={"class-weight": ("binary", "multiclass"), "pos-weight": ("binary",), "pair": ("binary",)},
    refuses={
        **dict.fromkeys(("multilabel", "multilabel offset", "multilabel margin", "multilabel repeat"), _ONE_FOR_ALL),
        "offset": ("its head takes no offset on the logits", "use --scheme balanced"),
        "margin": ("its head takes no margin on the logits", "use --scheme balanced"),
        "repeat": ("its head has no sampler", "use --scheme power"),
    },
    model="linear",
)


def emit(weights: Weights) -> str:
    """A Python module."""
    rows = (
        f"    {i}: {number(v)},  # {n}" for i, (v, n) in enumerate(zip(per_class(weights), weights.counts, strict=True))
    )
    top = head(weights, EMITTER.name, weights.kind in ("pos-weight", "pair"))
    table = "\n".join(["CLASS_WEIGHT = {  # index: weight, number of samples", *rows])
    return top + "\n".join([names(weights), numbers("COUNTS", weights.counts), table, USE])


USE = """\
}
assert list(CLASS_WEIGHT) == list(range(len(CLASSES))), "one weight per class"
HEAD_PARAMS = dict(class_weight=CLASS_WEIGHT)

# The label column holds indices into CLASSES, not names.
# SetFitModel.from_pretrained("model", labels=CLASSES, head_params=HEAD_PARAMS)
"""
