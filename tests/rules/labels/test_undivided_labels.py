from dataclasses import replace

import pytest

from imbalance_doctor.model import Layout
from imbalance_doctor.rules.labels.undivided_labels import check
from tests.build import profile_of


def column(*names: str):
    return profile_of(dict.fromkeys(names, 30))


def test_joined_labels_are_said_with_the_separator_to_use():
    (finding,) = check(column("Action", "Action|Comedy", "Comedy|Drama"))
    assert finding.message == (
        '2 class names of 3 look like several labels joined by "|": "Action|Comedy", "Comedy|Drama"'
    )
    assert finding.remedy == 'divide the cells with --separator "|"'
    assert finding.classes == ("Action|Comedy", "Comedy|Drama")
    assert finding.evidence == {"separator": "|", "joined": 2, "classes": 3, "labels": 3}


@pytest.mark.parametrize("separator", ["|", ";", ",", "; ", ", "])
def test_each_separator_is_looked_for(separator):
    (finding,) = check(column("a", f"a{separator}b", f"b{separator}c"))
    assert finding.evidence["separator"] == separator.strip()


def test_a_label_that_changes_its_place_is_enough():
    assert list(check(column("a;b", "b;c", "c;a")))


@pytest.mark.parametrize(
    "names",
    [
        ("Korea, Republic of", "Korea, Democratic People's Republic of", "Norway"),
        ("animal, cat", "animal, dog", "plant, oak"),
        ("a|b", "a"),
        ("a||b", "b||c", "a"),
        ("|", "a|", "|a", "a"),
        ("one", "two"),
    ],
    ids=["inverted names", "hierarchy", "one joined name", "empty parts", "separators only", "none"],
)
def test_these_do_not_divide(names):
    assert not list(check(column(*names)))


def test_a_separator_that_was_divided_at_is_not_looked_for_but_others_are():
    divided = replace(column("a", "a|b", "b|c"), layout=Layout("delimited", "labels", separator="|"))
    assert not list(check(divided))
    assert list(check(replace(divided, layout=Layout("delimited", "labels", separator=";"))))


@pytest.mark.parametrize("kind", ["indicator", "counts"])
def test_columns_and_counts_have_no_cells_to_divide(kind):
    assert not list(check(replace(column("a", "a|b", "b|c"), layout=Layout(kind))))
