"""The examination of weights a user already has: read them, see whose they are, and what they do to the boundary."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from ..engines.local import Progress
from ..errors import InputError, RefusedError, UsageError
from ..model import ClassCounts, GivenProfile, GivenWeights, LabelProfile, Role, Source
from ..pasted import choose, joining, order, roles
from ..pasted.found import Found
from ..plugins import unknown_name
from ..readers._source import Source as Bytes
from ..weighting import boundaries
from ..weighting.scale import max_min_ratio, sample_mean
from .matching import matcher

PICKLES = {".pkl", ".pickle", ".pt", ".pth", ".bin", ".ckpt", ".joblib", ".npy", ".npz"}
LARGEST = 1e150
"""Beyond this, and below its inverse, products and quotients of weights would not be finite: they are not formed."""
SCHEME_OF_KIND = {
    "class-weight": "balanced",
    "pos-weight": "pos-weight",
    "pair": "balanced-pair",
    "offset": "logit-adjustment",
}
"""A scheme of each kind: the boundary depends on the kind alone."""


@dataclass(frozen=True)
class LintRequest:
    """What one can say about weights: where they stand, the loss they are for, the framework, and how they are used."""

    key: str | None = None
    loss: str = ""
    framework: str = ""
    sampler: bool = False
    dtype: str = ""


@dataclass(frozen=True)
class Linted:
    """What is known of the weights, of the labels, and all inputs."""

    profile: GivenProfile
    labels: LabelProfile
    sources: tuple[Source, ...]


def examine(weights: Any, labels: Any, request: LintRequest, label_request: Any, progress: Progress | None) -> Linted:
    """From weights and labels to what is known of them.

    `weights`: a path, or numbers in memory. Raises InputError where either cannot be read in one way, RefusedError for
    pickles and over limits, UsageError for an unknown loss or framework.
    """
    from .. import doctor

    _check(request)
    given, source = _given(weights, request)
    found, sources = doctor.examine_labels(labels, label_request, progress)
    return Linted(profile(given, found.counts, request), found, (source, *sources))


def _check(request: LintRequest) -> None:
    if request.loss == "bce":
        hint = "--loss bce-pos-weight or --loss bce-weight: the first moves the boundary, the second does not"
        raise UsageError("a BCE takes two kinds of weights, pos_weight and weight", hint)
    if request.loss and request.loss not in roles.LOSSES:
        raise unknown_name("loss with weights", request.loss, list(roles.LOSSES))
    if request.framework and request.framework not in roles.FRAMEWORKS:
        raise unknown_name("framework", request.framework, list(roles.FRAMEWORKS))


def _given(weights: Any, request: LintRequest) -> tuple[GivenWeights, Source]:
    if isinstance(weights, (str, Path)):
        name = str(weights)
        text, suffix = _text(name)
        return choose.read(text, name, suffix).choose(name, request.key), Source(name, suffix.lstrip(".") or "text")
    found = Found()
    mapping = hasattr(weights, "to_dict") and not hasattr(weights, "columns")  # a Series has its classes as index
    value = weights.to_dict() if mapping else weights.tolist() if hasattr(weights, "tolist") else weights
    value = dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple) else value
    dtype = str(getattr(weights, "dtype", "")).removeprefix("torch.")
    found.add(value, role="unknown", key="the numbers", **({"dtype": dtype} if dtype else {}))
    return found.choose("the weights"), Source("weights", "memory")


def _text(name: str) -> tuple[str, str]:
    """The text of a file or of standard input, and the suffix of its name."""
    source = Bytes("standard input" if name == "-" else name, None if name == "-" else Path(name))
    if source.suffix in PICKLES:
        raise RefusedError(f"{name} is no text and is not opened", "print the numbers, and lint what was printed")
    try:
        data = source.open().read(choose.MAX_BYTES + 1)
    finally:
        source.close()
    if len(data) > choose.MAX_BYTES:
        raise RefusedError(f"{name} holds more than {choose.MAX_BYTES:,} bytes", "cut out the weights")
    try:
        return data.decode("utf-8-sig"), source.suffix
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text at byte {error.start:,}", "save it as UTF-8") from None


def profile(given: GivenWeights, counts: ClassCounts, request: LintRequest | None = None) -> GivenProfile:
    """Weights set against class counts. The request adds to what the text says, and overrules it."""
    request = request or LintRequest()
    given = replace(
        given,
        framework=request.framework or given.framework,
        loss=request.loss or given.loss,
        sampler=request.sampler or given.sampler,
        dtype=request.dtype or given.dtype,
    )
    role, assumed = joining.role_of(given, counts, request.loss)
    joined = joining.join(given, role, counts, given.framework)
    numbers = (*given.values, *(given.values_negative or ()), *(joined.values or ()), *(joined.negative or ()))
    usable = bool(np.isfinite(numbers).all()) and (role == "offset" or min(numbers) >= 0)
    facts: dict[str, Any] = {"rank_correlation": None, "agreement": None, "order": None, "scheme": ""}
    scaled: dict[str, Any] = {"sample_mean": None, "max_min_ratio": None, "boundary_after": ()}
    if joined.ratios is not None and usable and any(counts.counts):
        scaled = _scaled(joined, counts, role)
        if np.isfinite(joined.ratios).all():
            facts = _followed(joined, counts, given.beta)
    return GivenProfile(
        given=given,
        role=role,
        counts=counts,
        values=joined.ratios,
        usable=usable,
        missing=joined.missing,
        unknown=joined.unknown,
        background=joined.background,
        divides=roles.divides(role, given.loss, given.framework),
        assumed=assumed,
        **facts,
        **scaled,
    )


def _followed(joined: joining.Joined, counts: ClassCounts, beta: float | None) -> dict[str, Any]:
    """Whether the factors fall where the counts rise, as they stand or in another order, and the scheme they are."""
    assert joined.ratios is not None
    values = tuple(-v for v in joined.ratios) if joined.kind == "offset" else joined.ratios
    present = [i for i, n in enumerate(counts.counts) if n > 0]
    kept, known = [values[i] for i in present], [counts.counts[i] for i in present]
    scheme_of = matcher(counts, joined.kind, beta)
    own = (lambda v: scheme_of([-x for x in v])) if joined.kind == "offset" else scheme_of
    return {
        "rank_correlation": order.rank_correlation(kept, known),
        "agreement": order.agreement(kept, known),
        "order": order.better_order(values, counts.counts, counts.names, own),
        "scheme": scheme_of(joined.ratios),
    }


def _scaled(joined: joining.Joined, counts: ClassCounts, role: Role) -> dict[str, Any]:
    """The mean weight over the data, the largest ratio, and the posterior at which each class now fires."""
    assert joined.values is not None
    factors = np.array([joined.values, *([joined.negative] if joined.negative else [])])
    ratios = np.array([joined.ratios])
    sizes = np.abs(np.concatenate([factors.ravel(), ratios[np.isfinite(ratios)]]))
    if ((sizes > LARGEST) | ((sizes > 0) & (sizes < 1 / LARGEST))).any() and joined.kind != "offset":
        return {"sample_mean": None, "max_min_ratio": None, "boundary_after": ()}
    cuts = boundaries(counts, SCHEME_OF_KIND[joined.kind], joined.values, joined.negative)
    mean = sample_mean(joined.kind, counts, factors)
    if role == "weight-per-label":  # on both terms of each output, however many labels a sample carries
        cuts = tuple(0.5 if w else None for w in joined.values)
        mean = math.fsum(joined.values) / len(joined.values)
    finite = bool(np.isfinite(ratios).all())
    ratio_kind = "class-weight" if joined.kind == "pair" else joined.kind
    return {
        "sample_mean": mean,
        "max_min_ratio": max_min_ratio(ratio_kind, counts, ratios) if finite else None,
        "boundary_after": tuple(cut if n else None for cut, n in zip(cuts, counts.counts, strict=True)),
    }
