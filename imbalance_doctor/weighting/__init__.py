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

from ..errors import InputError, UsageError
from ..model import ClassCounts, Weights
from ..plugins import Plugin, schemes, unknown_name
from .boundary_after import boundaries
from .scale import max_min_ratio, sample_mean, scale

__all__ = ["apply", "boundaries"]

NORMALISATIONS = ("sample-mean", "sum", "max", "none")
NO_SCALE = {
    "pos-weight": (
        "scaling a pos-weight would move the boundary, 1/(1+w)",
        "divide the learning rate by the printed sample mean, or use --scheme balanced-pair, whose mean is one",
    ),
    "pair": ("for a pair only sample-mean is defined", "--normalize sample-mean"),
    "offset": ("an offset is added to a logit: it has no scale to choose", "leave --normalize out"),
    "margin": ("a margin is measured in logits: its scale is set by --max-margin", "leave --normalize out"),
    "repeat": ("a repeat factor of 1 means once: it has no scale to choose", "leave --normalize out"),
}
SHOWN = 10
LARGEST = 1e150  # products and sums of weights must stay finite


def apply(
    counts: ClassCounts,
    scheme: str,
    *,
    parameters: Mapping[str, float] = {},
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
    raw = np.atleast_2d(plugin.verb(part, **numbers))
    if not (np.abs(raw) <= LARGEST).all():
        raise UsageError(f"the scheme {plugin.name} gives numbers beyond {LARGEST:g}", "use milder parameters")
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
    reason, hint = NO_SCALE[kind]
    raise UsageError(f"--normalize {asked} does not apply: {reason}", hint)


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
    try:
        value = float(zero_count.removeprefix("value=")) if zero_count.startswith("value=") else math.nan
    except ValueError:
        value = math.nan
    if not abs(value) <= LARGEST:
        hint = "choose refuse, exclude, or value=X with X a number, such as value=1"
        raise UsageError(f"there is no policy --zero-count {zero_count!r}", hint)
    if value < 0 and kind != "offset":
        raise UsageError(f"--zero-count {zero_count}: a {kind} cannot be negative", "for example --zero-count value=1")
    if cap is not None and kind != "pair" and value > cap:
        raise UsageError(f"--zero-count {zero_count} is above --cap {cap}", "lower the one or raise the other")
    return value


def classes_to_weigh(plugin: Plugin, counts: ClassCounts, zero_count: str) -> list[int]:
    """Positions of the classes the scheme is applied to. Raises InputError for empty ones without a policy."""
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
    matched = plugin.module.matched(counts) if None in {**defaults, **given}.values() else {}
    return {name: float(value) for name, value in {**defaults, **matched, **given}.items()}
