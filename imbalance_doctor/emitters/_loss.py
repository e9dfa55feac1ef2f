"""A loss recipe as a module of one framework: literals, then the same body in that framework's functions."""

import re
import textwrap
from dataclasses import dataclass

from ..model import Recipe, Weights
from ._literals import WIDTH, number
from ._python import head, names, numbers, positive_class, unstated

# What each function of a body is called; every one takes positional arguments in the same order.
NAMES = (
    *("abs", "exp", "log", "log1p", "square", "sqrt", "clip", "maximum", "minimum", "where", "ones_like", "zeros_like"),
    *("sum", "mean", "cumsum", "logsumexp", "take", "take_along_axis", "one_hot"),
    *("sigmoid", "log_sigmoid", "softplus", "relu", "softmax", "log_softmax"),
)
_TORCH = {
    **dict.fromkeys(NAMES, "torch."),
    **dict.fromkeys(("softplus", "relu", "log_softmax", "softmax", "one_hot"), "F."),
    "take_along_axis": "torch.take_along_dim",
    "log_sigmoid": "F.logsigmoid",
}
_JAX = {
    **dict.fromkeys(NAMES, "jnp."),
    **dict.fromkeys(
        ("sigmoid", "logsumexp", "relu", "softplus", "log_sigmoid", "log_softmax", "softmax", "one_hot"), "jax.nn."
    ),
}


@dataclass(frozen=True)
class Shell:
    """How one framework spells a loss: its imports, its functions, and the code around the body."""

    imports: str
    functions: dict[str, str]
    code: str
    vector: str
    targets: dict[str, str]
    result: dict[str, str]


PYTORCH = Shell(
    "import torch\nfrom torch import nn\nfrom torch.nn import functional as F\n",
    _TORCH,
    '''\
class {Name}Loss(nn.Module):
    """{title}.

    {shape}.
    """

{init}    def forward(self, logits, targets):
{body}        return {result}


criterion = {Name}Loss()
''',
    "{vector} = self.{vector}",
    dict.fromkeys(("columns", "one-logit"), "targets = targets.to(logits.dtype)"),
    {"element": "loss.mean()", "sample": "loss.mean()", "batch": "loss"},
)
JAX = Shell(
    "import jax\nfrom jax import numpy as jnp\n",
    _JAX,
    '''\
def {name}_loss(logits, targets):
    """{title}.

    {shape}.
    """
{body}    return {result}
''',
    "{vector} = jnp.asarray({VECTOR}, dtype=logits.dtype)",
    dict.fromkeys(("columns", "one-logit"), "targets = targets.astype(logits.dtype)"),
    {"element": "loss.mean()", "sample": "loss.mean()", "batch": "loss"},
)
KERAS = Shell(
    "from keras import ops\n",
    dict.fromkeys(NAMES, "ops."),
    '''\
# The last layer has no activation.
def {name}_loss(y_true, y_pred):
    """{title}.

    {shape}.
    """
    logits = ops.convert_to_tensor(y_pred)
{body}    return {result}


# model.compile(optimizer, loss={name}_loss)
''',
    "{vector} = ops.convert_to_tensor({VECTOR}, dtype=logits.dtype)",
    {
        "indices": 'targets = ops.reshape(ops.cast(y_true, "int32"), (-1,))',
        **dict.fromkeys(("columns", "one-logit"), "targets = ops.cast(y_true, logits.dtype)"),
    },
    {"element": "ops.mean(loss, -1)", "sample": "loss", "batch": "loss"},
)
SHELLS = {"pytorch": PYTORCH, "keras": KERAS, "jax": JAX}
SHAPES = {
    "indices": "Logits (N, K), targets 0 ... K-1 of shape (N,), in the order of CLASSES",
    "columns": "Logits and targets (N, C), 0/1, columns in the order of CLASSES",
    "one-logit": "Logits and targets of one shape, 0/1",
}
_INIT = """\
    def __init__(self):
        super().__init__()
{buffers}
"""
_BUFFER = """\
        {vector} = torch.tensor({VECTOR}, dtype=torch.float32)
        self.register_buffer("{vector}", {vector}, persistent=False)
"""


