"""An examination of predictions in words: the verdict with the number it rests on, and how the dump was read."""

from statistics import median

from ..model import PredictionProfile, Report
from ..plugins import Severity
from ..predictions.expected import MIN_ROWS
from ..predictions.verdict import BAD_SHARE
from . import _label_words
from ._numbers import conserved, count, counted, fraction, percent, significant
from ._safe import shown
from ._section import Fact

TITLES = {
    "healthy": "healthy",
    "all_zero": "collapsed: all zero",
    "all_one": "collapsed: all one",
    "single_class": "collapsed: one class",
    "constant": "collapsed: constant output",
    "prior_only": "collapsed: only the prior was learnt",
    "partial": "partly collapsed",
    "threshold": "not collapsed, wrong threshold",
    "miswired": "miswired",
    "cannot_judge": "cannot judge",
}
LAYOUT_WORDS = {
    "matrix": "one column of scores for each class",
    "vector": "one score a row",
    "column": "one predicted label a row",
    "list": "a list of scores in each row",
    "long": "one row for each pair of sample and class",
}
NO_TRUTH = "none; with --labels TRUTH: recall, precision, ranking, calibration"


def verdict(report: Report, p: PredictionProfile) -> str:
    """The examination in one sentence."""
    reason = _REASONS[p.verdict](p)
    if p.verdict == "miswired":
        found = [f"{f.rule.code} {f.rule.name}" for f in report.findings if f.grade == Severity.ERROR]
        reason = "; ".join(found) or "the scores do not mean what they should"
    return f"{TITLES[p.verdict]} — {reason}"


def subject(p: PredictionProfile) -> str:
    """What was examined, in one line."""
    cut = "" if p.task == "softmax" else f" cut at {p.threshold:g}"
    what = "predicted labels" if p.score_kind == "labels" else f"{p.task} {p.score_kind}{cut}"
    truth = f"truth for {count(p.truth.n_joined)}" if p.truth else "no truth"
    return " · ".join([counted(p.n_rows, "row"), counted(p.n_classes, "class"), what, truth])


def reading(report: Report, p: PredictionProfile) -> list[Fact]:
    """How the dump was understood, what was joined to it; every row accounted for."""
    layout = p.layout
    columns = ", ".join(f'"{shown(column)}"' for column in layout.columns[:3])
    if len(layout.columns) > 3:
        columns += f" … ({count(len(layout.columns))})"
    named = f", {columns}" if columns else ""
    because = f": {layout.reason}" if layout.reason else ""
    facts = [("as", f"{LAYOUT_WORDS[layout.kind]}{named}{because}"), *(("note", note) for note in layout.notes)]
    bad = "without a prediction" if p.score_kind == "labels" else "with NaN or infinity"
    rows = conserved(p.n_rows, [(p.n_samples, "judged"), (p.nan_rows, bad)])
    if p.tied_rows:
        rows += f"; {count(p.tied_rows)} tied at the largest score, in no class"
    facts.append(("rows", rows))
    truth = f"{counted(p.truth.n_joined, 'row')}, joined by {p.truth.joined_by}" if p.truth else NO_TRUTH
    facts.append(("truth", truth))
    if p.priors is not None:
        facts.append(("prior", {"truth": "of the truth"}.get(p.prior_source, p.prior_source or "given")))
    if report.labels is not None:
        facts.append(("train", _label_words.verdict(report.labels)))
    return facts


def _all_zero(p: PredictionProfile) -> str:
    if p.score_kind == "labels" and p.task == "softmax":
        return _top(p)
    text = f"{count(p.n_samples - p.all_zero_rows)} of {counted(p.n_samples, 'row')} have {_at_the_cut(p)}"
    return text + _positives(p)


def _all_one(p: PredictionProfile) -> str:
    if p.score_kind == "labels" and p.task == "softmax":
        return _top(p)
    every = "" if p.task == "binary" else "every "
    have = (
        f"{every}class predicted" if p.score_kind == "labels" else f"{every or 'a '}score at {p.threshold:g} or above"
    )
    return f"{count(p.all_one_rows)} of {counted(p.n_samples, 'row')} have {have}{_positives(p)}"


