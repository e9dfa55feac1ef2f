"""What a drawn report says in words, as plain values: sentences and labelled facts.

How it looks is the business of whoever draws it.
"""

from collections.abc import Sequence

from ..model import Avoid, Finding, LabelProfile, Prescription, Report, Weights
from ..plugins import Severity
from ._numbers import count, counted, ratio, significant
from ._safe import shown

Fact = tuple[str, str]
TASK_WORDS = {"binary": "binary", "multiclass": "multi-class", "multilabel": "multi-label"}
SOURCES_NAMED = 3
MILD_RATIO = 4.0
"""Largest ratio a report still calls balanced: a minority of 20 % of two classes, where Google's "moderate" begins."""


def verdict(labels: LabelProfile) -> str:
    """The examination in one line."""
    classes = counted(len(labels.classes), "class")
    empty = len(labels.classes) - labels.n_present
    parts = [f"{classes} ({count(empty)} empty)" if empty else classes, counted(labels.n_samples, "sample")]
    parts.append(TASK_WORDS[labels.task])
    largest_over_smallest = labels.measures.get("imbalance_ratio")
    if largest_over_smallest is not None:
        parts.append(f"ratio {ratio(largest_over_smallest)} : 1")
    return " · ".join(parts)


def all_clear(report: Report) -> str:
    """What to say in place of findings, "" when there are findings."""
    if report.findings:
        return ""
    labels, prescription = report.labels, report.prescription
    needs_nothing = prescription is None or prescription.scheme == "none"
    mild = labels is not None and (labels.measures.get("imbalance_ratio") or MILD_RATIO + 1) <= MILD_RATIO
    return "Balanced: no action needed." if needs_nothing and mild else "No findings."


def severest_first(report: Report) -> list[Finding]:
    """The findings by severity, those of one severity in the order of their codes."""
    return sorted(report.findings, key=lambda finding: -finding.grade.rank)


def tally_of_findings(report: Report) -> str:
    """How many findings of each severity, the severest first."""
    grades = [finding.grade for finding in report.findings]
    numbers = [(severity, grades.count(severity)) for severity in reversed(Severity)]
    return ", ".join(counted(n, s) if s != Severity.INFO else f"{n} info" for s, n in numbers if n)


def reading(report: Report) -> list[Fact]:
    """Where the labels came from and how they were understood; every row accounted for."""
    facts: list[Fact] = []
    for source in report.sources[:SOURCES_NAMED]:
        facts.append(("read", f"{source.name} ({source.format})" + (f": {source.note}" if source.note else "")))
    if len(report.sources) > SOURCES_NAMED:
        facts.append(("and", counted(len(report.sources) - SOURCES_NAMED, "more source")))
    if report.labels is not None:
        layout = report.labels.layout
        column = f', column "{shown(layout.column)}"' if layout.column is not None else ""
        split = f', separated by "{layout.separator}"' if layout.separator is not None else ""
        because = f": {layout.reason}" if layout.reason else ""
        facts.append(("as", f"{LAYOUT_WORDS[layout.kind]}{column}{split}{because}"))
        facts += [("note", note) for note in layout.notes]
        facts.append(("rows", rows(report.labels)))
    return facts


LAYOUT_WORDS = {
    "column": "one label a row",
    "delimited": "several labels in a cell",
    "indicator": "one 0/1 column for each class",
    "long": "one row for each sample-label pair",
    "counts": "counts of classes",
}


def rows(labels: LabelProfile) -> str:
    """The conservation line: no row is lost without a word."""
    pairs = counted(labels.counts.n_assignments, "label assignment")
    if labels.counts_only:
        return f"{counted(labels.n_rows, 'row')} of counts: {counted(labels.n_samples, 'sample')}, {pairs}"
    kinds = [(labels.n_samples, "counted"), (labels.n_missing, "missing"), (labels.n_ignored, "ignored")]
    kinds.append((labels.n_rejected, "rejected"))
    if sum(n for n, _ in kinds) == labels.n_rows:
        text = f"{count(labels.n_rows)} = " + " + ".join(f"{count(n)} {word}" for n, word in kinds)
    else:
        text = f"{count(labels.n_rows)} read; " + ", ".join(f"{count(n)} {word}" for n, word in kinds)
    if labels.task == "multilabel":
        text += f"; {pairs}, {count(labels.n_unlabelled)} without a label"
    return text


def prescribed_for(prescription: Prescription) -> str:
    """The question a prescription answers, and its answer in two words."""
    p = prescription
    return f"metric {p.metric}, model {p.model}: scheme {p.scheme}, loss {p.loss}"


def warning(avoid: Avoid) -> str:
    """What to avoid and why, as one sentence."""
    return f"{avoid.what.rstrip('.')}: {avoid.why}"


def weighted(weights: Weights) -> str:
    """How the weights are scaled."""
    facts = [f"normalisation {weights.normalisation}"]
    if weights.sample_mean is not None:
        facts.append(f"sample mean {significant(weights.sample_mean)}")
    if weights.max_min_ratio is not None:
        facts.append(f"largest over smallest {significant(weights.max_min_ratio)}")
    return ", ".join(facts)


def skipped(report: Report) -> str:
    """One line for the rules that did not run, "" when all did."""
    if not report.skipped:
        return ""
    needs = sorted({need for rule in report.skipped for need in rule.needs})
    return f"{counted(len(report.skipped), 'rule')} skipped, not passed: no {_listed(needs)}."


def _listed(words: Sequence[str]) -> str:
    return " or ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} or {words[-1]}"
