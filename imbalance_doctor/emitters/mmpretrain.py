"""The weights as an MMPretrain configuration: the loss of the head, or a ClassBalancedDataset.

Where it goes:
    In a file beside your configuration, `imbalance-doctor weights labels.csv --to mmpretrain > balanced.py`, with the
    path of yours in `_base_`: `_delete_` drops the loss that is there. Or copy the dict into `model.head.loss`.

What is emitted, by kind of scheme:
    class-weight   CrossEntropyLoss(class_weight=...), one class an image
    pos-weight     CrossEntropyLoss(use_sigmoid=True, pos_weight=...), the multi-label heads
    repeat         a ClassBalancedDataset with the threshold, for every task

The trap:
    `pos_weight` without use_sigmoid is ignored without a word; `class_weight` with it scales both terms of a label and
    moves no boundary, unlike in mmseg and mmdet, where it is a pos_weight. FocalLoss and LabelSmoothLoss take no class
    weights. A folder dataset sorts its folders by name, "10" before "9", and metainfo does not turn that round.
    ClassBalancedDataset rounds every factor up: 1.01 repeats an image twice.

It divides by:
    the number of images (multi-label: of elements), whatever the weights: their sample mean is a factor on the learning
    rate.
"""

from ..model import Weights
from ..plugins import Emitter
from ._openmmlab import configuration, repeated
from ._python import Form

_TWO = (
    "its heads have one output per class, and a softmax over two has no positive term of its own",
    "use --scheme balanced",
)
_NOTHING = ("its losses take none", "use --scheme balanced, --scheme pos-weight for multi-label; or --to pytorch")

EMITTER = Emitter(
    "mmpretrain",
    ".py",
    fits={
        "class-weight": ("binary", "multiclass"),
        "pos-weight": ("multilabel",),
        "repeat": ("binary", "multiclass", "multilabel"),
    },
    refuses={
        "binary pos-weight": _TWO,
        "binary pair": _TWO,
        "multilabel pair": ("its loss has one factor per label, on the positive term", "use --scheme pos-weight"),
        "offset": _NOTHING,
        "margin": _NOTHING,
    },
)

SOFTMAX = Form(
    "",
    """\
model = dict(
    head=dict(
        num_classes=len(CLASSES),
        loss=dict(_delete_=True, type="CrossEntropyLoss", class_weight=WEIGHTS, loss_weight=1.0),
    )
)
# The outputs are in the order of the dataset, which must be that of CLASSES:
# assert list(dataset.metainfo["classes"]) == CLASSES
""",
)

SIGMOID = Form(
    "",
    """\
model = dict(
    head=dict(
        type="MultiLabelLinearClsHead",
        num_classes=len(CLASSES),
        loss=dict(
            _delete_=True,
            type="CrossEntropyLoss",
            use_sigmoid=True,
            pos_weight=WEIGHTS,
            loss_weight=1.0,
        ),
    )
)
# The outputs are in the order of the dataset, which must be that of CLASSES:
# assert list(dataset.metainfo["classes"]) == CLASSES
""",
)


def emit(weights: Weights) -> str:
    """A Python configuration."""
    if weights.kind == "repeat":
        return repeated(weights, EMITTER.name)
    return configuration(weights, EMITTER.name, SOFTMAX if weights.kind == "class-weight" else SIGMOID)
