"""The rows of label files once more, in order, each with a number by the classes it carries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..batches import Table
from ..errors import InputError, UsageError
from ..labels import layout
from ..labels.layout import Wishes
from ..labels.row_values import RowValues
from ..readers import npz
from ..readers._source import Options
from .inputs import Inputs

if TYPE_CHECKING:
    import polars as pl

ONCE = "standard input cannot be read twice, and a weight is known only once all rows are counted"


def require_files(inputs: Any) -> None:
    """Raise UsageError where an input cannot be read a second time."""
    if "-" in inputs:
        raise UsageError(ONCE, "save it to a file first")


@dataclass(frozen=True)
class Rows:
    """The rows of label files, to be gone through after they were counted.

    `column`: the name of the column to add. `n_rows`: how many there were. `several`: whether a row may carry several
    classes. `header`: whether the first input names its columns.
    """

    inputs: Any
    options: Options
    wishes: Wishes
    column: str
    n_rows: int
    several: bool

    @property
    def header(self) -> bool:
        """Whether the names of the columns come from the input."""
        return next(self._tables())[1].header is not False

    def weighed(self, numbers: Mapping[str, float], without: float) -> Iterator["pl.DataFrame"]:
        """Batches of all columns and the added one, which is null where the labels are missing or left out.

        `numbers` are by class, `without` is for a row without one. Raises InputError where the added name is taken,
        inputs differ in their columns, or the rows are not those that were counted; UsageError for a layout in which a
        row is not a sample.
        """
        values: RowValues | None = None
        names: list[str] = []
        for name, table in self._tables():
            found = [column.name for column in table.columns]
            if values is None:
                names = found
                values = RowValues(layout.decide(table, self.wishes), numbers, without=without, several=self.several)
                if self.column in names:
                    raise InputError(f"{name} has a column {self.column!r} already", "name another: --weight-column")
            values.reading.check(table, name)
            if found != names:
                raise InputError(f"{name} has other columns than the first input", "weigh them apart")
            for batch in table.stream(names):
                yield batch.with_columns(values.of(batch).alias(self.column))
        if values is not None and values.n_rows != self.n_rows:
            raise InputError(
                f"{values.n_rows:,} rows were read, {self.n_rows:,} were counted",
                "mend the rows that are damaged; or the input changed while it was read",
            )

    def _tables(self) -> Iterator[tuple[str, Table]]:
        for opened in Inputs(self.inputs, self.options, npz.LABEL_KEYS):
            if not isinstance(opened.batches, Table):
                raise UsageError(
                    f"{opened.name} is a matrix: it has no columns to add one to",
                    "use --to csv for the weight of each class, or --to pytorch",
                )
            yield opened.name, opened.batches
