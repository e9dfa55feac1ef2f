"""Measures of imbalance: each one number for the whole set of classes, with its convention named."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ..model import ClassCounts
from .label_sets import MIN_SUPPORT, pairs, scumble, summary

CONVENTIONS: Mapping[str, str] = {
    "logarithm": "natural (nats)",
    "share": "label assignments: entropy, evenness, effective classes, Gini, head share and unseen mass are of shares",
    "mean_irlbl": "classes without samples are left out (mldr counts them as 0)",
    "cvir": "standard deviation with ddof 1; classes without samples are left out",
    "scumble": "mean over all samples, unlabelled ones count as 0",
    "scumble_cv": "standard deviation with ddof 1 over all samples",
    "label_sets": "the empty set counts as one; unknown cells are read as absent",
    "pairs": f"ranked by Jaccard index, at least {MIN_SUPPORT} samples with both",
    "unseen_mass": "Good-Turing: classes with one sample / label assignments",
}


def measures(counts: ClassCounts, label_sets: Mapping[frozenset[str], int] | None) -> dict[str, Any]:
    """The `labels.measures` of the JSON form. What is undefined is None, and `reasons` says why.

    `label_sets` holds samples per set of classes, None when that is not known or every sample carries one class.
    """
    reasons: dict[str, str] = {}
    found = {
        **of_shares(counts, reasons),
        **of_ratios(counts, reasons),
        **of_label_sets(counts, label_sets, reasons),
    }
    return {**found, "reasons": reasons, "conventions": dict(CONVENTIONS)}


def of_shares(counts: ClassCounts, reasons: dict[str, str]) -> dict[str, Any]:
    """How evenly the label assignments are spread over the K classes, absent ones included.

    `entropy` H in 0..ln K (Shannon), `evenness` H / ln K (Pielou), `kl_uniform` ln K - H; `effective_classes` e^H and
    `effective_classes_2` 1 / sum share², the numbers of equally frequent classes with that entropy and that collision
    probability (Hill 1973, orders 1 and 2); `gini` in 0..1-1/K; `unseen_mass`, the estimated share of labels that
    belong to classes never seen (Good 1953).
    """
    ns, k, total = counts.counts, len(counts.counts), counts.n_assignments
    if total == 0:
        keys = ("entropy", "evenness", "kl_uniform", "effective_classes", "effective_classes_2", "gini", "unseen_mass")
        reasons.update(dict.fromkeys((*keys, "head_share"), "no sample carries a class"))
        return {
            **dict.fromkeys(keys),
            "head_share": dict.fromkeys(("top_1", "top_10", "top_20_percent")),
            "singletons": 0,
        }
    h = entropy(ns)
    if k == 1:
        reasons["evenness"] = "one class"
    ascending = sorted(ns)
    singletons = sum(n == 1 for n in ns)
    return {
        "entropy": h,
        "evenness": min(1.0, h / math.log(k)) if k > 1 else None,
        "kl_uniform": max(0.0, math.log(k) - h),
        "effective_classes": math.exp(h),
        "effective_classes_2": total * total / sum(n * n for n in ns),
        "gini": sum((2 * i - k - 1) * n for i, n in enumerate(ascending, 1)) / (k * total),
        "head_share": {
            "top_1": ascending[-1] / total,
            "top_10": sum(ascending[-10:]) / total,
            "top_20_percent": sum(ascending[-math.ceil(k / 5) :]) / total,
        },
        "singletons": singletons,
        "unseen_mass": singletons / total,
    }


def entropy(counts: Sequence[int]) -> float:
    """Shannon entropy of the shares in nats. Not empty, not all zero; zeros add nothing.

    >>> entropy((5, 5, 0)) == math.log(2)
    True
    """
    total = sum(counts)
    # near a share of 1 the logarithm of the rounded share has no correct digits: take it of the rest
    logs = ((n, math.log1p(-((total - n) / total)) if 2 * n > total else math.log(n / total)) for n in counts if n)
    return abs(math.fsum(n / total * log for n, log in logs))


def of_ratios(counts: ClassCounts, reasons: dict[str, str]) -> dict[str, Any]:
    """How much rarer than the most frequent class the others are, and how many classes a sample carries.

    `imbalance_ratio` n_max / n_min; IRLbl_k = n_max / n_k, of which `mean_irlbl` is the mean and `cvir` the coefficient
    of variation (Charte et al. 2013, "A first approach to deal with imbalance in multi-label datasets": above 1.5 and
    0.2 the data are imbalanced); `cardinality` labels per sample, `density` the filled part of the label matrix.
    """
    ns = counts.counts
    present = [n for n in ns if n]
    cells = sum(counts.known)
    ratio, mean, cv = None, None, None
    if len(ns) < 2:
        reasons["imbalance_ratio"] = "one class"
    elif len(present) < len(ns):
        reasons["imbalance_ratio"] = "infinite: a class without samples"
    else:
        ratio = max(ns) / min(ns)
    if not present:
        reasons["mean_irlbl"] = "no sample carries a class"
    else:
        most = max(present)
        mean, cv = mean_and_cv([most / n for n in present])
    if cv is None:
        reasons["cvir"] = "fewer than two classes with samples"
    return {
        "imbalance_ratio": ratio,
        "mean_irlbl": mean,
        "cvir": cv,
        "cardinality": counts.n_assignments / counts.n_samples,
        "density": counts.n_assignments / cells if cells else None,
    }


def mean_and_cv(values: list[float]) -> tuple[float, float | None]:
    """Mean, and standard deviation (ddof 1) over mean, None for a single value. Not empty."""
    mean = math.fsum(values) / len(values)
    if len(values) < 2:
        return mean, None
    return mean, math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (len(values) - 1)) / mean


def of_label_sets(
    counts: ClassCounts, sets: Mapping[frozenset[str], int] | None, reasons: dict[str, str]
) -> dict[str, Any]:
    """What co-occurrence adds; all None when the label sets are not known."""
    if not sets:
        why = "the label sets are not known" if counts.task == "multilabel" else "one class a sample"
        keys = ("label_sets", "scumble", "scumble_cv", "pairs")
        reasons.update(dict.fromkeys(keys, why))
        return dict.fromkeys(keys)
    level, cv = (0.0, None) if counts.n_assignments == 0 else scumble(counts, sets)
    if cv is None:
        reasons["scumble_cv"] = "SCUMBLE is 0"
    strongest, why = pairs(counts, sets)
    if strongest is None:
        reasons["pairs"] = why
    return {"label_sets": summary(counts, sets), "scumble": level, "scumble_cv": cv, "pairs": strongest}
