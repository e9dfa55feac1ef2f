"""Log loss, in nats, summed over a piece.

From probabilities as scikit-learn has it: clipped to [eps, 1 - eps] with the machine epsilon of the stored precision
(that of float32 for half precision), not renormalised. From logits without forming the probability, so that no
clipping is needed.
"""

import numpy as np
from numpy.typing import NDArray

from .links import Floats
from .pieces import Mask, Piece


def softmax_loss(piece: Piece, p_true: Floats, truth: NDArray[np.int64], judged: Mask) -> float:
    """Sum of -ln p of the true class. `p_true` and `truth` (m,) are those of the m rows that are `judged` (n,)."""
    if piece.setting.score_kind != "logits":
        return float(-np.log(np.clip(p_true, *bounds(piece))).sum())
    rows = np.flatnonzero(judged)
    behind = piece.top[rows].astype(np.float64) - piece.wide[truth, rows]
    return float((behind + np.log(piece.normaliser[rows])).sum())


def cell_loss(piece: Piece, positives: NDArray[np.int64], known: Mask | None) -> float:
    """Sum of the binary cross-entropy over the known cells; `positives` are the flat indices of the true ones."""
    if piece.setting.score_kind == "logits":
        z = piece.wide
        softplus = np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))
        of_negatives, gain = softplus, z.ravel()[positives]
    else:
        p = np.clip(piece.wide, *bounds(piece))
        of_negatives = -np.log1p(-p)
        gain = np.log(p.ravel()[positives]) + of_negatives.ravel()[positives]
    total = of_negatives.sum() if known is None else of_negatives[known].sum()
    return float(total - gain.sum())


def bounds(piece: Piece) -> tuple[float, float]:
    """What probabilities are clipped to."""
    eps = float(np.finfo(piece.scores.dtype).eps)
    return eps, 1.0 - eps
