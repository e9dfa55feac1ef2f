"""The fixed code of each PyTorch form. It names the literals CLASSES, WEIGHTS, … and holds no data."""

from ._python import Form

TORCH = "import torch\nfrom torch import nn\n"
FUNCTIONAL = TORCH + "from torch.nn import functional as F\n"
SAMPLING = "import torch\nfrom torch.utils.data import WeightedRandomSampler\n"

_TRANSIENT = """\
# Not in the state dict, so that a model which holds the criterion still loads its old checkpoints.
criterion.register_buffer("{name}", criterion.{name}, persistent=False)
"""

CROSS_ENTROPY = Form(
    TORCH,
    """\
# One logit per class and targets 0 ... K-1, in the order of CLASSES. criterion.to(device) moves
# the weights. The mean divides by the weights in the batch: their scale cancels, and a batch of
# one sample or of one class is not weighted at all. With soft targets (mixup) it divides by the
# batch size.
criterion = nn.CrossEntropyLoss(weight=torch.tensor(WEIGHTS, dtype=torch.float32))
"""
    + _TRANSIENT.replace("{name}", "weight")
    + """
# Or draw the rows by their weights, and leave the weights out of the loss; never both:
# WeightedRandomSampler([WEIGHTS[i] for i in labels], num_samples=len(labels), replacement=True)
""",
)

_PER_ELEMENT = """\
# The mean divides by the number of elements, so the sample mean above scales the learning rate.
"""
_DENSE = """\
SHAPE = (-1,)
# Dense outputs (N, C, H, W) need this shape, or the numbers go along W, silently where W is C:
# SHAPE = (-1, 1, 1)
"""
_COLUMNS = (
    """\
# Logits and targets (N, C), columns in the order of CLASSES.
"""
    + _DENSE
)

POS_WEIGHT_BINARY = Form(
    TORCH,
    _PER_ELEMENT
    + """\
criterion = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(WEIGHTS[1], dtype=torch.float32))
"""
    + _TRANSIENT.replace("{name}", "pos_weight"),
    one_logit=True,
)

POS_WEIGHT = Form(
    TORCH,
    _COLUMNS
    + "\n"
    + _PER_ELEMENT
    + """\
pos_weight = torch.tensor(WEIGHTS, dtype=torch.float32).view(SHAPE)
criterion = nn.BCEWithLogitsLoss(pos_weight=pos_weight)
"""
    + _TRANSIENT.replace("{name}", "pos_weight"),
)

_PAIR = """\
class PairWeightedBCE(nn.Module):
    \"\"\"Binary cross entropy with one factor for the positive and one for the negative term.\"\"\"

    def __init__(self):
        super().__init__()
        positive = torch.tensor(WEIGHTS{index}, dtype=torch.float32){view}
        negative = torch.tensor(WEIGHTS_NEGATIVE{index}, dtype=torch.float32){view}
        self.register_buffer("positive", positive, persistent=False)
        self.register_buffer("negative", negative, persistent=False)

    def forward(self, logits, targets):
        positive = self.positive * targets * F.softplus(-logits)
        negative = self.negative * (1 - targets) * F.softplus(logits)
        return (positive + negative).mean()


criterion = PairWeightedBCE()
"""

PAIR_BINARY = Form(FUNCTIONAL, _PER_ELEMENT + _PAIR.replace("{index}", "[1]").replace("{view}", ""), one_logit=True)
PAIR = Form(
    FUNCTIONAL, _COLUMNS + "\n\n" + _PER_ELEMENT + _PAIR.replace("{index}", "").replace("{view}", ".view(SHAPE)")
)

