"""Examinations of predictions built by hand: counts are literals, ratios are written out from their definitions."""

import math
from collections.abc import Sequence
from dataclasses import replace

from imbalance_doctor.model import (
    Finding,
    PredictionLayout,
    PredictionProfile,
    Remedy,
    Report,
    ScoreRow,
    Skipped,
    Source,
    TruthProfile,
    TruthRow,
)
from imbalance_doctor.plugins import Rule, Severity

TOPICS = tuple(f"topic-{i:02d}" for i in range(12))
SUPPORTS = (12597, 5553, 3718, 3445, 3431, 3083, 2276, 2176, 656, 251, 106, 101)
MEANS = (0.2184, 0.1037, 0.0701, 0.0650, 0.0613, 0.0581, 0.0427, 0.0402, 0.0188, 0.0121, 0.0094, 0.0092)
LARGEST = (0.4630, 0.3312, 0.2247, 0.2381, 0.1808, 0.1512, 0.1104, 0.0987, 0.0381, 0.0214, 0.0167, 0.0159)
AUROCS = (0.7211, 0.6920, 0.6755, 0.6612, 0.6304, 0.5402, 0.5310, 0.5204, 0.5102, 0.5204, 0.4871, 0.5163)
PRECISIONS = (0.4102, 0.1904, 0.1211, 0.1106, 0.0921, 0.0622, 0.0451, 0.0422, 0.0124, 0.0050, 0.0020, 0.0021)
ROWS = 55_000
PERCENTS = ("1", "10", "20", "50", "80", "90", "99")


def finding(code: str, name: str, message: str, severity: Severity = Severity.ERROR, **options: object) -> Finding:
    """A finding of a rule made up for the purpose."""
    return Finding(Rule(name, code, severity), message, **options)  # type: ignore[arg-type]


def report(profile: PredictionProfile, *findings: Finding, source: Source | None = None) -> Report:
    """What `predictions DUMP` hands to a report."""
    read = source or Source("scores.npy", "npy")
    skipped = (Skipped("IMB217", "prior-bias", ("labels",)),)
    return Report("predictions", (read,), predictions=profile, findings=findings, skipped=skipped)


def all_zero() -> Report:
    """12 labels on 55,000 rows: no score reaches 0.5, five labels rank, seven do not."""
    rows = tuple(_sigmoid_row(i) for i in range(12))
    profile = PredictionProfile(
        score_kind="probabilities",
        task="sigmoid",
        threshold=0.5,
        layout=PredictionLayout(
            "matrix", "12 columns in [0, 1] whose rows do not sum to one", (), ("class names: truth",)
        ),
        n_rows=55_010,
        n_samples=ROWS,
        classes=rows,
        nan_rows=10,
        infinite_rows=2,
        tied_rows=0,
        off_sum_rows=0,
        all_zero_rows=ROWS,
        all_one_rows=0,
        row_sum=(0.3107, math.fsum(MEANS), 1.6044),
        positives_per_row=0.0,
        distinct_rows=54_871,
        saturated_share=0.0,
        outside_share=0.0,
        score_range=(0.0051, 0.4630),
        never_predicted=TOPICS,
        always_predicted=(),
        declared=True,
        capacity=None,
        priors=tuple(n / ROWS for n in SUPPORTS),
        prior_source="truth",
        truth=_sigmoid_truth(),
        verdict="all_zero",
        remedies=(
            Remedy("prior-matching", "macro-f1", 0.0, 0.1192, (0.1124, 0.1260), _quantiles(), None, True, MATCHED),
            Remedy("per-class-thresholds", "macro-f1", 0.0, 0.1187, (0.1117, 0.1256), _boundaries(1.2), None, True),
            Remedy("prior-boundary", "macro-f1", 0.0, 0.0934, (0.0889, 0.0981), _boundaries(1.0), None, True, AT_PRIOR),
            Remedy("global-threshold", "macro-f1", 0.0, 0.0371, (-0.0012, 0.0402), (0.2,) * 12, None, True),
        ),
    )
    zero = finding(
        "IMB201",
        "all-zero-collapse",
        "No score of 55,000 rows reaches 0.5; the largest is 0.463, and the truth holds 37,393 positives.",
        classes=TOPICS,
        evidence={"largest": 0.463, "threshold": 0.5},
        remedy="Move the thresholds (see the rescue); then start the biases at ln(p/(1-p)) and train on.",
    )
    bad = finding("IMB212", "bad-scores", "10 of 55,010 rows hold NaN or infinity.", Severity.INFO)
    return report(profile, bad, zero)


