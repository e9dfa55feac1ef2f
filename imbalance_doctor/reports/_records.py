"""The nouns as mappings, key by key as the JSON contract has them."""

from typing import Any

from ..model import Finding, LabelProfile, PredictionProfile, Prescription, TruthProfile, Weights


def labels(labels: LabelProfile) -> dict[str, Any]:
    """The labels: what they are, every row, every class, and the measures."""
    return {
        "task": labels.task,
        "layout": _record(labels.layout, "kind column separator reason notes"),
        "n_rows": labels.n_rows,
        "n_samples": labels.n_samples,
        "n_assignments": labels.counts.n_assignments,
        "n_unlabelled": labels.n_unlabelled,
        "n_missing": labels.n_missing,
        "n_ignored": labels.n_ignored,
        "n_rejected": labels.n_rejected,
        "n_classes": len(labels.classes),
        "n_present": labels.n_present,
        "value_type": labels.value_type,
        "classes": sorted(labels.classes, key=lambda row: row.index),
        "percentiles": labels.percentiles,
        "measures": labels.measures,
        "floors": labels.floors,
    }


def predictions(p: PredictionProfile) -> dict[str, Any]:
    """The dump: what it is, its classes, its rows, the verdict, and what truth and corrections add."""
    name, share = p.top_class
    return {
        **_record(p, "score_kind task threshold layout n_rows n_samples n_classes declared capacity"),
        "classes": sorted(p.classes, key=lambda row: row.index),
        **_record(p, "all_zero_rows all_one_rows"),
        "top_class": {"name": name, "share": share},
        **_record(p, "never_predicted always_predicted nan_rows infinite_rows tied_rows off_sum_rows distinct_rows"),
        "row_sum": p.row_sum and dict(zip(("min", "mean", "max"), p.row_sum, strict=True)),
        **_record(p, "positives_per_row saturated_share outside_share score_range priors prior_source verdict"),
        "truth": p.truth and _truth(p.truth),
        "remedies": p.remedies,
    }


def _truth(truth: TruthProfile) -> dict[str, Any]:
    averages = "accuracy subset_accuracy balanced_accuracy macro_f1 micro_f1 weighted_f1 mcc"
    return {
        **_record(truth, f"n_joined joined_by {averages} log_loss log_loss_floor ece ranking ranking_error"),
        "classes": sorted(truth.classes, key=lambda row: row.index),
        **_record(truth, "confusion best_permutation permuted_accuracy"),
    }


def weights(weights: Weights) -> dict[str, Any]:
    """The weights and what is needed to check them."""
    pair = "values values_negative normalisation sample_mean max_min_ratio boundary_after"
    return {"scheme": weights.scheme, "target": None} | _record(weights, f"classes counts {pair}")


def prescription(prescription: Prescription) -> dict[str, Any]:
    """What to do first."""
    return _record(prescription, "metric model scheme loss steps avoid bias_init threshold_rule")


def finding(finding: Finding) -> dict[str, Any]:
    """One finding with the code and name of its rule."""
    head = {"code": finding.rule.code, "name": finding.rule.name, "severity": finding.grade.value}
    return head | _record(finding, "message classes evidence remedy")


def _record(thing: object, names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names.split()}
