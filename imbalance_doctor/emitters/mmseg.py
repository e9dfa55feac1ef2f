"""The weights as an MMSegmentation configuration: `class_weight` of the decode head's loss.

Where it goes:
    In a file beside your configuration, with the path of yours in `_base_`; or copy the dict into
    `model.decode_head.loss_decode`, and into the auxiliary head's. The labels to count are pixels: give them as counts.

What is emitted, by kind of scheme:
    class-weight   CrossEntropyLoss(use_sigmoid=False, class_weight=..., avg_non_ignore=True)
    pos-weight     binary, one output channel: CrossEntropyLoss(use_sigmoid=True, class_weight=[w])

The trap:
    With use_sigmoid=True the same `class_weight` is a pos_weight, and one per class meets outputs of (N, C, H, W) as
    pos_weight of shape (C,): an error, or, where W equals C, silently a weight per column of pixels. So only a single
    channel is emitted. Background, if it is a class, is the first and has its weight like any other; with
    reduce_zero_label=True it is none and must not be counted. Without avg_non_ignore=True ignored pixels count in the
    mean, and a warning says so.

It divides by:
    the sum of the weights of the pixels under a softmax (from version 1.2 on; before by the number of pixels), by the
    number of pixels under a sigmoid. With a sample mean of 1 the two are alike.
"""

from ..model import Weights
from ..plugins import Emitter
from ._openmmlab import configuration
from ._python import Form

_BALANCED = "use --scheme balanced; or --to pytorch for a loss of your own"
_PER_LABEL = (
    "its sigmoid loss would put one factor per class along the width of the image",
    "use --scheme pos-weight with --to pytorch, whose pos_weight has the shape (C, 1, 1); or --to json for the numbers",
)

EMITTER = Emitter(
    "mmseg",
    ".py",
    fits={"class-weight": ("binary", "multiclass"), "pos-weight": ("binary",)},
    refuses={
        "multilabel repeat": (
            "its datasets do not tell which classes an image holds, so nothing can be repeated by class",
            "use --to pytorch, whose sampler takes a table of labels",
        ),
        "multilabel": _PER_LABEL,
        "multilabel margin": _PER_LABEL,
        "binary pair": ("its loss has one factor, on the positive term", "use --scheme pos-weight"),
        "repeat": (
            "its datasets do not tell which classes an image holds, so nothing can be repeated by class",
            "use --scheme power or --scheme balanced",
        ),
        "multilabel offset": ("its loss takes no offset on the logits", "use --to pytorch"),
        "offset": ("its loss takes no offset on the logits", _BALANCED),
        "margin": ("its loss takes no margin on the logits", _BALANCED),
    },
)

SOFTMAX = Form(
    "",
    """\
# The classes are those of the dataset's METAINFO, in its order; background first where it is one.
LOSS = dict(
    _delete_=True,
    type="CrossEntropyLoss",
    use_sigmoid=False,
    class_weight=WEIGHTS,
    avg_non_ignore=True,
    loss_weight=1.0,
)
model = dict(decode_head=dict(num_classes=len(CLASSES), loss_decode=LOSS))
""",
)

SIGMOID = Form(
    "",
    """\
LOSS = dict(
    _delete_=True,
    type="CrossEntropyLoss",
    use_sigmoid=True,
    class_weight=WEIGHTS[1:],
    avg_non_ignore=True,
    loss_weight=1.0,
)
model = dict(
    decode_head=dict(num_classes=len(CLASSES), out_channels=1, threshold=0.5, loss_decode=LOSS)
)
""",
    one_logit=True,
)


def emit(weights: Weights) -> str:
    """A Python configuration."""
    return configuration(weights, EMITTER.name, SOFTMAX if weights.kind == "class-weight" else SIGMOID)
