"""Python values as columns: integers of any length, floats, booleans, text, or lists of text."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..errors import InputError

if TYPE_CHECKING:
    import polars as pl

MAX_INTEGER = 2**63
PLAIN = {str, int, float, bool, type(None)}


def series(name: str, values: list[Any]) -> "pl.Series | None":
    """One column; None when some value can be no label. Raises InputError for text that is not Unicode."""
    import polars as pl

    if not set(map(type, values)) <= PLAIN:
        values = [plain(value) for value in values]
    kinds = set(map(type, values)) - {type(None)}
    try:
        if list in kinds:
            rows = [None if v is None else [text(i) for i in (v if isinstance(v, list) else [v])] for v in values]
            return pl.Series(name, rows, pl.List(pl.String))
        if kinds == {float}:
            return pl.Series(name, values, pl.Float64).fill_nan(None)
        if kinds == {bool}:
            return pl.Series(name, values, pl.Boolean)
        if kinds == {int} and all(-MAX_INTEGER <= value < MAX_INTEGER for value in values if value is not None):
            return pl.Series(name, values, pl.Int64)
        return pl.Series(name, values if kinds <= {str} else [text(v) for v in values], pl.String)
    except NotALabelError:
        return None
    except UnicodeEncodeError:
        raise InputError(f"{name!r} holds half a surrogate pair, which is not text", "mend the text") from None


class NotALabelError(TypeError):
    """A value that is no text, number or boolean."""


def plain(value: Any) -> Any:
    """Without numpy's and pandas' own types: None for NaN, NA and NaT, a list for any collection."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, (list, tuple, set, frozenset)) or getattr(value, "ndim", False):
        items = value.tolist() if hasattr(value, "tolist") else value
        return sorted(items, key=str) if isinstance(value, (set, frozenset)) else list(items)
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and value != value else value


def text(value: Any) -> str | None:
    """A scalar as the exact text of a label; None for a missing one. Raises NotALabelError for anything else."""
    value = plain(value)
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (str, int, float)):
        return str(value)
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            raise InputError(f"the label {value!r} is not UTF-8 text", "decode it first") from None
    raise NotALabelError(type(value).__name__)


def unlike_labels(values: list[Any]) -> str:
    """What stands where a label should, for the error."""
    items = (item for value in values for item in (value if isinstance(value, (list, tuple)) else [value]))
    return "a value of type " + next(filter(None, map(_unlike_a_label, items)), "list")


def _unlike_a_label(item: Any) -> str:
    """The name of its type, "" for what can be a label."""
    try:
        text(item)
    except NotALabelError as error:
        return str(error)
    return ""


def rows_of_indicators(x: Sequence[Any]) -> bool:
    """Rows of 0 and 1 of one length above one are a matrix, not lists of labels."""
    rows = [row.tolist() if hasattr(row, "tolist") else row for row in x]
    alike = bool(rows) and all(isinstance(row, (list, tuple)) and len(row) == len(rows[0]) > 1 for row in rows)
    return alike and all(isinstance(v, (bool, int, float)) and v in (0, 1) for row in rows for v in row)
