"""The step that applies a scheme: empty classes, the scheme, a normalisation, a cap, and the boundary that follows.

Schemes return raw numbers for classes that have samples. Here they become `Weights`: every slot filled, in class
order, on a stated scale, with the mean weight of the data and the posterior at which a cut at 0.5 fires.

Normalisation. `sample-mean`: sum of n w / sum of n is 1, the default of class weights; `sum`: the weights add up to
the number of classes weighed; `max`: the largest is 1; `none`: as the formula gives them, the default of every other
kind. A pair knows `sample-mean`, where both factors are divided by the mean over labels of p w1 + (1-p) w0, and `none`.

Cap: the largest value. Class weights of mean one are filled like water under a lid: what is above the cap is cut to
it and all others are scaled up, until no value is above the cap and the mean is one again. Classes under the cap keep
their ratios; a cap below 1 cannot be met. For a pair the cap is on w1/w0, met by lowering w1 before any normalisation.

Classes without samples. `refuse`; `exclude`: weigh the others and leave 0 (1 for a repeat factor) in the slot, which
then has no boundary; `value=X`: X in the slot after all scaling, in both factors of a pair. A class is not switched
off by an offset or margin of 0: mask its logit as well.
"""

import inspect
import math
from collections.abc import Mapping, Sequence
from numbers import Real

import numpy as np
from numpy.typing import NDArray

from .errors import InputError, UsageError
from .model import ClassCounts, Weights
from .plugins import Plugin, schemes, unknown_name

Array = NDArray[np.float64]

NORMALISATIONS = ("sample-mean", "sum", "max", "none")
NO_PARAMETERS: Mapping[str, float] = {}
SHOWN = 10
LARGEST = 1e150
"""No number above this: products and sums of weights must stay finite."""
ROUNDING = 1e-14
"""A mean this close to 1 is 1: scikit-learn's own numbers are passed on to the last bit."""


def apply(
    counts: ClassCounts,
    scheme: str,
    *,
    parameters: Mapping[str, float] = NO_PARAMETERS,
    cap: float | None = None,
    normalize: str | None = None,
    zero_count: str = "refuse",
) -> Weights:
    """Weights of one scheme for these counts, finite in every slot, in the order of `counts.names`.

    `parameters` are the tunables of the scheme by name, such as `{"power": 0.3}`; every number used, defaults
    included, is on the result. The other options are explained at the top of this module.

    Raises InputError for empty classes without a policy, for no samples at all and for a class without negatives
    where the formula needs them; UsageError for options that are unknown, out of range or contradict each other.
    """
    plugin = schemes().find(scheme)
    kind = str(plugin.card.kind)
    how = normalisation(kind, normalize)
    check_cap(kind, how, cap)
    filler = slot_value(kind, zero_count, cap)
    kept = classes_to_weigh(plugin, counts, zero_count)
    part = counts if len(kept) == len(counts.names) else restrict(counts, kept)
    numbers = tunables(plugin, part, parameters)
    raw = in_range(np.atleast_2d(plugin.verb(part, **numbers)), plugin.name)
    factors = scale(kind, part, raw, how, cap)

    slots = np.full((len(factors), len(counts.names)), filler)
    slots[:, kept] = factors
    values, *negative = (tuple(row) for row in slots.tolist())
    cuts = boundaries(counts, plugin.name, values, *negative)
    if zero_count == "exclude":
        cuts = tuple(cut if n else None for cut, n in zip(cuts, counts.counts, strict=True))
    policy = {} if zero_count == "refuse" else {"zero_count": zero_count}
    return Weights(
        scheme=plugin.name,
        kind=kind,
        task=counts.task,
        classes=counts.names,
        counts=counts.counts,
        n_samples=counts.n_samples,
        values=values,
        values_negative=negative[0] if negative else None,
        normalisation=how,
        sample_mean=sample_mean(kind, part, factors),
        max_min_ratio=max_min_ratio(kind, part, factors),
        boundary_after=cuts,
        parameters={**numbers, **({} if cap is None else {"cap": float(cap)}), **policy},
        known=counts.known,
    )


