"""One metric, gathered value by value."""

import math
from itertools import pairwise

from imbalance_doctor.history.series import Tally, decimals, number
from imbalance_doctor.model import Series


def gathered(values: list[str], cap: int = 20_000) -> Series:
    tally = Tally(cap)
    for i, printed in enumerate(values):
        value = number(printed)
        assert value is not None
        tally.add(i + 1, float(i), value, printed)
    return tally.series("loss", "loss", "train", "")


def test_first_last_extremes_and_digits_are_those_of_all_values() -> None:
    found = gathered(["0.5", "0.25", "0.7500", "0.6"])
    assert (found.n, found.first, found.last, found.min, found.max) == (4, 0.5, 0.6, 0.25, 0.75)
    assert [point.decimals for point in found.points] == [1, 2, 4, 1]


def test_nan_and_infinity_in_any_spelling_are_a_signal_and_not_an_extreme() -> None:
    for text in ("nan", "NaN", "NAN", "-nan", "inf", "Infinity", "-inf", "1.#QNAN", "1.#INF"):
        found = gathered(["0.5", text, "0.4"])
        assert found.not_finite is not None
        assert found.not_finite.record == 2
        assert (found.min, found.max) == (0.4, 0.5)


def test_a_series_of_nan_only_has_no_extremes() -> None:
    found = gathered(["nan", "nan", "nan"])
    assert (found.min, found.max, found.frozen_from) == (None, None, None)
    assert math.isnan(found.first)


def test_frozen_from_is_the_record_where_at_least_three_equal_values_begin() -> None:
    assert gathered(["0.9", "0.5", "0.5", "0.5"]).frozen_from == 2
    assert gathered(["0.9", "0.5", "0.5"]).frozen_from is None
    assert gathered(["0.5", "0.5", "0.5", "0.4"]).frozen_from is None


def test_a_long_series_is_thinned_evenly_and_its_facts_stay_exact() -> None:
    found = gathered([str(100_000 - i) for i in range(100_000)] + ["7", "7", "7"], cap=1_000)
    records = [point.record for point in found.points]
    assert len(records) <= 1_001
    assert (records[0], records[-1]) == (1, 100_003)
    steps = {b - a for a, b in pairwise(records[:-1])}
    assert len(steps) == 1
    assert (found.n, found.first, found.last, found.min, found.frozen_from) == (100_003, 100_000, 7, 1, 100_001)


def test_texts_are_no_numbers() -> None:
    assert [number(text) for text in ("", "None", "null", "0.5 ± 0.1", "00:12")] == [None] * 5


def test_an_exponent_shifts_the_printed_digits() -> None:
    assert decimals("1e-" + "9" * 50) == 400
    assert [decimals(t) for t in ("9.999e-05", "1e3", "-0.50", "3")] == [8, 0, 2, 0]
