"""The nouns as mappings, key by key as the JSON contract has them."""

import math
from collections.abc import Mapping
from typing import Any

from ..model import (
    Diagnosis,
    Finding,
    Fingerprint,
    GivenProfile,
    HistoryProfile,
    LabelProfile,
    Point,
    PredictionProfile,
    Prescription,
    Series,
    TruthProfile,
    Weights,
)


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
        "damage": labels.damage,
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


def history(history: HistoryProfile) -> dict[str, Any]:
    """The log: how it was read, its metrics without their points, the fingerprints, the constants, the verdict."""
    return {
        **_record(history, "source_format framework n_records runs"),
        "metrics": [_metric(series) for series in history.series],
        "fingerprints": [_fingerprint(hit) for hit in history.fingerprints],
        "tried": _numbers(history.tried),
        **_record(history, "sample_sizes auxiliary not_understood notes verdict"),
    }


def _metric(series: Series) -> dict[str, Any]:
    """`first` and `last` are null where they are NaN or infinity; `not_finite` then says since when, and which."""
    ends = {"first": _finite(series.first), "last": _finite(series.last)}
    head = _record(series, "name split role run n")
    return head | ends | _record(series, "min max frozen_from") | {"not_finite": _point(series.not_finite)}


def _fingerprint(hit: Fingerprint) -> dict[str, Any]:
    pair = {"loss": _point(hit.loss), "metric": _point(hit.metric), "expected": _numbers(hit.expected)}
    return _record(hit, "name match run split") | pair | _record(hit, "tolerance meaning errors")


def _point(point: Point | None) -> dict[str, Any] | None:
    """A printed value and its place; NaN and infinity as null, with their name under `text`."""
    if point is None:
        return None
    step = None if point.step is None else _finite(point.step)
    value = _finite(point.value)
    text = str(float(point.value)) if value is None else None
    return {"record": point.record, "step": step, "value": value, "text": text, "decimals": point.decimals}


def _finite(x: float) -> float | None:
    return x if math.isfinite(x) else None


def _numbers(numbers: Mapping[str, float]) -> dict[str, float | None]:
    return {name: _finite(value) for name, value in numbers.items()}


def diagnosis(diagnosis: Diagnosis) -> dict[str, Any]:
    """The ranked causes, and what evidence is missing with the command that supplies it."""
    keys = "name title likelihood evidence_for evidence_against test remedy codes"
    return {
        "causes": [_record(cause, keys) for cause in diagnosis.causes],
        "missing": [{"evidence": evidence, "command": command} for evidence, command in diagnosis.missing],
    }


def weights(weights: Weights) -> dict[str, Any]:
    """The weights and what is needed to check them."""
    pair = "values values_negative normalisation sample_mean max_min_ratio boundary_after"
    return {"scheme": weights.scheme, "target": None} | _record(weights, f"classes counts {pair}")


def given(profile: GivenProfile) -> dict[str, Any]:
    """Given weights: as they stand in the text, then by class. `values` are null where they are NaN or infinite."""
    text, order = profile.given, profile.order
    values = None if profile.values is None else [_finite(value) for value in profile.values]
    return {
        "given": {
            **_record(text, "key line framework loss dtype sampler gamma beta names"),
            "values": [_finite(value) for value in text.values],
            "values_negative": text.values_negative and [_finite(value) for value in text.values_negative],
        },
        "role": profile.role,
        "classes": profile.counts.names,
        "counts": profile.counts.counts,
        "values": values,
        **_record(profile, "usable missing unknown background assumed rank_correlation scheme"),
        "order": order and {"name": order.name, "classes": order.classes, "scheme": order.scheme},
        **_record(profile, "sample_mean max_min_ratio divides"),
        "boundary_after": profile.boundary_after or (None,) * len(profile.counts.names),
    }


def prescription(prescription: Prescription) -> dict[str, Any]:
    """What to do first."""
    return _record(prescription, "metric model scheme loss steps avoid bias_init threshold_rule")


def finding(finding: Finding) -> dict[str, Any]:
    """One finding with the code and name of its rule."""
    head = {"code": finding.rule.code, "name": finding.rule.name, "severity": finding.grade.value}
    return head | _record(finding, "message classes evidence remedy")


def _record(thing: object, names: str) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names.split()}