def normalisation(kind: str, asked: str | None) -> str:
    """The normalisation to use. Raises UsageError, with the reason, where one would change what the numbers mean."""
    if asked is None:
        return "sample-mean" if kind == "class-weight" else "none"
    if asked not in NORMALISATIONS:
        raise unknown_name("normalisation", asked, list(NORMALISATIONS))
    if asked == "none" or kind == "class-weight" or (kind == "pair" and asked == "sample-mean"):
        return asked
    if kind == "pos-weight":
        raise UsageError(
            "a pos-weight cannot be normalised: scaling it would move the boundary, 1/(1+w)",
            "divide the learning rate by the printed sample mean, or use --scheme balanced-pair, whose mean is one",
        )
    reason = {
        "pair": "for a pair only sample-mean is defined",
        "offset": "an offset is added to a logit: it has no scale to choose",
        "margin": "a margin is measured in logits: its scale is set by --max-margin",
        "repeat": "a repeat factor of 1 means once: it has no scale to choose",
    }[kind]
    raise UsageError(f"--normalize {asked} does not apply: {reason}", "leave --normalize out")


def check_cap(kind: str, how: str, cap: float | None) -> None:
    """Raises UsageError for a cap that is out of range or that no weights of this kind and scale can meet."""
    if cap is None:
        return
    if kind in ("offset", "margin"):
        raise UsageError(f"--cap does not apply: the numbers are added to logits ({kind})", "leave --cap out")
    if kind == "class-weight" and how == "max":
        raise UsageError("--cap does not apply to --normalize max: the largest weight is 1", "leave one of them out")
    least = "a repeat factor is at least 1" if kind == "repeat" else "with a mean of 1 the largest weight is at least 1"
    if cap < 1 and (kind == "repeat" or (kind == "class-weight" and how != "none")):
        raise UsageError(f"the cap must be at least 1, not {cap}: {least}", "for example --cap 20")
    if not 0 < cap < math.inf:
        raise UsageError(f"the cap must be a positive number, not {cap}", "for example --cap 20")


def slot_value(kind: str, zero_count: str, cap: float | None) -> float:
    """What goes in the slot of a class without samples. Raises UsageError when the policy cannot be read."""
    if zero_count in ("refuse", "exclude"):
        return 1.0 if kind == "repeat" else 0.0
    word, _, text = zero_count.partition("=")
    try:
        value = float(text) if word == "value" else math.nan
    except ValueError:
        value = math.nan
    if not abs(value) <= LARGEST:
        raise UsageError(
            f"--zero-count {zero_count!r} is not a policy",
            "choose refuse, exclude, or value=X with a number, as value=1",
        )
    if value < 0 and kind != "offset":
        raise UsageError(f"--zero-count {zero_count}: a {kind} cannot be negative", "for example --zero-count value=1")
    if cap is not None and kind != "pair" and value > cap:
        raise UsageError(f"--zero-count {zero_count} is above --cap {cap}", "lower the one or raise the other")
    return value


def classes_to_weigh(plugin: Plugin, counts: ClassCounts, zero_count: str) -> list[int]:
    """Positions of the classes the scheme is applied to.

    Raises InputError when no class has a sample, or when some have none and there is no policy for them.
    """
    kept = [i for i, n in enumerate(counts.counts) if n > 0]
    if not kept:
        raise InputError("no class has a single sample: there is nothing to weigh")
    if zero_count != "refuse" or len(kept) == len(counts.counts):
        return kept
    if not plugin.card.needs_all_classes:
        return list(range(len(counts.counts)))
    empty = [name for name, n in zip(counts.names, counts.counts, strict=True) if n == 0]
    named = ", ".join(map(repr, empty[:SHOWN])) + (", …" if len(empty) > SHOWN else "")
    raise InputError(
        f"{len(empty)} class(es) without samples: {named}; {plugin.name} has no number for them",
        "choose with --zero-count exclude (leave them out) or --zero-count value=X (say value=1)",
    )


def restrict(counts: ClassCounts, kept: Sequence[int]) -> ClassCounts:
    """The counts of some of the classes, with the task and the samples unchanged."""
    names, numbers = tuple(counts.names[i] for i in kept), tuple(counts.counts[i] for i in kept)
    return ClassCounts(names, numbers, counts.n_samples, counts.task, tuple(counts.known[i] for i in kept))


