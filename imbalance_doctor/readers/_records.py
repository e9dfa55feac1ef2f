"""JSON values to columns of exact text: integers keep every digit, `1.0` stays `1.0`, true is `true`."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from ..batches import HEAD_ROWS, CellType, Column, Table
from ..errors import InputError

if TYPE_CHECKING:
    import polars as pl

BATCH_RECORDS = 50_000
SCALAR_COLUMN = "value"
MAX_LATE = 1_000
"""Keys that are not read before no more of them are counted."""


class Number(str):
    """A JSON number, as written."""

    __slots__ = ()


class DuplicateKeyError(ValueError):
    """An object names a key twice."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        twice = next(key for key, n in Counter(key for key, _ in pairs).items() if n > 1)
        raise DuplicateKeyError(f"the key {twice!r} occurs twice in one object")
    return result


DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=Number, parse_float=Number, parse_constant=lambda _: None
)


def table(records: Iterator[Any], name: str, notes: list[str], *, pasted: bool = False) -> Table:
    """A table from decoded values: objects become columns by key, anything else one column named "value".

    The columns are the keys of the first HEAD_ROWS records; `notes` tells of others, once all records are streamed.
    Raises InputError for a mixture of objects and other values, or a cell of another type than the head showed.
    """
    head = list(islice(records, HEAD_ROWS))
    if not head:
        raise InputError(f"{name} holds no records", "name the file that holds the labels")
    objects = isinstance(head[0], dict)
    columns = _columns(head, objects)
    every = chain(head, records)

    def cells(names: Sequence[str]) -> Iterator["pl.DataFrame"]:
        chosen = [column for column in columns if column.name in names]
        known = {column.name for column in columns}
        late: dict[str, int] = {}
        number = 0
        while batch := list(islice(every, BATCH_RECORDS)):
            yield _frame(batch, chosen, objects, name, number)
            for i, record in enumerate(batch, number + 1) if objects and len(late) < MAX_LATE else ():
                if not record.keys() <= known:
                    late.update(dict.fromkeys(record.keys() - known - late.keys(), i))
            number += len(batch)
        notes.extend(_unread(late))

    sample = _frame(head, [c for c in columns if c.type != "nested"], objects, name, 0)
    counts = pasted and not objects and columns[0].type == "integer" and None not in head
    return Table(tuple(columns), sample, cells, header=objects, pasted=counts, typed=True)


def _unread(late: dict[str, int]) -> list[str]:
    """The remark about keys that became no columns, by the number of the first record that has each."""
    if not late:
        return []
    key = min(late, key=lambda key: (late[key], key))
    more = f", nor are {len(late) - 1:,} more" if len(late) > 1 else ""
    first = f"record {late[key]:,} is the first that has it"
    return [f"the key {key!r} is not read{more}: {first}, the columns are the keys of the first {HEAD_ROWS:,}"]


def _columns(head: list[Any], objects: bool) -> list[Column]:
    if not objects:
        return [Column(SCALAR_COLUMN, cell_type(head))]
    keys: dict[str, None] = {}
    for record in head:
        if isinstance(record, dict):
            keys.update(dict.fromkeys(record))
    return [Column(key, cell_type(r.get(key) for r in head if isinstance(r, dict))) for key in keys]


def cell_type(values: Iterable[Any]) -> CellType:
    """The type of a column of decoded values; "list" as soon as one cell is a list of scalars."""
    kinds: set[CellType] = set()
    for value in values:
        if isinstance(value, list):
            kinds.add("nested" if any(isinstance(item, (list, dict)) for item in value) else "list")
        elif isinstance(value, dict):
            return "nested"
        elif isinstance(value, bool):
            kinds.add("boolean")
        elif isinstance(value, Number):
            kinds.add("integer" if value.lstrip("-").isdigit() else "float")
        elif isinstance(value, str):
            kinds.add("text")
    for kind in ("nested", "list", "text"):
        if kind in kinds:
            return kind
    return "float" if "float" in kinds else "text" if len(kinds) != 1 else kinds.pop()


def _frame(batch: list[Any], columns: list[Column], objects: bool, name: str, start: int) -> "pl.DataFrame":
    import polars as pl

    for i, record in enumerate(batch):
        if isinstance(record, dict) is not objects:
            raise InputError(
                f"{name}: record {start + i + 1:,} is {'not ' if objects else ''}an object, unlike the first record",
                "write every record alike",
            )
    data = {}
    for column in columns:
        values = [record.get(column.name) for record in batch] if objects else batch
        listed = column.type == "list"
        convert = _items if listed else cell
        try:
            cells: list[Any] = [convert(value) for value in values]
            data[column.name] = pl.Series(column.name, cells, pl.List(pl.String) if listed else pl.String)
        except TypeError:
            at = next(i for i, value in enumerate(values) if not _converts(value, convert))
            raise InputError(
                f"{name}: record {start + at + 1:,} has a nested value in {column.name!r}, unlike earlier ones",
                "name another column with --label",
            ) from None
        except UnicodeEncodeError:
            raise half_a_pair(name, column.name) from None
    return pl.DataFrame(data)


def half_a_pair(name: str, column: str) -> InputError:
    """The error for text that no file of text can hold."""
    return InputError(
        f"{name}: {column!r} holds half a surrogate pair, which is not text", "mend the \\ud800 … \\udfff escapes"
    )


def _converts(value: Any, convert: Callable[[Any], Any]) -> bool:
    try:
        convert(value)
    except TypeError:
        return False
    return True


def cell(value: Any) -> str | None:
    """A scalar as exact text. Raises TypeError for a list or an object."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return str(value)
    raise TypeError


def _items(value: Any) -> list[str | None] | None:
    if value is None:
        return None
    if isinstance(value, list):
        return [cell(item) for item in value]
    return [cell(value)]
