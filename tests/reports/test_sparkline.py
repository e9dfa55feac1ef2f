"""The course of a metric in one line."""

import math

import pytest

from imbalance_doctor.reports._sparkline import ASCII_BLOCKS, BLOCKS, sparkline


def test_a_line_that_rises_evenly_has_every_block_once() -> None:
    assert sparkline(range(1, 9), 8) == BLOCKS
    assert sparkline(range(8, 0, -1), 8) == BLOCKS[::-1]


def test_a_value_has_one_character_and_many_values_are_averaged() -> None:
    assert sparkline([0.0, 1.0], 8) == "▁█"
    assert sparkline([0.0] * 50 + [1.0] * 50, 10) == "▁▁▁▁▁█████"
    assert len(sparkline(range(20_000), 12)) == 12


@pytest.mark.parametrize("level", [7.7364, 0.5, -0.4985, 1e-7, 0.0, 1e308])
def test_a_constant_is_a_flat_line_in_the_middle(level: float) -> None:
    assert sparkline([level] * 5, 8) == "▄▄▄▄▄"


def test_noise_around_a_constant_looks_flat() -> None:
    # 62 evaluations around ln 4, between 1.380 and 1.393: 1 % of the level, a quarter of the height
    noise = [math.log(4) + 0.0065 * math.sin(7.3 * i) for i in range(62)]
    assert set(sparkline(noise, 62)) <= set("▃▄▅▆")


def test_a_loss_that_falls_by_a_factor_of_a_hundred_is_drawn_on_a_logarithmic_scale() -> None:
    assert sparkline([10.0**-i for i in range(8)], 8) == BLOCKS[::-1]
    assert sparkline([1.0, 0.5, 0.02], 8) == "█▄▁"  # a factor of 50: linear


def test_what_is_not_finite_is_marked_where_it_stands() -> None:
    nan, inf = math.nan, math.inf
    assert sparkline([0.0, 1.0, nan, inf, -inf], 8) == "▁█×××"
    assert sparkline([nan] * 3, 8) == "×××"
    assert sparkline([nan] * 30, 8) == "×" * 8
    assert sparkline([0.0, nan, 1.0, 1.0, nan, nan], 3) == "▁█×"


def test_values_near_the_largest_float_do_not_overflow() -> None:
    assert sparkline([-1.7e308, 1.7e308], 8) == "▁█"
    assert sparkline([1e308, 1.7e308], 8) == "▁█"


def test_no_values_are_no_line() -> None:
    assert sparkline([], 8) == ""


def test_without_unicode_the_blocks_are_signs() -> None:
    assert sparkline(range(1, 9), 8, ascii_only=True) == ASCII_BLOCKS
    assert sparkline([5.0] * 3, 8, ascii_only=True) == ":::"