def tunables(plugin: Plugin, counts: ClassCounts, given: Mapping[str, float]) -> dict[str, float]:
    """Every tunable of the scheme with its value: as given, else its default, else what `matched(counts)` says.

    Raises UsageError for a tunable the scheme does not have and for a value that is not a finite number.
    """
    signature = inspect.signature(plugin.verb).parameters.values()
    defaults = {p.name: p.default for p in signature if p.kind is inspect.Parameter.KEYWORD_ONLY}
    for name, value in given.items():
        if name not in defaults:
            has = f"its tunables: {', '.join(defaults)}" if defaults else "it has no tunables"
            raise UsageError(f"the scheme {plugin.name} has no tunable {name!r}", has)
        if not (isinstance(value, Real) and math.isfinite(value)):
            raise UsageError(f"{name} must be a finite number, not {value!r}")
    open_defaults = [name for name, default in defaults.items() if default is None and name not in given]
    matched = plugin.module.matched(counts) if open_defaults else {}
    return {name: float(value) for name, value in {**defaults, **matched, **given}.items()}


def in_range(factors: Array, scheme: str) -> Array:
    """The factors themselves. Raises UsageError when one is too large to be computed with."""
    if not (np.abs(factors) <= LARGEST).all():
        raise UsageError(f"the scheme {scheme} gives numbers beyond {LARGEST:g}", "use milder parameters")
    return factors


def scale(kind: str, counts: ClassCounts, factors: Array, how: str, cap: float | None) -> Array:
    """Factors, shape (1 or 2, K), normalised and capped."""
    if kind == "class-weight" and how in ("sample-mean", "sum"):
        mass = np.array(counts.counts, dtype=np.float64) if how == "sample-mean" else np.ones(len(counts.counts))
        level = divide(factors, math.fsum(mass * factors[0]) / math.fsum(mass))
        return level if cap is None else fill(level[0], mass, cap)[np.newaxis]
    if cap is not None:
        ceiling = cap * factors[1] if kind == "pair" else cap
        factors = np.stack([np.minimum(factors[0], ceiling), *factors[1:]])
    if how == "max":
        return divide(factors, float(factors.max()))
    mean = sample_mean(kind, counts, factors)
    return divide(factors, mean) if how == "sample-mean" and mean is not None else factors


def divide(factors: Array, by: float) -> Array:
    """Factors over a number, untouched when it is 1 up to rounding. Raises InputError when it is 0."""
    if by == 0:
        raise InputError("every label is on every sample: the mean weight is 0, which has no scale", "leave them out")
    return factors if abs(by - 1) <= ROUNDING else factors / by


def fill(weights: Array, mass: Array, cap: float) -> Array:
    """Weights of mean one (by `mass`) with none above `cap`: the excess flows to the others in proportion."""
    order = np.argsort(-weights, kind="stable")
    w, m = weights[order], mass[order]
    room = m.sum() - cap * (np.cumsum(m) - m)  # what is left for the others once the k heaviest are at the cap
    fits = w * room <= cap * np.cumsum((m * w)[::-1])[::-1]
    if not fits.any():
        return np.full(len(weights), cap)
    k = int(fits.argmax())
    return np.minimum(weights * ((math.fsum(m) - cap * math.fsum(m[:k])) / math.fsum((m * w)[k:])), cap)


def sample_mean(kind: str, counts: ClassCounts, factors: Array) -> float | None:
    """Mean weight of the loss over the data, None for numbers that are not factors of a loss.

    Class weights: sum of n w / sum of n. Pos-weights and pairs: the mean over labels of p w1 + (1-p) w0.
    """
    if kind == "class-weight":
        return math.fsum(n * w for n, w in zip(counts.counts, factors[0].tolist(), strict=True)) / counts.n_assignments
    if kind not in ("pos-weight", "pair"):
        return None
    positive, negative = factors[0].tolist(), factors[1].tolist() if kind == "pair" else [1.0] * len(counts.names)
    rows = zip(counts.counts, counts.negatives, counts.known, positive, negative, strict=True)
    return math.fsum((n * w1 + rest * w0) / known for n, rest, known, w1, w0 in rows) / len(counts.names)


