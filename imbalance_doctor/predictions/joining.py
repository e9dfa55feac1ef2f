"""Truth beside prediction, row by row: by id where both sides have ids, by position and equal length otherwise."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ..errors import InputError
from .classes import match, numbering
from .truth import RowLabels

if TYPE_CHECKING:
    import polars as pl

Found = tuple[NDArray[Any], NDArray[np.bool_] | None]
EXAMPLES = 3


@dataclass
class Join:
    """Gives the truth of the rows of a dump as they go by, and says at the end how many rows had one.

    `classes` are those of the prediction, `dense` asks for booleans (n, K) instead of class indices. `id_names`: the
    columns of ids in dump and truth, None to join by position; `strict`: rows without a truth are an error.
    """

    labels: RowLabels
    classes: tuple[str, ...]
    dense: bool
    id_names: tuple[str, str] | None = None
    strict: bool = True
    n: int = 0
    joined: int = 0
    strange: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        found = match(self.labels.names, self.classes)
        if self.labels.names and not found:
            raise InputError(
                f"the truth has classes such as {self.labels.names[0]!r}, the dump such as {self.classes[0]!r}: none "
                "is in both",
                "name the classes in index order with --classes",
            )
        self._to = numbering(found, self.labels.names)
        self._used = np.zeros(self.labels.n, dtype=bool)
        self._rows = None if self.id_names is None else self._index()

    def _index(self) -> "pl.DataFrame":
        import polars as pl

        ids = self.labels.ids
        assert ids is not None
        if ids.n_unique() < ids.len():
            twice = ids.filter(ids.is_duplicated())[0]
            raise InputError(
                f"the id {twice!r} occurs twice in the truth",
                "give one row per sample, or say --truth-layout long if its labels are spread over rows",
            )
        return pl.DataFrame({"id": ids, "row": pl.Series(range(ids.len()), dtype=pl.Int64)})

    @property
    def by(self) -> str:
        """How the rows were joined."""
        if self.id_names is None:
            return "position"
        mine, theirs = self.id_names
        return f"id {mine!r}" if mine == theirs else f"id {mine!r} = {theirs!r}"

    def of(self, n: int, ids: "pl.Series | None") -> Found:
        """Truth and known cells of the next `n` rows. Raises InputError when the truth is shorter than the dump."""
        if self._rows is None:
            at = np.arange(self.n, self.n + n)
            if self.n + n > self.labels.n:
                raise self._unequal(f"{self.n + n:,} or more")
        else:
            at = self._looked_up(ids)
        self.n += n
        self.joined += int((at >= 0).sum())
        self._used[at[at >= 0]] = True
        return self._found(at)

    def _looked_up(self, ids: "pl.Series | None") -> NDArray[np.int64]:
        import polars as pl

        assert ids is not None
        assert self._rows is not None
        frame = pl.DataFrame({"id": ids}).join(self._rows, on="id", how="left", maintain_order="left")
        at = frame["row"].fill_null(-1).to_numpy()
        if len(self.strange) < EXAMPLES:
            unknown = frame.filter(pl.col("row").is_null())["id"]
            self.strange += [str(name) for name in unknown.head(EXAMPLES - len(self.strange)).to_list()]
        return at

    def _found(self, at: NDArray[np.int64]) -> Found:
        labels, width = self.labels, len(self.classes)
        codes = None
        if labels.codes is not None:
            codes = self._to[np.where(at >= 0, labels.codes[at], -1)] if labels.n else np.full(len(at), -1)
        if not self.dense:
            assert codes is not None
            return codes, None
        truth = labels.dense(at, self._to, width)
        if codes is not None:
            at = np.where(codes >= 0, at, -1)
        if (at >= 0).all() and labels.unknown is None:
            return truth, None
        known = np.repeat((at >= 0)[:, None], width, axis=1)
        if labels.unknown is not None:
            known &= ~labels.unknown.dense(at, self._to[:-1], width)
        return truth, known

    def finish(self) -> tuple[str, ...]:
        """What is remarkable. Raises InputError when lengths or ids disagree."""
        notes = []
        if self._rows is None:
            if self.n != self.labels.n:
                raise self._unequal(f"{self.n:,}")
        elif self.joined < self.n:
            missing = self.n - self.joined
            if self.strict or not self.joined:
                assert self.labels.ids is not None
                theirs = ", ".join(map(repr, self.labels.ids.head(EXAMPLES).to_list()))
                raise InputError(
                    f"{missing:,} of {self.n:,} ids of the dump are not in the truth: "
                    f"{', '.join(map(repr, self.strange))} …, while the truth has {theirs} …",
                    "name the columns of ids with --id and --truth-id; to join row by row anyway use --by-position",
                )
            notes.append(f"{missing:,} of {self.n:,} rows have no truth, such as id {self.strange[0]!r}")
        unused = self.labels.n - int(self._used.sum())
        if unused:
            notes.append(f"{unused:,} of {self.labels.n:,} rows of the truth have no prediction")
        return (*notes, *self._class_notes())

    def _class_notes(self) -> list[str]:
        counts = self.labels.counts()
        lost = [name for name, to in zip(self.labels.names, self._to, strict=False) if to < 0 and counts[name]]
        found = {
            self.classes[to] for name, to in zip(self.labels.names, self._to, strict=False) if to >= 0 and counts[name]
        }
        absent = [name for name in self.classes if name not in found]
        notes = []
        if lost:
            rows = sum(counts[name] for name in lost)
            notes.append(
                f"the truth has {_count(lost)} that the dump lacks, with {rows:,} labels that nothing can answer: "
                f"{_some(lost)}"
            )
        if absent:
            notes.append(f"the truth has no row of {_count(absent)}: {_some(absent)}")
        return notes

    def _unequal(self, rows: str) -> InputError:
        return InputError(
            f"the dump has {rows} rows, the truth {self.labels.n:,}",
            "give a truth row by row, or ids in both files with --id COLUMN",
        )


def _count(names: list[str]) -> str:
    return f"{len(names):,} class{'es' if len(names) > 1 else ''}"


def _some(names: list[str]) -> str:
    return ", ".join(map(repr, names[:5])) + (" …" if len(names) > 5 else "")