MATCHED = "Each class is predicted as often as it occurs: the cut is the 1 - p quantile of its scores."
AT_PRIOR = "Cuts each class at its prior: meant for balanced accuracy, too low for F1."


def _quantiles() -> tuple[float | None, ...]:
    return tuple(round(mean + 0.7 * (high - mean), 4) for mean, high in zip(MEANS, LARGEST, strict=True))


def _boundaries(factor: float) -> tuple[float | None, ...]:
    return (*(factor * n / ROWS for n in SUPPORTS[:-1]), None)


def _sigmoid_row(i: int) -> ScoreRow:
    mean, high = MEANS[i], LARGEST[i]
    low, top = 0.55 * 0.0092, 0.8 * high + 0.2 * mean
    quantiles = dict(zip(PERCENTS, (*(mean * f for f in (0.3, 0.5, 0.75, 0.93, 1.15, 1.3)), top), strict=True))
    return ScoreRow(i, TOPICS[i], 0, 0, 0.0, mean, 0.3 * mean, low, high, mean, quantiles, 0)


def _sigmoid_truth() -> TruthProfile:
    p = [n / ROWS for n in SUPPORTS]
    return TruthProfile(
        n_joined=ROWS,
        joined_by="position",
        classes=tuple(_unpredicted(i) for i in range(12)),
        accuracy=1 - math.fsum(p) / 12,
        subset_accuracy=21_094 / ROWS,
        balanced_accuracy=0.5,
        macro_f1=0.0,
        micro_f1=0.0,
        weighted_f1=0.0,
        mcc=None,
        log_loss=0.1831,
        log_loss_floor=math.fsum(-q * math.log(q) - (1 - q) * math.log1p(-q) for q in p) / 12,
        ece=0.0021,
        confusion=None,
        ranking="histogram",
        ranking_error=0.00031,
    )


def _unpredicted(i: int) -> TruthRow:
    """A class that occurs and is never predicted: recall 0, no precision, F1 = 2 TP / (predicted + support) = 0."""
    n1, n0 = SUPPORTS[i], ROWS - SUPPORTS[i]
    p = n1 / ROWS
    z = (AUROCS[i] - 0.5) / math.sqrt((n1 + n0 + 1) / (12 * n1 * n0))
    own = MEANS[i] * (1 + AUROCS[i] - 0.5)
    return TruthRow(i, TOPICS[i], n1, 0, 0.0, None, 0.0, AUROCS[i], z, PRECISIONS[i], p, MEANS[i] / p, own)


CONFUSION = ((480, 15, 5), (22, 270, 8), (9, 31, 160))
"""Rows of three classes, true by predicted: 910 of 1,000 are right."""


def healthy() -> Report:
    """Three classes, 1,000 rows, a softmax that is right 910 times."""
    names, n = ("cat", "dog", "fox"), 1000
    return report(
        PredictionProfile(
            score_kind="probabilities",
            task="softmax",
            threshold=0.5,
            layout=PredictionLayout("matrix", "3 columns whose rows sum to one", ("prob_cat", "prob_dog", "prob_fox")),
            n_rows=n,
            n_samples=n,
            classes=tuple(_softmax_row(i, name, sum(row[i] for row in CONFUSION)) for i, name in enumerate(names)),
            nan_rows=0,
            infinite_rows=0,
            tied_rows=0,
            off_sum_rows=0,
            all_zero_rows=14,
            all_one_rows=0,
            row_sum=(0.9999998, 1.0, 1.0000002),
            positives_per_row=0.986,
            distinct_rows=1000,
            saturated_share=0.004,
            outside_share=0.0,
            score_range=(1.2e-7, 0.9999991),
            never_predicted=(),
            always_predicted=(),
            declared=True,
            capacity=None,
            priors=(0.5, 0.3, 0.2),
            prior_source="train.csv",
            truth=_softmax_truth(names),
            verdict="healthy",
            remedies=(
                Remedy(
                    "logit-adjustment", "macro-f1", 0.8947, 0.8914, (-0.0141, 0.0077), None, (-0.7, 0.1, 0.6), False
                ),
            ),
        ),
        source=Source("scores.csv", "csv"),
    )


