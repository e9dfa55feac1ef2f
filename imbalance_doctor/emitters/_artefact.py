"""The weights as plain data: one set of keys for JSON, YAML and TOML."""

from typing import Any

from ..model import FORMAT, Weights
from ._literals import require_scalars


def artefact(weights: Weights, target: str) -> dict[str, Any]:
    """The neutral form, `"format": 1`: scalars first, then lists in class order, all of one length.

    `values_negative` is None except for a pair; a number that does not exist is None. Raises OutputError for a name
    with a lone surrogate.
    """
    from .. import __version__

    require_scalars(weights.classes, target)
    return {
        "format": FORMAT,
        "version": __version__,
        "target": target,
        "scheme": weights.scheme,
        "kind": weights.kind,
        "task": weights.task,
        "n_samples": weights.n_samples,
        "normalisation": weights.normalisation,
        "parameters": dict(sorted(weights.parameters.items())),
        "sample_mean": weights.sample_mean,
        "max_min_ratio": weights.max_min_ratio,
        "classes": list(weights.classes),
        "counts": list(weights.counts),
        "values": list(weights.values),
        "values_negative": None if weights.values_negative is None else list(weights.values_negative),
        "boundary_after": list(weights.boundary_after),
    }
