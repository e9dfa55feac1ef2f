"""How to read a dump: decided once from its head, said with the reason, or asked.

All guessing of the prediction examination lives here and in the modules this one asks: `columns` (which columns),
`kinds` (what the scores are).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..batches import HEAD_ROWS, Batches, Matrix, Table
from ..errors import InputError, UsageError
from ..labels import layout as label_layout
from ..labels.class_columns import indicator_counting
from ..labels.columns import as_text
from ..labels.layout import Reading as LabelReading
from ..model import Layout, PredictionLayout
from . import columns, kinds, long, values
from .columns import LAYOUTS, Roles, Wishes
from .kinds import Nature

if TYPE_CHECKING:
    import polars as pl

BLOCK_CELLS = 2_000_000
"""Scores in one block made from a table or a sparse matrix."""


@dataclass(frozen=True)
class Part:
    """Rows of a dump as they were read: `scores` (n, K) where there are any, the ids, and the columns of a table."""

    start: int
    n: int
    scores: NDArray[Any] | None
    ids: "pl.Series | None" = None
    frame: "pl.DataFrame | None" = None


@dataclass(frozen=True)
class Dump:
    """The decision. `nature` is about scores; without it `labels` reads the column of predicted labels.

    `head`: the first scores (n, K). `classes`: the names of the score columns, None when they have none. `truth` reads
    the true labels beside the predictions. `ids`: the sample of each row of the long layout. `things`: rows are things
    found in samples, as a detector finds them.
    """

    layout: PredictionLayout
    batches: Batches
    roles: Roles | None = None
    head: NDArray[Any] | None = None
    nature: Nature | None = None
    classes: tuple[str, ...] | None = None
    labels: LabelReading | None = None
    truth: LabelReading | None = None
    ids: "pl.Series | None" = None
    things: bool = False

    @property
    def width(self) -> int:
        """Columns of scores."""
        return 0 if self.head is None else int(self.head.shape[1])

    @property
    def id(self) -> str | None:
        """The column that names the sample."""
        return None if self.roles is None else self.roles.id

    def judged(self, several: str | None, wishes: Wishes) -> "Dump":
        """With `nature` of its scores decided; `several` labels a row has the truth ("single", "multiple", None)."""
        assert self.head is not None
        nature = kinds.judge(self.head, several, wishes.kind, wishes.task, wishes.threshold)
        return replace(self, nature=nature)

    @property
    def plain(self) -> bool:
        """A column of predicted labels, one per sample, and not one per thing found in a sample."""
        return self.labels is not None and not self.things

    def explained(self, order: Sequence[int] = (), notes: Sequence[str] = ()) -> PredictionLayout:
        """The layout with every reason, its columns in the order of the classes."""
        because = "" if self.nature is None else f"; {self.nature.reason}"
        named = self.layout.columns
        ordered = tuple(named[i] for i in order) if len(named) == len(order) else named
        notes = (*self.layout.notes, *notes)
        return replace(self.layout, reason=self.layout.reason + because, columns=ordered, notes=notes)

    def parts(self, start: int = 0) -> Iterator[Part]:
        """The rows in blocks of moderate size, counted from `start`. Raises InputError for cells that are no scores."""
        if isinstance(self.batches, Matrix):
            first = start
            for block in self.batches.blocks():
                for scores in _moderate(block):
                    ids = None if self.ids is None else self.ids[start - first : start - first + len(scores)]
                    yield Part(start, len(scores), scores, ids)
                    start += len(scores)
            return
        assert self.roles is not None
        rows = max(1, BLOCK_CELLS // max(1, self.width))
        for frame in self.batches.stream(self.columns):
            for piece in frame.iter_slices(rows):
                cells = None if self.head is None else scores_of(piece, self.roles, self.width, start)
                ids = None if self.id is None else as_text(piece[self.id])
                yield Part(start, piece.height, cells, ids, piece)
                start += piece.height

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a table that are read."""
        roles = self.roles
        wanted = [] if roles is None else [*roles.taken, roles.id, *roles.truth]
        return tuple(dict.fromkeys(name for name in wanted if name is not None))


def scores_of(frame: "pl.DataFrame", roles: Roles, width: int, start: int) -> NDArray[Any]:
    """The scores (n, K) of a batch of a table."""
    if roles.listed:
        return values.lists(frame[roles.scores[0]], width, start)
    return values.matrix(frame, roles.scores, start)


