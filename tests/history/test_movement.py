"""Noise, trend, and what counts as standing still."""

from random import Random

import pytest

from imbalance_doctor.history.movement import is_flat, noise, rest, trend
from tests.history.curves import series


def noisy(level: float, n: int, size: float, seed: int = 0) -> list[float]:
    random = Random(seed)
    return [level + random.gauss(0, size) for _ in range(n)]


def falling(start: float, end: float, n: int) -> list[float]:
    return [start + (end - start) * i / (n - 1) for i in range(n)]


def test_the_noise_is_taken_from_differences_so_that_a_trend_does_not_count_as_noise():
    line = falling(0.0, 10.0, 101)
    assert noise(line) == pytest.approx(0.1 / 2**0.5)
    assert noise(noisy(5.0, 4000, 0.2)) == pytest.approx(0.2, rel=0.05)
    assert trend(line) > 100
    assert abs(trend(noisy(5.0, 60, 0.2))) < 3
    assert trend([1.0] * 9) == 0.0


@pytest.mark.parametrize(
    ("values", "flat"),
    [
        ([1.0] * 8, True),
        ([1.0] * 7, False),
        (noisy(1.0, 50, 0.01), True),
        (noisy(1.0, 50, 0.05), False),
        ([1 - 0.0005 * i for i in range(50)], False),
        ([v - 0.0005 * i for i, v in enumerate(noisy(1.0, 50, 0.001))], False),
        ([1 - 0.00002 * i for i in range(50)], True),
    ],
)
def test_flat_is_noise_without_a_trend_that_matters(values, flat):
    assert is_flat(values) is flat


def test_a_series_rests_on_its_last_half():
    values = [*falling(2.0, 0.5, 20), *noisy(0.5, 40, 0.002)]
    still = rest(series("loss", values))
    assert still is not None
    assert (still.identical, still.whole) == (False, False)
    assert still.level == pytest.approx(0.5, abs=0.01)
    assert rest(series("loss", falling(2.0, 0.5, 60))) is None


def test_a_short_series_rests_on_its_last_three_values():
    still = rest(series("loss", ["0.6931", "0.2000", "0.0581", "0.0580", "0.0579"]))
    assert still is not None
    assert still.since.record == 3
    assert rest(series("loss", ["0.6931", "0.2000", "0.0600", "0.0580", "0.0570"])) is None
