"""The report for a person: plain text for a terminal, with colours where the terminal has them.

The order is the order of reading: the verdict, how the input was understood, what was found, what to do, and then the
numbers behind it. Classes are drawn by frequency, each with its index. Class names and everything else that came from
a file are shown with control characters escaped and never pass through a markup parser.

Example: `imbalance-doctor analyze labels.csv --top 40`
"""

from ..model import Finding, LabelProfile, Prescription, Report, Weights
from ..plugins import ReportFormat, Severity
from . import _classes, _content, _floors, _measures
from ._grid import Grid, draw, fitted
from ._page import INDENT, NARROWEST, Line, Page, columns, hanging, paint, paragraph
from ._picture import picture

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
    sections = [_head(report, page), _findings(report, page)]
    if report.prescription is not None:
        sections.append(_prescription(report.prescription, page))
    if report.labels is not None:
        sections += _numbers(report.labels, page, top, show_all)
    if report.weights is not None:
        sections.append(_weights(report.weights, page, top, show_all))
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
    first = _content.verdict(report.labels) if report.labels is not None else report.command
    lines = [*paragraph(page, first, "bold", indent=0), []]
    for label, text in _content.reading(report):
        lines += hanging(page, [(" " * INDENT + label, "dim")], text, INDENT + 6)
    return lines


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


def _numbers(labels: LabelProfile, page: Page, top: int | None, show_all: bool) -> list[list[Line]]:
    lines = [*_title("Classes", _classes.ORDER, page), *_table(_classes.class_table(labels, top, show_all), page)]
    for remark in _classes.LEGEND:
        lines += paragraph(page, remark, "dim")
    sections = [lines]
    if bars := picture(labels.counts.counts, page):
        sections.append([*_title("Long tail", "samples by rank, logarithmic scale", page), *bars])
    if grid := _measures.percentiles(labels):
        method = str(labels.percentiles.get("method", ""))
        sections.append([*_title("Percentiles across classes", method, page), *_table(fitted(grid, page), page)])
    facts, remarks = _measures.measures(labels)
    lines = [*_title("Measures", "", page), *_facts(facts, page)]
    for remark in remarks:
        lines += paragraph(page, remark, "dim")
    sections.append(lines)
    if grid := _measures.pairs(labels):
        sections.append([*_title("Strongest pairs", "of classes on the same samples", page), *_table(grid, page)])
    sections.append(_floor_tables(labels, page))
    return sections


def _floor_tables(labels: LabelProfile, page: Page) -> list[Line]:
    grids = [grid for grid in (_floors.losses(labels), _floors.metrics(labels)) if grid]
    lines = _title("Floors", _floors.TITLE, page) if grids else []
    for grid in grids:
        lines += _table(grid, page)
    if grids:
        lines += paragraph(page, _floors.LEGEND, "dim")
    return lines + (paragraph(page, meaning) if (meaning := _floors.meaning(labels)) else [])


def _table(grid: Grid, page: Page) -> list[Line]:
    lines, hidden = draw(grid, page)
    return [*lines, *(paragraph(page, f"left out at this width: {', '.join(hidden)}", "dim") if hidden else [])]


def _facts(facts: list[tuple[str, str]], page: Page) -> list[Line]:
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


def _weights(weights: Weights, page: Page, top: int | None, show_all: bool) -> list[Line]:
    table = _classes.weight_table(weights, top, show_all)
    return [*_title(f"Weights: {weights.scheme}", _content.weighted(weights), page), *_table(table, page)]
