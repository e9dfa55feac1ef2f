"""Kinds of pollution, modelled on those of Pollock (Vitagliano 2023): what is done to a clean table, and its name.

A kind takes a clean table and a random generator, and gives the bytes of the file. The true counts are those of the
clean table unless the kind takes labels away; then it gives them too.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.pollution.tables import Clean, written

Made = bytes | tuple[bytes, Counter]
KINDS: dict[str, Callable[[Clean, Random], Made]] = {}
"""By name, in the order of this file."""
CLEAN = (
    "clean", "crlf", "cr", "no_final_newline", "byte_order_mark", "utf_16", "all_quoted", "semicolon", "tab", "pipe",
    "cell_with_newline", "trailing_newlines", "empty_cells",
)  # fmt: skip
"""Kinds that are ways to write a table, not damage: no finding about structure may be raised for them."""


@dataclass(frozen=True)
class Polluted:
    """A file and how often each label truly occurs."""

    kind: str
    content: bytes
    truth: Counter


def make(kind: str, clean: Clean, random: Random) -> Polluted:
    """The table polluted in one way."""
    made = KINDS[kind](clean, random)
    content, truth = made if isinstance(made, tuple) else (made, clean.truth)
    return Polluted(kind, content, +truth)


def _kind(function: Callable[[Clean, Random], Made]) -> Callable[[Clean, Random], Made]:
    KINDS[function.__name__] = function
    return function


def _file(lines: list[str], end: str = "\n") -> bytes:
    return "".join(line + end for line in lines).encode()


def _row(clean: Clean, random: Random) -> int:
    """A row to damage: its index among the lines, the header being 0."""
    return random.randint(1, len(clean.rows))


def _changed(clean: Clean, at: int, line: str) -> bytes:
    lines = clean.lines()
    lines[at] = line
    return _file(lines)


def _cells(clean: Clean, at: int) -> list[str]:
    """The cells of one row as they are written."""
    return [written([cell]) for cell in clean.rows[at - 1]]


# The whole file


@_kind
def clean(clean: Clean, random: Random) -> Made:
    return _file(clean.lines())


@_kind
def crlf(clean: Clean, random: Random) -> Made:
    return _file(clean.lines(), "\r\n")


@_kind
def cr(clean: Clean, random: Random) -> Made:
    return _file(clean.lines(), "\r")


@_kind
def mixed_newlines(clean: Clean, random: Random) -> Made:
    lines = [line + random.choice(["\n", "\r\n"]) for line in clean.lines()]
    return "".join([lines[0].rstrip("\r\n") + "\n", lines[1].rstrip("\r\n") + "\r\n", *lines[2:]]).encode()


@_kind
def lone_carriage_returns(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    at = random.randint(2, len(lines) - 3)
    return ("\n".join(lines[:at]) + "\r" + "\n".join(lines[at:]) + "\n").encode()


@_kind
def no_final_newline(clean: Clean, random: Random) -> Made:
    return _file(clean.lines()).removesuffix(b"\n")


@_kind
def trailing_newlines(clean: Clean, random: Random) -> Made:
    return _file(clean.lines()) + b"\n" * random.randint(1, 4)


@_kind
def byte_order_mark(clean: Clean, random: Random) -> Made:
    return b"\xef\xbb\xbf" + _file(clean.lines())


@_kind
def utf_16(clean: Clean, random: Random) -> Made:
    return _file(clean.lines()).decode().encode("utf-16")


@_kind
def cp1252(clean: Clean, random: Random) -> Made:
    return _file(clean.lines()).decode().encode("cp1252")


@_kind
def semicolon(clean: Clean, random: Random) -> Made:
    return _file(clean.lines(";"))


@_kind
def tab(clean: Clean, random: Random) -> Made:
    return _file(clean.lines("\t"))


@_kind
def pipe(clean: Clean, random: Random) -> Made:
    return _file(clean.lines("|"))


@_kind
def comma_and_space(clean: Clean, random: Random) -> Made:
    return _file([", ".join(written([cell]) for cell in row) for row in [clean.header, *clean.rows]])


@_kind
def space_delimiter(clean: Clean, random: Random) -> Made:
    return _file(clean.lines(" "))


@_kind
def single_quotes(clean: Clean, random: Random) -> Made:
    return _file(clean.lines(quote="'"))


@_kind
def all_single_quotes(clean: Clean, random: Random) -> Made:
    return _file(clean.lines(quote="'", every=True))


@_kind
def all_quoted(clean: Clean, random: Random) -> Made:
    return _file(clean.lines(every=True))


@_kind
def backslash_escapes(clean: Clean, random: Random) -> Made:
    return _file([line.replace('""', '\\"') for line in clean.lines()])


@_kind
def trailing_delimiters(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    return _file([lines[0], *(line + "," for line in lines[1:])])


@_kind
def trailing_delimiters_everywhere(clean: Clean, random: Random) -> Made:
    return _file([line + "," for line in clean.lines()])


@_kind
def outer_spaces(clean: Clean, random: Random) -> Made:
    rows = [[f" {cell} " if i == clean.at else cell for i, cell in enumerate(row)] for row in clean.rows]
    return _file([written(row) for row in [clean.header, *rows]])


@_kind
def thousands_separators(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    for at in random.sample(range(1, len(lines)), 5):
        row = [f"{random.randint(1, 9)},{random.randint(100, 999)}", *_cells(clean, at)[1:]]
        lines[at] = ",".join(row if clean.at else _cells(clean, at))
    return _file(lines)


@_kind
def empty_cells(clean: Clean, random: Random) -> Made:
    others = [i for i in range(len(clean.header)) if i != clean.at]
    rows = [[*row] for row in clean.rows]
    for row in random.sample(rows, 10):
        row[random.choice(others)] = ""
    return _file([written(row) for row in [clean.header, *rows]])


# Around the table


@_kind
def no_header(clean: Clean, random: Random) -> Made:
    return _file(clean.lines()[1:])


@_kind
def double_header(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    return _file([lines[0], *lines])


@_kind
def header_of_two_rows(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    return _file([lines[0], ",".join(f"[{name}]" for name in clean.header), *lines[1:]])


@_kind
def preamble(clean: Clean, random: Random) -> Made:
    return _file(["Export of the samples", "made on 3 May", "", *clean.lines()])


@_kind
def preamble_of_cells(clean: Clean, random: Random) -> Made:
    return _file(["Samples" + "," * (len(clean.header) - 1), *clean.lines()])


@_kind
def preamble_with_delimiters(clean: Clean, random: Random) -> Made:
    return _file(["Export of samples, labels", *clean.lines()])


@_kind
def footnote(clean: Clean, random: Random) -> Made:
    return _file([*clean.lines(), "Source: the samples"])


@_kind
def totals(clean: Clean, random: Random) -> Made:
    return _file([*clean.lines(), f"Total,{len(clean.rows)}"])


@_kind
def comment_lines(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    for at in sorted(random.sample(range(len(lines)), 3), reverse=True):
        lines.insert(at, "# checked")
    return _file(lines)


@_kind
def comment_like_a_row(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    lines.insert(random.randint(1, len(lines)), "# a note" + ", b" * (len(clean.header) - 1))
    return _file(lines)


@_kind
def repeated_header(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    lines.insert(random.randint(2, len(lines)), lines[0])
    return _file(lines)


@_kind
def blank_rows(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    for at in random.sample(range(1, len(lines)), 3):
        lines.insert(at, "")
    return _file(lines)


@_kind
def rows_of_delimiters(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    lines.insert(random.randint(1, len(lines)), "," * (len(clean.header) - 1))
    return _file(lines)


@_kind
def narrower_table_below(clean: Clean, random: Random) -> Made:
    return _file([*clean.lines(), "", "label,count", *(f"{name},{n}" for name, n in clean.truth.items()), "all,60"])


@_kind
def wider_table_below(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    return _file([*lines, "", *(f"{line},x,y" for line in lines[:20])])


@_kind
def equal_table_below(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    header = ",".join(f"other {i}" for i in range(len(clean.header)))
    return _file([*lines, "", header, *(",".join(["v"] * len(clean.header)) for _ in range(10))])


@_kind
def nul_byte(clean: Clean, random: Random) -> Made:
    content = _file(clean.lines())
    at = random.randint(1, len(content) - 1)
    return content[:at] + b"\0" + content[at:]


@_kind
def cut_off(clean: Clean, random: Random) -> Made:
    """The file ends in the middle of a row, before its last delimiter."""
    lines = clean.lines()
    at = random.randint(20, len(lines) - 1)
    end = lines[at][: random.randint(1, max(1, lines[at].rfind(",")))]
    kept = Clean(clean.header, clean.rows[: at - 1], clean.at)
    return _file(lines[:at]) + end.encode(), kept.truth


# One damaged row


@_kind
def surplus_delimiter(clean: Clean, random: Random) -> Made:
    at = _row(clean, random)
    cells = _cells(clean, at)
    cells.insert(random.randint(0, len(cells)), "")
    return _changed(clean, at, ",".join(cells))


@_kind
def missing_delimiter(clean: Clean, random: Random) -> Made:
    at = _row(clean, random)
    cells = _cells(clean, at)
    i = random.randint(0, len(cells) - 2)
    return _changed(clean, at, ",".join([*cells[:i], cells[i] + cells[i + 1], *cells[i + 2 :]]))


@_kind
def split_cell(clean: Clean, random: Random) -> Made:
    at = _row(clean, random)
    line = clean.lines()[at]
    cut = random.randint(1, len(line) - 1)
    return _changed(clean, at, f"{line[:cut]},{line[cut:]}")


@_kind
def surplus_quote(clean: Clean, random: Random) -> Made:
    at = _row(clean, random)
    line = clean.lines()[at]
    cut = random.randint(0, len(line))
    return _changed(clean, at, f'{line[:cut]}"{line[cut:]}')


@_kind
def surplus_quote_at_a_cell(clean: Clean, random: Random) -> Made:
    at = _row(clean, random)
    cells = _cells(clean, at)
    i = random.randint(0, len(cells) - 1)
    cells[i] = random.choice([f'"{cells[i]}', f'{cells[i]}"'])
    return _changed(clean, at, ",".join(cells))


@_kind
def two_surplus_quotes(clean: Clean, random: Random) -> Made:
    """Two quotes too many that start the same column of two rows: all between them can be read as one cell."""
    lines = clean.lines()
    first, second = sorted(random.sample(range(1, len(lines)), 2))
    i = random.randint(0, len(clean.header) - 1)
    for at, quote in ((first, '"{}'), (second, '{}"')):
        cells = _cells(clean, at)
        cells[i] = quote.format(cells[i])
        lines[at] = ",".join(cells)
    return _file(lines)


@_kind
def missing_quote(clean: Clean, random: Random) -> Made:
    at = _row(clean, random)
    line = written(clean.rows[at - 1], every=True)
    quotes = [i for i, character in enumerate(line) if character == '"']
    cut = random.choice(quotes)
    return _changed(clean, at, line[:cut] + line[cut + 1 :])


@_kind
def unescaped_quotes(clean: Clean, random: Random) -> Made:
    at = _row(clean, random)
    cells = _cells(clean, at)
    i = random.choice([i for i in range(len(cells)) if i != clean.at])
    cells[i] = f'"a "good" {clean.rows[at - 1][i].replace(chr(34), "")}"'
    return _changed(clean, at, ",".join(cells))


@_kind
def unterminated_quote(clean: Clean, random: Random) -> Made:
    at = random.randint(len(clean.rows) // 2, len(clean.rows))
    cells = _cells(clean, at)
    return _changed(clean, at, ",".join(['"' + cells[0].strip('"'), *cells[1:]]))


@_kind
def other_delimiter_in_a_row(clean: Clean, random: Random) -> Made:
    at = _row(clean, random)
    return _changed(clean, at, written(clean.rows[at - 1], random.choice(";\t|")))


@_kind
def spaced_delimiter_in_a_row(clean: Clean, random: Random) -> Made:
    at = _row(clean, random)
    return _changed(clean, at, ", ".join(_cells(clean, at)))


@_kind
def other_quote_in_a_row(clean: Clean, random: Random) -> Made:
    at = _row(clean, random)
    return _changed(clean, at, written(clean.rows[at - 1], quote="'", every=True))


@_kind
def delimiter_changes_midway(clean: Clean, random: Random) -> Made:
    at = random.randint(2, len(clean.rows) - 3)
    return _file([*clean.lines()[:at], *clean.lines(";")[at:]])


@_kind
def cell_with_newline(clean: Clean, random: Random) -> Made:
    at = _row(clean, random)
    i = random.choice([i for i in range(len(clean.header)) if i != clean.at])
    rows = [[*row] for row in clean.rows]
    rows[at - 1][i] = f"{rows[at - 1][i]}\nmore"
    return _file([written(row) for row in [clean.header, *rows]])


@_kind
def truncated_row(clean: Clean, random: Random) -> Made:
    """A row ends before its last delimiter; its label is gone or may be cut."""
    at = _row(clean, random)
    cells = _cells(clean, at)
    n = random.randint(1, len(cells) - 1)
    lost = Counter() if n > clean.at else Counter([clean.rows[at - 1][clean.at]])
    return _changed(clean, at, ",".join(cells[:n])), clean.truth - lost


@_kind
def damaged_header(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    cut = random.choice([i for i, character in enumerate(lines[0]) if character == ","])
    lines[0] = random.choice([lines[0][:cut] + lines[0][cut + 1 :], lines[0][:cut] + "," + lines[0][cut:]])
    return _file(lines)


@_kind
def quote_in_the_header(clean: Clean, random: Random) -> Made:
    lines = clean.lines()
    cut = random.randint(0, len(lines[0]))
    return _file([f'{lines[0][:cut]}"{lines[0][cut:]}', *lines[1:]])


@_kind
def ragged_end(clean: Clean, random: Random) -> Made:
    """The empty cells at the end of rows were not written."""
    others = [[*row] for row in clean.rows]
    lines = clean.lines()
    for at in random.sample(range(1, len(lines)), 8):
        if clean.at < len(clean.header) - 1:
            lines[at] = ",".join(written([cell]) for cell in others[at - 1][:-1])
    return _file(lines)
