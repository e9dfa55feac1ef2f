"""How good the predictions are, each number beside what a model that learnt nothing would reach."""

from statistics import fmean, median

from ..model import PredictionProfile, TruthProfile
from ._grid import Column, Grid
from ._numbers import NONE, count, counted, fraction, percent, significant
from ._section import Part, Remark, Section

CONFUSIONS_SHOWN = 5
SIGNIFICANT = 2.0
"""Standard errors from which an AUROC is called different from 0.5."""


def section(p: PredictionProfile) -> Section | None:
    """The measures against the truth; None without truth."""
    truth = p.truth
    if truth is None:
        return None
    columns = (Column("measure", "left"), Column("score", "decimal"), Column("knowing nothing", "left", drop=1))
    rows = [row for row in _measures(p, truth) if row[1] != NONE]
    parts: list[Part] = [Grid(columns, tuple(rows))]
    if truth.ranking == "histogram" and any(row.auroc is not None for row in truth.classes):
        error = significant(truth.ranking_error)
        parts.append(
            Remark(f"AUROC and AP come from histograms: off by at most {error}; --exact computes them exactly")
        )
    if truth.best_permutation is not None and truth.permuted_accuracy is not None:
        order = ", ".join(map(str, truth.best_permutation[:12])) + (" …" if len(truth.best_permutation) > 12 else "")
        parts.append(
            Remark(f"with the columns in the order {order} the accuracy is {fraction(truth.permuted_accuracy)}")
        )
    return Section("Measures", "scikit-learn's definitions, zero_division = 0", tuple(parts))


def _measures(p: PredictionProfile, truth: TruthProfile) -> list[tuple[str, str, str]]:
    """Measure, value, and the value of a model that learnt nothing from its input."""
    present = sum(row.support > 0 for row in truth.classes)
    chance = 0.5 if p.task == "sigmoid" else 1 / max(present, 1)
    return [
        ("cell accuracy" if p.task == "sigmoid" else "accuracy", fraction(truth.accuracy), _naive(p, truth)),
        ("subset accuracy", fraction(truth.subset_accuracy), ""),
        ("balanced accuracy", fraction(truth.balanced_accuracy), f"{fraction(chance)}, any constant answer"),
        ("macro F1", fraction(truth.macro_f1), ""),
        ("micro F1", fraction(truth.micro_f1), ""),
        ("weighted F1", fraction(truth.weighted_f1), ""),
        ("MCC", significant(truth.mcc), "0"),
        *_ranking(truth),
        ("log loss", significant(truth.log_loss), _floor(truth)),
        ("ECE", fraction(truth.ece), ""),
    ]


def _floor(truth: TruthProfile) -> str:
    return "" if truth.log_loss_floor is None else f"{significant(truth.log_loss_floor)}, the priors put out"


def _ranking(truth: TruthProfile) -> list[tuple[str, str, str]]:
    aurocs = [row.auroc for row in truth.classes if row.auroc is not None]
    if not aurocs:
        return []
    tested = [row.auroc_z for row in truth.classes if row.auroc_z is not None]
    above = sum(z >= SIGNIFICANT for z in tested)
    beside = f"0.5; {count(above)} of {count(len(tested))} above it, z ≥ {SIGNIFICANT:g}"
    return [("AUROC, mean", fraction(fmean(aurocs)), ""), ("AUROC, median", fraction(median(aurocs)), beside)]


def _naive(p: PredictionProfile, truth: TruthProfile) -> str:
    """What a constant answer scores: all zero for labels that stand for themselves, else the largest class."""
    prevalences = {row.index: row.prevalence for row in truth.classes}
    if not prevalences:
        return ""
    if p.task == "sigmoid":
        return f"{fraction(1 - fmean(prevalences.values()))}, all zero"
    if p.task == "binary" and 1 in prevalences:
        prevalences[0] = 1 - prevalences[1]
    return f"{fraction(max(prevalences.values()))}, the majority class"


def confusions(p: PredictionProfile) -> Section | None:
    """The classes most often taken for another; None when there is none or they were not counted."""
    if p.truth is None or not p.truth.confusion:
        return None
    wrong = [cell for cell in p.truth.confusion if cell[0] != cell[1]]
    strongest = sorted(wrong, key=lambda cell: (-cell[2], cell[0], cell[1]))[:CONFUSIONS_SHOWN]
    if not strongest:
        return None
    names = {row.index: row.name for row in p.classes}
    support = {row.index: row.support for row in p.truth.classes}
    rows = [
        (names[true], names[predicted], count(n), percent(n / support[true]) if support[true] else "–")
        for true, predicted, n in strongest
    ]
    columns = (Column("true", "name"), Column("predicted", "name"), Column("rows"), Column("of the true class"))
    kinds = counted(len(wrong), "pair")
    return Section("Strongest confusions", f"{kinds} of classes confused", (Grid(columns, tuple(rows)),))
