"""The report as one HTML page, to keep, to send or to open beside the training run.

It says what the terminal report says. The page is whole in itself: no script, no font, no image and no address in it,
and its own policy forbids the browser to load any. Names and sentences that came from a file are text, never markup;
names are cut at 60 characters.

Example: `imbalance-doctor analyze labels.csv --format html --output report.html`
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from ..model import Finding, Prescription, Report
from ..plugins import ReportFormat
from . import _content
from ._grid import Column, Grid, lined_up
from ._page import Line, Page
from ._safe import prose, shown
from ._section import Code, Fact, Facts, Item, Labelled, Part, Picture, Remark, Section

REPORT = ReportFormat("html", ".html")

PICTURE_COLUMNS = 96
HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">"""
STYLE = """<style>
:root { color-scheme: light dark; --ink: #1d2329; --faint: #5c6670; --rule: #d8dde2; --page: #fff;
  --error: #b3261e; --warning: #8a5300; --info: #0b5c8a; --good: #1a6b35; --bar: #2b6f9e }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e8ec; --faint: #9aa5b1; --rule: #39424c; --page: #14181c;
  --error: #ff8a80; --warning: #ffc069; --info: #7cc4f0; --good: #7fd99a; --bar: #7cc4f0 } }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif }
main { max-width: 66rem; margin: 0 auto; padding: 2rem 1rem 3rem }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 .75rem }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .6rem; padding-top: .6rem; border-top: 1px solid var(--rule) }
h3 { font-size: 1rem; margin: 1rem 0 .2rem }
small, .remark, dt, footer { color: var(--faint); font-weight: normal; font-size: .9rem }
p, li, dd { max-width: 46rem; overflow-wrap: anywhere }
p { margin: .3rem 0 }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .15rem 1rem; margin: .3rem 0 }
dd { margin: 0 }
dl.facts { grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: .15rem 2.5rem }
dl.facts div { display: flex; justify-content: space-between; gap: 1rem; border-bottom: 1px dotted var(--rule) }
ul.findings { list-style: none; padding: 0 }
ul.findings li { border-left: 4px solid var(--info); padding-left: .8rem; margin: .9rem 0 }
ul.findings li.error { border-color: var(--error) }
ul.findings li.warning { border-color: var(--warning) }
.grade { text-transform: uppercase; font-size: .8rem; font-weight: 700; letter-spacing: .04em; color: var(--info) }
.error .grade { color: var(--error) }
.warning .grade { color: var(--warning) }
.clear { color: var(--good); font-weight: 700 }
ol li { margin: .6rem 0 }
.scroll { overflow-x: auto }
table { border-collapse: collapse; margin: .5rem 0; font-size: .92rem }
th, td { padding: .2rem .6rem; text-align: right; vertical-align: top; border-bottom: 1px solid var(--rule) }
th { white-space: nowrap }
td { font-family: ui-monospace, monospace; white-space: pre }
.left { text-align: left; font-family: inherit }
td.name { text-align: left; font-family: inherit; white-space: pre-wrap; overflow-wrap: anywhere; min-width: 9rem }
td.gap { text-align: center; color: var(--faint) }
pre { font: .85rem/1.15 ui-monospace, monospace; overflow-x: auto }
pre.code { line-height: 1.45; border-left: 4px solid var(--rule); padding: .5rem .8rem }
.dim { color: var(--faint) }
.cyan { color: var(--bar) }
</style>"""


def render(
    report: Report,
    *,
    top: int | None = 20,
    show_all: bool = False,
    width: int = 80,
    colour: bool = False,
    ascii_only: bool = False,
) -> str:
    """The report as one HTML document, ending in one newline.

    `top`, `show_all` and `ascii_only` mean what they mean for the terminal. A page has no `width` in columns, and its
    colours are the reader's: light or dark.
    """
    page = Page(PICTURE_COLUMNS, ascii_only)
    told = [_findings(report), _prescription(report.prescription) if report.prescription is not None else []]
    blocks = [
        *_head(report),
        *_sections(_content.evidence(report, page, top, show_all)),
        *(block for part in (told[::-1] if report.diagnosis is not None else told) for block in part),
        *_sections(_content.numbers(report, page, top, show_all)),
    ]
    if note := _content.skipped(report):
        blocks.append(_tag("footer", _tag("p", _text(note))))
    text = "\n".join([*blocks, "</main>", "</body>", "</html>"]) + "\n"
    return text.encode("ascii", "xmlcharrefreplace").decode("ascii") if ascii_only else text


def _text(text: str) -> str:
    return escape(prose(text))


def _tag(tag: str, inside: str, kind: str = "") -> str:
    """An element around what is markup already. No tag and no class comes from data."""
    attribute = f' class="{kind}"' if kind else ""
    return f"<{tag}{attribute}>{inside}</{tag}>"


