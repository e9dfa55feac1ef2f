"""The weights for XGBoost: a weight per row, or `scale_pos_weight` for two classes and for each label.

Where it goes:
    `imbalance-doctor weights labels.csv --to xgboost > imbalance.py`, then
    `XGBClassifier().fit(X, y, sample_weight=row_weights(y))` with `y = encode(labels)`, or
    `XGBClassifier(scale_pos_weight=...)`. Natively `DMatrix(X, label=y, weight=row_weights(y))`.

What is emitted, by kind of scheme:
    class-weight   WEIGHTS and a function that gives every row its weight
    pos-weight     scale_pos_weight, in multi-label one model for each label
    pair           a weight for the rows of either side, in multi-label one model for each label

The trap:
    Labels must be 0 ... K-1. `class_weight` is no parameter of XGBClassifier: it is ignored after one warning, and so
    is `scale_pos_weight` with more than two classes. On a matrix of labels `scale_pos_weight` is one number for all of
    them, hence a model for each. It is not the same as equal row weights under the default `tree_method="hist"`, whose
    bins follow the row weights: choose one, never both. Evaluation is not weighted without `sample_weight_eval_set`.

It divides by:
    nothing. Weights are in units of rows and meet `min_child_weight` and `lambda`: keep the sample mean at 1. Class
    weights with a sample mean under 0.1, as `--normalize sum`, `max` or `none` can give, are refused: both would act
    more than ten times as strong, and with row weights that sum to one nothing is ever split.
"""

from ..errors import UsageError
from ..model import Weights
from ..plugins import Emitter
from . import _boosting

EMITTER = Emitter("xgboost", ".py", fits=_boosting.FITS, refuses=_boosting.REFUSES, model="trees")
LIGHTEST = 0.1

BY_CLASS = """
def row_weights(y):
    \"\"\"The weight of every row, from its class index.\"\"\"
    return [WEIGHTS[i] for i in y]


# y = encode(labels)
# XGBClassifier().fit(X, y, sample_weight=row_weights(y))
# Not as class_weight=, which is ignored. Natively: DMatrix(X, label=y, weight=row_weights(y)).
"""
POSITIVE = """\
# XGBClassifier(scale_pos_weight=WEIGHTS[1]).fit(X, encode(labels))
# It is the only correction: no sample_weight beside it.
"""
BY_SIDE = """
def row_weights(y):
    \"\"\"The weight of every row, from its class index.\"\"\"
    return [WEIGHTS[1] if i == 1 else WEIGHTS_NEGATIVE[1] for i in y]


# y = encode(labels)
# XGBClassifier().fit(X, y, sample_weight=row_weights(y))
"""
EACH_LABEL = """
# One model for all labels would take one factor for all of them; so a model for each column of Y:
# [XGBClassifier(scale_pos_weight=w).fit(X, Y[:, i]) for i, w in enumerate(WEIGHTS)]
"""
EACH_PAIR = '''

def row_weights(y, i):
    """The weight of every row for the label of column i, whose values 0 and 1 are y."""
    return [WEIGHTS[i] if value == 1 else WEIGHTS_NEGATIVE[i] for value in y]


# A matrix of weights is refused, so a model for each column of Y:
# [XGBClassifier().fit(X, y, sample_weight=row_weights(y, i)) for i, y in enumerate(Y.T)]
'''


def emit(weights: Weights) -> str:
    """A Python module. Raises UsageError for class weights under which the average row hardly weighs anything."""
    mean = weights.sample_mean
    if weights.kind == "class-weight" and mean is not None and mean < LIGHTEST:
        raise UsageError(
            f"the average row would weigh {mean:.3g}: min_child_weight and lambda, in units of rows, would outweigh it",
            "leave --normalize out, or use --normalize sample-mean: the average row then weighs one",
        )
    if weights.task == "multilabel":
        code = EACH_LABEL if weights.kind == "pos-weight" else EACH_PAIR
    elif weights.kind == "class-weight":
        code = _boosting.ENCODE + BY_CLASS
    elif weights.kind == "pos-weight":
        code = _boosting.ENCODE + "\n" + _boosting.positive(weights) + POSITIVE
    else:
        code = _boosting.ENCODE + "\n" + _boosting.positive(weights) + BY_SIDE.lstrip("\n")
    return _boosting.module(weights, EMITTER.name, code)
