"""The weights as a configuration of LightningCLI or Hydra: the arguments of the module that `--to lightning` prints.

Where it goes:
    In a file of its own, after the main one: `python train.py fit --config main.yaml --config weights.yaml`. The module
    has the arguments that are named here, as `WeightedModule` of `--to lightning` has.

The trap:
    `model.init_args` is for a model given by its class path; where the class is fixed, LightningCLI(Model), the
    arguments stand under `model` itself. Class names stand in comments only, since OmegaConf would interpolate `${`
    in them, and YAML would turn `no` and `012` into other things.

It divides by:
    what the loss in your module divides by: cross entropy by the weights of the batch, BCE by the number of elements.
"""

from ..model import Weights
from ..plugins import Emitter
from . import lightning
from ._legend import head
from ._literals import dotted, filled

EMITTER = Emitter(
    "lightning-yaml",
    ".yaml",
    fits=lightning.EMITTER.fits,
    refuses=lightning.EMITTER.refuses,
)

ABOUT = """\
# Where LightningCLI is given the class itself, leave the line init_args out.
model:
  init_args:
"""


def emit(weights: Weights) -> str:
    """A YAML mapping with the arguments of the module."""
    sources = {"WEIGHTS": weights.values, "LOG_PRIOR": weights.values, "WEIGHTS_NEGATIVE": weights.values_negative}
    lines = []
    for name, literal in lightning.arguments(weights).items():
        values = sources[literal.removesuffix("[1]")]
        assert values is not None
        if literal.endswith("[1]"):
            lines.append(f"    {name}: {dotted(values[1])}")
        else:
            text = filled(f"{name}: [", map(dotted, values), "]", hang="  ")
            lines += [f"    {line}" for line in text.split("\n")]
    one = weights.task == "binary" and weights.kind in ("pos-weight", "pair")
    return head(weights, EMITTER.name, one_logit=one) + ABOUT + "\n".join(lines) + "\n"
