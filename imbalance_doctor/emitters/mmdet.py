"""The weights as an MMDetection configuration: `class_weight` with a background slot, or repeated images.

Where it goes:
    In a file beside your configuration, with the path of yours in `_base_`; or copy the dict into
    `model.roi_head.bbox_head` of a two-stage detector. For class weights count boxes, for repeat factors images.

What is emitted, by kind of scheme:
    class-weight   CrossEntropyLoss(use_sigmoid=False, class_weight=...) of C + 1 numbers, background LAST
    repeat         a ClassBalancedDataset with the threshold; the images keep all of their boxes

The trap:
    Under the softmax the outputs are the C classes and then background: C weights fail, and a background weight in
    front shifts every class by one without a word. The order is that of the categories in the annotation file, whatever
    the order of metainfo["classes"]. With use_sigmoid=True `class_weight` is a pos_weight of C numbers,
    and what it weighs are anchors, which no count of labels tells. FocalLoss has one alpha for all classes. DETR-like
    heads take one number as class_weight, and `bg_cls_weight`. ClassBalancedDataset rounds every factor up: 1.01
    repeats an image twice.

It divides by:
    the number of sampled boxes, most of them background, whatever the weights. The sample mean counts labelled boxes
    only; background has the weight 1.
"""

from ..model import Weights
from ..plugins import Emitter
from ._openmmlab import configuration, repeated
from ._python import Form, unstated

_ANCHORS = (
    "a detector's sigmoid weighs anchors, and how many of those are positive no count of labels tells",
    "use --scheme repeat-factor, which repeats images",
)
_NOTHING = ("its losses take none", "use --scheme balanced, or --scheme repeat-factor for images with several classes")

EMITTER = Emitter(
    "mmdet",
    ".py",
    fits={"class-weight": ("binary", "multiclass"), "repeat": ("binary", "multiclass", "multilabel")},
    refuses={
        "multilabel class-weight": (
            "an image with several classes has no one weight; weights per class want a count of boxes",
            "use --scheme repeat-factor for images; or count one box a row, --task multiclass",
        ),
        "pos-weight": _ANCHORS,
        "pair": _ANCHORS,
        "offset": _NOTHING,
        "margin": _NOTHING,
    },
)

SOFTMAX = Form(
    "",
    """\
# The outputs are the classes in the order of the categories in the annotation file, which must be
# that of CLASSES, then background, the last one.
BACKGROUND = 1.0
model = dict(
    roi_head=dict(
        bbox_head=dict(
            num_classes=len(CLASSES),
            loss_cls=dict(
                _delete_=True,
                type="CrossEntropyLoss",
                use_sigmoid=False,
                class_weight=[*WEIGHTS, BACKGROUND],
                loss_weight=1.0,
            ),
        )
    )
)
# assert [c["name"] for c in dataset.coco.dataset["categories"]] == CLASSES
""",
)


def emit(weights: Weights) -> str:
    """A Python configuration."""
    if weights.kind == "repeat":
        return repeated(weights, EMITTER.name)
    # What the labels are counted among does not hold background, the strongest rival.
    return configuration(unstated(weights), EMITTER.name, SOFTMAX)
