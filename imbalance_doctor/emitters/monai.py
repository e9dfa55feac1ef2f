"""The weights as MONAI losses: DiceCELoss and FocalLoss, whose weights differ in length and type.

Where it goes:
    In a module beside the training script, `from imbalance import criterion`; the counts are of voxels.

What is emitted, by kind of scheme:
    class-weight   DiceCELoss(weight=tensor of C) and, as a second choice, FocalLoss(weight=list of C - 1)
    pos-weight     binary, one output channel: DiceCELoss(weight=tensor of one), the pos_weight of its BCE

The trap:
    The class at index 0 is background. DiceCELoss wants a weight for each of the C classes even with
    include_background=False, and drops the first for its Dice part itself; FocalLoss then wants C - 1, and fails with
    C. DiceCELoss takes a tensor and fails with a list. A scalar alpha of FocalLoss is ignored under a softmax without
    background. On several output channels DiceCELoss is a softmax: it cannot be used for overlapping labels.

It divides by:
    the cross entropy by the sum of the weights of the voxels, so that their scale cancels; the Dice part by the number
    of classes; FocalLoss by the number of elements.
"""

from ..model import Weights
from ..plugins import Emitter
from ._python import Form, module, unstated

_SIGMOID = (
    "DiceCELoss is a softmax over several channels, where no label has a negative term",
    "use --scheme pos-weight with --to pytorch, beside a DiceLoss(sigmoid=True); or --to json for the numbers",
)

EMITTER = Emitter(
    "monai",
    ".py",
    fits={"class-weight": ("binary", "multiclass"), "pos-weight": ("binary",)},
    refuses={
        "multilabel": _SIGMOID,
        "multilabel margin": _SIGMOID,
        "multilabel offset": _SIGMOID,
        "binary pair": ("its loss has one factor, on the positive term", "use --scheme pos-weight"),
        "offset": ("its losses take no offset on the logits", "use --scheme balanced; or --to pytorch"),
        "margin": ("its losses take no margin on the logits", "use --scheme balanced; or --to pytorch"),
        "repeat": (
            "its sampler by class, RandCropByLabelClassesd, takes ratios for crops, not factors for images",
            "use --scheme power, or --to pytorch for a sampler of images",
        ),
    },
)

SOFTMAX = Form(
    "import torch\nfrom monai.losses import DiceCELoss, FocalLoss\n",
    """\
# The class at index 0 is background. DiceCELoss has weights for all classes, as a tensor, and takes
# background out of its Dice part itself. Logits (N, C, ...), labels (N, 1, ...).
criterion = DiceCELoss(
    include_background=False,
    to_onehot_y=True,
    softmax=True,
    weight=torch.tensor(WEIGHTS, dtype=torch.float32),
)

# Without background FocalLoss has C - 1 weights, as a list.
focal = FocalLoss(
    include_background=False,
    to_onehot_y=True,
    use_softmax=True,
    weight=WEIGHTS[1:],
)
""",
)

ONE_CHANNEL = Form(
    "import torch\nfrom monai.losses import DiceCELoss\n",
    """\
# With one channel the weight is the pos_weight of the BCE; the Dice part has none.
criterion = DiceCELoss(sigmoid=True, weight=torch.tensor(WEIGHTS[1:], dtype=torch.float32))
""",
    one_logit=True,
)


def emit(weights: Weights) -> str:
    """A Python module."""
    # The Dice part moves the boundary, too: to where depends on how well the model does.
    return module(unstated(weights), EMITTER.name, SOFTMAX if weights.kind == "class-weight" else ONE_CHANNEL)
