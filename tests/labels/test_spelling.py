"""Spellings counted as one class: only when asked, by the kinds asked for, with every merge said."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imbalance_doctor.labels.counting.names import Names
from imbalance_doctor.labels.spelling import KINDS, folded
from tests.label_files import counts, lines, question, read

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6)


@given(st.text(), st.sets(st.sampled_from(KINDS)))
def test_folding_what_is_folded_changes_nothing(name, kinds):
    once = folded(name, kinds)
    assert folded(once, kinds) == once


@given(st.text(), st.sets(st.sampled_from(KINDS)))
def test_names_that_fold_alike_by_some_kinds_fold_alike_by_more(name, kinds):
    assert folded(folded(name, kinds)) == folded(name)


@given(NUMBERS)
def test_a_number_keeps_its_value_and_has_one_spelling(number):
    short = folded(str(number), ("number",))
    assert Decimal(short) == number
    for other in (f"{number:+f}", f"{number:f}0" if "." in f"{number:f}" else f"{number:f}", f"{number:e}"):
        assert folded(other, ("number",)) == short


@pytest.mark.parametrize(
    ("kinds", "same", "other"),
    [
        ("case", ("Straße", "STRASSE"), "strasse "),
        ("space", ("new  york", " new york\t"), "New York"),
        ("unicode", ("caf\u00e9", "cafe\u0301", "caf\u00e9\u200b"), "cafe"),
        ("number", ("1", "1.0", "01", "1e0", "+1"), "1.5"),
    ],
)
def test_each_kind_takes_out_its_own_differences_only(kinds, same, other):
    assert len({folded(name, (kinds,)) for name in same}) == 1
    assert folded(other, (kinds,)) != folded(same[0], (kinds,))
    assert folded("O", ("number", "space", "unicode")) == "O"


@given(st.lists(st.sampled_from(["Cat", "cat", "cat ", "CAT", "dog", "Dog", "1", "1.0", "bird"]), min_size=1))
def test_merging_keeps_the_total_and_sums_the_groups_it_names(cells):
    names = Names(merge=KINDS)
    found = Counter(names.of(cell) for cell in cells)
    assert found == Counter(folded(cell) for cell in cells)
    for kept, met in names.spellings.items():
        assert found[kept] == sum(cells.count(spelling) for spelling in met)
    assert sum(found.values()) == len(cells)
    assert len(names.merged_notes()) == sum(met != {kept} for kept, met in names.spellings.items())


def test_nothing_is_merged_unasked(tmp_path: Path):
    text = lines("label", "Cat", "cat", "cat ", "1", "1.0")
    assert counts(read(tmp_path, text)) == {"1": 1, "1.0": 1, "Cat": 1, "cat": 1, "cat ": 1}


def test_what_is_merged_is_said(tmp_path: Path):
    labels = read(tmp_path, lines("label", "Cat", "cat", "cat ", "dog"), merge=("case", "space"))
    assert counts(labels) == {"cat": 3, "dog": 1}
    assert labels.layout.notes[-1] == "merged: 'Cat', 'cat', 'cat ' are counted as 'cat'"


def test_a_sample_that_carries_two_spellings_carries_one_class(tmp_path: Path):
    labels = read(tmp_path, lines("labels", "Cat|cat|dog", "CAT|bird", "Dog|cat"), separator="|", merge=("case",))
    assert counts(labels) == {"bird": 1, "cat": 3, "dog": 2}


def test_declared_names_keep_their_own_spelling(tmp_path: Path):
    labels = read(tmp_path, lines("label", "DOG", "cat", "Cat"), classes=("Dog", "Cat"), merge=("case",))
    assert counts(labels) == {"Dog": 1, "Cat": 2}


def test_two_declared_names_that_would_be_one_are_asked_about(tmp_path: Path):
    asked = question(tmp_path, lines("label", "cat"), classes=("Cat", "cat"), merge=("case",))
    assert "leave --merge-spellings out" in asked
