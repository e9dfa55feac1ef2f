"""The long layout: one row per sample-label pair."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ...errors import RefusedError
from ..columns import as_text
from ..tally import LabelTally
from .names import Names

if TYPE_CHECKING:
    import polars as pl

MAX_PAIRS = 20_000_000
"""Pairs that are held to join each sample's labels."""


@dataclass
class LongCounting:
    """One row per pair; a pair that occurs twice counts once. The rows of a sample may lie apart.

    An empty label is a sample without labels, unless other rows name some. A row without an id is rejected. The pairs
    are held until `finish`, labels as numbers.
    """

    id_column: str
    column: str
    names: Names
    notes: tuple[str, ...] = ()
    _code: dict[str, int] = field(default_factory=dict)
    _pairs: list["pl.DataFrame"] = field(default_factory=list)
    _held: int = 0

    def update(self, batch: "pl.DataFrame", tally: LabelTally) -> None:
        """Hold the pairs of a batch. Raises RefusedError above MAX_PAIRS."""
        import polars as pl

        tally.n_rows += batch.height
        pairs = pl.DataFrame({"id": as_text(batch[self.id_column]), "label": as_text(batch[self.column])})
        identified = pairs.filter(pl.col("id") != "")  # neither null nor empty
        tally.n_rejected += pairs.height - identified.height
        self._held += identified.height
        if self._held > MAX_PAIRS:
            raise RefusedError(
                f"more than {MAX_PAIRS:,} sample-label pairs: they have to be held to join each sample's labels",
                "write one row per sample with its labels joined by '|', or give counts with --n-samples",
            )
        labels = identified["label"].replace(dict.fromkeys(self.names.missing))
        distinct = labels.drop_nulls().unique().sort()
        codes = pl.Series([self._code.setdefault(label, len(self._code)) for label in distinct], dtype=pl.UInt32)
        code = labels.replace_strict(distinct, codes, default=None, return_dtype=pl.UInt32)
        self._pairs.append(pl.DataFrame({"id": identified["id"], "code": code}))

    def finish(self, tally: LabelTally) -> None:
        """Join the labels of each sample and count. Raises InputError for a label that is not declared."""
        import polars as pl

        if not self._held:
            return
        pairs = pl.concat(self._pairs)
        self._pairs.clear()
        ids = pairs["id"].unique()
        row = pairs["id"].cast(pl.Enum(ids)).to_physical()
        given = pairs["code"].is_not_null()
        samples = np.ones(ids.len(), dtype=np.int64)
        names = self.names.of_all(self._code)
        tally.add_samples(samples, row.filter(given).to_numpy(), pairs["code"].filter(given).to_numpy(), names)
