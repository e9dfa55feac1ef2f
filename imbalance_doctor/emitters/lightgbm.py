"""The weights for LightGBM: a `class_weight` dict by label, or `scale_pos_weight` for two classes and for each label.

Where it goes:
    `imbalance-doctor weights labels.csv --to lightgbm > imbalance.py`, then
    `LGBMClassifier(class_weight=CLASS_WEIGHT).fit(X, labels)`, the labels as they are. Natively, for `lightgbm.train`,
    `Dataset(X, label=encode(labels), weight=row_weights(labels))`.

What is emitted, by kind of scheme:
    class-weight   CLASS_WEIGHT, keyed by the label itself
    pos-weight     scale_pos_weight, in multi-label one model for each label
    pair           a class_weight of both sides, in multi-label one model for each label

The trap:
    `lightgbm.train` does not know `class_weight`: a dict is a TypeError, "balanced" is ignored. With the objective
    multiclass `scale_pos_weight` and `is_unbalance` do nothing, without a word. A missing label counts as 1. The
    positive class is the one that sorts last, so that labels are given as indices here. `class_weight` {0: 1, 1: w}
    and `scale_pos_weight=w` give different trees, and both together are multiplied; `is_unbalance` is a fatal error
    beside `scale_pos_weight`. Choose one.

It divides by:
    nothing, but the scale hardly matters with the defaults (`lambda_l2` 0, `min_sum_hessian_in_leaf` 0.001). A sample
    mean of 1 keeps the regularisation as strong as it was.
"""

from ..model import Weights
from ..plugins import Emitter
from . import _boosting
from ._labels import by_label
from ._python import head, names, numbers

EMITTER = Emitter("lightgbm", ".py", fits=_boosting.FITS, refuses=_boosting.REFUSES, model="trees")

BY_CLASS = """\
assert len(CLASS_WEIGHT) == len(CLASSES), "one weight per class"
"""
ROWS = '''\
def row_weights(labels):
    """The weight of every row, for lightgbm.train, which has no class_weight."""
    return [CLASS_WEIGHT[label] for label in labels]


# LGBMClassifier(class_weight=CLASS_WEIGHT).fit(X, labels)
# Natively: Dataset(X, label=encode(labels), weight=row_weights(labels)).
'''
POSITIVE = """\
# LGBMClassifier(scale_pos_weight=WEIGHTS[1]).fit(X, encode(labels))
# It is the only correction: class_weight multiplies it, is_unbalance is an error beside it.
"""
BY_SIDE = """\
# LGBMClassifier(class_weight={0: WEIGHTS_NEGATIVE[1], 1: WEIGHTS[1]}).fit(X, encode(labels))
"""
EACH_LABEL = """
# It takes one label at a time, so a model for each column of Y:
# [LGBMClassifier(scale_pos_weight=w).fit(X, Y[:, i]) for i, w in enumerate(WEIGHTS)]
"""
EACH_PAIR = """\
SIDES = list(zip(WEIGHTS_NEGATIVE, WEIGHTS, strict=True))

# It takes one label at a time, so a model for each column of Y:
# [LGBMClassifier(class_weight=dict(enumerate(w))).fit(X, Y[:, i]) for i, w in enumerate(SIDES)]
"""


def emit(weights: Weights) -> str:
    """A Python module."""
    if weights.kind == "class-weight":
        table = by_label(weights, "CLASS_WEIGHT", weights.values, "weight")
        top = head(weights, EMITTER.name) + names(weights) + "\n" + numbers("COUNTS", weights.counts) + "\n"
        return f"{top}{table}\n{BY_CLASS}{_boosting.ENCODE}\n{ROWS}"
    if weights.task == "multilabel":
        code = EACH_LABEL if weights.kind == "pos-weight" else EACH_PAIR
    else:
        code = _boosting.ENCODE + "\n" + _boosting.positive(weights)
        code += POSITIVE if weights.kind == "pos-weight" else BY_SIDE
    return _boosting.module(weights, EMITTER.name, code)
