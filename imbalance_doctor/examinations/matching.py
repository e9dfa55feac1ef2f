"""Which scheme would give these weights, up to rounding and, for class weights, to a scale."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from .. import weighting
from ..errors import DoctorError
from ..model import ClassCounts

Array = NDArray[np.float64]
ROUNDING = 0.004
"""Relative error that two printed digits and a half leave."""
MILDEST = 0.02
"""Exponents below are no scheme but weights that hardly differ."""
BETAS = (0.9, 0.99, 0.999, 0.9999, 0.99999)
KINDS = {
    "class-weight": ("uniform", "balanced", "sqrt", "log-smoothed", "enet"),
    "pos-weight": ("pos-weight",),
    "pair": ("balanced-pair",),
    "offset": ("logit-adjustment",),
}


def matcher(counts: ClassCounts, kind: str, beta: float | None = None) -> Callable[[Sequence[float]], str]:
    """A function that names the scheme of values in class order, "" for none. `beta`: one more to be tried."""
    present = [i for i, n in enumerate(counts.counts) if n > 0]
    known = [(name, made[present]) for name, made in _schemes(counts, kind, beta)] if len(present) > 1 else []
    logs = np.log(np.array([counts.counts[i] for i in present], dtype=np.float64))

    def scheme_of(values: Sequence[float]) -> str:
        given = np.array([values[i] for i in present], dtype=np.float64)
        if len(given) < 2 or not (kind == "offset" or (np.isfinite(given).all() and (given > 0).all())):
            return ""
        for name, made in known:
            if _alike(given, made, kind):
                return name
        return _power(given, logs) if kind == "class-weight" and len(given) > 2 else ""

    return scheme_of


def _alike(given: Array, made: Array, kind: str) -> bool:
    if kind == "offset":
        return bool((np.abs(given - made) <= ROUNDING * np.abs(made) + 1e-6).all())
    with np.errstate(over="ignore"):
        ratio = given / made
        if kind == "class-weight":
            return bool(ratio.max() <= ratio.min() * (1 + ROUNDING) ** 2)
        return bool((np.abs(ratio - 1) <= ROUNDING).all())


def _schemes(counts: ClassCounts, kind: str, beta: float | None) -> list[tuple[str, Array]]:
    wanted: list[tuple[str, dict[str, float]]] = [(name, {}) for name in KINDS.get(kind, ())]
    if kind == "class-weight":
        tried = (*(() if beta is None else (beta,)), *BETAS)
        wanted += [("effective-number", {"beta": b}) for b in tried if 0 < b < 1]
    made = []
    for name, parameters in wanted:
        try:
            weights = weighting.apply(counts, name, parameters=parameters, zero_count="exclude", normalize="none")
        except DoctorError:  # a formula without a value for these counts
            continue
        pairs = zip(weights.values, weights.values_negative or (1.0,) * len(weights.values), strict=True)
        numbers = np.array([a / b if b else 0.0 for a, b in pairs])
        if kind == "offset" or (numbers[[n > 0 for n in counts.counts]] > 0).all():
            title = f"{name}, beta {parameters['beta']:g}" if parameters else name
            made.append((title, numbers))
    return made


def _power(given: Array, logs: Array) -> str:
    """The counts to a power, where a straight line fits on the logarithmic scale."""
    spread = logs - logs.mean()
    if not float(spread @ spread):
        return ""
    y = np.log(given)
    slope = float(spread @ (y - y.mean()) / (spread @ spread))
    off = float(np.abs(y - y.mean() - slope * spread).max())
    return f"power {-slope:.2f}" if off <= ROUNDING and slope <= -MILDEST else ""
