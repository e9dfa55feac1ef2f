"""The differential diagnosis: the ranked causes, the evidence that is missing, and each examination in short."""

from ..model import Cause, Diagnosis, Report
from . import _history_words, _label_words, _prediction_words
from ._numbers import counted
from ._section import Fact, Item, Labelled, Part, Remark, Section

NOTHING = "no cause found — nothing in the evidence points to a fault"
EXAMINATIONS = {"labels": "IMB1", "predictions": "IMB2", "history": "IMB3"}
"""What can be examined, and how the codes of its rules begin."""
CODES_SHOWN = 6
SOURCES_SHOWN = 6


def verdict(diagnosis: Diagnosis) -> str:
    """The first cause and how sure it is, in one line."""
    if not diagnosis.causes:
        return NOTHING
    first = diagnosis.causes[0]
    if first.likelihood == "unlikely":
        return f"no cause stands out — the first on the list is unlikely: {first.title}"
    return f"{first.likelihood} — {first.title}"


def subject(report: Report) -> str:
    """Which evidence was examined and which was not."""
    given = [name for name in EXAMINATIONS if getattr(report, name) is not None]
    absent = [name for name in EXAMINATIONS if name not in given]
    text = f"examined: {', '.join(given) or 'nothing'}"
    return f"{text} · not given: {', '.join(absent)}" if absent else text


def sections(report: Report, diagnosis: Diagnosis, show_all: bool) -> list[Section]:
    """Causes before everything else, then what is missing, then the examinations."""
    drawn = [_causes(diagnosis, show_all), _missing(diagnosis), _examinations(report, show_all)]
    return [section for section in drawn if section is not None]


def _causes(diagnosis: Diagnosis, show_all: bool) -> Section | None:
    if not diagnosis.causes:
        return None
    items = [_item(number, cause, show_all) for number, cause in enumerate(diagnosis.causes, 1)]
    return Section("Causes", "the first is to be settled first", tuple(items))


def _item(number: int, cause: Cause, show_all: bool) -> Item:
    """One cause; of an unlikely one only what speaks for and against it."""
    facts: list[Fact] = [("for", text) for text in cause.evidence_for]
    facts += [("against", text) for text in cause.evidence_against]
    if show_all or cause.likelihood != "unlikely":
        facts += [(label, text) for label, text in (("test", cause.test), ("remedy", cause.remedy)) if text]
        if cause.codes:
            facts.append(("see", ", ".join(cause.codes)))
    return Item(str(number), cause.title, f"{cause.name}, {cause.likelihood}", tuple(facts))


def _missing(diagnosis: Diagnosis) -> Section | None:
    if not diagnosis.missing:
        return None
    items = [Item("", evidence, "", (("run", command),)) for evidence, command in diagnosis.missing]
    return Section("Missing evidence", "what would make the ranking surer", tuple(items))


def _examinations(report: Report, show_all: bool) -> Section | None:
    facts = paragraphs(report)
    if not facts:
        return None
    parts: list[Part] = [Labelled((*facts, *_sources(report)))]
    if not show_all:
        parts.append(Remark("--all draws the tables of each examination"))
    return Section("Examinations", "", tuple(parts))


def paragraphs(report: Report) -> list[Fact]:
    """Each examination in one paragraph: its verdict, what was examined, and the rules that found something."""
    words = {
        "labels": [_label_words.verdict(report.labels)] if report.labels is not None else [],
        "predictions": [
            _prediction_words.verdict(report, report.predictions),
            _prediction_words.subject(report.predictions),
        ]
        if report.predictions is not None
        else [],
        "history": [_history_words.verdict(report.history), _history_words.subject(report.history)]
        if report.history is not None
        else [],
    }
    return [
        (name, ". ".join(filter(None, [*said, _found(report, EXAMINATIONS[name])])))
        for name, said in words.items()
        if said
    ]


def _found(report: Report, prefix: str) -> str:
    """The rules of one examination that found something, the severest first."""
    found = sorted(
        (f for f in report.findings if f.rule.code.startswith(prefix)), key=lambda f: (-f.grade.rank, f.rule.code)
    )
    named = list(dict.fromkeys(f"{f.rule.code} {f.rule.name} ({f.grade.value})" for f in found))
    if not named:
        return "No findings"
    more = f" and {len(named) - CODES_SHOWN:,} more" if len(named) > CODES_SHOWN else ""
    return f"{counted(len(found), 'finding')}: {', '.join(named[:CODES_SHOWN])}{more}"


def _sources(report: Report) -> list[Fact]:
    """Every input with its format."""
    shown = report.sources[:SOURCES_SHOWN]
    facts = [("read", f"{s.name} ({s.format})" + (f": {s.note}" if s.note else "")) for s in shown]
    more = len(report.sources) - len(shown)
    return [*facts, ("and", counted(more, "more source"))] if more else facts
