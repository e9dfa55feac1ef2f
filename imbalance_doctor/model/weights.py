"""The nouns of weights."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .labels import ClassCounts, Task


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
    model that learnt nothing prints. `notes` are sentences for the comment, at most 96 characters a line. `shape` says
    what logits and targets look like where it is not what `targets` implies.
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
    shape: str = ""


Role = Literal["class-weight", "weight-per-label", "pos-weight", "pair", "focal-alpha", "offset", "unknown"]
"""What numbers in a loss do. class-weight: a factor of a sample's loss by its class. weight-per-label: a factor of both
terms of a label. pos-weight: of its positive term. pair: of either term apart. focal-alpha: alpha of a focal loss.
offset: added to the logits."""


@dataclass(frozen=True)
class GivenWeights:
    """Weights a user already has, as they stand in a text. They may be NaN, infinite, or too many.

    `names` are the keys of a mapping, None for a list; `text_keys` whether they are strings in the text. `key` is where
    they stand and `line` the line, None where the format does not tell. `sampler`: a weighted sampler is in use too.
    """

    values: tuple[float, ...]
    values_negative: tuple[float, ...] | None = None
    names: tuple[str, ...] | None = None
    text_keys: bool = False
    role: Role = "unknown"
    loss: str = ""
    framework: str = ""
    sampler: bool = False
    gamma: float | None = None
    beta: float | None = None
    dtype: str = ""
    key: str = ""
    line: int | None = None


@dataclass(frozen=True)
class ClassOrder:
    """An order of the classes in which a list makes sense: `classes[i]` is the class its number i was made for."""

    name: str
    classes: tuple[int, ...]
    agreement: float
    scheme: str = ""


@dataclass(frozen=True)
class GivenProfile:
    """Everything `lint` knows about given weights. Rules read it under the name `weights`.

    `values` are the factors in class order, for a pair and a focal alpha the ratio of positive to negative term; None
    where the numbers cannot be assigned to the classes. One number for a binary task is the factor of index 1 over that
    of index 0. `usable`: all of them are finite, and not negative where they are factors.

    `rank_correlation` is Spearman's of values and counts, -1 as it should be, None where one of the two does not vary.
    `agreement` is Goodman and Kruskal's gamma, which leaves ties out. `order`: an order in which they follow the
    counts where as given they do not. `scheme` reproduces them up to `rounding` and, for class weights, to a scale.
    `divides`: whether the loss divides by the weights, so that their scale cancels; None when it is not known.
    """

    given: GivenWeights
    role: Role
    counts: ClassCounts
    values: tuple[float, ...] | None
    usable: bool
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    background: Literal["first", "last", "uncovered", ""]
    rank_correlation: float | None
    agreement: float | None
    order: ClassOrder | None
    scheme: str
    sample_mean: float | None
    max_min_ratio: float | None
    boundary_after: tuple[float | None, ...]
    divides: bool | None
    assumed: str = ""
    """What was taken for granted because the text does not say it."""

    @property
    def judged(self) -> bool:
        """Whether the numbers can be set against the classes at all."""
        return self.usable and self.values is not None
