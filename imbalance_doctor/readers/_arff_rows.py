"""The rows of an ARFF file as frames of the wanted attributes, dense or sparse, missing values as null.

A block of regular rows is split as a whole; any other is read line by line, which also finds the line of what is wrong.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..errors import InputError
from . import _arff_columns
from ._arff_header import Attribute, Header
from ._arff_values import WEIGHT, BadValueError, dense, sparse
from ._text_lines import Lines

if TYPE_CHECKING:
    import polars as pl

MAX_CELLS = 1 << 21
"""Cells of a frame that is made line by line."""


class Rows:
    """Makes frames of the attributes `wanted`, positions in the header."""

    def __init__(self, name: str, header: Header, wanted: Sequence[int], notes: list[str]) -> None:
        self.name, self.header, self.wanted, self.notes = name, header, list(wanted), notes
        self.chosen: list[Attribute] = [header.attributes[i] for i in wanted]
        self.weights = 0

    def frames(self, blocks: Iterator[Lines]) -> Iterator["pl.DataFrame"]:
        """One frame or more per block. Raises InputError, with the line, for a row that is not one of the header's."""
        for block in blocks:
            frame = self._regular(block)
            if frame is not None:
                yield frame
            else:
                yield from self._careful(block)
        if self.weights:
            self.notes.append(f"{self.weights:,} rows have a weight in braces, which is not applied")

    def _regular(self, block: Lines) -> "pl.DataFrame | None":
        """The frame of a block of regular rows, None where they have to be looked at line by line."""
        import polars as pl

        text = block.text.str.strip_chars(" \t\r")
        text = text.filter((text != "") & ~text.str.starts_with("%"))
        n = len(self.header.attributes)
        if text.len() and text[0].startswith("{"):
            columns = _arff_columns.sparse(text, n, self.wanted, self.chosen)
        else:
            columns = _arff_columns.dense(text, n, self.wanted)
        if columns is None:
            return None
        for column, attribute in zip(columns, self.chosen, strict=True):
            if attribute.kind == "nominal" and not column.drop_nulls().is_in(attribute.values).all():
                return None
        return pl.DataFrame({a.name: column for a, column in zip(self.chosen, columns, strict=True)})

    def _careful(self, block: Lines) -> Iterator["pl.DataFrame"]:
        height = max(1, MAX_CELLS // len(self.wanted))
        rows: list[list[str | None]] = []
        for number, line in enumerate(block.text.to_list(), block.first):
            text = line.strip()
            if not text or text[0] == "%":
                continue
            try:
                rows.append(self._row(text))
            except BadValueError as error:
                hint = "mend the line; values with commas or spaces stand in quotes"
                raise InputError(f"{self.name}: line {number:,} ({text[:60]!r}) {error}", hint) from None
            if len(rows) == height:
                yield self._frame(rows)
                rows = []
        if rows:
            yield self._frame(rows)

    def _frame(self, rows: list[list[str | None]]) -> "pl.DataFrame":
        import polars as pl

        columns = zip(self.chosen, zip(*rows, strict=True), strict=True)
        return pl.DataFrame({a.name: pl.Series(values, dtype=pl.String) for a, values in columns})

    def _row(self, line: str) -> list[str | None]:
        """The wanted values of a line. Raises BadValueError."""
        n = len(self.header.attributes)
        if line[0] == "{":
            values = sparse(line, n)
            row = [values[i] if i in values else _left_out(a) for i, a in zip(self.wanted, self.chosen, strict=True)]
        else:
            cells = dense(line, n)
            if len(cells) != n:
                raise BadValueError(f"has {len(cells):,} values for {n:,} attributes")
            row = [cells[i] for i in self.wanted]
        self.weights += line[-1] == "}" and WEIGHT.search(line, 1) is not None
        for value, attribute in zip(row, self.chosen, strict=True):
            if value is not None and attribute.values and value not in attribute.known:
                raise BadValueError(f"has {value[:60]!r}, which the attribute {attribute.name!r} does not declare")
        return row


def _left_out(attribute: Attribute) -> str:
    """What a sparse row means where it leaves an attribute out: 0, which is the first value of a nominal one."""
    if attribute.kind == "numeric":
        return "0"
    if not attribute.values:
        raise BadValueError(f"leaves out {attribute.name!r}, a {attribute.kind}, which can have no 0")
    return attribute.values[0]