_ADJUSTED = """\
{columns}# Train with this loss, predict from the bare logits: the offset is in the loss only.
class LogitAdjustedLoss(nn.Module):
    def __init__(self):
        super().__init__()
        log_prior = torch.tensor(LOG_PRIOR, dtype=torch.float32).view(SHAPE)
        self.register_buffer("log_prior", log_prior, persistent=False)

    def forward(self, logits, targets):
        return F.{loss}(logits + self.log_prior, targets)


criterion = LogitAdjustedLoss()
"""
_ONE_LOGIT = """\
# With one logit: F.binary_cross_entropy_with_logits(logit + LOG_PRIOR[1] - LOG_PRIOR[0], target).
"""


def _adjusted(columns: str, loss: str) -> Form:
    return Form(FUNCTIONAL, _ADJUSTED.replace("{columns}", columns).replace("{loss}", loss), "LOG_PRIOR")


LOGIT_ADJUSTED = _adjusted(_DENSE + "\n\n", "cross_entropy")
LOGIT_ADJUSTED_BINARY = _adjusted(_DENSE + "\n\n" + _ONE_LOGIT, "cross_entropy")
LOGIT_ADJUSTED_BCE = _adjusted(_COLUMNS + "\n\n", "binary_cross_entropy_with_logits")

LDAM = Form(
    FUNCTIONAL,
    """\
# 30 suits logits that are cosines (normalised features and weights), as in the paper; 1 suits plain
# logits.
SCALE = 30.0


class MarginLoss(nn.Module):
    \"\"\"Cross entropy with the margin of the true class taken from its logit.\"\"\"

    def __init__(self):
        super().__init__()
        margins = torch.tensor(MARGINS, dtype=torch.float32)
        self.register_buffer("margins", margins, persistent=False)

    def forward(self, logits, targets):
        margins = (F.one_hot(targets, len(MARGINS)) * self.margins).movedim(-1, 1)
        return F.cross_entropy(SCALE * (logits - margins), targets)


criterion = MarginLoss()
""",
    "MARGINS",
)

_SAMPLER = """\
# DataLoader(dataset, sampler=sampler(labels)): an epoch grows to the sum of the factors. Keep the
# weights out of the loss then. The sampler takes at most 2**24 rows.
def sampler(labels):
    \"\"\"{labels}\"\"\"
    factors = torch.tensor(REPEAT, dtype=torch.float64)
    rows = {rows}
    return WeightedRandomSampler(rows, num_samples=round(rows.sum().item()), replacement=True)
"""


def _sampler(labels: str, rows: str) -> Form:
    return Form(SAMPLING, _SAMPLER.replace("{labels}", labels).replace("{rows}", rows), "REPEAT")


SAMPLER = _sampler("`labels`: the class index of every training row.", "factors[torch.as_tensor(labels)]")
SAMPLER_MULTILABEL = _sampler(
    "`labels`: 0/1, shape (rows, classes). A row repeats as often as its rarest label.",
    "torch.where(torch.as_tensor(labels) > 0, factors, 1.0).amax(dim=1)",
)

_BIAS = """\
# Call it once with the last layer, before training. It is a start, not a correction: the boundary
# stays where it was.
def initialise_bias(head):
    with torch.no_grad():
        head.bias.copy_(torch.tensor(BIAS_INIT{index}))
"""
_TWO_LOGITS = """\
# With two logits, which see only the difference: torch.tensor(BIAS_INIT) / 2.
"""

BIAS = Form("import torch\n", _BIAS.replace("{index}", ""), "BIAS_INIT")
BIAS_BINARY = Form("import torch\n", _TWO_LOGITS + _BIAS.replace("{index}", "[1:]"), "BIAS_INIT", one_logit=True)

BIAS_NOTE = """\
# The bias of the last layer with which an untrained model answers the class frequencies. It is for
# a loss without weights; under weights or offsets that balance the classes the start is 0.
"""
BIAS_USE = """\
# with torch.no_grad():
#     head.bias.copy_(torch.tensor(BIAS_INIT))
"""
NO_BIAS = """\
# No BIAS_INIT: a class without samples, or on all of them, has no finite log-odds.
"""
