"""Tables, excerpts and the picture of the long tail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imbalance_doctor.reports._classes import excerpt
from imbalance_doctor.reports._grid import Column, Grid, draw, fitted
from imbalance_doctor.reports._page import Page
from imbalance_doctor.reports._picture import HEIGHT, picture


def text(lines: list[list[tuple[str, str]]]) -> list[str]:
    return ["".join(part for part, _ in line) for line in lines]


def test_decimal_points_line_up_and_whole_numbers_stand_left_of_them() -> None:
    grid = Grid((Column("n"), Column("x", "decimal")), (("1", "543.6"), ("2", "0.05"), ("3", "12,345"), ("4", "–")))
    assert text(draw(grid, Page(80))[0]) == [
        "  n          x",
        "  1     543.6 ",
        "  2       0.05",
        "  3  12,345   ",
        "  4       –   ",
    ]


def test_columns_give_way_in_their_order_before_a_name_does() -> None:
    columns = (Column("name", "name"), Column("first", drop=2), Column("second", drop=1), Column("kept"))
    grid = Grid(columns, (("a" * 30, "1" * 12, "2" * 12, "3" * 12),))
    assert draw(grid, Page(90))[1] == ()
    assert draw(grid, Page(60))[1] == ("second",)
    lines, hidden = draw(grid, Page(40))
    assert hidden == ("first", "second")
    assert text(lines)[1].startswith("  aaaa")
    assert "…#" in text(lines)[1]


def test_a_remark_stands_across_the_columns() -> None:
    grid = Grid((Column("a"), Column("b")), (("1", "2"), "… 7 more", ("8", "9")))
    assert text(draw(grid, Page(80))[0]) == ["  a  b", "  1  2", "  … 7 more", "  8  9"]


def test_a_table_too_wide_is_turned_on_its_side() -> None:
    grid = Grid((Column("", "left"), *(Column(f"{i} %") for i in range(20))), (("p", *(f"0.{i}" for i in range(20))),))
    turned = fitted(grid, Page(60))
    assert [column.header for column in turned.columns] == ["", "p"]
    assert turned.rows[19] == ("19 %", "0.19")
    assert fitted(grid, Page(200)) is grid


@given(st.integers(0, 200), st.integers(0, 60))
def test_an_excerpt_shows_the_ends_and_accounts_for_every_item(n: int, top: int) -> None:
    drawn = excerpt(range(n), top, False)
    shown = [item for item in drawn if not isinstance(item, str)]
    left_out = sum(int(item.split()[1]) for item in drawn if isinstance(item, str))
    assert len(shown) == min(n, top)
    assert shown == sorted(set(shown))
    assert len(shown) + left_out == n
    if 2 <= top < n:
        assert (shown[0], shown[-1]) == (0, n - 1)


def test_the_middle_of_an_excerpt_is_the_median() -> None:
    shown = [item for item in excerpt(range(10_001), 20, False) if not isinstance(item, str)]
    assert shown[8:12] == [4998, 4999, 5000, 5001]
    assert excerpt(range(100), None, False) == excerpt(range(100), 3, True) == list(range(100))


def test_the_first_bar_is_full_and_a_class_without_samples_has_none() -> None:
    lines = text(picture([1000, 100, 100, 10, 10, 1, 1, 0], Page(80)))
    bars = [line.split("┤")[1].ljust(32) for line in lines[:HEIGHT]]
    assert [row[0] for row in bars] == ["█"] * HEIGHT
    assert [row[31] for row in bars] == [" "] * HEIGHT
    # ln(1 + 1) / ln(1 + 1000) of 4 rows is 0.40: a bottom block of 4 eighths at least
    assert bars[-1][24] == "▄"
    assert lines[-1].split() == ["rank", "1", "8"]


def test_equal_counts_are_a_flat_block_and_the_scale_names_the_count() -> None:
    lines = text(picture([50] * 10, Page(80, ascii_only=True)))
    assert {line.split("|")[1] for line in lines[:HEIGHT]} == {"#" * 40}
    assert lines[0].startswith("  50 |")


@pytest.mark.parametrize("counts", [[5] * 7, [0] * 20, []], ids=["few classes", "no samples", "no classes"])
def test_no_picture_where_it_says_nothing(counts: list[int]) -> None:
    assert picture(counts, Page(80)) == []


@given(st.lists(st.integers(0, 10**9), min_size=8, max_size=300), st.integers(60, 200))
def test_a_picture_falls_from_left_to_right_and_fits(counts: list[int], width: int) -> None:
    if not any(counts):
        return
    lines = text(picture(counts, Page(width)))
    assert max(map(len, lines)) <= width
    for row in lines[:HEIGHT]:
        levels = [" ▁▂▃▄▅▆▇█".index(c) for c in row.split("┤")[1]]
        assert levels == sorted(levels, reverse=True)
