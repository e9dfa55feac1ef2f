"""Damaged rows are counted where the label is certain, else rejected; no row is lost on the way."""

from collections import Counter

import pytest

from imbalance_doctor.batches import Damaged, DamagedRow
from imbalance_doctor.errors import InputError
from imbalance_doctor.labels.counting.column import ColumnCounting
from imbalance_doctor.labels.counting.counts import CountsCounting
from imbalance_doctor.labels.counting.delimited import DelimitedCounting
from imbalance_doctor.labels.counting.indicator import IndicatorCounting
from imbalance_doctor.labels.counting.names import Names
from imbalance_doctor.labels.damaged_rows import settle
from imbalance_doctor.labels.tally import LabelTally
from imbalance_doctor.model import Damage


def tally(*candidates: tuple[str | None, ...]) -> LabelTally:
    rows = [DamagedRow(10 + i, "ragged", (cells,)) for i, cells in enumerate(candidates)]
    return LabelTally(Counter(cat=6, dog=4), n_rows=10, n_samples=10, set_aside=[Damaged("x.csv", rows)])


COLUMN = ColumnCounting("label", Names())


@pytest.mark.parametrize(
    ("cells", "counts"),
    [
        (("cat",), {"cat": 7, "dog": 4}),
        (("x", "dog"), {"cat": 6, "dog": 5}),
        (("cat", "dog"), {"cat": 6, "dog": 4}),
        (("x",), {"cat": 6, "dog": 4}),
        ((None,), {"cat": 6, "dog": 4}),
        (("cat", None), {"cat": 6, "dog": 4}),
    ],
)
def test_a_label_is_certain_when_one_thing_only_is_a_label_of_regular_rows(cells, counts: dict[str, int]):
    counted = tally(cells)
    settle(counted, COLUMN)
    assert counted.counts == counts
    assert counted.n_rejected == 11 - sum(counts.values())
    assert counted.n_rows == counted.n_samples + counted.n_missing + counted.n_ignored + counted.n_rejected == 11


def test_a_label_of_damaged_rows_only_is_never_counted():
    counted = tally(("ox",), ("ox",))
    settle(counted, COLUMN)
    assert "ox" not in counted.counts
    assert counted.damage == (Damage("ragged", "x.csv", 2, (10, 11), 0, 2),)


def test_labels_that_are_left_out_or_missing_are_so_in_damaged_rows_too():
    counted = tally(("ox",), ("NA",))
    settle(counted, ColumnCounting("label", Names(frozenset({"", "NA"}), frozenset({"ox"}))))
    assert (counted.n_ignored, counted.n_missing, counted.n_rejected) == (1, 1, 0)


def test_indexes_are_known_by_the_class_they_stand_for():
    counted = tally(("0",), ("1",), ("7",))
    settle(counted, ColumnCounting("label", Names(by_index=("cat", "ox"))))
    assert (counted.counts["cat"], counted.n_rejected) == (7, 2)


def test_of_several_labels_in_a_cell_all_have_to_be_known():
    counted = tally(("cat|dog",), ("cat|ox",))
    settle(counted, DelimitedCounting("label", "|", Names()))
    assert counted.counts == {"cat": 7, "dog": 5}
    assert counted.n_rejected == 1


def test_rows_of_indicators_are_rejected():
    counted = tally(("1",))
    settle(counted, IndicatorCounting(("cat", "dog"), ("cat", "dog")))
    assert counted.n_rejected == 1


def test_a_table_of_counts_may_not_be_damaged():
    with pytest.raises(InputError, match=r"damaged, first in line 10 \(ragged\)"):
        settle(tally(("cat",)), CountsCounting("label", "n", Names()))


def test_whoever_is_strict_takes_no_damage():
    with pytest.raises(InputError, match="damaged"):
        settle(tally(("cat",)), COLUMN, strict=True)
    blank = LabelTally(Counter(cat=1), n_rows=1, n_samples=1, set_aside=[Damaged("x", marks={"blank": (1, (4,))})])
    with pytest.raises(InputError, match=r"first in line 4 \(blank\)"):
        settle(blank, COLUMN, strict=True)


def test_tallies_with_damage_merge():
    both = tally(("cat",)).merge(tally(("dog",)))
    settle(both, COLUMN)
    assert both.counts == {"cat": 13, "dog": 9}
    assert [damage.n for damage in both.damage] == [1, 1]
