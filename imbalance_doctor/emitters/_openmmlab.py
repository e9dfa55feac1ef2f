"""What the OpenMMLab targets share: a Python configuration for `mmengine.Config.fromfile`, and the repeated dataset."""

from ..model import Weights
from ._literals import number
from ._python import Form, module, unstated
from ._repeat import remark, threshold

_BASE = """\
# Put the path of your configuration here; what follows is merged into it, and takes the place of
# what is there where it says _delete_.
# _base_ = ["your_config.py"]

"""


def configuration(weights: Weights, target: str, form: Form) -> str:
    """A configuration. mmengine fills in `{{ name }}` even inside strings: no two braces are left side by side."""
    spaced = Form(form.imports, _BASE + form.code, form.vector, form.one_logit)
    return module(weights, target, spaced).replace("{{", r"{\x7b")


def repeated(weights: Weights, target: str) -> str:
    """A ClassBalancedDataset around the dataset of the user."""
    t = threshold(weights)
    # Rounded up, and by image: the boundary of the factors is not that of what is trained on.
    code = remark(weights, t) + _REPEATED.replace("{t}", number(t))
    return configuration(unstated(weights), target, Form("", code, "REPEAT"))


_REPEATED = """\
# Put the whole dataset of your configuration here, its pipeline included.
DATASET = dict()
# It counts images: the threshold is for the fraction of images that hold a class. An image is
# repeated by the largest factor of its classes, rounded up to a whole number.
train_dataloader = dict(
    dataset=dict(
        _delete_=True,
        type="ClassBalancedDataset",
        oversample_thr={t},
        dataset=DATASET,
    )
)
"""
