"""The report for a person: plain text for a terminal, with colours where the terminal has them.

The order is the order of reading: the verdict, how the input was understood, what was found, what to do, and then the
numbers behind it. The findings of a training log quote its metrics, so the table of these comes first; a diagnosis
begins with its causes, and what the rules found comes after what to do. Classes are drawn by frequency, each with its
index. Class names and everything else that came from a file are shown with control characters escaped and never pass
through a markup parser.

Example: `imbalance-doctor analyze labels.csv --top 40`
"""

from collections.abc import Sequence

from ..model import Finding, Prescription, Report
from ..plugins import ReportFormat, Severity
from . import _content
from ._grid import Grid, draw, fitted
from ._page import INDENT, NARROWEST, Line, Page, columns, hanging, paint, paragraph
from ._section import Code, Fact, Facts, Item, Labelled, Part, Picture, Remark, Section

REPORT = ReportFormat("text", ".txt")

SEVERITY_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def render(
    report: Report,
    *,
    top: int | None = 20,
    show_all: bool = False,
    width: int = 80,
    colour: bool = False,
    ascii_only: bool = False,
) -> str:
    """The report as text no wider than `width` columns (at least 60), ending in one newline.

    `top` is about how many classes the class table shows, None or `show_all` for every one. `colour` adds escape
    sequences; without it there are none. `ascii_only` keeps to ASCII, for output that cannot encode more.
    """
    page = Page(max(width, NARROWEST), ascii_only)
    sections = [_head(report, page)]
    sections += [_section(section, page) for section in _content.evidence(report, page, top, show_all)]
    told = [
        _findings(report, page),
        _prescription(report.prescription, page) if report.prescription is not None else [],
    ]
    sections += told[::-1] if report.diagnosis is not None else told
    sections += [_section(section, page) for section in _content.numbers(report, page, top, show_all)]
    if note := _content.skipped(report):
        sections.append(paragraph(page, note, "dim", indent=0))
    lines: list[Line] = []
    for section in filter(None, sections):
        lines += [[], *section] if lines else section
    return paint(lines, page.width, colour)


def _title(text: str, remark: str, page: Page) -> list[Line]:
    spaced = f"   {page.prose(remark)}" if remark else ""
    if columns(text + spaced) <= page.width:
        return [[(page.prose(text), "bold"), (spaced, "dim")]]
    return [[(page.prose(text), "bold")], *paragraph(page, remark, "dim")]


def _head(report: Report, page: Page) -> list[Line]:
    first, subject = _content.headline(report)
    lines = paragraph(page, first, "bold", indent=0)
    if subject:
        lines += paragraph(page, subject, "dim", indent=0)
    facts = _content.reading(report)
    return [*lines, [], *_labelled(facts, page, INDENT)] if facts else lines


def _labelled(facts: Sequence[Fact], page: Page, indent: int) -> list[Line]:
    """Sentences behind their labels, from column `indent` on."""
    column = indent + 2 + max((len(label) for label, _ in facts), default=0)
    lines: list[Line] = []
    for label, text in facts:
        lines += hanging(page, [(" " * indent + label, "dim")], text, column)
    return lines


def _item(item: Item, page: Page) -> list[Line]:
    """A numbered title, its remark beside it where there is room, and its sentences below."""
    indent = INDENT + (3 if item.mark else 0)
    lines = hanging(page, [(f"{item.mark:>{INDENT + 1}}", "bold")] if item.mark else [], item.title, indent, "bold")
    remark = f"   {page.prose(item.remark)}" if item.remark else ""
    if columns("".join(text for text, _ in lines[-1]) + remark) <= page.width:
        lines[-1] = [*lines[-1], (remark, "dim")]
    else:
        lines += paragraph(page, item.remark, "dim", indent)
    return [*lines, *_labelled(item.facts, page, indent if item.mark else indent + 2)]


def _findings(report: Report, page: Page) -> list[Line]:
    if clear := _content.all_clear(report):
        return paragraph(page, clear, "bold green", indent=0)
    lines = _title("Findings", _content.tally_of_findings(report), page)
    for finding in _content.severest_first(report):
        lines += _finding(finding, page)
    return lines


def _finding(finding: Finding, page: Page) -> list[Line]:
    grade, indent = finding.grade, INDENT + 9
    label: Line = [(" " * INDENT, ""), (f"{grade.value:<9}", SEVERITY_STYLE[grade])]
    lines: list[Line] = [[*label, (f"{finding.rule.code} {finding.rule.name}", "bold")]]
    lines += paragraph(page, finding.message, indent=indent)
    if finding.remedy:
        arrow = page.prose("→")
        lines += hanging(page, [(" " * indent + arrow, "dim")], finding.remedy, indent + len(arrow) + 1)
    return lines


def _prescription(prescription: Prescription, page: Page) -> list[Line]:
    lines = _title("Prescription", _content.prescribed_for(prescription), page)
    indent = INDENT + 3
    for number, step in enumerate(prescription.steps, 1):
        lines += hanging(page, [(f"{number:>{INDENT + 1}}", "bold")], step.do, indent)
        for label, text in (("why", step.why), ("cost", step.cost)):
            if text:
                lines += hanging(page, [(" " * indent + label, "dim")], text, indent + 6)
    closing = [("avoid", _content.warning(a)) for a in prescription.avoid]
    for label, text in [*closing, ("threshold", prescription.threshold_rule)]:
        if text:
            lines += hanging(page, [(" " * INDENT + label, "dim")], text, INDENT + 11)
    return lines


def _section(section: Section, page: Page) -> list[Line]:
    lines = _title(section.title, section.remark, page)
    for part in section.parts:
        lines += _part(part, page)
    return lines


def _part(part: Part, page: Page) -> list[Line]:
    match part:
        case Grid():
            return _table(fitted(part, page) if part.turns else part, page)
        case Facts():
            return _facts(part.facts, page)
        case Picture():
            return list(part.lines)
        case Remark():
            return paragraph(page, part.text, "dim")
        case Labelled():
            return _labelled(part.facts, page, INDENT)
        case Item():
            return _item(part, page)
        case Code():
            return [[(line, "green")] for line in part.text.split("\n")]
        case str():
            return paragraph(page, part)


def _table(grid: Grid, page: Page) -> list[Line]:
    lines, hidden = draw(grid, page)
    return [*lines, *(paragraph(page, f"left out at this width: {', '.join(hidden)}", "dim") if hidden else [])]


def _facts(facts: Sequence[Fact], page: Page) -> list[Line]:
    """Names and numbers, side by side where there is room."""
    words = max((columns(page.prose(word)) for word, _ in facts), default=0)
    values = max((columns(page.prose(value)) for _, value in facts), default=0)
    cell = words + 2 + values
    across = max((page.width - INDENT + 4) // (cell + 4), 1)
    down = -(-len(facts) // across)
    lines: list[Line] = []
    for row in range(down):
        line: Line = [(" " * INDENT, "")]
        for word, value in facts[row::down]:
            gap = cell - columns(page.prose(word)) - columns(page.prose(value))
            line += [(page.prose(word), "dim"), (" " * gap + page.prose(value) + " " * 4, "")]
        lines.append(line)
    return lines
