"""What the rows of a dump look like, whatever the truth: all-zero rows, ties, sums, range."""

from ..model import PredictionProfile
from ._numbers import count, percent, significant
from ._section import Fact, Facts, Section


def section(p: PredictionProfile) -> Section:
    """Counts of rows with their share, then the scores."""
    facts = _rows(p)
    if p.score_kind != "labels":
        facts += _scores(p)
    return Section("Rows and scores", "", (Facts(tuple(facts)),))


def _rows(p: PredictionProfile) -> list[Fact]:
    scores = p.score_kind != "labels"
    facts = [("never predicted", _of(len(p.never_predicted), p.n_classes))]
    if p.always_predicted:
        facts.append(("always predicted", _of(len(p.always_predicted), p.n_classes)))
    if scores:
        facts.append(("NaN or infinity", _of(p.nan_rows, p.n_rows)))
    elif p.nan_rows:
        facts.append(("no prediction", _of(p.nan_rows, p.n_rows)))
    if p.task == "softmax" and scores:
        facts.append(("tied", _of(p.tied_rows, p.n_samples)))
    elif scores:
        facts += [("all zero", _of(p.all_zero_rows, p.n_samples)), ("all one", _of(p.all_one_rows, p.n_samples))]
        cut = p.classes[1:] if p.task == "binary" else p.classes
        on_cut = sum(row.predicted - row.predicted_above for row in cut)
        facts.append(("exactly on cut", count(on_cut)))
    if p.positives_per_row is not None and p.task != "softmax":
        facts.append(("positives a row", significant(p.positives_per_row)))
    if p.distinct_rows is not None:
        facts.append(("different rows", _of(p.distinct_rows, p.n_samples)))
    return facts


def _scores(p: PredictionProfile) -> list[Fact]:
    facts: list[Fact] = []
    if p.score_range is not None:
        facts += [("score, min", significant(p.score_range[0])), ("score, max", significant(p.score_range[1]))]
    if p.row_sum is not None and p.n_classes > 1 and p.score_kind == "probabilities":
        words = ("row sum, min", "row sum, mean", "row sum, max")
        facts += [(word, significant(x)) for word, x in zip(words, p.row_sum, strict=True)]
        if p.task == "softmax":
            facts.append(("sum is not 1", _of(p.off_sum_rows, p.n_samples)))
    facts.append(("saturated", percent(p.saturated_share)))
    if p.score_kind == "probabilities":
        facts.append(("outside [0, 1]", percent(p.outside_share)))
    return facts


def _of(n: int, total: int) -> str:
    """A count with its share."""
    return f"{count(n)} ({percent(n / total)})" if n and total else count(n)
