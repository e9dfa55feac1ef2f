"""What the targets for boosted trees share: code that turns labels into indices, and refusals."""

from ..model import Weights
from ._literals import plain
from ._python import data, head

ENCODE = '''

def encode(labels):
    """Indices into CLASSES, for labels that are text or integers."""
    index = {name: i for i, name in enumerate(CLASSES)}
    return [index[str(label)] for label in labels]

'''
"""Two functions may follow, or comments: it ends in one empty line."""

FITS = {
    "class-weight": ("binary", "multiclass"),
    "pos-weight": ("binary", "multilabel"),
    "pair": ("binary", "multilabel"),
}
_BALANCED = "use --scheme balanced; for multi-label --scheme balanced-pair"
REFUSES = {
    "prior-bias": (
        "it has no last layer, its first trees find the prior",
        "nothing is needed; --to json gives the numbers",
    ),
    "offset": (
        "an offset goes in row by row (base_margin, init_score, baseline) and must be left out when predicting",
        "use --to sklearn: the threshold it emits does the same, and goes around this estimator as well",
    ),
    "margin": ("the margin belongs to logits that a network learns", _BALANCED),
    "repeat": ("it has no sampler that repeats rows", "use --scheme power; for multi-label --scheme balanced-pair"),
}


def module(weights: Weights, target: str, code: str, imports: str = "") -> str:
    """A Python module: the literals, then the code."""
    one_sided = weights.task == "binary" and weights.kind != "class-weight"
    top = head(weights, target, one_sided) + (imports + "\n" if imports else "")
    return top + data(weights, "WEIGHTS") + code


def positive(weights: Weights) -> str:
    """A comment that says which of two classes is the positive one."""
    return f"# The positive class is the one at index 1, {plain(weights.classes[1], 'CLASSES[1]')}.\n"
