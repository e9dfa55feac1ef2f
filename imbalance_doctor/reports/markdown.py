"""The report as GitHub-flavoured Markdown, for a pull request, a job summary or a notebook.

It says what the terminal report says. Class names are cut at 60 characters and escaped, so that a name can break
neither a table nor the page: no HTML, no emphasis, no link to a web page comes from data.

Example: `imbalance-doctor analyze labels.csv --format markdown >> "$GITHUB_STEP_SUMMARY"`
"""

from collections.abc import Iterable

from ..model import LabelProfile, Prescription, Report, Weights
from ..plugins import ReportFormat
from . import _classes, _content, _floors, _measures
from ._grid import Grid
from ._page import NARROWEST, Page
from ._picture import picture
from ._safe import markdown, prose, shown

REPORT = ReportFormat("markdown", ".md")


def render(
    report: Report,
    *,
    top: int | None = 20,
    show_all: bool = False,
    width: int = 80,
    colour: bool = False,
    ascii_only: bool = False,
) -> str:
    """The report as Markdown, ending in one newline.

    `top`, `show_all` and `ascii_only` mean what they mean for the terminal; there are no lines to fit into `width` but
    those of the picture, and no colours.
    """
    blocks = [*_head(report), *_findings(report)]
    if report.prescription is not None:
        blocks += _prescription(report.prescription)
    if report.labels is not None:
        blocks += _numbers(report.labels, Page(max(width, NARROWEST), ascii_only), top, show_all)
    if report.weights is not None:
        blocks += _weights(report.weights, top, show_all)
    if note := _content.skipped(report):
        blocks.append(_text(note))
    text = "\n\n".join(blocks) + "\n"
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii") if ascii_only else text


def _text(text: str) -> str:
    return markdown(prose(text))


def _head(report: Report) -> list[str]:
    first = _content.verdict(report.labels) if report.labels is not None else report.command
    facts = [f"- {label}: {_text(text)}" for label, text in _content.reading(report)]
    return [f"## {_text(first)}", *_block(facts)]


def _findings(report: Report) -> list[str]:
    if clear := _content.all_clear(report):
        return [f"**{clear}**"]
    items = []
    for finding in _content.severest_first(report):
        head = f"- **{finding.grade.value}** {finding.rule.code} {_text(finding.rule.name)}: {_text(finding.message)}"
        items.append(head + (f"\n  - → {_text(finding.remedy)}" if finding.remedy else ""))
    return ["### Findings", _text(_content.tally_of_findings(report)), *_block(items)]


def _prescription(prescription: Prescription) -> list[str]:
    items = []
    for number, step in enumerate(prescription.steps, 1):
        items.append(f"{number}. {_text(step.do)}")
        items += [f"   - {label}: {_text(text)}" for label, text in (("why", step.why), ("cost", step.cost)) if text]
    closing = [f"- avoid: {_text(_content.warning(avoid))}" for avoid in prescription.avoid]
    if prescription.threshold_rule:
        closing.append(f"- threshold: {_text(prescription.threshold_rule)}")
    head = ["### Prescription", _text(_content.prescribed_for(prescription))]
    return [*head, *_block(items), *_block(closing)]


def _numbers(labels: LabelProfile, page: Page, top: int | None, show_all: bool) -> list[str]:
    order = _text(_classes.ORDER)
    blocks = ["### Classes", order, _table(_classes.class_table(labels, top, show_all))]
    blocks += _block(f"- {_text(remark)}" for remark in _classes.LEGEND)
    if bars := picture(labels.counts.counts, page):
        lines = ("".join(text for text, _ in line) for line in bars)
        blocks += ["### Long tail", "samples by rank, logarithmic scale", fenced("\n".join(lines))]
    if percentiles := _measures.percentiles(labels):
        method = _text(str(labels.percentiles.get("method", "")))
        blocks += ["### Percentiles across classes", *filter(None, [method]), _table(percentiles)]
    facts, remarks = _measures.measures(labels)
    blocks += ["### Measures", *_block(f"- {_text(word)}: {_text(value)}" for word, value in facts)]
    blocks += _block(f"- {_text(remark)}" for remark in remarks)
    if pairs := _measures.pairs(labels):
        blocks += ["### Strongest pairs", _table(pairs)]
    grids = [grid for grid in (_floors.losses(labels), _floors.metrics(labels)) if grid]
    if grids:
        blocks += ["### Floors", _text(_floors.TITLE), *map(_table, grids), f"- {_text(_floors.LEGEND)}"]
    if meaning := _floors.meaning(labels):
        blocks.append(_text(meaning))
    return blocks


def _weights(weights: Weights, top: int | None, show_all: bool) -> list[str]:
    title = f"### Weights: {_text(weights.scheme)}"
    return [title, _text(_content.weighted(weights)), _table(_classes.weight_table(weights, top, show_all))]


def _block(lines: Iterable[str]) -> list[str]:
    text = "\n".join(lines)
    return [text] if text else []


def _table(grid: Grid) -> str:
    """A pipe table; a remark across the columns stands in its name column, or the first."""
    names = [i for i, column in enumerate(grid.columns) if column.align == "name"]
    at = names[0] if names else 0
    rule = [":--" if column.align in ("left", "name") else "--:" for column in grid.columns]
    rows = [[_text(column.header) for column in grid.columns], rule]
    for row in grid.rows:
        if isinstance(row, str):
            rows.append([_text(row) if i == at else "" for i in range(len(grid.columns))])
        else:
            rows.append([markdown(shown(cell)) if i in names else _text(cell) for i, cell in enumerate(row)])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def fenced(text: str) -> str:
    """A code block whose fence is longer than any run of backticks in it."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text}\n{fence}"
