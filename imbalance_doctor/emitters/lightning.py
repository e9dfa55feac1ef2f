"""The weights as a Lightning module to inherit from: an argument, a buffer that is not saved, and the loss.

Where it goes:
    In a module beside yours, `imbalance-doctor weights labels.csv --to lightning > imbalance.py`, then
    `from imbalance import WeightedModule` and `class Model(WeightedModule)`, with `self.weighted_loss(logits, targets)`
    in `training_step`. The numbers can be set from a LightningCLI or Hydra file, which `--to lightning-yaml` prints.

What is emitted, by kind of scheme:
    class-weight   cross entropy with `class_weights`, binary with two logits
    pos-weight     BCE with `pos_weight`, binary with one logit for the class at index 1
    pair           BCE with `positive_weights` and `negative_weights`
    offset         the loss on logits + `log_prior`, predictions from the bare logits

The trap:
    The Trainer has no place for weights. A list kept as a plain attribute stays on the CPU, a persistent buffer breaks
    the loading of old checkpoints: hence a buffer with `persistent=False`. Weigh the training loss only, or compare no
    validation loss with that of an unweighted run.

It divides by:
    cross entropy by the weights of the batch, which under `accumulate_grad_batches` and on several devices is that of
    each part; BCE by the number of elements, so that the sample mean of the weights scales the learning rate.
"""

from ..model import Weights
from ..plugins import Emitter
from ._python import Form, module

EMITTER = Emitter(
    "lightning",
    ".py",
    fits={
        "class-weight": ("binary", "multiclass"),
        "pos-weight": ("binary", "multilabel"),
        "pair": ("binary", "multilabel"),
        "offset": ("binary", "multiclass", "multilabel"),
    },
    refuses={
        "prior-bias": ("the last layer is your own module's", "use --to pytorch, which prints what initialises it"),
        **dict.fromkeys(
            ("binary margin", "multiclass margin"),
            ("the margin wants a loss of its own", "use --to pytorch, whose criterion a module can hold"),
        ),
        "repeat": (
            "the sampler belongs to your DataLoader",
            "use --to pytorch, which prints a WeightedRandomSampler for it",
        ),
    },
)

_MODULE = """\
class WeightedModule(L.LightningModule):
    \"\"\"A LightningModule with `weighted_loss(logits, targets)`.

    {shape}.
    \"\"\"

    def __init__(self, {arguments}):
        super().__init__()
{buffers}
    def weighted_loss(self, logits, targets):
{body}


# class Model(WeightedModule):
#     def training_step(self, batch, batch_idx):
#         inputs, targets = batch
#         return self.weighted_loss(self(inputs), targets)
"""
_BUFFER = """\
        tensor = torch.tensor({name}, dtype=torch.float32)
        self.register_buffer("{name}", tensor, persistent=False)
"""
_BCE = """\
        loss = F.binary_cross_entropy_with_logits
        return loss(logits, targets.to(logits.dtype), pos_weight=self.pos_weight)
"""
_PAIR = """\
        targets = targets.to(logits.dtype)
        positive = self.positive_weights * targets * F.softplus(-logits)
        negative = self.negative_weights * (1 - targets) * F.softplus(logits)
        return (positive + negative).mean()
"""
INDICES = "Logits (N, K), targets 0 ... K-1"
COLUMNS = "Logits and targets (N, C)"
ONE = "Logits and targets of one shape, 0/1"
CROSS_ENTROPY = "        return F.cross_entropy(logits, targets, weight=self.class_weights)\n"
ADJUSTED = "        return F.cross_entropy(logits + self.log_prior, targets)\n"
ADJUSTED_BCE = """\
        loss = F.binary_cross_entropy_with_logits
        return loss(logits + self.log_prior, targets.to(logits.dtype))
"""


def arguments(weights: Weights) -> dict[str, str]:
    """The arguments of the module by name, each with the literal that is its default."""
    index = "[1]" if weights.task == "binary" else ""
    if weights.kind == "pair":
        return {"positive_weights": f"WEIGHTS{index}", "negative_weights": f"WEIGHTS_NEGATIVE{index}"}
    names = {
        "class-weight": ("class_weights", "WEIGHTS"),
        "pos-weight": ("pos_weight", f"WEIGHTS{index}"),
        "offset": ("log_prior", "LOG_PRIOR"),
    }
    return dict([names[weights.kind]])


def emit(weights: Weights) -> str:
    """A Python module."""
    one = weights.task == "binary" and weights.kind in ("pos-weight", "pair")
    many = weights.task == "multilabel"
    body = {
        "class-weight": CROSS_ENTROPY,
        "pos-weight": _BCE,
        "pair": _PAIR,
        "offset": ADJUSTED_BCE if many else ADJUSTED,
    }[weights.kind]
    takes = arguments(weights)
    code = (
        _MODULE.replace("{shape}", COLUMNS if many else ONE if one else INDICES)
        .replace("{arguments}", ", ".join(f"{name}={literal}" for name, literal in takes.items()))
        .replace("{buffers}", "".join(_BUFFER.replace("{name}", name) for name in takes))
        .replace("{body}\n", body)
    )
    imports = "import lightning as L\nimport torch\nfrom torch.nn import functional as F\n"
    return module(
        weights, EMITTER.name, Form(imports, code, "LOG_PRIOR" if weights.kind == "offset" else "WEIGHTS", one)
    )
