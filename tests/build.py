"""Profiles from literal counts or label sets, for tests of rules, reports and prescriptions."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from imbalance_doctor.labels.profile import build
from imbalance_doctor.labels.tally import LabelTally
from imbalance_doctor.model import LabelProfile, Layout


def profile_of(counts: Mapping[str, int], **options: object) -> LabelProfile:
    """The profile of a single-label column with these counts; `options` go to `labels.profile.build`."""
    n = sum(counts.values())
    tally = LabelTally(counts=Counter({k: v for k, v in counts.items() if v}), n_rows=n, n_samples=n)
    declared = tuple(counts) if 0 in counts.values() else None
    options.setdefault("classes", declared)
    return build(tally, Layout("column", "label"), **options)


def profile_of_sets(
    sets: Iterable[tuple[Iterable[str], int]], classes: Sequence[str] | None = None, **options: object
) -> LabelProfile:
    """The profile of multi-label data given as (labels of a row, number of such rows)."""
    tally = LabelTally(label_sets=Counter())
    for labels, n in sets:
        row = frozenset(labels)
        tally.add((name, n) for name in row)
        tally.add_sets([(row, n)])
        tally.n_rows += n
        tally.n_samples += n
        tally.n_unlabelled += n if not row else 0
    return build(tally, Layout("delimited", "labels", separator="|"), classes=classes and tuple(classes), **options)
