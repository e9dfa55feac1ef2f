"""Examinations of training logs built by hand: the numbers a log prints are literals, and so is what they imply."""

import math
from collections.abc import Mapping, Sequence
from itertools import groupby

from imbalance_doctor.model import Finding, Fingerprint, HistoryProfile, Point, Report, Series, Skipped, Source
from imbalance_doctor.plugins import Rule, Severity

ROLES = {"loss": "loss", "acc": "accuracy", "accuracy": "accuracy", "f1": "f1", "lr": "learning_rate"}


def finding(code: str, name: str, message: str, severity: Severity = Severity.ERROR, **options: object) -> Finding:
    """A finding of a rule made up for the purpose."""
    return Finding(Rule(name, code, severity), message, **options)  # type: ignore[arg-type]


def series(name: str, values: Sequence[str], *, run: str = "1", role: str | None = None) -> Series:
    """One metric, a value a record from record 1 on, with the digits as written."""
    points = tuple(Point(i, float(i - 1), float(v), len(v.partition(".")[2])) for i, v in enumerate(values, 1))
    known = [point.value for point in points if math.isfinite(point.value)]
    same = [list(group) for _, group in groupby(points, key=lambda point: point.value)][-1]
    return Series(
        name=name,
        role=role or ROLES.get(name.rpartition("_")[2], "other"),
        split="validation" if name.startswith("val") else "train",
        run=run,
        points=points,
        n=len(points),
        first=points[0].value,
        last=points[-1].value,
        min=min(known, default=None),
        max=max(known, default=None),
        not_finite=next((point for point in points if not math.isfinite(point.value)), None),
        frozen_from=same[0].record if len(same) >= 3 else None,
    )


def profile(columns: Mapping[str, Sequence[str]], verdict: str = "learning", **options: object) -> HistoryProfile:
    """The profile of a log of one run with these columns."""
    values: dict[str, object] = {
        "source_format": "csv",
        "framework": "",
        "n_records": max(map(len, columns.values())),
        "runs": ("1",),
        "series": tuple(series(name, column) for name, column in columns.items()),
        "auxiliary": (),
        "not_understood": (),
        "fingerprints": (),
        "tried": {},
        "verdict": verdict,
    }
    return HistoryProfile(**(values | options))  # type: ignore[arg-type]


def report(history: HistoryProfile, *findings: Finding) -> Report:
    """What `history LOG` hands to a report."""
    skipped = (Skipped("IMB306", "majority-accuracy", ("labels",)),)
    return Report("history", (Source("log.csv", "csv"),), history=history, findings=findings, skipped=skipped)


MEANING = (
    "the last layer has no activation: the raw outputs lie outside 0..1, are clipped there, and a clipped value has no "
    "gradient; every error is a 1 answered 0"
)
TRIED = {
    "keras2-bce-false-negatives": 7.7356,
    "keras2-bce-false-positives": 7.6896,
    "keras3-bce-false-negatives": 8.0832,
    "keras3-bce-false-positives": 7.9951,
    "torch-bce": 50.15,
    "log-loss-1e-5": 5.7738,
    "nll-on-probabilities": -0.4985,
    "uniform-output-2": 0.693147,
}
"""At an accuracy of 0.4985: 15.4249485, 15.3332390, 16.1180957, 15.9423847, 100 and 5 ln 10 times 0.5015; ln 2."""


def hit(split: str, loss: str, metric: str, expected: float, errors: int) -> Fingerprint:
    """tf.keras 2, raw outputs, every error a missed positive: 15.4249485 an error."""
    return Fingerprint(
        name="keras2-bce-false-negatives",
        match="exact",
        run="1",
        split=split,  # type: ignore[arg-type]
        loss=Point(3, 2.0, float(loss), 4),
        metric=Point(3, 2.0, float(metric), 4),
        expected={"loss": expected, "loss_per_error": 15.4249485},
        tolerance=0.0009,
        meaning=MEANING,
        errors=errors,
    )


