"""The weights as a CSV table with one row per class, for spreadsheets, SQL and joins.

Where it goes:
    In a file: `pandas.read_csv("weights.csv", dtype={"class_json": str}, keep_default_na=False)`, then
    `table["class_json"].map(json.loads)` for the exact names. Rows stand in the model's index order.

Columns:
    index, class, class_json, count, value, value_negative (pair schemes only), boundary_after (empty if there is
    none), scheme, kind, normalisation.

The trap:
    A spreadsheet runs a cell that starts with `=`, `+`, `-` or `@`. The column `class` is for the eye: such a name
    gets a leading `'`, and control characters are shown as escapes. The column `class_json` is exact. Join on that,
    and read it as text: a careless reader makes a number of `012` and a missing value of `NA`.

It divides by nothing:
    `normalisation` says on which scale the values are.

UTF-8, LF line ends, RFC 4180 quotes.
"""

import re

from ..model import Weights
from ..plugins import Emitter
from ..visible import visible
from ._literals import json_string, number, require_scalars

EMITTER = Emitter("csv", ".csv")

# The fullwidth forms are turned into their ASCII twins by some spreadsheets.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def emit(weights: Weights) -> str:
    """A CSV table with a header. Raises OutputError for a class name with a lone surrogate."""
    require_scalars(weights.classes, EMITTER.name)
    negative = weights.values_negative
    origin = ",".join(field(guarded(fact)) for fact in (weights.scheme, weights.kind, weights.normalisation))
    pair = ",value_negative" if negative is not None else ""
    rows = [f"index,class,class_json,count,value{pair},boundary_after,scheme,kind,normalisation"]
    for i, name in enumerate(weights.classes):
        cut = weights.boundary_after[i]
        numbers = [weights.counts[i], weights.values[i], *([negative[i]] if negative is not None else []), cut]
        cells = ["" if n is None else number(n) for n in numbers]
        rows.append(",".join([str(i), field(guarded(name)), field(json_string(name)), *cells, origin]))
    return "\n".join(rows) + "\n"


def guarded(name: str) -> str:
    """The name for the eye, harmless in a spreadsheet."""
    is_formula = name.startswith(_FORMULA) and not _NUMBER.fullmatch(name)
    return ("'" if is_formula else "") + visible(name)


def field(text: str) -> str:
    """A quoted field of RFC 4180."""
    return '"' + text.replace('"', '""') + '"'
