"""The weights as a SQL query that adds a column of row weights, a CASE over the labels.

Where it goes:
    Into the query that makes the training table: put your table for `labels` and your column for `label`. The CASE
    alone works as an expression of SQLite, DuckDB, PostgreSQL, Trino, Snowflake and MySQL; for Spark see spark-ml, for
    BigQuery ML see bigquery.

The trap:
    Names are standard character strings, quotes doubled, and are compared exactly, case and spaces included, except
    where a collation says otherwise. MySQL, Snowflake, BigQuery and Spark read a backslash as an escape: double it
    there. A name with a character that cannot be shown stands as the bytes of its UTF-8, `CAST(X'...' AS TEXT)`, as
    SQLite has it: MySQL wants AS CHAR, PostgreSQL convert_from('\\x...', 'UTF8'). `label` stands without quotes: in
    double quotes MySQL and BigQuery take it for a string, which matches no name without a word. A label that is not
    listed gets NULL, and a NULL weight drops the row or stops the trainer.

It divides by:
    the trainer decides; the mean over the rows of class weights is 1.

In multi-label data a row has no one class: use row-weights, which reads the labels of a row.
"""

from ..model import Weights
from ..plugins import Emitter
from ._labels import per_class
from ._legend import head
from ._literals import number, sql_string

_SEVERAL = (
    "a row has one weight, its labels have a factor each",
    "use --scheme repeat-factor with --to row-weights; or --to json for the numbers",
)

EMITTER = Emitter(
    "sql",
    ".sql",
    fits={
        "class-weight": ("binary", "multiclass"),
        "pos-weight": ("binary",),
        "pair": ("binary",),
        "repeat": ("binary", "multiclass"),
    },
    refuses={
        "multilabel repeat": (
            "a CASE reads one label, a row has several",
            "use --to row-weights, which takes the largest factor among the labels of a row",
        ),
        "multilabel": _SEVERAL,
        "multilabel offset": _SEVERAL,
        "multilabel margin": _SEVERAL,
        "offset": ("an offset is added to a logit, it is not a weight of a row", "use --scheme balanced"),
        "margin": ("a margin is taken from a logit, it is not a weight of a row", "use --scheme balanced"),
    },
)


def emit(weights: Weights) -> str:
    """A query with the legend in comments. Raises OutputError for a class name with a lone surrogate."""
    top = head(weights, EMITTER.name, "--", weights.kind in ("pos-weight", "pair"))
    factors = weights.values if weights.kind == "repeat" else per_class(weights)
    cases = "".join(
        f"        WHEN {sql_string(name)} THEN {number(value)}\n"
        for name, value in zip(weights.classes, factors, strict=True)
    )
    return f"{top}SELECT\n    *,\n    CASE label\n{cases}    END AS weight\nFROM labels\n"
