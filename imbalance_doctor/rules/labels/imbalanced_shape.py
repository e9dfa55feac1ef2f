"""Some classes are much rarer than others: the prior, not the evidence, decides their cases.

Why it matters: a class of prior p needs a likelihood ratio of (1-p)/p before a model with calibrated scores puts it
above 0.5. Accuracy hardly notices when it is never predicted; macro-F1 and balanced accuracy do.

The verdict knows the number of classes K. It asks how rare the rarest class would be if there were two: the smaller of
n / (n + n_max), against the largest class, and K n / (2 N), against the even share 1/K (for K = 2 both are n / N).
At most 40 % is mild (info), at most 20 % moderate, under 1 % extreme. In ratios to the largest class: 1.5, 4 and 99;
to the even share: 0.8, 0.4 and 0.02. An even split raises nothing, whatever K is.

What to do: train on the true distribution first and look at the recall of the rare classes. Then move the boundary
(thresholds or logit adjustment) or weight the loss, one of them. `weights --scheme auto` picks by metric and model.

Example: 950 / 50 is moderate (5 %), 9,990 / 10 extreme (0.1 %), twenty classes of 1000 / k moderate (20 to 1);
MNIST's 1,135 to 892 is nothing.

Reference: Google, Machine Learning Crash Course, Imbalanced datasets (20-40 % mild, 1-20 % moderate, <1 % extreme).
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count, number, percent, quote

RULE = Rule("imbalanced-shape", "IMB111", Severity.WARNING)


def check(
    labels: LabelProfile, *, mild: float = 0.4, moderate: float = 0.2, extreme: float = 0.01
) -> Iterator[Finding]:
    """One finding with the band of the rarest class; `classes` are all those in that band. Single-label data only."""
    present = [row for row in labels.classes if row.count]
    if labels.task == "multilabel" or len(present) < 2:
        return
    k, total = len(present), sum(row.count for row in present)
    rarest, largest = min(present, key=lambda row: row.count), max(present, key=lambda row: row.count)
    bands = [band(row.count, largest.count, k, total, (mild, moderate, extreme)) for row in present]
    verdict = bands[present.index(rarest)]
    if verdict == "even":
        return
    affected = tuple(row.name for row, found in zip(present, bands, strict=True) if found == verdict)
    ratio = largest.count / rarest.count
    yield Finding(
        RULE,
        f"{verdict} imbalance: the rarest of {k:,} classes, {quote(rarest.name)} with {count(rarest.count, 'sample')}, "
        f"holds {percent(rarest.count / total)} where an even split gives {percent(1 / k)}, and the largest, "
        f"{quote(largest.name)}, has {number(ratio)} times as many",
        affected,
        {
            "band": verdict,
            "classes_in_band": len(affected),
            "rarest": rarest.name,
            "rarest_share": rarest.count / total,
            "even_share": 1 / k,
            "rarest_to_even": k * rarest.count / total,
            "largest": largest.name,
            "largest_share": largest.count / total,
            "imbalance_ratio": ratio,
        },
        "report macro-F1 or balanced accuracy beside accuracy; no weights are needed for this alone"
        if verdict == "mild"
        else "train on the true distribution first; if the rare classes are missed: `weights --scheme auto`",
        Severity.INFO if verdict == "mild" else Severity.WARNING,
    )


def band(n: int, largest: int, k: int, total: int, limits: tuple[float, float, float]) -> str:
    """The band of a class of `n` among `k` classes and `total` samples, as if it were the smaller of two classes."""
    mild, moderate, extreme = limits
    share = min(n / (n + largest), k * n / (2 * total))
    if share < extreme:
        return "extreme"
    return "moderate" if share <= moderate else "mild" if share <= mild else "even"
