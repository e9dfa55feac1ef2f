"""A column of row weights beside the labels, as CSV, TSV or Parquet: for Spark, H2O, AutoGluon, Vowpal Wabbit.

Where it goes:
    `imbalance-doctor weights labels.csv --to row-weights -o weighted.csv` writes every row of the input, in order, with
    a last column `weight` (`--weight-column` names it). The suffix of `--output` decides: .csv, .tsv or .parquet; on
    stdout it is CSV. Then `weightCol="weight"` (Spark), `weights_column="weight"` (H2O), `sample_weight="weight"`
    (AutoGluon), `fit(sample_weight=table["weight"])`, or the importance of a Vowpal Wabbit line.

What a row weighs:
    class-weight      the weight of its class
    pos-weight, pair  in a binary task the factor of its class, the one at index 1 being the positive
    repeat            the factor of its class, in multi-label the largest one of its labels, 1 without any

The trap:
    The files are read twice: standard input is refused. A row whose label is missing or left out keeps its place with
    an empty weight. The weight is not a feature: take it out of the inputs of the model. Where a trainer also draws
    rows by weight or balances classes itself, the imbalance is corrected twice.

It divides by:
    the trainer decides; the mean over the rows of class weights is 1, so that regularisation and learning rate keep
    their meaning.

Without the rows, in Python, it is the table of the classes to be joined by name: class_json is exact. A name of a
column is as in the input, and so is every cell; quotes are written where CSV needs them.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import InputError, UsageError
from ..model import Weights
from ..plugins import Emitter
from ._labels import per_class
from ._literals import json_string, number, require_scalars

if TYPE_CHECKING:
    import polars as pl

_SEVERAL = (
    "a row has one weight, its labels have a factor each",
    "use --scheme repeat-factor, whose largest factor counts; or --to pytorch for a factor per label",
)

EMITTER = Emitter(
    "row-weights",
    ".csv",
    fits={
        "class-weight": ("binary", "multiclass"),
        "pos-weight": ("binary",),
        "pair": ("binary",),
        "repeat": ("binary", "multiclass", "multilabel"),
    },
    refuses={
        "multilabel": _SEVERAL,
        "multilabel offset": _SEVERAL,
        "multilabel margin": _SEVERAL,
        "offset": ("an offset is added to a logit, it is not a weight of a row", "use --scheme balanced"),
        "margin": ("a margin is taken from a logit, it is not a weight of a row", "use --scheme balanced"),
    },
)

SEPARATORS = {".csv": ",", ".tsv": "\t"}
SUFFIXES = (*SEPARATORS, ".parquet")


class Rows(Protocol):
    """The rows of the input; see `examinations.rows`."""

    @property
    def header(self) -> bool: ...

    def weighed(self, numbers: Any, without: float) -> Iterator["pl.DataFrame"]: ...


def emit(weights: Weights) -> str:
    """The table of the classes, as CSV. Raises OutputError for a class name with a lone surrogate."""
    require_scalars(weights.classes, EMITTER.name)
    negative = weights.values_negative
    pair = ",value_negative" if negative is not None else ""
    origin = f"{weights.scheme},{weights.kind},{weights.normalisation}"
    lines = [f"class_json,weight,count,value{pair},scheme,kind,normalisation"]
    for i, weight in enumerate(factors(weights)):
        quoted = '"' + json_string(weights.classes[i]).replace('"', '""') + '"'
        numbers = [weight, weights.counts[i], weights.values[i], *([negative[i]] if negative is not None else [])]
        lines.append(",".join([quoted, *map(number, numbers), origin]))
    return "\n".join(lines) + "\n"


def factors(weights: Weights) -> tuple[float, ...]:
    """The weight of a row by its class."""
    return weights.values if weights.kind == "repeat" else per_class(weights)


def emit_rows(weights: Weights, rows: Rows, suffix: str = "") -> Iterator[bytes]:
    """The rows with their weights, in the format of a suffix, CSV for "".

    Raises UsageError for another suffix, InputError for cells that CSV cannot hold.
    """
    check_suffix(suffix)
    frames = rows.weighed(dict(zip(weights.classes, factors(weights), strict=True)), 1.0)
    if suffix == ".parquet":
        yield from parquet(frames)
    else:
        yield from delimited(frames, SEPARATORS[suffix or ".csv"], rows.header)


def check_suffix(suffix: str) -> None:
    """Raise UsageError where rows cannot be written as that."""
    if (suffix or ".csv") not in SUFFIXES:
        raise UsageError(f"row weights cannot be written as {suffix}", f"name a file in {', '.join(SUFFIXES)}")


def delimited(frames: Iterator["pl.DataFrame"], separator: str, header: bool) -> Iterator[bytes]:
    """The frames as one delimited text; a missing cell is empty, an empty one is two quotes."""
    import polars as pl

    for frame in frames:
        nested = [name for name, dtype in frame.schema.items() if dtype.is_nested() or dtype == pl.Binary]
        if nested:
            raise InputError(f"the column {nested[0]!r} holds values that CSV cannot", "write -o NAME.parquet")
        yield frame.write_csv(separator=separator, include_header=header).encode()
        header = False


def parquet(frames: Iterator["pl.DataFrame"]) -> Iterator[bytes]:
    """The frames as one Parquet file, a row group each."""
    import polars as pl
    import pyarrow.parquet as pq

    sink = Sink()
    writer = None
    for frame in frames:
        table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
        if writer is None:
            writer = pq.ParquetWriter(sink, table.schema, compression="zstd")
        writer.write_table(table.cast(writer.schema))
        yield sink.drain()
    if writer is not None:
        writer.close()
        yield sink.drain()


class Sink:
    """A file for pyarrow that hands on what was written to it, so that memory does not grow with the rows."""

    closed = False

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self.position = 0

    def write(self, data: Any) -> int:
        """Keep the bytes until they are drained."""
        self.parts.append(bytes(data))
        self.position += len(self.parts[-1])
        return len(self.parts[-1])

    def tell(self) -> int:
        """Bytes written so far, drained ones included."""
        return self.position

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is open."""
        self.closed = True

    def drain(self) -> bytes:
        """What was written since the last time."""
        data = b"".join(self.parts)
        self.parts.clear()
        return data
