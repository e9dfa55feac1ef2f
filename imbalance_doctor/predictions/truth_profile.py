"""What the truth adds to the profile of predictions."""

from collections.abc import Sequence

from ..model import TruthProfile, TruthRow
from .agreement import Agreement
from .blocks import ScoreSample
from .ranking import UNRANKED, Ranking, rankings_of
from .tally import PredictionTally
from .tidy import tidy


def truth_profile(
    tally: PredictionTally, sample: ScoreSample | None, rankings: Sequence[Ranking] | None, joined_by: str
) -> TruthProfile:
    """Over the rows that can be judged: finite, with known truth, and with a single largest score in softmax."""
    outcomes, agreement = tally.outcomes, agreement_of(tally)
    exact = rankings is not None or sample is None or sample.whole
    ranked = ranking_by_class(tally, sample, rankings)
    means = mean_probabilities(tally, agreement)
    best = agreement.best_permutation()
    known = list(zip(agreement.support, agreement.known, strict=True))
    rows = tuple(
        TruthRow(
            index=index,
            name=name,
            support=support,
            true_positives=agreement.hits[index],
            recall=agreement.recall[index],
            precision=agreement.precision[index],
            f1=agreement.f1[index],
            auroc=ranked[index].auroc,
            auroc_z=ranked[index].z,
            average_precision=ranked[index].average_precision,
            prevalence=support / cells if cells else 0.0,
            calibration=calibration(means[index][0], support, cells),
            mean_positive=means[index][1],
        )
        for index, (name, (support, cells)) in enumerate(zip(tally.setting.classes, known, strict=True))
    )
    error = outcomes.reliability.error
    return TruthProfile(
        n_joined=agreement.n,
        joined_by=joined_by,
        classes=rows,
        accuracy=agreement.accuracy,
        subset_accuracy=outcomes.exact / outcomes.complete if sigmoid(tally) and outcomes.complete else None,
        balanced_accuracy=agreement.balanced_accuracy,
        macro_f1=agreement.macro_f1,
        micro_f1=agreement.micro_f1,
        weighted_f1=agreement.weighted_f1,
        mcc=agreement.mcc,
        log_loss=tidy(float(outcomes.loss.total) / outcomes.loss_terms) if outcomes.loss_terms else None,
        log_loss_floor=agreement.loss_floor if tally.has_scores else None,
        ece=None if error is None else tidy(error),
        confusion=None if agreement.confusion is None else triples(agreement),
        ranking="exact" if exact else "histogram",
        ranking_error=max((r.error for r in ranked), default=0.0),
        best_permutation=None if best is None else best[0],
        permuted_accuracy=None if best is None else best[1],
    )


def sigmoid(tally: PredictionTally) -> bool:
    """Whether a row carries any number of classes."""
    return tally.setting.task == "sigmoid"


def agreement_of(tally: PredictionTally) -> Agreement:
    """The counts of predictions against truth, per class of the setting."""
    outcomes, k = tally.outcomes, len(tally.setting.classes)
    if sigmoid(tally):
        counts = (outcomes.support, outcomes.predicted, outcomes.hits, outcomes.known)
        support, predicted, hits, known = (tuple(c.tolist()) for c in counts)
        return Agreement(outcomes.n, support, predicted, hits, known)
    confusion = outcomes.confusion.rows()
    if tally.setting.task == "binary":
        s, p, h, n = (int(c[0]) for c in (outcomes.support, outcomes.predicted, outcomes.hits, outcomes.known))
        for cell, rows in {(1, 1): h, (1, 0): s - h, (0, 1): p - h, (0, 0): n - s - p + h}.items():
            if rows:
                confusion[cell] = confusion.get(cell, 0) + rows
    return Agreement.of_confusion(confusion, k)


def triples(agreement: Agreement) -> tuple[tuple[int, int, int], ...]:
    """(true index, predicted index, rows), in that order."""
    return tuple((true, answer, n) for (true, answer), n in sorted((agreement.confusion or {}).items()))


def ranking_by_class(
    tally: PredictionTally, sample: ScoreSample | None, rankings: Sequence[Ranking] | None
) -> tuple[Ranking, ...]:
    """One per class; without scores, or where nothing was kept to rank, one that knows nothing."""
    if rankings is None:
        rankings = rankings_of(sample, tally.outcomes.histogram, tally.setting) if tally.has_scores else ()
    if rankings and tally.setting.task == "binary":
        rankings = (rankings[0].mirrored, rankings[0])
    return tuple(rankings) or (UNRANKED,) * len(tally.setting.classes)


def mean_probabilities(tally: PredictionTally, agreement: Agreement) -> list[tuple[float | None, float | None]]:
    """Per class, the mean probability over the known rows, and over those that carry the class; None of no rows."""
    outcomes = tally.outcomes
    if not tally.has_scores:
        return [(None, None)] * len(agreement.support)
    of_all, of_positives = outcomes.probability.total.tolist(), outcomes.probability_of_positives.total.tolist()
    if tally.setting.task == "binary":
        n, support = agreement.known[1], agreement.support[1]
        negative = of_all[0] - of_positives[0]
        of_all, of_positives = [n - of_all[0], of_all[0]], [n - support - negative, of_positives[0]]
    sums = zip(of_all, of_positives, agreement.known, agreement.support, strict=True)
    return [(tidy(a / n) if n else None, tidy(b / s) if s else None) for a, b, n, s in sums]


def calibration(mean: float | None, support: int, cells: int) -> float | None:
    """Mean probability over prevalence, None without support."""
    return None if mean is None or not support else tidy(mean * (cells / support))