def max_min_ratio(kind: str, counts: ClassCounts, factors: Array) -> float | None:
    """Largest over smallest value, of w1/w0 for a pair, among classes with samples.

    None for offsets, and where the smallest is 0.
    """
    present = factors[:, [n > 0 for n in counts.counts]]
    values = present[0] / present[1] if kind == "pair" else present[0]
    smallest = float(values.min())
    return None if kind == "offset" or smallest == 0 else float(values.max()) / smallest


def boundaries(
    counts: ClassCounts, scheme: str, values: Sequence[float], values_negative: Sequence[float] | None = None
) -> tuple[float | None, ...]:
    """Per class, the true posterior at which a cut at 0.5 fires once these numbers of the scheme are in the loss.

    - pos-weight: 1/(1+w). pair: w0/(w0+w1).
    - class-weight, one class per sample: the class against the rest, the rest sharing the remaining posterior in
      proportion to their priors; w_r / (w_c + w_r) with w_r the mean weight of the rest. Uniform weights give 0.5,
      balanced weights of two classes the prior. Multi-label: 0.5, because a weight on both terms of a label cannot
      move its boundary.
    - offset, trained with and predicted without: as a class weight of exp(-offset); multi-label 1/(1+exp(-offset)),
      which is p^tau/(p^tau+(1-p)^tau). A starting bias leaves the optimum alone: 0.5.
    - repeat: as a class weight; multi-label None, because a repeated sample carries its other labels with it.
    - margin: None, its effect depends on how well the classes are separated.

    None too for a class weight or pair of 0, and for a class that has no other to be told from. Sources: Elkan (2001),
    theorem 1; Menon et al. (2021).
    """
    plugin = schemes().find(scheme)
    kind, each = plugin.card.kind, range(len(values))
    if kind == "margin" or (kind == "repeat" and counts.task == "multilabel"):
        return (None,) * len(values)
    if getattr(plugin.module, "START_ONLY", False):
        return (0.5,) * len(values)
    if kind == "pos-weight":
        return tuple(1 / (1 + w) for w in values)
    if kind == "pair":
        pairs = zip(values, values_negative or (), strict=True)
        return tuple(w0 / (w0 + w1) if w0 + w1 else None for w1, w0 in pairs)
    if counts.task != "multilabel":
        cuts = against_the_rest(counts, as_weights(counts, values) if kind == "offset" else np.array(values))
    else:
        cuts = [sigmoid(values[i]) if kind == "offset" else 0.5 for i in each]
    return tuple(None if kind == "class-weight" and values[i] == 0 else cuts[i] for i in each)


def as_weights(counts: ClassCounts, offsets: Sequence[float]) -> Array:
    """exp(-offset), up to a factor that leaves the largest weight of a class with samples at 1."""
    least = min((o for o, n in zip(offsets, counts.counts, strict=True) if n), default=0.0)
    # An empty class may have been given any number: 700 is where exp would overflow.
    return np.exp(np.minimum(least - np.array(offsets), 700.0))


def against_the_rest(counts: ClassCounts, weights: Array) -> list[float | None]:
    """Boundary of each class against all others, from weights on samples that carry one class each."""
    n_all = counts.n_assignments
    product = np.array(counts.counts, dtype=np.float64) * weights
    # Sums of what comes before and after: subtracting from the total would lose the digits of a rare rest.
    before = np.concatenate([[0.0], np.cumsum(product)[:-1]])
    after = np.concatenate([np.cumsum(product[::-1])[-2::-1], [0.0]])
    rests = (before + after).tolist()
    cuts: list[float | None] = []
    for count, weight, total in zip(counts.counts, weights.tolist(), rests, strict=True):
        others = n_all - count
        rest = total / others if others else 0.0
        cuts.append(rest / (weight + rest) if others and weight + rest else None)
    return cuts


def sigmoid(logit: float) -> float:
    """1 / (1 + exp(-logit)) without overflow."""
    odds = math.exp(-abs(logit))
    return (1.0 if logit >= 0 else odds) / (1 + odds)
