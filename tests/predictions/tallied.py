"""Arrays to tallies and profiles, whole or in blocks, for the tests of what is counted."""

import dataclasses
import itertools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from imbalance_doctor.model import PredictionLayout, PredictionProfile
from imbalance_doctor.predictions.blocks import ScoreBlock, Setting
from imbalance_doctor.predictions.profile import assemble
from imbalance_doctor.predictions.tally import PredictionTally

LAYOUT = PredictionLayout("matrix", "a test")


def setting(k: int, task: str, kind: str = "probabilities", **more: Any) -> Setting:
    """Classes named c0, c1 ...; the usual threshold."""
    threshold = more.pop("threshold", 0.0 if kind == "logits" else 0.5)
    return Setting(tuple(f"c{i}" for i in range(k)), kind, task, threshold, **more)


def blocks(
    scores: Any, truth: Any = None, known: Any = None, cuts: Sequence[int] = (), predicted: Any = None
) -> list[ScoreBlock]:
    """The rows as one block, or as several, cut before the rows in `cuts`."""
    n = len(scores if scores is not None else predicted)
    edges = [0, *sorted(cuts), n]

    def part(rows: Any, a: int, b: int) -> Any:
        return None if rows is None else np.asarray(rows)[a:b]

    return [
        ScoreBlock(a, part(scores, a, b), part(predicted, a, b), part(truth, a, b), part(known, a, b))
        for a, b in itertools.pairwise(edges)
    ]


def tally_of(setting: Setting, parts: Sequence[ScoreBlock]) -> PredictionTally:
    """One tally, updated block by block."""
    tally = PredictionTally(setting)
    for part in parts:
        tally.update(part)
    return tally


def merged(setting: Setting, parts: Sequence[ScoreBlock]) -> PredictionTally:
    """A tally of each block, merged in that order."""
    tally = PredictionTally(setting)
    for part in parts:
        tally = tally.merge(tally_of(setting, [part]))
    return tally


def profile_of(
    setting: Setting, scores: Any = None, truth: Any = None, known: Any = None, predicted: Any = None
) -> PredictionProfile:
    """The profile of rows, not judged."""
    return assemble(tally_of(setting, blocks(scores, truth, known, (), predicted)), LAYOUT)


def same(a: Any, b: Any) -> bool:
    """Equal, floats up to what the order of a sum can change."""
    if dataclasses.is_dataclass(a) and not isinstance(a, type):
        return type(a) is type(b) and all(same(getattr(a, f.name), getattr(b, f.name)) for f in dataclasses.fields(a))
    if isinstance(a, dict):
        return list(a) == list(b) and all(same(a[key], b[key]) for key in a)
    if isinstance(a, tuple):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, float) and isinstance(b, float):
        return math.isclose(a, b, rel_tol=1e-10, abs_tol=1e-13)
    return bool(a == b) and type(a) is type(b)
