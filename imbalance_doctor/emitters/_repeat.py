"""The threshold of repeat factors, for frameworks that take it and compute the factors from the images themselves."""

import math

from ..model import Weights


def threshold(weights: Weights) -> float:
    """t of r = max(1, sqrt(t / f)), f = count / samples: as the scheme was given it, else from the largest factor."""
    given = weights.parameters.get("threshold")
    if given is not None:
        return float(given)
    solved = (r * r * f for r, f in zip(weights.values, frequencies(weights), strict=True) if r > 1)
    return max((t for t in solved if math.isfinite(t)), default=0.0)


def frequencies(weights: Weights) -> list[float]:
    """The fraction of the samples that carry each class."""
    return [n / weights.n_samples for n in weights.counts]


def remark(weights: Weights, t: float) -> str:
    """A comment line where the framework's own factors are not those above, else ""."""
    own = [max(1.0, math.sqrt(t / f)) for f in frequencies(weights) if f > 0]
    wanted = [r for r, f in zip(weights.values, frequencies(weights), strict=True) if f > 0]
    off = sum(not math.isclose(a, b, rel_tol=1e-9) for a, b in zip(own, wanted, strict=True))
    if not off:
        return ""
    return f"# The framework computes its own factors, up to {max(own):.6g}; {off} differ from those above.\n"
