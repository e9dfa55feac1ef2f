"""The nouns of weights."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

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


Targets = Literal["indices", "columns", "one-logit"]


@dataclass(frozen=True)
class Recipe:
    """One loss with the constants of one data set, written once for every framework.

    `body` computes `loss` from `logits` and `targets`; a function of the framework is written `@name`, with positional
    arguments only. `constants` are named in capitals: the body uses a number by that name, a vector, one value a
    class, by the name in small letters.

    `targets`: "indices", logits (N, K) and targets 0 ... K-1 of shape (N,); "columns", both (N, C), 0/1; "one-logit",
    both of one shape, 0/1, for the class at index 1. `per`: whether `loss` has a value per "element" of the logits,
    per "sample" or is one number for the "batch"; the mean is taken over what is left.

    `boundary` is the true posterior at which the plain decision (logit above 0, or the largest logit) names a class,
    None where there is none to state. `floor` is the least value of the loss, as reduced, for constant outputs: what a
    model that learnt nothing prints. `notes` are sentences for the comment, at most 96 characters a line.
    """

    loss: str
    title: str
    targets: Targets
    per: Literal["element", "sample", "batch"]
    constants: Mapping[str, float | tuple[float, ...]]
    body: str
    boundary: tuple[float | None, ...]
    floor: float | None
    notes: tuple[str, ...] = ()
