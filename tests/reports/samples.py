"""Reports built by hand, so that what is drawn depends on nothing but the report."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from imbalance_doctor.model import (
    Avoid,
    ClassCounts,
    ClassRow,
    Finding,
    LabelProfile,
    Layout,
    Prescription,
    Report,
    Skipped,
    Source,
    Step,
    Weights,
)
from imbalance_doctor.plugins import Rule, Severity

NAMES_120 = tuple(f"topic-{i:03d}" for i in range(120))


def profile(names: Sequence[str], counts: Sequence[int], n_samples: int | None = None) -> LabelProfile:
    """A label profile with the arithmetic written out; multi-label when `n_samples` differs from the sum."""
    table = ClassCounts.of(dict(zip(names, counts, strict=True)), n_samples=n_samples)
    n, k = table.n_samples, len(names)
    return LabelProfile(
        counts=table,
        layout=Layout("column", "label", "the only column with few distinct values"),
        n_rows=n,
        n_missing=0,
        n_ignored=0,
        n_unlabelled=0,
        n_rejected=0,
        classes=tuple(_row(i, name, c, n, sum(counts)) for i, (name, c) in enumerate(zip(names, counts, strict=True))),
        percentiles=_percentiles(table),
        measures=_measures(table),
        floors=_floors(table) if k > 1 else {"losses": {}, "metrics": {}, "notes": {}},
    )


def _row(index: int, name: str, count: int, n: int, total: int) -> ClassRow:
    p = count / n
    inside = 0 < count < n
    tier = "empty" if not count else "head" if count > 100 else "medium" if count >= 20 else "tail"
    centre, half, scale = p + 2 / n, 2 * math.sqrt(p * (1 - p) / n + 1 / n**2), 1 + 4 / n  # Wilson, two deviations
    return ClassRow(
        index,
        name,
        count,
        p,
        count / total,
        p if count else None,
        math.log(count / (n - count)) if inside else None,
        (n - count) / count if inside else None,
        tier,  # type: ignore[arg-type]
        ((centre - half) / scale if count else 0.0, (centre + half) / scale if count < n else 1.0),
    )


def _percentiles(table: ClassCounts) -> dict[str, object]:
    ranked = {"share": sorted(table.shares), "prevalence": sorted(table.prevalences)}
    percents = (1, 10, 20, 50, 80, 90, 99)
    at = {key: {str(q): v[round(q / 100 * (len(v) - 1))] for q in percents} for key, v in ranked.items()}
    return {**at, "method": "nearest rank"}


def _measures(table: ClassCounts) -> dict[str, object]:
    present = [share for share in table.shares if share]
    entropy = -math.fsum(share * math.log(share) for share in present)
    smallest = min(table.counts)
    values: dict[str, object] = {
        "imbalance_ratio": max(table.counts) / smallest if smallest and len(table.counts) > 1 else None,
        "entropy": entropy,
        "effective_classes": math.exp(entropy),
        "reasons": {} if smallest else {"imbalance_ratio": "a class has no samples"},
    }
    if table.task == "multilabel":
        values["cardinality"] = table.n_assignments / table.n_samples
        values["density"] = table.n_assignments / table.n_samples / len(table.counts)
    return values


def _floors(table: ClassCounts) -> dict[str, object]:
    p, k = table.prevalences, len(table.counts)
    if table.task == "multilabel":
        bce = [-q * math.log(q) - (1 - q) * math.log1p(-q) if 0 < q < 1 else 0.0 for q in p]
        element = 1 - math.fsum(p) / k
        return {
            "losses": {
                "bce_mean": {"prior": math.fsum(bce) / k, "uniform": math.log(2), "all_zero": None},
                "bce_sum": {"prior": math.fsum(bce), "uniform": k * math.log(2), "all_zero": None},
            },
            "metrics": {"element_accuracy": {"all_zero": element, "all_one": 1 - element, "prior": element}},
            "notes": {},
        }
    entropy = -math.fsum(q * math.log(q) for q in p if q)
    return {
        "losses": {"cross_entropy": {"prior": entropy, "uniform": math.log(k), "majority": None}},
        "metrics": {"accuracy": {"majority": max(p), "prior": max(p), "uniform": 1 / k}},
        "notes": {},
    }


def finding(message: str, code: str = "IMB111", severity: Severity = Severity.WARNING, **options: object) -> Finding:
    """A finding of a rule made up for the purpose."""
    return Finding(Rule("imbalanced-shape", code, severity), message, **options)  # type: ignore[arg-type]


def report(labels: LabelProfile, *findings: Finding, prescription: Prescription | None = None) -> Report:
    """What `analyze labels.csv` hands to a report."""
    source = Source("labels.csv", "csv")
    skipped = (Skipped("IMB201", "all-zero-collapse", ("predictions",)), Skipped("IMB301", "frozen", ("history",)))
    return Report("analyze", (source,), labels, prescription=prescription, findings=findings, skipped=skipped)


def two_classes() -> Report:
    """950 samples of one class and 50 of the other."""
    prescribed = Prescription(
        metric="macro-f1",
        model="network",
        scheme="none",
        loss="binary cross entropy",
        steps=(
            Step(
                "Start the last layer's bias at ln(p/(1-p)): -2.944 for fraud.",
                "The first epochs then learn the inputs, not the prior; the loss starts at its floor, 0.1985.",
            ),
            Step(
                "Tune the threshold of fraud on validation data, between p/(1+p) = 0.04762 and 0.5.",
                "F1 is largest at half its best value, and a 0.5 cut asks for a likelihood ratio of 19.",
                "Needs validation samples of the rare class; the probabilities stay calibrated.",
            ),
        ),
        avoid=(Avoid("stacking a sampler, weights and logit adjustment", "each moves the boundary, together too far"),),
        bias_init=(2.9444389791664403, -2.9444389791664403),
        threshold_rule="Fire fraud at F*/2, tuned on validation data.",
    )
    found = finding(
        'The rarest class, "fraud", has 50 of 1,000 samples (5 %): 10 times fewer than an equal part.',
        classes=("fraud",),
        evidence={"count": 50, "n_samples": 1000, "band": "moderate"},
        remedy="Follow the prescription; judge by macro-F1, not by accuracy.",
    )
    trap = finding(
        'A model that always answers "genuine" scores an accuracy of 95 %.',
        "IMB131",
        Severity.INFO,
        evidence={"accuracy": 0.95},
        remedy="Quote balanced accuracy or macro-F1 beside accuracy.",
    )
    return report(profile(("genuine", "fraud"), (950, 50)), trap, found, prescription=prescribed)


def long_tail(counts: Sequence[int]) -> Report:
    """120 topics on 55,000 samples, several topics a sample."""
    found = finding(
        "86 of 120 classes are on fewer than 1 % of the samples; the largest has 124.7 times the smallest's count.",
        classes=NAMES_120[:86],
        evidence={"ratio": max(counts) / min(counts)},
        remedy="Follow the prescription.",
    )
    zero = finding(
        "Every boundary is under 0.5: a model that answers all zero has an element accuracy of 98.71 %.",
        "IMB130",
        evidence={"element_accuracy": 0.98709697},
        remedy="Do not judge by element accuracy; start the biases at ln(p/(1-p)) and tune a threshold for each class.",
    )
    labels = profile(NAMES_120, counts, 55_000)
    layout = Layout("delimited", "topics", "cells hold the separator in 31 % of the rows", "|")
    labels = replace(labels, layout=layout, n_rows=55_012, n_missing=10, n_rejected=2, n_unlabelled=310)
    return report(labels, zero, found)


def named(names: Sequence[str]) -> Report:
    """A report in which every name turns up in the table, the message, the evidence and the layout."""
    counts: Mapping[str, int] = {name: 1000 + i for i, name in enumerate(names)}
    labels = profile(tuple(counts), tuple(counts.values()))
    found = [finding(f'"{name}" is a class. {name}', classes=(name,), evidence={"name": name}) for name in names]
    return report(replace(labels, layout=Layout("column", names[0], names[-1])), *found)


def weighted(names: Sequence[str]) -> Report:
    """What `weights labels.csv` hands to a report: the balanced weights of counts 3, 1, 1, …"""
    counts = (3, *(1 for _ in names[1:]))
    k, n = len(counts), sum(counts)
    values = tuple(n / (k * count) for count in counts)
    weights = Weights(
        scheme="balanced",
        kind="class-weight",
        task="binary" if k == 2 else "multiclass",
        classes=tuple(names),
        counts=counts,
        n_samples=n,
        values=values,
        values_negative=None,
        normalisation="sample-mean",
        sample_mean=1.0,
        max_min_ratio=3.0,
        boundary_after=tuple(count / n for count in counts),
    )
    return replace(report(profile(names, counts)), command="weights", weights=weights)


def empty() -> Report:
    """A report on something other than labels."""
    return Report("history", ())
