"""The labels of every row, true or predicted, from anything the label examination can read.

`analyze` counts and forgets; here each row's labels are kept, as class numbers or as label sets, so that they can be
joined to scores.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .label_rows import LabelRows

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True)
class RowLabels:
    """Labels by row. `names` are the classes in index order, `declared` whether the input or the user gave them,
    `indexed` whether as what indexes stand for, which makes their order that of the model.

    `codes`: (n,) class numbers, -1 where nothing is known; None where a row carries several labels or none, which are
    in `sets` then, `unknown` marking the cells of which nothing is known. Both are there where columns of 0 and 1 have
    exactly one 1 in every row. `ids`: the sample of each row, where the layout
    or the user names it. `capacity`: classes that the type of the labels can hold.
    """

    names: tuple[str, ...]
    declared: bool
    n: int
    where: str
    codes: NDArray[np.int32] | None = None
    sets: LabelRows | None = None
    unknown: LabelRows | None = None
    indexed: bool = False
    ids: "pl.Series | None" = None
    capacity: int | None = None

    @property
    def several(self) -> str | None:
        """Labels a row: "single", "multiple", or None where only chance may make them one a row."""
        if self.codes is None:
            return "multiple"
        return "single" if self.sets is None else None

    def counts(self) -> dict[str, int]:
        """Rows per class."""
        if self.codes is not None:
            numbers = np.bincount(self.codes[self.codes >= 0], minlength=len(self.names))
        else:
            assert self.sets is not None
            numbers = self.sets.counts(len(self.names))
        return dict(zip(self.names, numbers.tolist(), strict=True))

    def known_rows(self, width: int) -> Any:
        """Rows per class of which something is known, an (width,) array."""
        if self.codes is not None:
            return np.full(width, int((self.codes >= 0).sum()))
        unknown = 0 if self.unknown is None else self.unknown.counts(width)
        return np.full(width, self.n) - unknown

    def dense(self, at: NDArray[np.int64], to: NDArray[np.int64], width: int) -> NDArray[np.bool_]:
        """The rows `at` as booleans (len(at), width), class i in column `to[i]`; -1 leaves a row or a class out."""
        if self.sets is not None:
            return self.sets.dense(at, to[:-1], width)
        assert self.codes is not None
        codes = to[np.where(at >= 0, self.codes[at], -1)] if self.n else np.full(len(at), -1)
        return np.asarray(codes[:, None] == np.arange(width))
