"""Parquet: typed columns read by polars' streaming engine, class names from Hugging Face schema metadata."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ..batches import HEAD_ROWS, CellType, Column, Table
from ..errors import InputError
from ..plugins import Reader
from ._source import Options, Source

if TYPE_CHECKING:
    import polars as pl

READER = Reader("parquet", (".parquet", ".pq", ".parq"), magic=(b"PAR1",))
BATCH_ROWS = 250_000


def read(source: Source, options: Options) -> Table:
    """The table. Raises InputError when the file is damaged or comes from standard input."""
    import polars as pl

    if source.path is None:
        raise InputError("Parquet needs a file: its index is at the end", "save standard input to a file first")
    try:
        frame = pl.scan_parquet(source.path, glob=False)
        schema = frame.collect_schema()
        metadata = pl.read_parquet_metadata(source.path)
        head = frame.head(HEAD_ROWS).collect()
    except Exception as error:  # polars raises many classes, one per layer, for damaged files
        raise damaged(source.name, error) from None
    names = class_names(metadata.get("huggingface"))
    columns = tuple(Column(n, cell_type(t), names.get(n)) for n, t in schema.items())

    def cells(chosen: Sequence[str]) -> Iterator["pl.DataFrame"]:
        try:
            yield from frame.select(chosen).collect_batches(chunk_size=BATCH_ROWS, maintain_order=True)
        except pl.exceptions.PolarsError as error:
            raise damaged(source.name, error) from None

    return Table(columns, head, cells, typed=True)


def damaged(name: str, error: Exception) -> InputError:
    """The error for a file its own library cannot read."""
    first = (str(error).splitlines() or [type(error).__name__])[0]
    return InputError(f"{name} cannot be read: {first}", "the file is damaged or cut off: copy or write it again")


def cell_type(dtype: "pl.DataType") -> CellType:
    """The cell type of a polars type."""
    import polars as pl

    if isinstance(dtype, (pl.List, pl.Array)):
        inner = cell_type(dtype.inner)  # type: ignore[arg-type]
        return "nested" if inner in ("nested", "list") else "list"
    if dtype.is_integer():
        return "integer"
    if dtype.is_float() or dtype.is_decimal():
        return "float"
    if dtype == pl.Boolean:
        return "boolean"
    return "nested" if isinstance(dtype, (pl.Struct, pl.Object, pl.Binary)) else "text"


def class_names(metadata: str | None) -> dict[str, tuple[str, ...]]:
    """Class names by column from the `huggingface` schema metadata; ClassLabel may sit under List or Sequence."""
    try:
        features = json.loads(metadata or "{}")["info"]["features"]
    except (ValueError, KeyError, TypeError):
        return {}
    found = {}
    for column, feature in features.items() if isinstance(features, dict) else ():
        names = _names(feature)
        if names:
            found[column] = names
    return found


def _names(feature: Any) -> tuple[str, ...] | None:
    if isinstance(feature, list) and feature:
        return _names(feature[0])
    if not isinstance(feature, dict):
        return None
    if feature.get("_type") == "ClassLabel" and isinstance(feature.get("names"), list):
        return tuple(map(str, feature["names"]))
    return _names(feature.get("feature"))
