"""The factor on the positive term that makes positives and negatives of a label weigh the same.

Formula:
    w_c = (1 - p_c) / p_c = negatives / positives        p = prevalence: count / samples, blanks left out

When it helps:
    Binary and multi-label outputs with one sigmoid per label, scored at a fixed cut of 0.5 by recall or balanced
    accuracy: that cut then fires at the posterior p.

What it costs:
    Large values (hundreds) make single samples dominate a batch. Clipping at c (`--cap`) moves the boundary to
    1/(1+c). For F1 a boundary of p is far too low. Probabilities must be mapped back before use.

Example:
    One label on 101 of 55,000 samples:

    >>> weigh(ClassCounts.of({"rare": 101}, n_samples=55_000)).round(4).tolist()
    [543.5545]

Reference:
    `pos_weight` of torch.nn.BCEWithLogitsLoss; `scale_pos_weight` of XGBoost. Boundary: Elkan (2001), The foundations
    of cost-sensitive learning, IJCAI, theorem 1.
"""

import numpy as np
from numpy.typing import NDArray

from ..model import ClassCounts
from ..plugins import Scheme

SCHEME = Scheme("pos-weight", "pos-weight")


def weigh(counts: ClassCounts) -> NDArray[np.float64]:
    """Negatives / positives, shape (K,); 0 for a label that every sample carries."""
    pairs = zip(counts.negatives, counts.counts, strict=True)
    return np.array([rest / n for rest, n in pairs], dtype=np.float64)