def emit(target: str, weights: Weights, recipe: Recipe) -> str:
    """A whole module for one of SHELLS."""
    shell = SHELLS[target]
    vectors = [name for name, value in recipe.constants.items() if isinstance(value, tuple)]
    words = re.split(r"[^a-z0-9]+", recipe.loss)
    lines = [shell.vector.replace("{vector}", v.lower()).replace("{VECTOR}", v) for v in vectors]
    lines += [shell.targets[recipe.targets]] if recipe.targets in shell.targets else []
    body = "\n".join([*lines, spelled(shell, recipe.body).rstrip("\n")])
    init = _INIT.replace("{buffers}", "".join(_BUFFER.format(vector=v.lower(), VECTOR=v) for v in vectors))
    shape = textwrap.wrap(recipe.shape or SHAPES[recipe.targets], WIDTH - 5)
    code = (
        shell.code.replace("{name}", "_".join(words))
        .replace("{Name}", "".join(word.capitalize() for word in words))
        .replace("{title}", recipe.title)
        .replace("{shape}", "\n    ".join(shape))
        .replace("{init}", init if vectors else "")
        .replace("{body}", textwrap.indent(body, "        " if shell is PYTORCH else "    ") + "\n")
        .replace("{result}", shell.result[recipe.per])
    )
    guards = [f'assert len({v}) == len(CLASSES), "one number per class, in the order of the outputs"' for v in vectors]
    constants = [
        numbers(name, value) if isinstance(value, tuple) else f"{name} = {number(value)}"
        for name, value in recipe.constants.items()
    ]
    data = "\n".join([names(weights), numbers("COUNTS", weights.counts), *constants, *guards]) + "\n"
    about = positive_class(weights) if recipe.targets == "one-logit" else ""
    imports = imported(shell, code)
    return f"{top(weights, target, recipe)}{imports}\n{data}\n\n{about}{remarks(recipe)}{code}"


def imported(shell: Shell, code: str) -> str:
    """The import lines of the shell that the code makes use of."""
    lines = shell.imports.splitlines(keepends=True)
    return "".join(line for line in lines if re.search(rf"\b{line.split()[-1]}\.", code))


def spelled(shell: Shell, body: str) -> str:
    """The body in the framework's functions."""

    def called(match: re.Match[str]) -> str:
        place = shell.functions[match.group(1)]
        return place + match.group(1) if place.endswith(".") else place

    return re.sub(r"@(\w+)", called, body)


def top(weights: Weights, target: str, recipe: Recipe) -> str:
    """The head of every emitted module, with the scheme where one was applied."""
    # The boundary of the loss is not that of the numbers: it stands above the code.
    first, *rest = head(unstated(weights), target, recipe.targets == "one-logit").splitlines(keepends=True)
    if weights.scheme == "uniform":
        rest = [f"# task {weights.task}, {len(weights.classes)} classes, {weights.n_samples} samples\n"]
    return "".join([first, f"# loss {recipe.loss}\n", *rest])


def remarks(recipe: Recipe) -> str:
    """The comment above the code: boundary, floor and notes."""
    named = recipe.boundary[1:] if recipe.targets == "one-logit" else recipe.boundary
    cuts = [cut for cut in named if cut is not None]
    lines = []
    if cuts:
        low, high = f"{min(cuts):.6g}", f"{max(cuts):.6g}"
        span = f"{low} on" if low == high else f"{low} to {high} on, by class"
        one_of = recipe.targets == "indices"
        decision = "largest logit" if one_of else "plain decision"
        others = ", the others sharing the rest as in these counts" if one_of and len(recipe.boundary) > 2 else ""
        lines.append(f"Trained with it, the {decision} names a class from a true posterior of {span}{others}.")
    if recipe.floor is not None:
        lines.append(f"A model that learnt nothing stays at {recipe.floor:.6g}: the floor for these counts.")
    text = [row for line in [*lines, *recipe.notes] for row in textwrap.wrap(line, WIDTH - 4)]
    return "".join(f"# {row}\n" for row in text)