def _softmax_row(i: int, name: str, predicted: int) -> ScoreRow:
    mean, median = ((0.5089, 0.4713), (0.3102, 0.0871), (0.1809, 0.0312))[i]
    values = (1e-4, median / 20, median / 6, median, (median + 0.95) / 2, 0.96, 0.9992)
    quantiles = dict(zip(PERCENTS, values, strict=True))
    return ScoreRow(
        i, name, predicted, predicted, predicted / 1000, mean, 0.41, 1.2e-7, 0.9999991, mean, quantiles, predicted
    )


def truth_row(i: int, name: str, support: int, hits: int, predicted: int, n: int) -> TruthRow:
    """Recall, precision and F1 from counts; an AUROC of 0.97."""
    z = 0.47 / math.sqrt((n + 1) / (12 * support * (n - support)))
    precision = hits / predicted if predicted else None
    f1 = 2 * hits / (predicted + support)
    return TruthRow(i, name, support, hits, hits / support, precision, f1, 0.97, z, 0.93, support / n, 1.0178, 0.8811)


def _softmax_truth(names: Sequence[str]) -> TruthProfile:
    n = sum(map(sum, CONFUSION))
    support, predicted = [sum(row) for row in CONFUSION], [sum(column) for column in zip(*CONFUSION, strict=True)]
    hits = [CONFUSION[i][i] for i in range(3)]
    rows = tuple(truth_row(i, name, support[i], hits[i], predicted[i], n) for i, name in enumerate(names))
    f1s = [row.f1 or 0.0 for row in rows]
    # Gorodkin 2004: (c s - sum t p) / sqrt(s^2 - sum p^2) sqrt(s^2 - sum t^2)
    above = sum(hits) * n - sum(t * p for t, p in zip(support, predicted, strict=True))
    below = math.sqrt(n**2 - sum(p * p for p in predicted)) * math.sqrt(n**2 - sum(t * t for t in support))
    return TruthProfile(
        n_joined=n,
        joined_by="id",
        classes=rows,
        accuracy=sum(hits) / n,
        subset_accuracy=None,
        balanced_accuracy=sum(h / s for h, s in zip(hits, support, strict=True)) / 3,
        macro_f1=sum(f1s) / 3,
        micro_f1=sum(hits) / n,
        weighted_f1=sum(f * s for f, s in zip(f1s, support, strict=True)) / n,
        mcc=above / below,
        log_loss=0.2614,
        log_loss_floor=-math.fsum(s / n * math.log(s / n) for s in support),
        ece=0.0187,
        confusion=tuple((i, j, m) for i, row in enumerate(CONFUSION) for j, m in enumerate(row)),
        ranking="exact",
        ranking_error=0.0,
    )


def labels_only() -> Report:
    """10,000 predicted labels, nearly all of one class; three of five classes turn up; the priors are known."""
    made = labelled(("angry", "bored", "calm", "sad", "tired"), (12, 0, 9_951, 37, 0))
    assert made.predictions is not None
    known = replace(made.predictions, priors=(0.31, 0.12, 0.28, 0.2, 0.09), prior_source="train.csv")
    return replace(made, predictions=known)


