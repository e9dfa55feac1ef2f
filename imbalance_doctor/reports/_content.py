"""What a drawn report says in words, as plain values: sentences and labelled facts.

How it looks is the business of whoever draws it.
"""

from collections.abc import Sequence
from dataclasses import replace

from ..model import Avoid, Finding, Prescription, Report, Weights
from ..plugins import Severity
from . import _classes, _label_sections, _label_words
from ._numbers import counted, significant
from ._page import Page
from ._section import Fact, Labelled, Section

SOURCES_NAMED = 3
MILD_RATIO = 4.0
"""Largest ratio a report still calls balanced: a minority of 20 % of two classes, where Google's "moderate" begins."""


def headline(report: Report) -> tuple[str, str]:
    """The examination in one line, and what was examined where the line does not say."""
    if report.diagnosis is not None:
        from . import _diagnosis

        return _diagnosis.verdict(report.diagnosis), _diagnosis.subject(report)
    if report.given is not None:
        from . import _given

        return _given.verdict(report, report.given), ""
    if report.predictions is not None:
        from . import _prediction_words

        return _prediction_words.verdict(report, report.predictions), _prediction_words.subject(report.predictions)
    if report.history is not None:
        from . import _history_words

        return _history_words.verdict(report.history), _history_words.subject(report.history)
    return (_label_words.verdict(report.labels) if report.labels is not None else report.command), ""


def all_clear(report: Report) -> str:
    """What to say in place of findings, "" when there are findings."""
    if report.findings:
        return ""
    labels, prescription = report.labels, report.prescription
    if report.diagnosis is not None or report.given is not None:
        return "No findings."
    if report.predictions is not None:
        return "Healthy: no action needed." if report.predictions.verdict == "healthy" else "No findings."
    if report.history is not None:
        return "Learning: no action needed." if report.history.verdict == "learning" else "No findings."
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
    """Where the input came from and how it was understood; every row accounted for. A diagnosis says it later."""
    if report.diagnosis is not None:
        return []
    facts: list[Fact] = []
    for source in report.sources[:SOURCES_NAMED]:
        facts.append(("read", f"{source.name} ({source.format})" + (f": {source.note}" if source.note else "")))
    if len(report.sources) > SOURCES_NAMED:
        facts.append(("and", counted(len(report.sources) - SOURCES_NAMED, "more source")))
    if report.given is not None:
        from . import _given

        facts += _given.reading(report.given, report.labels)
    elif report.predictions is not None:
        from . import _prediction_words

        facts += _prediction_words.reading(report, report.predictions)
    elif report.history is not None:
        from . import _history_words

        facts += _history_words.reading(report, report.history)
    elif report.labels is not None:
        facts += _label_words.reading(report.labels)
    return facts


def prescribed_for(prescription: Prescription) -> str:
    """The question a prescription answers, and its answer in two words."""
    p = prescription
    return f"metric {p.metric}, model {p.model}: scheme {p.scheme}, loss {p.loss}"


def warning(avoid: Avoid) -> str:
    """What to avoid and why, as one sentence."""
    return f"{avoid.what.rstrip('.')}: {avoid.why}"


def evidence(report: Report, page: Page, top: int | None, show_all: bool) -> list[Section]:
    """The sections that stand before the findings, because the findings quote them: causes, or metrics of a log."""
    if report.diagnosis is not None:
        from . import _diagnosis

        return _diagnosis.sections(report, report.diagnosis, show_all)
    if report.history is not None and report.predictions is None:
        from . import _history_sections

        return _history_sections.sections(report.history, page, top, show_all)
    return []


def numbers(report: Report, page: Page, top: int | None, show_all: bool) -> list[Section]:
    """The sections of numbers; those of labels stand back where they only accompany something else."""
    drawn: list[Section] = []
    if report.diagnosis is not None:
        drawn += _of_each(report, page, top) if show_all else []
    elif report.given is not None:
        from . import _given

        drawn += _given.sections(report.given, top, show_all)
    elif report.predictions is not None:
        from . import _prediction_sections

        drawn += _prediction_sections.sections(report.predictions, page, top, show_all)
    elif report.labels is not None and report.history is None:
        drawn += _label_sections.sections(report.labels, page, top, show_all)
    if report.weights is not None:
        table = _classes.weight_table(report.weights, top, show_all)
        drawn.append(Section(f"Weights: {report.weights.scheme}", _scaled(report.weights), (table,)))
    return drawn


def _of_each(report: Report, page: Page, top: int | None) -> list[Section]:
    """How the input of each examination was read, and all its numbers, under titles that name it."""
    from . import _history_sections, _history_words, _prediction_sections, _prediction_words

    alone = replace(report, labels=None)
    drawn: list[Section] = []
    if report.labels is not None:
        read, tables = _label_words.reading(report.labels), _label_sections.sections(report.labels, page, top, True)
        drawn += _under("Labels", "how they were read", read, tables)
    if report.predictions is not None:
        read = _prediction_words.reading(alone, report.predictions)
        tables = _prediction_sections.sections(report.predictions, page, top, True)
        drawn += _under("Predictions", "how they were read", read, tables)
    if report.history is not None:
        read = _history_words.reading(alone, report.history)
        tables = _history_sections.sections(report.history, page, top, True)
        drawn += _under("Log", "how it was read", read, tables)
    return drawn


def _under(name: str, title: str, facts: list[Fact], sections: list[Section]) -> list[Section]:
    first = Section(title, "", (Labelled(tuple(facts)),))
    return [
        replace(section, title=f"{name}: {section.title[0].lower()}{section.title[1:]}")
        for section in (first, *sections)
    ]


def _scaled(weights: Weights) -> str:
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
    if report.predictions is not None:  # whose --labels are the truth
        needs = ["training labels" if need == "labels" else need for need in needs]
    return f"{counted(len(report.skipped), 'rule')} skipped, not passed: no {_listed(needs)}."


def _listed(words: Sequence[str]) -> str:
    return " or ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} or {words[-1]}"