def frozen() -> Report:
    """Three epochs of Keras that print the same: 10,031 errors of 20,000 and 2,469 of 5,000."""
    columns = {
        "loss": ("7.7364",) * 3,
        "acc": ("0.4985",) * 3,
        "val_loss": ("7.6168",) * 3,
        "val_acc": ("0.5062",) * 3,
    }
    history = profile(
        columns,
        "frozen",
        framework="keras",
        fingerprints=(
            hit("train", "7.7364", "0.4985", 7.735612, 10_031),
            hit("validation", "7.6168", "0.5062", 7.616840, 2_469),
        ),
        tried=TRIED,
        auxiliary=("epoch",),
        sample_sizes={"train": 20_000, "validation": 5_000},
    )
    still = finding(
        "IMB301",
        "frozen-training",
        "loss is 7.7364 in 3 records from record 1 to the end; acc, val_loss and val_acc stand still too",
        evidence={"value": 7.7364, "records": 3},
        remedy="see loss-fingerprint for what the number says",
    )
    wired = finding(
        "IMB304",
        "loss-fingerprint",
        "7.7364 @ 0.4985 (record 3, train; expected 7.7356 ± 0.0009): clipped BCE of tf.keras 2, -ln(2e-7) an error",
        evidence={"errors": 12_500},
        remedy="give the loss logits: BinaryCrossentropy(from_logits=True) with BinaryAccuracy(threshold=0.0)",
    )
    return report(history, still, wired)


def healthy() -> Report:
    """30 epochs: the losses fall by a tenth an epoch to a rest of 0.05 and 0.15, the scores rise; the rate is cut."""
    falling = [0.9**epoch for epoch in range(30)]
    return report(
        profile(
            {
                "train_loss": [f"{0.05 + 0.64 * x:.4f}" for x in falling],
                "train_accuracy": [f"{0.985 - 0.46 * x:.4f}" for x in falling],
                "val_loss": [f"{0.15 + 0.55 * x:.4f}" for x in falling],
                "val_accuracy": [f"{0.955 - 0.44 * x:.4f}" for x in falling],
                "val_f1": [f"{0.941 - 0.62 * x:.4f}" for x in falling],
                "lr": ["0.001"] * 20 + ["0.0001"] * 10,
            },
            source_format="json lines",
            framework="lightning",
            tried={f"uniform-output-{k}": math.log(k) for k in range(2, 11)},
            auxiliary=("epoch", "step", "time"),
            not_understood=("foo",),
            notes=("line 31 is unfinished and was left out: the log is growing",),
        )
    )


def noisy_and_broken() -> Report:
    """Two runs: one loss turns to NaN, the other stands on ln 2 beside the majority share."""
    bad = series("loss", ("0.6931", "0.4100", "3.9000", "nan", "nan", "nan"), run="lr=0.1")
    stands = [series("loss", ("0.6931",) * 6, run="lr=0"), series("acc", ("0.9500",) * 6, run="lr=0")]
    floor = Fingerprint(
        "uniform-output-2",
        "compatible",
        "lr=0",
        "train",
        Point(6, 5.0, 0.6931, 4),
        Point(6, 5.0, 0.95, 4),
        {"loss": math.log(2)},
        0.0042,
        "every class gets the same probability",
    )
    answer = Fingerprint(
        "constant-answer",
        "exact",
        "lr=0",
        "train",
        None,
        Point(6, 5.0, 0.95, 4),
        {"accuracy": 0.95},
        0.00005,
        'every sample gets the same answer: "0"',
    )
    history = profile(
        {"loss": ("0.0",)},
        "not_finite",
        runs=("lr=0.1", "lr=0"),
        series=(bad, *stands),
        n_records=12,
        fingerprints=(floor, answer),
        tried={"uniform-output-2": math.log(2)},
    )
    nan = finding("IMB309", "not-finite", "loss of run 'lr=0.1' is NaN from record 4 to the end")
    return report(history, nan)


def named(names: Sequence[str]) -> Report:
    """A log in which every name turns up: metrics, runs, bookkeeping, what was not understood, notes and messages."""
    parts = tuple(series(name, ("0.7", "0.5", "0.5", "0.5"), run=name, role="loss") for name in names)
    odd = Fingerprint(
        "one-unit-softmax", "exact", names[0], "train", parts[0].points[-1], None, {"loss": 0.0}, 0.1, names[-1]
    )
    history = profile(
        {"loss": ("0.7",)},
        "frozen",
        source_format=names[0],
        framework=names[-1],
        runs=tuple(names),
        series=parts,
        auxiliary=tuple(names),
        not_understood=tuple(names[::-1]),
        notes=tuple(names),
        fingerprints=(odd,),
        tried={name: float(i) for i, name in enumerate(names, 1)},
    )
    return report(history, *(finding("IMB301", "frozen-training", name, classes=(name,)) for name in names))