def _moderate(block: Any) -> Iterator[NDArray[Any]]:
    """Dense blocks; a sparse one in slices, absent cells being 0."""
    if not hasattr(block, "indptr"):
        yield block
        return
    rows = max(1, BLOCK_CELLS // max(1, block.shape[1]))
    for first in range(0, block.shape[0], rows):
        yield block[first : first + rows].toarray()


def decide(
    batches: Batches, wishes: Wishes, *, several: str | None = None, known: Collection[str] = (), separate: bool = False
) -> Dump:
    """Decide how to read a dump.

    `several`: labels a row of a truth from elsewhere ("single", "multiple"), `known` its classes, `separate` whether
    there is one. Raises InputError, with the flags that settle it, when two readings are plausible or none is.
    """
    if wishes.layout is not None and wishes.layout not in LAYOUTS:
        raise UsageError(f"there is no layout of predictions named {wishes.layout!r}", f"known: {', '.join(LAYOUTS)}")
    if isinstance(batches, Matrix):
        if wishes.scores is not None or wishes.id is not None:
            raise UsageError(
                f"the dump is a matrix of shape {batches.shape}, it has no columns to name",
                "leave --scores and --id out",
            )
        _wanted(wishes, "matrix")
        return _matrix(batches).judged(several, wishes)
    roles = columns.find(batches, wishes, {*known, *(wishes.classes or ())}, separate=separate)
    if not roles.scores:
        return _labels(batches, roles, wishes)
    if roles.long:
        return _long(batches, roles, wishes, several)
    truth = _truth(batches, roles, wishes)
    width = len(roles.scores)
    if roles.listed:
        lengths = values.as_lists(batches.head[roles.scores[0]]).drop_nulls().list.len()
        width = int(lengths[0])
    kind = "list" if roles.listed else "vector" if width == 1 else "matrix"
    _wanted(wishes, kind)
    layout = PredictionLayout(kind, roles.reason, roles.scores, batches.notes)  # type: ignore[arg-type]
    head = scores_of(batches.head, roles, width, 0)
    return Dump(layout, batches, roles, head, None, roles.classes, truth=truth).judged(several, wishes)


def _wanted(wishes: Wishes, kind: str) -> None:
    if wishes.layout is not None and wishes.layout != kind:
        raise InputError(f"the predictions are laid out as a {kind}, not a {wishes.layout}", "leave --layout out")


def _matrix(matrix: Matrix) -> Dump:
    """A matrix of scores, one column per class."""
    n, width = matrix.shape
    stream = matrix.blocks()
    first = next(stream, None)
    head = np.empty((0, width)) if first is None or not n else next(_moderate(first[:HEAD_ROWS]))
    if head.dtype.kind in "US":
        raise InputError(f"the matrix holds text of type {head.dtype}, not scores", "save floats")
    once = replace(matrix, blocks=lambda: stream if first is None else chain((first,), stream))
    layout = PredictionLayout("matrix", f"a matrix of {n:,} rows and {width:,} columns", (), matrix.notes)
    return Dump(layout, once, None, head, None, matrix.names)


def _truth(table: Table, roles: Roles, wishes: Wishes) -> LabelReading | None:
    """How to read the true labels beside the predictions."""
    if not roles.truth:
        return None
    if len(roles.truth) > 1:
        counting = indicator_counting(
            roles.classes or roles.truth, len(roles.truth), label_layout.Wishes(), roles.truth
        )
        return LabelReading(Layout("indicator"), counting, roles.truth, roles.classes, "integer", multiple=True)
    return columns.label_reading(table, roles.truth[0], wishes.classes)


def _labels(table: Table, roles: Roles, wishes: Wishes) -> Dump:
    """Predicted labels: a column of them, or a column of 0 and 1 per class."""
    if wishes.kind not in (None, "labels"):
        raise InputError(f"there is no column of scores for --kind {wishes.kind}", "name it with --scores")
    _wanted(wishes, "column")
    where = f"column {roles.label!r}: " if roles.label is not None else ""
    layout = PredictionLayout("column", f"{where}{roles.reason}", (), table.notes)
    return Dump(layout, table, roles, labels=roles.labels, truth=_truth(table, roles, wishes))


def _long(table: Table, roles: Roles, wishes: Wishes, several: str | None) -> Dump:
    """One row per sample and class; or per thing found in a sample, where a sample has a class more than once."""
    assert roles.label is not None
    assert roles.id is not None
    reading = columns.label_reading(table, roles.label, wishes.classes)
    pairs = table.head.select([roles.id, roles.label])
    if pairs.is_duplicated().any() and wishes.layout is None:
        samples = table.head[roles.id].n_unique()
        notes = (*table.notes, f"the first {pairs.height:,} rows are things found in {samples:,} samples, one a row")
        layout = PredictionLayout("column", f"column {roles.label!r} beside a score", (), notes)
        return Dump(layout, table, replace(roles, scores=(), truth=(), id=None), labels=reading, things=True)
    matrix, ids = long.unfold(table, roles.id, roles.scores[0], reading)
    dump = _matrix(matrix)
    layout = PredictionLayout("long", roles.reason, roles.scores, (*table.notes, *matrix.notes))
    return replace(dump, layout=layout, roles=replace(roles, truth=()), ids=ids).judged(several, wishes)
