"""The weights as a plain table, for a person and a terminal.

Where it goes:
    Nowhere: it is for reading. Numbers are rounded to six significant digits and long names are cut; use another
    target to load them.

The trap:
    A class name is somebody else's text. Control, bidirectional and invisible characters are shown as escapes, so a
    name can neither colour the terminal nor hide; nothing here goes through a markup parser.

It divides by nothing:
    the head gives the normalisation and the mean weight over the samples. `boundary after` is the true posterior at
    which a cut at 0.5 fires once the numbers are in the loss, `-` where there is none.
"""

from unicodedata import combining, east_asian_width

from ..model import Weights
from ..plugins import Emitter
from ..visible import visible

EMITTER = Emitter("text", ".txt")

NAME_WIDTH = 40
"""Columns of a class name."""

_HEADINGS = {
    "class-weight": ("weight",),
    "pos-weight": ("pos_weight",),
    "pair": ("positive", "negative"),
    "offset": ("offset",),
    "margin": ("margin",),
    "repeat": ("repeat",),
}


def emit(weights: Weights) -> str:
    """A short head, an empty line and an aligned table."""
    columns = [weights.values] if weights.values_negative is None else [weights.values, weights.values_negative]
    heading = ["index", "class", "count", *_HEADINGS[weights.kind], "boundary after"]
    rows = [heading]
    for i, name in enumerate(weights.classes):
        cells = [rounded(column[i]) for column in (*columns, weights.boundary_after)]
        rows.append([str(i), shown(name), str(weights.counts[i]), *cells])
    widths = [max(columns_of(row[j]) for row in rows) for j in range(len(heading))]
    lines = ("  ".join(aligned(cell, widths[j], j == 1) for j, cell in enumerate(row)).rstrip() for row in rows)
    return "\n".join([*head(weights), "", *lines]) + "\n"


def head(weights: Weights) -> list[str]:
    """What the numbers are, one fact a line."""
    settings = ", ".join(
        f"{visible(k)} = {visible(v) if isinstance(v, str) else rounded(v)}"
        for k, v in sorted(weights.parameters.items())
    )
    return [
        f"scheme         {visible(weights.scheme)} ({visible(weights.kind)})",
        *([f"parameters     {settings}"] if settings else []),
        f"task           {visible(weights.task)}, {len(weights.classes)} classes, {weights.n_samples} samples",
        f"normalisation  {visible(weights.normalisation)}",
        f"sample mean    {rounded(weights.sample_mean)}",
        f"max/min ratio  {rounded(weights.max_min_ratio)}",
    ]


def rounded(value: float | None) -> str:
    """Six significant digits, `-` for a number that does not exist."""
    return "-" if value is None else f"{value:.6g}"


def shown(name: str) -> str:
    """The name in at most `NAME_WIDTH` columns, in quotes where its ends could not be seen."""
    text = visible(name)
    if text.strip(" ") != text or not text:
        text = f'"{text}"'
    if columns_of(text) <= NAME_WIDTH and len(text) <= NAME_WIDTH:
        return text
    # Combining marks count as a column here, so that a pile of them ends too.
    used, kept = 1, ""
    for char in text:
        used += max(columns_of(char), 1)
        if used > NAME_WIDTH:
            break
        kept += char
    return kept + "…"


def columns_of(text: str) -> int:
    """Columns of a terminal: two for wide East Asian characters, none for combining marks."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def aligned(cell: str, width: int, left: bool) -> str:
    """The cell padded to a width."""
    padding = " " * (width - columns_of(cell))
    return cell + padding if left else padding + cell