def _at_the_cut(p: PredictionProfile) -> str:
    return "a predicted class" if p.score_kind == "labels" else f"a score at {p.threshold:g} or above"


def _positives(p: PredictionProfile) -> str:
    if p.truth is None:
        return ""
    positive = [row for row in p.truth.classes if p.task == "sigmoid" or row.index == 1]
    return f"; the truth has {counted(sum(row.support for row in positive), 'positive')}"


def _top(p: PredictionProfile) -> str:
    name, share = p.top_class
    predicted = max(row.predicted for row in p.classes)
    text = f'"{shown(name)}" is predicted for {count(predicted)} of {counted(p.n_samples, "row")} ({percent(share)})'
    if p.truth is not None:
        true = next((row.prevalence for row in p.truth.classes if row.name == name), None)
        return f"{text}; its share of the truth is {percent(true)}"
    prior = next((q for q, row in zip(p.priors or (), p.classes, strict=False) if row.name == name), None)
    return f"{text}; its prior is {percent(prior)}" if prior is not None else text


def _constant(p: PredictionProfile) -> str:
    if p.distinct_rows is not None and p.distinct_rows <= max(1, p.n_samples // 100):
        different = counted(p.distinct_rows, "different row")
        return f"{different} of scores among {count(p.n_samples)}"
    spread = max((row.std for row in p.classes if row.std is not None), default=None)
    return f"over {counted(p.n_samples, 'row')} no class's scores have a std above {significant(spread)}"


def _prior_only(p: PredictionProfile) -> str:
    ranked = _aurocs(p)
    if not ranked:
        return "the mean scores sit on the priors and hardly vary"
    return f"no useful ranking: AUROC {fraction(median(ranked))} (median), {fraction(max(ranked))} (best class)"


def _partial(p: PredictionProfile) -> str:
    text = f"{count(len(p.never_predicted))} of {counted(p.n_classes, 'class')} are never predicted"
    if p.truth is None:
        return text
    never = set(p.never_predicted)
    supports = [row.support for row in p.truth.classes if row.name in never and row.support]
    return f"{text}; {count(len(supports))} of them occur in the truth, {counted(sum(supports), 'time')}"


def _threshold(p: PredictionProfile) -> str:
    ranked = _aurocs(p)
    if p.truth is None or not ranked:
        return f"{count(p.n_samples - p.all_zero_rows)} of {counted(p.n_samples, 'row')} have {_at_the_cut(p)}"
    cut = "" if p.task == "softmax" else f" at the cut {p.threshold:g}"
    intact = f"the ranking is intact, AUROC {fraction(median(ranked))} (median)"
    return f"{intact}, yet macro F1{cut} is {fraction(p.truth.macro_f1)}"


def _cannot_judge(p: PredictionProfile) -> str:
    bad = [(p.nan_rows, "hold NaN or infinity"), (p.tied_rows, "are tied at the largest score")]
    parts = [f"{count(n)} {words}" for n, words in bad if n > BAD_SHARE * p.n_rows]
    if parts:
        return f"of {counted(p.n_rows, 'row')} {' and '.join(parts)}"
    if p.n_samples - p.tied_rows < MIN_ROWS:
        return f"only {counted(p.n_samples - p.tied_rows, 'usable row')}"
    if p.n_classes == 1:
        return "one class is predicted, and nothing says that there are others (--classes, --labels)"
    return "too few rows of the truth belong to another class than the one that is always predicted"


def _healthy(p: PredictionProfile) -> str:
    text = f"predicts {count(p.n_classes - len(p.never_predicted))} of {counted(p.n_classes, 'class')}"
    return f"{text}, macro F1 {fraction(p.truth.macro_f1)}" if p.truth is not None else text


def _aurocs(p: PredictionProfile) -> list[float]:
    return [row.auroc for row in (p.truth.classes if p.truth else ()) if row.auroc is not None]


_REASONS = {
    "healthy": _healthy,
    "all_zero": _all_zero,
    "all_one": _all_one,
    "single_class": _top,
    "constant": _constant,
    "prior_only": _prior_only,
    "partial": _partial,
    "threshold": _threshold,
    "miswired": lambda p: "",
    "cannot_judge": _cannot_judge,
}