def labelled(names: Sequence[str], counts: Sequence[int]) -> Report:
    """Predicted labels of the classes `names`, without truth."""
    n = sum(counts)
    rows = tuple(
        ScoreRow(i, name, count, count, count / n, None, None, None, None, None, {})
        for i, (name, count) in enumerate(zip(names, counts, strict=True))
    )
    profile = PredictionProfile(
        score_kind="labels",
        task="softmax",
        threshold=0.5,
        layout=PredictionLayout("column", "text in every row", ("prediction",)),
        n_rows=n,
        n_samples=n,
        classes=rows,
        nan_rows=0,
        infinite_rows=0,
        tied_rows=0,
        off_sum_rows=0,
        all_zero_rows=0,
        all_one_rows=0,
        row_sum=None,
        positives_per_row=None,
        distinct_rows=sum(count > 0 for count in counts),
        saturated_share=0.0,
        outside_share=0.0,
        score_range=None,
        never_predicted=tuple(name for name, count in zip(names, counts, strict=True) if not count),
        always_predicted=(),
        declared=True,
        capacity=None,
        priors=None,
        prior_source="",
        truth=None,
        verdict="single_class",
    )
    top = max(zip(counts, names, strict=True))
    message = f'"{top[1]}" is predicted for {top[0]:,} of {n:,} rows.'
    found = finding("IMB202", "single-class-collapse", message, classes=(top[1],), evidence={"predicted": top[0]})
    found = replace(found, remedy="Get the scores: predicted labels cannot be corrected.")
    return report(profile, found, source=Source("predicted.csv", "csv"))


def binary_logits(threshold: float = 0.0) -> Report:
    """One logit a row for the class at index 1, 200 rows, no truth, priors known."""
    base = labelled(("no", "yes"), (200, 0)).predictions
    assert base is not None
    quantiles = dict(zip(PERCENTS, (-5.9, -5.1, -4.4, -3.9, -3.2, -2.6, -0.6), strict=True))
    yes = ScoreRow(1, "yes", 0, 0, 0.0, -3.8, 1.1, -6.25, -0.5, 0.031, quantiles, 11)
    remedies = (Remedy("prior-matching", "macro-f1", None, None, None, (None, -1.0625), None, False, MATCHED),)
    return report(
        replace(
            base,
            score_kind="logits",
            task="binary",
            threshold=threshold,
            layout=PredictionLayout("vector", "one column with negative numbers"),
            classes=(base.classes[0], yes),
            all_zero_rows=200,
            distinct_rows=187,
            score_range=(-6.25, -0.5),
            priors=(0.95, 0.05),
            prior_source="train.csv",
            verdict="all_zero",
            remedies=remedies,
        )
    )


def named(names: Sequence[str]) -> Report:
    """A softmax in which every name turns up: classes, columns, confusions, never predicted, message and evidence."""
    k, n = len(names), 10 * len(names) + 9
    rows = tuple(replace(_softmax_row(i % 3, name, 10), index=i) for i, name in enumerate(names))
    rows = (replace(rows[0], predicted=19, predicted_above=19, predicted_share=19 / n), *rows[1:])
    base = healthy().predictions
    assert base is not None
    assert base.truth is not None
    cells = tuple(cell for i in range(k) for cell in ((i, i, 9), (i, (i + 1) % k, 1)))
    truths = tuple(truth_row(i, name, 10, 9, 10, n) for i, name in enumerate(names))
    profile = replace(
        base,
        n_rows=n,
        n_samples=n,
        classes=rows,
        layout=PredictionLayout("matrix", names[-1], tuple(names), (names[0],)),
        never_predicted=tuple(names),
        priors=None,
        truth=replace(base.truth, classes=truths, confusion=cells, joined_by=names[0]),
        verdict="single_class",
        remedies=(Remedy(names[0], "macro-f1", 0.1, 0.2, (0.05, 0.15), None, (0.5,) * k, True, names[0]),),
    )
    found = [
        finding("IMB202", "single-class-collapse", f'"{name}" {name}', classes=(name,), evidence={"name": name})
        for name in names
    ]
    return report(profile, *found)
