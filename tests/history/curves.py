"""Training logs from literal values, for tests of what a frozen number means."""

import re
from collections.abc import Mapping, Sequence
from itertools import groupby

from imbalance_doctor.history.fingerprints import match
from imbalance_doctor.history.verdict import judge
from imbalance_doctor.model import ClassCounts, Finding, HistoryProfile, Point, Series
from imbalance_doctor.plugins import rules
from imbalance_doctor.rules._run import needed

ROLES = ("loss", "accuracy", "acc", "f1", "auc", "precision", "recall", "dice", "lr")
NAMES = {"acc": "accuracy", "lr": "learning_rate"}


def role(name: str) -> str:
    """The role a name ends or begins with, "other" when it has none."""
    words = re.split("[^a-z0-9]+", name.lower().replace("learning_rate", "lr"))
    return next((NAMES.get(one, one) for one in ROLES if one in words), "other")


def series(
    name: str, values: Sequence[float | str], *, run: str = "", start: int = 1, every: int = 1, first_step: int = 0
) -> Series:
    """One metric; text values carry the digits they are printed with, numbers are those of a binary log."""
    digits = [len(v.partition(".")[2]) if isinstance(v, str) else None for v in values]
    points = [
        Point(start + i * every, float(first_step + i), float(v), n)
        for i, (v, n) in enumerate(zip(values, digits, strict=True))
    ]
    finite = [p.value for p in points if abs(p.value) < float("inf")]
    ill = next((p for p in points if not abs(p.value) < float("inf")), None)
    last = [list(group) for _, group in groupby(points, key=lambda p: p.value)][-1]
    split = "validation" if name.startswith(("val", "eval")) else "test" if name.startswith("test") else "train"
    return Series(
        name,
        role(name),
        split,
        run,
        tuple(points),
        len(points),
        points[0].value,
        points[-1].value,
        min(finite, default=None),
        max(finite, default=None),
        ill,
        last[0].record if len(last) >= 3 else None,
    )


def log(
    columns: Mapping[str, Sequence[float | str]],
    counts: ClassCounts | None = None,
    sizes: Mapping[str, int] | None = None,
) -> HistoryProfile:
    """The profile of a log with these columns, one record an epoch."""
    return profile([series(name, values) for name, values in columns.items()], counts, sizes)


def profile(
    parts: Sequence[Series], counts: ClassCounts | None = None, sizes: Mapping[str, int] | None = None
) -> HistoryProfile:
    """The profile of a log with these series."""
    found, tried = match(parts, counts, sizes or {})
    runs = tuple(dict.fromkeys(part.run for part in parts))
    known = [part for part in parts if part.role != "other"]
    draft = HistoryProfile(
        "test", "", max(p.n for p in parts), runs, tuple(known), (), (), found, tried, "learning", sizes or {}
    )
    return HistoryProfile(**{**vars(draft), "verdict": judge(draft)})


def findings(history: HistoryProfile) -> list[Finding]:
    """What all rules on a history alone find."""
    return [f for rule in rules().values() if needed(rule.verb) == ("history",) for f in rule.verb(history)]


def printed(values: Sequence[float], digits: int = 4) -> list[str]:
    """Numbers as a log prints them."""
    return [f"{value:.{digits}f}" for value in values]
