"""The weights as BigQuery ML options: CLASS_WEIGHTS with every label.

Where it goes:
    Into the OPTIONS of a CREATE MODEL statement for a classifier (LOGISTIC_REG, DNN_CLASSIFIER, BOOSTED_TREE_CLASSIFIER
    and the like): put your names for the model, the columns and the table. For tree models a column of row weights can
    be named instead, INSTANCE_WEIGHT_COL: see the target row-weights.

The trap:
    Every label needs its entry, as a STRING, whatever the type of the column: 1 is '1'. A label without one fails or is
    weighed 1. CLASS_WEIGHTS and AUTO_CLASS_WEIGHTS exclude each other; the latter is N / (K n), the scheme balanced.
    The evaluation that follows training is not weighted, and ML.PREDICT cuts a binary model at 0.5 unless it is given
    STRUCT(0.2 AS threshold).

It divides by:
    nothing: weights need not sum to one. With a sample mean of 1 learning rate and regularisation keep their meaning.
"""

from ..model import Weights
from ..plugins import Emitter
from ._labels import per_class
from ._legend import head
from ._literals import number, quoted

_SEVERAL = (
    "BigQuery ML has one label column with one class a row",
    "make a model per label from its own 0/1 column; or use --to json for the numbers",
)

EMITTER = Emitter(
    "bigquery",
    ".sql",
    fits={"class-weight": ("binary", "multiclass"), "pos-weight": ("binary",), "pair": ("binary",)},
    refuses={
        "multilabel": _SEVERAL,
        **dict.fromkeys(("multilabel offset", "multilabel margin", "multilabel repeat"), _SEVERAL),
        "offset": (
            "its models take no offset on the logits",
            "use --scheme balanced; or cut the predicted probability at the prior after training",
        ),
        "margin": ("its models take no margin on the logits", "use --scheme balanced"),
        "repeat": (
            "its OPTIONS have no sampler",
            "use --scheme power; or --to row-weights for a column, INSTANCE_WEIGHT_COL of the tree models",
        ),
    },
    model="linear",
)


def emit(weights: Weights) -> str:
    """A CREATE MODEL statement with the legend in comments. Raises OutputError for a name with a lone surrogate."""
    top = head(weights, EMITTER.name, "--", weights.kind in ("pos-weight", "pair"))
    entries = ",\n".join(
        f"        STRUCT({quoted(name)}, {number(float(value))})"
        for name, value in zip(weights.classes, per_class(weights), strict=True)
    )
    return f"""{top}CREATE OR REPLACE MODEL dataset.model
OPTIONS (
    MODEL_TYPE = 'LOGISTIC_REG',
    INPUT_LABEL_COLS = ['label'],
    CLASS_WEIGHTS = [
{entries}
    ]
) AS
SELECT * FROM dataset.labels
"""
