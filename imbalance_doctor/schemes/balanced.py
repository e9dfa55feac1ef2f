"""The "balanced" weights of scikit-learn, from its own function.

Every class gets the same total weight N/K, and the weights of all samples add up to N, so that the scale of the loss,
and with it the learning rate, stays what it was.

Formula:
    w_c = N / (K n_c)        N = sum of the counts, K = number of classes

When it helps:
    The metric is balanced accuracy or macro recall, the model is linear or small, and the threshold is fixed at 0.5.

What it costs:
    Probabilities become those of a balanced world: rare classes are over-estimated (by about (1-p)/p in odds) until
    they are mapped back. Ranking is not improved, and in a network that separates the training data the effect fades.

Example:
    >>> weigh(ClassCounts.of([90, 9, 1])).round(4).tolist()
    [0.3704, 3.7037, 33.3333]

Reference:
    sklearn.utils.class_weight.compute_class_weight, called on the counts. It cites King and Zeng (2001), Logistic
    regression in rare events data, whose own weights go towards the population, the other way.
    Cost: van den Goorbergh et al. (2022), JAMIA 29; Byrd and Lipton (2019), ICML.
"""

import numpy as np
from numpy.typing import NDArray

from ..model import ClassCounts
from ..plugins import Scheme

SCHEME = Scheme("balanced", "class-weight")


def weigh(counts: ClassCounts) -> NDArray[np.float64]:
    """N / (K n), shape (K,). Needs scikit-learn 1.7 or later, the first to accept `sample_weight` here."""
    from sklearn.utils.class_weight import compute_class_weight

    classes = np.arange(len(counts.counts))
    n = np.array(counts.counts, dtype=np.float64)
    weights = compute_class_weight("balanced", classes=classes, y=classes, sample_weight=n)
    return np.asarray(weights, dtype=np.float64)
