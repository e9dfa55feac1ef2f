"""What typed columns can hold labels, and the class names that Hugging Face writes beside them."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ..batches import CellType, Column
from ..errors import InputError

if TYPE_CHECKING:
    import polars as pl


def damaged(name: str, error: BaseException) -> InputError:
    """The error for a file its own library cannot read."""
    first = (str(error).splitlines() or [type(error).__name__])[0]
    return InputError(f"{name} cannot be read: {first[:200]}", "the file is damaged or cut off: copy or write it again")


def cell_type(dtype: "pl.DataType") -> CellType:
    """The cell type of a polars type; "nested" for all that cannot be a label: structs, bytes, durations."""
    import polars as pl

    if isinstance(dtype, (pl.List, pl.Array)):
        return "nested" if cell_type(dtype.inner) in ("nested", "list") else "list"  # type: ignore[arg-type]
    if dtype.is_integer():
        return "integer"
    if dtype.is_float() or dtype.is_decimal():
        return "float"
    if dtype == pl.Boolean:
        return "boolean"
    words = (pl.String, pl.Categorical, pl.Enum, pl.Null, pl.Date, pl.Datetime, pl.Time)
    return "text" if isinstance(dtype, words) else "nested"


def flat(columns: Iterable[Column]) -> list[str]:
    """The names of the columns that can hold labels: the others, such as images, are never read."""
    return [column.name for column in columns if column.type != "nested"]


def class_names(metadata: str | None) -> dict[str, tuple[str, ...]]:
    """Class names by column from the `huggingface` schema metadata; ClassLabel may sit under List or Sequence."""
    try:
        features = json.loads(metadata or "{}")["info"]["features"]
        found = {column: _names(feature) for column, feature in features.items()}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return {column: names for column, names in found.items() if names}


def _names(feature: Any) -> tuple[str, ...] | None:
    if isinstance(feature, list) and feature:
        return _names(feature[0])
    if not isinstance(feature, dict):
        return None
    if feature.get("_type") == "ClassLabel" and isinstance(feature.get("names"), list):
        return tuple(map(str, feature["names"]))
    return _names(feature.get("feature"))
