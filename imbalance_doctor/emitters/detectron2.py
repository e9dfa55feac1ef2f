"""The threshold of Detectron2's repeat factor sampler, as YAML for `cfg.merge_from_file`.

Where it goes:
    In a file that is merged after yours, `cfg.merge_from_file("repeat.yaml")`, or at the end of your YAML.

The trap:
    There are no weights per class: box heads and RetinaNet have none, MODEL.RETINANET.FOCAL_LOSS_ALPHA is one number
    for all classes, and USE_FED_LOSS draws negative classes by frequency, it weighs none. The sampler counts images,
    not boxes: a class's frequency is the fraction of images that hold it, those without annotations being dropped
    before (DATALOADER.FILTER_EMPTY_ANNOTATIONS). A class at half of the threshold is repeated 1.41 times; the docstring
    of the sampler says twice. REPEAT_SQRT is new: delete that line where yacs calls the key non-existent, and the
    square root is always taken.

It divides by:
    nothing: an epoch grows to the sum of the factors, rounded at random. SOLVER.MAX_ITER counts iterations, so that the
    training does not get longer; rare images are seen more often, the others less.
"""

from ..model import Weights
from ..plugins import Emitter
from ._legend import head
from ._literals import dotted
from ._python import unstated
from ._repeat import remark, threshold

_NO_WEIGHTS = ("Detectron2 has no weights per class", "use --scheme repeat-factor")

EMITTER = Emitter(
    "detectron2",
    ".yaml",
    fits={"repeat": ("binary", "multiclass", "multilabel")},
    refuses={
        "class-weight": _NO_WEIGHTS,
        "pos-weight": _NO_WEIGHTS,
        "pair": _NO_WEIGHTS,
        "offset": ("its losses take no offset on the logits", "use --scheme repeat-factor"),
        "margin": ("its losses take no margin on the logits", "use --scheme repeat-factor"),
    },
)


def emit(weights: Weights) -> str:
    """A YAML mapping, the factors of the classes in comments. Raises OutputError for a name with a lone surrogate."""
    t = threshold(weights)
    # An image repeats all of its boxes, background among them: no boundary follows from the factors.
    return (
        f"{head(unstated(weights), EMITTER.name)}{remark(weights, t)}"
        "DATALOADER:\n"
        '  SAMPLER_TRAIN: "RepeatFactorTrainingSampler"\n'
        f"  REPEAT_THRESHOLD: {dotted(t)}\n"
        "  REPEAT_SQRT: true\n"
    )
