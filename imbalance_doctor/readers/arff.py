"""ARFF, the format of WEKA, MULAN and MEKA: dense and sparse rows of declared attributes.

The values that a nominal attribute declares are the classes, in that order and with those that no row has. The label
is what `--label` names; else the nominal attribute named for it, or the last attribute, as in WEKA. Several 0/1
attributes are the labels where the XML file of MULAN names them (`--labels-xml`, or `NAME.xml` beside `NAME.arff`), or
MEKA's `-C n` in the relation does. `?` is a missing value.
"""

from collections.abc import Iterator
from itertools import chain

from ..batches import Column, Table
from ..errors import InputError
from ..plugins import Reader
from ._arff_header import parse
from ._arff_labels import Choice, choose
from ._arff_rows import Rows
from ._source import Options, Source
from ._text_lines import Lines, lines, table

READER = Reader("arff", (".arff",))
MANY = 20
"""Distinct whole numbers that a numeric label may have, or one for every five rows, before it is taken for a target."""


def claims(start: str) -> bool:
    """Whether the first line that is no comment is `@relation`."""
    found = (line.strip() for line in start.splitlines())
    first = next((line for line in found if line and not line.startswith("%")), "")
    return first[:9].lower() == "@relation" and first[9:10] in ("", " ", "\t")


def read(source: Source, options: Options) -> Table:
    """One text column per attribute that can hold labels, with its declared values.

    Raises InputError, with the line, for what is not ARFF, for a value that is not declared, for a file without rows or
    without an attribute that can hold labels, and where nothing tells which one does.
    """
    feed = _Feed(lines(source, options))
    header = parse(feed.numbered(), source.name)
    choice = choose(header, source, options)
    source.notes.extend(choice.notes)
    rows = Rows(source.name, header, choice.positions, source.notes)
    columns = [Column(a.name, "text", declared=a.values or None) for a in rows.chosen]
    if choice.named is not None:
        columns = [Column(choice.named, "text", declared=columns[0].declared)]
    frames = rows.frames(feed.rest(header.line + 1))
    frames = (frame.rename(dict(zip(frame.columns, [c.name for c in columns], strict=True))) for frame in frames)
    if choice.layout == "indicator":
        columns = [Column(column.name, "text") for column in columns]
    made = table(columns, frames, layout=choice.layout)
    if made is None:
        classes = ", ".join(rows.chosen[-1].values[:10])
        raise InputError(
            f"{source.name} holds no row" + (f", its classes are {classes}" if classes else ""),
            "name the file that holds the labels",
        )
    _ask_about_numbers(made, choice, rows, source.name, options)
    return made


class _Feed:
    """Lines one by one as far as they are wanted, and the blocks of the rest."""

    def __init__(self, blocks: Iterator[Lines]) -> None:
        self._blocks = blocks
        self._current: Lines | None = None

    def numbered(self) -> Iterator[tuple[int, str]]:
        for block in self._blocks:
            self._current = block
            yield from enumerate(block.text, block.first)

    def rest(self, first: int) -> Iterator[Lines]:
        """The blocks from a line of the current one on."""
        assert self._current is not None
        block = self._current
        left = Lines(block.name, first, block.text[first - block.first :])
        return chain([left] if left.text.len() else [], self._blocks)


def _ask_about_numbers(made: Table, choice: Choice, rows: Rows, name: str, options: Options) -> None:
    """Raise InputError for a numeric attribute that looks like the target of a regression."""
    if len(rows.chosen) > 1 or rows.chosen[0].kind not in ("numeric", "date") or options.layout is not None:
        return
    values = made.head.to_series().drop_nulls()
    distinct = values.n_unique()
    fractions = not bool(values.str.contains(r"^[+-]?[0-9]+$").all())
    if fractions or distinct > max(MANY, values.len() / 5):
        raise InputError(
            f"{name}: the attribute {rows.chosen[0].name!r} is {rows.chosen[0].kind} with {distinct:,} distinct values "
            f"in {values.len():,} rows, the target of a regression rather than classes",
            "name another with --label, or use --layout column if the values are classes",
        )
