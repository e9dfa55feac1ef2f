"""The weights for CatBoost: `class_names` and `class_weights` together, or `scale_pos_weight` for two classes.

Where it goes:
    `imbalance-doctor weights labels.csv --to catboost > imbalance.py`, then
    `CatBoostClassifier(class_names=CLASS_NAMES, class_weights=WEIGHTS).fit(X, labels)`.

The trap:
    A list of weights alone goes by CatBoost's own order of the labels: text that looks like numbers is sorted as
    numbers, unless one label is not. A dict makes its own order of keys the order of the classes and of the columns of
    `predict_proba`. Names and weights together leave no doubt; `classes_` is then CLASS_NAMES. Names as text make
    predictions text. Several of `class_weights`, `auto_class_weights` and `scale_pos_weight` are an error, as is a
    label that is an empty text.

It divides by:
    nothing, and `l2_leaf_reg` is multiplied by the mean weight, so that the scale does nothing to it. The default
    sampling (`bootstrap_type`) and `random_strength` do feel the scale: with a sample mean of 1 they are as they were.

Multi-label is refused: with MultiLogloss class weights are an error.
"""

from ..model import Weights
from ..plugins import KINDS, Emitter
from . import _boosting
from ._labels import are_integers

MULTILABEL = (
    "with MultiLogloss class weights are an error, and so is scale_pos_weight",
    "train a model for each label: --scheme pos-weight with --to xgboost or --to lightgbm; --to json gives the numbers",
)
EMITTER = Emitter(
    "catboost",
    ".py",
    fits={
        "class-weight": ("binary", "multiclass"),
        "pos-weight": ("binary",),
        "pair": ("binary",),
    },
    refuses=_boosting.REFUSES | {f"multilabel {kind}": MULTILABEL for kind in KINDS},
    model="trees",
)

CALLS = {
    "class-weight": "class_weights=WEIGHTS",
    "pos-weight": "scale_pos_weight=WEIGHTS[1]",
    "pair": "class_weights=[WEIGHTS_NEGATIVE[1], WEIGHTS[1]]",
}
CODE = """\
CLASS_NAMES = {names}

{about}# To be fitted with the labels as they are, {types}. Without class_names the weights would go by
# another order. A label that is an empty text is an error: give that class a name first.
# CatBoostClassifier(class_names=CLASS_NAMES, {call})
"""


def emit(weights: Weights) -> str:
    """A Python module."""
    about = "" if weights.kind == "class-weight" else _boosting.positive(weights)
    # Integers stay integers in the predictions.
    names, types = ("[int(name) for name in CLASSES]", "integers") if are_integers(weights) else ("CLASSES", "text")
    code = CODE.replace("{about}", about).replace("{names}", names).replace("{types}", types)
    return _boosting.module(weights, EMITTER.name, code.replace("{call}", CALLS[weights.kind]))
