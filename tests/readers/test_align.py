import pytest

from imbalance_doctor.readers._align import VARIED, Shapes, best, place, shape

DATED = Shapes([["01/02/17", "11/12/17"], ["1:48 AM", "12:03 PM"], ["0.0", "12.0"], ["100-800", "200-700"]])
ROW = ["01/27/17", "1:48 AM", "3.0", "100-801"]


@pytest.mark.parametrize(
    ("cell", "looks"), [("12/07/99 a.m.", "0/0/0 a.a."), ("Größe", "a"), ("", ""), (None, ""), (" -1 ", "-0")]
)
def test_runs_of_digits_and_letters_look_alike(cell: str | None, looks: str):
    assert shape(cell) == looks


def test_anything_fits_a_column_of_free_text():
    texts = ["," * i + "a" for i in range(VARIED + 1)]
    assert Shapes([texts]).misfits(["(?)"], 0) == [0, 0]
    assert Shapes([texts[:-1]]).misfits(["(?)"], 0) == [0, 1]


@pytest.mark.parametrize("at", range(5))
def test_an_empty_cell_too_many_is_found_wherever_it_is(at: int):
    assert place([*ROW[:at], "", *ROW[at:]], DATED) == [(cell,) for cell in ROW]


@pytest.mark.parametrize("at", range(3))
def test_two_cells_run_together_leave_the_others_certain(at: int):
    placed = place([*ROW[:at], ROW[at] + ROW[at + 1], *ROW[at + 2 :]], DATED)
    assert [placed[i] for i in range(4) if i not in (at, at + 1)] == [
        (ROW[i],) for i in range(4) if i not in (at, at + 1)
    ]


def test_of_numbers_that_fit_everywhere_all_are_possible():
    numbers = Shapes([["0", "1"]] * 3)
    assert place(["1", "0", "1", "1"], numbers)[1] == ("1", "0") or place(["1", "0", "1", "1"], numbers)[1] == (
        "0",
        "1",
    )


def test_the_reading_that_fits_best_is_believed():
    assert best([ROW, [ROW[1], ROW[0], *ROW[2:]]], DATED) == [(cell,) for cell in ROW]
    assert best([], DATED) == [(None,)] * 4
