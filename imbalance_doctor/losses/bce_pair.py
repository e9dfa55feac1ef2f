"""Binary cross entropy with a factor on each of its two terms, label by label.

Formula:
    w1_c y (-ln s(z)) + w0_c (1 - y) (-ln(1 - s(z))),        s = sigmoid; the mean over all elements

Implied threshold:
    w0 / (w0 + w1). Only the ratio of the two factors moves it, their size is a factor on the learning rate.

When it helps:
    As `bce-pos-weight`, at a chosen scale: the balanced pair (1/2p, 1/(2(1-p))) has the same threshold p and a mean
    weight of one, so that a learning rate that worked without weights still works.

When it does not:
    For F1, whose threshold lies well above p. With the pair (1-p, p) a rare label all but vanishes: its mean weight is
    2p(1-p), and plain SGD stays on the floor. One pair for all labels, looked up by the value 0 or 1 of the target, is
    not this loss, nor is one weight a label on both terms, which moves no threshold at all.

Reference:
    Xie and Tu (2015), Holistically-nested edge detection, ICCV, equation 2; scikit-learn's "balanced" for each label.
"""

from ..model import Recipe, Weights
from ..plugins import Loss
from . import _pair

LOSS = Loss("bce-pair", dict.fromkeys(("binary", "multilabel"), "balanced-pair"))


def recipe(weights: Weights) -> Recipe:
    """The loss with the factors of a scheme of kind `pair`."""
    title = "Binary cross entropy with a factor on each of its terms"
    return _pair.recipe(weights, LOSS.name, title, *_pair.factors(weights))
