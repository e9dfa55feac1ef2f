"""A power of the inverse share: 0 is no correction, 0.5 is `sqrt`, 1 is `inverse`.

Formula:
    w_c = (N / n_c) ^ b        b = `--power`, N = sum of the counts

    The same as temperature sampling: drawing class c with a probability in proportion to share^S is worth a weight of
    share^(S-1), so b = 1 - S. Multilingual BERT's S = 0.7 is b = 0.3; XLM-R's 0.3 is b = 0.7.

When it helps:
    How much to correct is a question for the validation set: search b between 0 and 1.

What it costs:
    One more number to tune, and the optimum moves with the metric. Above 1 rare classes are favoured beyond balance.

Example:
    >>> weigh(ClassCounts.of([90, 9, 1]), power=0.3).round(4).tolist()
    [1.0321, 2.0593, 3.9811]

Reference:
    Devlin et al., multilingual.md of google-research/bert (S = 0.7); Conneau et al. (2020), Unsupervised cross-lingual
    representation learning at scale, ACL (0.3).
"""

import numpy as np
from numpy.typing import NDArray

from ..errors import UsageError
from ..model import ClassCounts
from ..plugins import Scheme

SCHEME = Scheme("power", "class-weight")


def weigh(counts: ClassCounts, *, power: float = 0.5) -> NDArray[np.float64]:
    """(N / n) ** power, shape (K,). Raises UsageError when `power` is negative or so large that numbers overflow."""
    if not power >= 0:
        raise UsageError(f"power must be 0 or more, not {power}", "0 is no correction, 0.5 is sqrt, 1 is inverse")
    total = counts.n_assignments
    try:
        return np.array([(total / n) ** power for n in counts.counts], dtype=np.float64)
    except OverflowError:
        raise UsageError(f"power {power} is too large for these counts", "useful values lie between 0 and 1") from None
