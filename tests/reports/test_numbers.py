"""Numbers as they are drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imbalance_doctor.reports._numbers import conserved, count, counted, fraction, percent, ratio, signed, significant


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.22903636, "0.2290"),
        (0.0018363636, "0.001836"),
        (-6.2981299, "-6.298"),
        (543.55446, "543.6"),
        (999.94, "999.9"),
        (999.96, "1,000"),
        (12345.6, "12,346"),
        (0.00001234, "1.234e-05"),
        (1.0, "1.000"),
        (0, "0"),
        (None, "–"),
    ],
)
def test_four_significant_digits(x: float | None, text: str) -> None:
    assert significant(x) == text


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.0, "0 %"),
        (1.0, "100 %"),
        (0.9870969697, "98.71 %"),
        (0.0018363636, "0.1836 %"),
        (0.99994, "99.99 %"),
        (0.99996, "> 99.99 %"),
        (1 - 1e-16, "> 99.99 %"),
        (5e-8, "5.000e-06 %"),
        (1e-35, "< 1e-08 %"),
        (5e-324, "< 1e-08 %"),
        (None, "–"),
    ],
)
def test_only_an_exact_zero_or_one_is_written_as_0_or_100_per_cent(x: float | None, text: str) -> None:
    assert percent(x) == text


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_a_percentage_strictly_between_never_reads_as_an_end(x: float) -> None:
    text = percent(x).removesuffix(" %")
    assert text[0] in "<>" or 0 < float(text) < 100


def test_ratios_and_counts() -> None:
    assert [ratio(x) for x in (19.0, 124.7228, 1.27, 40000.0, None)] == ["19", "124.7", "1.27", "40,000", "–"]
    assert [count(n) for n in (0, 999, 1_000_000)] == ["0", "999", "1,000,000"]
    assert [counted(n, "class") for n in (0, 1, 2)] == ["0 classes", "1 class", "2 classes"]


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (0.0, "0"),
        (1.0, "1"),
        (0.98709, "0.9871"),
        (0.00005, "0.0001"),
        (0.000049, "<0.0001"),
        (5e-324, "<0.0001"),
        (0.99994, "0.9999"),
        (1 - 1e-16, ">0.9999"),
        (None, "–"),
    ],
)
def test_four_decimals_reach_0_and_1_only_exactly(x: float | None, text: str) -> None:
    assert fraction(x) == text


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_a_fraction_strictly_between_never_reads_as_an_end(x: float) -> None:
    text = fraction(x)
    assert text[0] in "<>" or (0 < float(text) < 1 and abs(float(text) - x) <= 0.000051)


def test_differences_have_a_sign_and_sums_are_shown_as_such() -> None:
    assert [signed(x) for x in (0.25, -0.03125, 0.0)] == ["+0.2500", "-0.0312", "0"]
    assert [signed(x) for x in (1e-5, -1e-5, 0.00005)] == ["≈ 0", "≈ 0", "+0.0001"]
    assert conserved(5, [(3, "a"), (2, "b")]) == "5 = 3 a + 2 b"
    assert conserved(6, [(3, "a"), (2, "b")]) == "6 read; 3 a, 2 b"
