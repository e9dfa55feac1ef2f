"""A table that a spreadsheet can open without running anything."""

import csv
import io
import json

import pytest

from imbalance_doctor.emitters import emit
from imbalance_doctor.emitters.csv import guarded
from tests.awkward import NAMES
from tests.emitters.samples import binary, sample


def rows_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_the_columns_are_the_documented_ones():
    assert emit("csv", sample(boundary_after=(0.5, None, 0.25))) == (
        "index,class,class_json,count,value,boundary_after,scheme,kind,normalisation\n"
        '0,"cat","""cat""",90,0.3333333333333333,0.5,"balanced","class-weight","sample-mean"\n'
        '1,"dog","""dog""",45,3.0,,"balanced","class-weight","sample-mean"\n'
        '2,"bird","""bird""",30,30.0,0.25,"balanced","class-weight","sample-mean"\n'
    )


def test_a_pair_has_one_column_more():
    header, first, _ = rows_of(emit("csv", binary("pair")))
    assert header[4:7] == ["value", "value_negative", "boundary_after"]
    assert [float(cell) for cell in first[4:7]] == [0.25, 0.25 / 7, 0.5]


@pytest.mark.parametrize(
    "name", ["=1+1", "+1+1", "-cmd", "@cmd", "\tx", "\rx", "\n=x", "\uff1d1", "\uff0bx", "-", "+", "-1\n"]
)
def test_a_name_that_a_spreadsheet_would_run_is_guarded(name):
    assert guarded(name).startswith("'")


@pytest.mark.parametrize("name", ["+1", "-1", "-1.5e3", "cat", "1=1", " =1", "012", ""])
def test_numbers_and_ordinary_names_are_not_guarded(name):
    assert guarded(name) == name


def test_every_awkward_name_keeps_to_its_row_and_is_exact_in_class_json():
    text = emit("csv", sample(classes=NAMES, values=(1.0,) * len(NAMES)))
    rows = rows_of(text)
    assert len(text.splitlines()) == len(rows) == 1 + len(NAMES)
    assert {len(row) for row in rows} == {9}
    assert [json.loads(row[2]) for row in rows[1:]] == list(NAMES)
    # Nothing starts a formula in any cell, numbers apart.
    assert [c for row in rows for c in row if c[:1] in tuple("=+-@\t\r") and c[1:2] not in tuple("0123456789")] == []
