"""The fixed code of each PyTorch form. It names the literals CLASSES, WEIGHTS, … and holds no data."""

from ._python import Form

TORCH = "import torch\nfrom torch import nn\n"
FUNCTIONAL = TORCH + "from torch.nn import functional as F\n"
SAMPLING = "import torch\nfrom torch.utils.data import WeightedRandomSampler\n"

CROSS_ENTROPY = Form(
    TORCH,
    """\
# One logit per class and targets 0 ... K-1, in the order of CLASSES. criterion.to(device) moves the weights.
# The mean divides by the weights in the batch: their scale cancels, and a batch of one sample or of one
# class is not weighted at all. With soft targets (mixup) it divides by the batch size.
# As a buffer of your model: register_buffer("class_weights", ..., persistent=False) keeps checkpoints loading.
criterion = nn.CrossEntropyLoss(weight=torch.tensor(WEIGHTS, dtype=torch.float32))
""",
)

_BCE_NOTE = """\
# The mean divides by the number of elements: the sample mean above is a factor on the learning rate.
"""

POS_WEIGHT_BINARY = Form(
    TORCH,
    _BCE_NOTE
    + """\
criterion = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(WEIGHTS[1], dtype=torch.float32))
""",
    one_logit=True,
)

POS_WEIGHT = Form(
    TORCH,
    _BCE_NOTE
    + """\
# Logits and targets (N, C), columns in the order of CLASSES. For dense outputs (N, C, H, W) add .view(-1, 1, 1).
criterion = nn.BCEWithLogitsLoss(pos_weight=torch.tensor(WEIGHTS, dtype=torch.float32))
""",
)

_PAIR = """\
class PairWeightedBCE(nn.Module):
    \"\"\"Binary cross entropy with one factor for the positive and one for the negative term.\"\"\"

    def __init__(self):
        super().__init__()
        self.register_buffer("positive", torch.tensor(WEIGHTS{index}, dtype=torch.float32), persistent=False)
        self.register_buffer("negative", torch.tensor(WEIGHTS_NEGATIVE{index}, dtype=torch.float32), persistent=False)

    def forward(self, logits, targets):
        loss = self.positive * targets * F.softplus(-logits) + self.negative * (1 - targets) * F.softplus(logits)
        return loss.mean()


criterion = PairWeightedBCE()
"""

PAIR_BINARY = Form(FUNCTIONAL, _BCE_NOTE + _PAIR.replace("{index}", "[1]"), one_logit=True)

PAIR = Form(
    FUNCTIONAL,
    _BCE_NOTE
    + """\
# Logits and targets (N, C), columns in the order of CLASSES. For dense outputs (N, C, H, W) add .view(-1, 1, 1)
# to both tensors.
"""
    + _PAIR.replace("{index}", ""),
)

_ADJUSTED = """\
# Train with this loss, predict from the bare logits: the offset is in the loss only.
# For dense outputs (N, C, H, W) add .view(-1, 1, 1).
class LogitAdjustedLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("log_prior", torch.tensor(LOG_PRIOR, dtype=torch.float32), persistent=False)

    def forward(self, logits, targets):
        return F.{loss}(logits + self.log_prior, targets)


criterion = LogitAdjustedLoss()
"""

LOGIT_ADJUSTED = Form(FUNCTIONAL, _ADJUSTED.replace("{loss}", "cross_entropy"), "LOG_PRIOR")

LOGIT_ADJUSTED_BCE = Form(FUNCTIONAL, _ADJUSTED.replace("{loss}", "binary_cross_entropy_with_logits"), "LOG_PRIOR")

LDAM = Form(
    FUNCTIONAL,
    """\
# 30 suits logits that are cosines (normalised features and weights), as in the paper; 1 suits plain logits.
SCALE = 30.0


class MarginLoss(nn.Module):
    \"\"\"Cross entropy with the margin of the true class taken from its logit.\"\"\"

    def __init__(self):
        super().__init__()
        self.register_buffer("margins", torch.tensor(MARGINS, dtype=torch.float32), persistent=False)

    def forward(self, logits, targets):
        return F.cross_entropy(SCALE * (logits - F.one_hot(targets, len(MARGINS)) * self.margins), targets)


criterion = MarginLoss()
""",
    "MARGINS",
)

_SAMPLER = """\
# DataLoader(dataset, sampler=sampler(labels)): an epoch grows to the sum of the factors. No weights in the loss on
# top. The sampler takes at most 2**24 rows.
def sampler(labels):
    \"\"\"{labels}\"\"\"
    factors = torch.tensor(REPEAT, dtype=torch.float64)
    rows = {rows}
    return WeightedRandomSampler(rows, num_samples=round(rows.sum().item()), replacement=True)
"""

SAMPLER = Form(
    SAMPLING,
    _SAMPLER.replace("{labels}", "`labels`: the class index of every training row, in row order.").replace(
        "{rows}", "factors[torch.as_tensor(labels)]"
    ),
    "REPEAT",
)

SAMPLER_MULTILABEL = Form(
    SAMPLING,
    _SAMPLER.replace(
        "{labels}", "`labels`: 0/1, shape (rows, classes). A row repeats as its rarest label does."
    ).replace("{rows}", "torch.where(torch.as_tensor(labels) > 0, factors, 1.0).amax(dim=1)"),
    "REPEAT",
)

_BIAS = """\
# Call it once, before training, with the last layer. It is a start, not a correction: the boundary stays.
def initialise_bias(head):
    with torch.no_grad():
        head.bias.copy_(torch.tensor(BIAS_INIT{index}))
"""

BIAS = Form("import torch\n", _BIAS.replace("{index}", ""), "BIAS_INIT")

BIAS_BINARY = Form(
    "import torch\n",
    "# With two logits, which see only the difference: torch.tensor(BIAS_INIT) / 2.\n"
    + _BIAS.replace("{index}", "[1:]"),
    "BIAS_INIT",
    one_logit=True,
)

BIAS_NOTE = """\
# The bias of the last layer with which an untrained model answers the class frequencies. It is for a loss without
# weights; under weights or offsets that balance the classes the start is 0.
"""

BIAS_USE = """\
# with torch.no_grad():
#     head.bias.copy_(torch.tensor(BIAS_INIT))
"""
