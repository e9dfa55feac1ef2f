"""The report as GitHub-flavoured Markdown, for a pull request, a job summary or a notebook.

It says what the terminal report says. Class names are cut at 60 characters and escaped, so that a name can break
neither a table nor the page: no HTML, no emphasis, no link to a web page comes from data.

Example: `imbalance-doctor analyze labels.csv --format markdown >> "$GITHUB_STEP_SUMMARY"`
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from ..model import Prescription, Report
from ..plugins import ReportFormat
from . import _content
from ._grid import Grid
from ._page import NARROWEST, Page
from ._safe import markdown, prose, shown
from ._section import Code, Fact, Facts, Item, Labelled, Part, Picture, Remark, Section

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
    page = Page(max(width, NARROWEST), ascii_only)
    blocks = _head(report)
    for section in _content.evidence(report, page, top, show_all):
        blocks += _section(section)
    told = [_findings(report), _prescription(report.prescription) if report.prescription is not None else []]
    blocks += [block for part in (told[::-1] if report.diagnosis is not None else told) for block in part]
    for section in _content.numbers(report, page, top, show_all):
        blocks += _section(section)
    if note := _content.skipped(report):
        blocks.append(_text(note))
    text = "\n\n".join(blocks) + "\n"
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii") if ascii_only else text


def _text(text: str) -> str:
    return markdown(prose(text))


def _head(report: Report) -> list[str]:
    first, subject = _content.headline(report)
    facts = [f"- {label}: {_text(text)}" for label, text in _content.reading(report)]
    return [f"## {_text(first)}", *filter(None, [_text(subject)]), *_block(facts)]


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


def _section(section: Section) -> list[str]:
    blocks = [f"### {_text(section.title)}", *filter(None, [_text(section.remark)])]
    for remarks, parts in groupby(section.parts, key=lambda part: isinstance(part, Remark)):
        if remarks:
            blocks += _block(f"- {_text(part.text)}" for part in parts if isinstance(part, Remark))
        else:
            blocks += [block for part in parts for block in _part(part)]
    return blocks


def _part(part: Part) -> list[str]:
    match part:
        case Grid():
            return [_table(part)]
        case Facts() | Labelled():
            return _block(_bullets(part.facts))
        case Item():
            return [_item(part)]
        case Picture():
            return [fenced("\n".join("".join(text for text, _ in line) for line in part.lines))]
        case Code():
            return [fenced(part.text, "python")]
        case Remark():
            return [_text(part.text)]
        case str():
            return [_text(part)]


def _bullets(facts: Sequence[Fact], indent: str = "") -> list[str]:
    return [f"{indent}- {_text(word)}: {_text(text)}" for word, text in facts]


def _item(item: Item) -> str:
    """A list item of its own number, its sentences a list below it."""
    mark = f"{item.mark}." if item.mark else "-"
    remark = f" ({_text(item.remark)})" if item.remark else ""
    head = f"{mark} **{_text(item.title)}**{remark}"
    return "\n".join([head, *_bullets(item.facts, " " * (len(mark) + 1))])


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


def fenced(text: str, language: str = "text") -> str:
    """A code block whose fence is longer than any run of backticks in it."""
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text}\n{fence}"