def _head(report: Report) -> Iterator[str]:
    first, subject = _content.headline(report)
    yield HEAD
    yield _tag("title", f"{_text(first)} · imbalance-doctor {_text(report.command)}")
    yield f"{STYLE}\n</head>\n<body>\n<main>"
    yield _tag("h1", _text(first))
    if subject:
        yield _tag("p", _text(subject), "remark")
    yield from _labelled(_content.reading(report))


def _title(text: str, remark: str) -> str:
    return _tag("h2", _text(text) + (f" {_tag('small', _text(remark))}" if remark else ""))


def _findings(report: Report) -> list[str]:
    if clear := _content.all_clear(report):
        return [_tag("p", _text(clear), "clear")]
    items = [_finding(finding) for finding in _content.severest_first(report)]
    return [_title("Findings", _content.tally_of_findings(report)), '<ul class="findings">', *items, "</ul>"]


def _finding(finding: Finding) -> str:
    grade = finding.grade.value
    head = f"{_tag('span', grade, 'grade')} {_tag('b', _text(f'{finding.rule.code} {finding.rule.name}'))}"
    remedy = _tag("p", f"→ {_text(finding.remedy)}") if finding.remedy else ""
    return _tag("li", f"{_tag('p', head)}{_tag('p', _text(finding.message))}{remedy}", grade)


def _prescription(prescription: Prescription) -> list[str]:
    steps = [
        _tag("li", _tag("p", _text(step.do)) + "".join(_labelled([("why", step.why), ("cost", step.cost)])))
        for step in prescription.steps
    ]
    closing = [("avoid", _content.warning(avoid)) for avoid in prescription.avoid]
    closing.append(("threshold", prescription.threshold_rule))
    return [
        _title("Prescription", _content.prescribed_for(prescription)),
        *(["<ol>", *steps, "</ol>"] if steps else []),
        *_labelled(closing),
    ]


def _labelled(facts: Iterable[Fact], kind: str = "") -> list[str]:
    """Sentences behind their labels; empty ones left out."""
    told = [(word, text) for word, text in facts if text]
    return [_tag("dl", "".join(_tag("dt", _text(w)) + _tag("dd", _text(t)) for w, t in told), kind)] if told else []


def _sections(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield _title(section.title, section.remark)
        for part in section.parts:
            yield from _part(part)


def _part(part: Part) -> list[str]:
    match part:
        case Grid():
            return [_table(part)]
        case Facts():
            pairs = (_tag("div", _tag("dt", _text(word)) + _tag("dd", _text(text))) for word, text in part.facts)
            return [_tag("dl", "".join(pairs), "facts")]
        case Labelled():
            return _labelled(part.facts)
        case Item():
            mark, remark = (f"{part.mark}. " if part.mark else ""), (f" ({part.remark})" if part.remark else "")
            return [_tag("h3", _text(mark + part.title) + _tag("small", _text(remark))), *_labelled(part.facts)]
        case Picture():
            return [_tag("pre", "\n".join(map(_line, part.lines)), "picture")]
        case Code():
            return [_tag("pre", _tag("code", escape(part.text)), "code")]
        case Remark():
            return [_tag("p", _text(part.text), "remark")]
        case str():
            return [_tag("p", _text(part))]


def _line(line: Line) -> str:
    """A line of a picture, which was made safe when it was laid out."""
    return "".join(_tag("span", escape(text), style) if style else escape(text) for text, style in line)


def _table(grid: Grid) -> str:
    """Every column, whatever the width; class names are set apart from the direction of the text around them."""
    head = "".join(f'<th scope="col"{_side(column)}>{_text(column.header)}</th>' for column in grid.columns)
    columns = [_cells(column, grid.cells(i)) for i, column in enumerate(grid.columns)]
    rows = []
    cells = zip(*columns, strict=True)
    for row in grid.rows:
        if isinstance(row, str):
            rows.append(f'<tr><td class="gap" colspan="{len(grid.columns)}">{_text(row)}</td></tr>')
        else:
            rows.append(_tag("tr", "".join(next(cells))))
    body = "\n".join(["<table>", _tag("thead", _tag("tr", head)), "<tbody>", *rows, "</tbody>", "</table>"])
    return f'<div class="scroll">\n{body}\n</div>'


def _side(column: Column) -> str:
    return ' class="left"' if column.align in ("left", "name") else ""


def _cells(column: Column, texts: Sequence[str]) -> list[str]:
    if column.align == "name":
        return [_tag("td", _tag("bdi", escape(shown(text))), "name") for text in texts]
    safe = [prose(text) for text in texts]
    safe = lined_up(safe) if column.align == "decimal" else safe
    return [f"<td{_side(column)}>{escape(text)}</td>" for text in safe]
