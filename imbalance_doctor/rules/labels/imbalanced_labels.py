"""In multi-label data, some labels are much rarer than others.

Why it matters: one threshold and one loss weight cannot suit labels whose priors differ by orders of magnitude. At a
0.5 cut the rare labels are never answered, micro-F1 hides it (the frequent labels decide it) and macro-F1 shows it.

The verdict is Charte's: IRLbl of a label = count of the largest label / its count; the set is imbalanced when the mean
(MeanIR) exceeds 1.5 and the coefficient of variation (CVIR) exceeds 0.2. It is extreme when the rarest label is on
fewer than 1 % of the samples, moderate when on at most 20 %, else mild (info). Labels without samples are left out.

What to do: initialise each output's bias with ln(p / (1 - p)), then tune one threshold per label on validation data.
`weights --scheme pos-weight` moves the boundaries to p where the 0.5 cut cannot be changed.

Example: mldr's `flags`, 26 to 153 samples in 194: MeanIR 2.255, CVIR 0.7648, rarest 13.4 %: moderate. `emotions`, 148
to 264 in 593: MeanIR 1.478: nothing.

Reference: Charte, Rivera, del Jesus, Herrera 2015, Addressing imbalance in multilabel classification (measures and
limits); Google, Machine Learning Crash Course, Imbalanced datasets (bands).
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, number, percent, quote

RULE = Rule("imbalanced-labels", "IMB112", Severity.WARNING)


def check(
    labels: LabelProfile,
    *,
    mean_ir: float = 1.5,
    cvir: float = 0.2,
    moderate: float = 0.2,
    extreme: float = 0.01,
) -> Iterator[Finding]:
    """One finding with its band; `classes` are the labels rarer than average, IRLbl > MeanIR. Multi-label data only."""
    mean, variation = labels.measures.get("mean_irlbl"), labels.measures.get("cvir")
    present = [row for row in labels.classes if row.count]
    if labels.task != "multilabel" or len(present) < 2 or mean is None or variation is None:
        return
    if mean <= mean_ir or variation <= cvir:
        return
    rarest, largest = min(present, key=lambda row: row.count), max(present, key=lambda row: row.count)
    band = "extreme" if rarest.prevalence < extreme else "moderate" if rarest.prevalence <= moderate else "mild"
    minority = tuple(row.name for row in present if largest.count / row.count > mean)
    yield Finding(
        RULE,
        f"{band} imbalance between {len(present):,} labels: MeanIR {number(mean)} and CVIR {number(variation)}, from "
        f"{quote(largest.name)} on {percent(largest.prevalence)} of the samples to {quote(rarest.name)} on "
        f"{percent(rarest.prevalence)} ({count(rarest.count, 'sample')})",
        minority,
        {
            "band": band,
            "mean_irlbl": mean,
            "cvir": variation,
            "rarer_than_average": len(minority),
            "rarest": rarest.name,
            "rarest_prevalence": rarest.prevalence,
            "largest": largest.name,
            "largest_prevalence": largest.prevalence,
            "imbalance_ratio": largest.count / rarest.count,
        },
        "initialise the biases with ln(p/(1-p)) and tune a threshold per label; at a fixed 0.5 cut: "
        "`weights --scheme pos-weight`",
        Severity.INFO if band == "mild" else Severity.WARNING,
    )
