"""The nouns of weights."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .labels import Task


@dataclass(frozen=True)
class Weights:
    """Numbers for a loss, in class order, with everything needed to check them.

    `values` multiply (or are added, see `kind`) per class; `values_negative` are the factors of the negative term in
    the pair schemes. `sample_mean` is the mean loss weight over the data, None where the numbers are not factors.
    `boundary_after` is the posterior at which a 0.5 cut fires once the weights are in place.
    """

    scheme: str
    kind: str
    task: Task
    classes: tuple[str, ...]
    counts: tuple[int, ...]
    n_samples: int
    values: tuple[float, ...]
    values_negative: tuple[float, ...] | None
    normalisation: str
    sample_mean: float | None
    max_min_ratio: float | None
    boundary_after: tuple[float | None, ...]
    parameters: Mapping[str, float | str] = field(default_factory=dict)
    known: tuple[int, ...] = ()

    @property
    def negatives(self) -> tuple[int, ...]:
        """Per class, the samples known not to carry it."""
        return tuple(
            k - c for c, k in zip(self.counts, self.known or (self.n_samples,) * len(self.counts), strict=True)
        )
