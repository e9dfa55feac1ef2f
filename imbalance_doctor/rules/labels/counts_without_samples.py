"""Only counts are known, not the number of samples, so shares stand in for prevalences.

Why it matters: with one label per sample, the counts add up to the samples and all is well. With several labels per
sample they add up to more, and count / sum understates every prevalence by the labels per sample; every pos_weight and
bias computed from it is off by that factor.

What to do: if samples carry several labels, say how many samples there are: `--n-samples N`.

Example: 120 counts that sum to 85,160: the largest, 12,597, is a share of 0.1479. On 55,000 samples its prevalence is
0.2290, 1.548 times as much.

Reference: cardinality, Tsoumakas and Katakis 2007, Multi-label classification: an overview.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from .._wording import count

RULE = Rule("counts-without-samples", "IMB146", Severity.INFO)


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding on counts that came without a number of samples."""
    total = labels.counts.n_assignments
    if not labels.counts_only or labels.n_samples != total or not total:
        return
    yield Finding(
        RULE,
        f"the counts sum to {total:,} and are read as {count(total, 'sample')} with one label each; if samples carry "
        "several, every prevalence is higher than given",
        (),
        {"assignments": total, "classes": len(labels.classes)},
        "if samples carry several labels: --n-samples N",
    )
