from dataclasses import replace

import pytest

from imbalance_doctor.model import Layout
from imbalance_doctor.rules.labels.untidy_names import check
from tests.build import profile_of, profile_of_sets


@pytest.mark.parametrize("name", [" cat", "cat ", 'cat"', "'cat'", '"cat"', "c\nat", "c\rat", "c\tat", "cat\\"])
def test_a_name_with_remains_of_the_file_is_told(name: str):
    (finding,) = check(replace(profile_of({"dog": 50, name: 1}), layout=Layout("column", "label")))
    assert finding.classes == (name,)


@pytest.mark.parametrize("name", ["it's", 'say "hi" twice', "a b", "'", "rock 'n' roll"])
def test_quotes_and_spaces_inside_a_name_belong_to_it(name: str):
    assert not list(check(replace(profile_of({"dog": 50, name: 1}), layout=Layout("column", "label"))))


@pytest.mark.parametrize("name", ["`cat`", "“cat”", "|cat|", "$cat$", "'cat", "\ufeffcat", "#cat", 'c""at'])
def test_other_quotes_about_a_name_are_told_where_it_has_a_twin_without_them(name: str):
    in_column = Layout("column", "label")
    (finding,) = check(replace(profile_of({"cat": 50, name: 1}), layout=in_column))
    assert finding.classes == (name,)
    assert not list(check(replace(profile_of({"dog": 50, name: 1}), layout=in_column)))


@pytest.mark.parametrize("name", ["C", "C++", "C#", "US$", "*", "--"])
def test_other_signs_make_another_name(name: str):
    assert not list(check(replace(profile_of({"C": 50, "US": 1, name: 2}), layout=Layout("column", "label"))))


def test_a_single_cell_of_two_labels_is_told_where_one_stands_nowhere_else():
    single = [(["cat"], 30), (["dog"], 9)]
    (finding,) = check(profile_of_sets([*single, (["cat", "ox"], 1)]))
    assert finding.classes == ("ox",)
    assert not list(check(profile_of_sets([*single, (["cat", "dog"], 1)])))
    assert not list(check(profile_of_sets([*single, (["cat", "ox"], 1), (["cat", "dog"], 1)])))


def test_names_that_were_declared_or_are_columns_are_as_meant():
    padded = profile_of({"dog": 50, " cat": 1})
    assert not list(check(replace(padded, layout=Layout("column", "label"), declared=True)))
    assert not list(check(replace(padded, layout=Layout("indicator"))))


@pytest.mark.parametrize(
    ("counts", "odd"),
    [
        ({"1": 40, "2": 20, "3": 9, "Total": 1}, "Total"),
        ({"ant": 40, "bee": 20, "cat": 9, "84": 1}, "84"),
        ({"1": 40, "2": 20, "3": 9, "unknown": 1}, None),
        ({"1": 40, "2": 20, "3": 9, "ant": 2}, None),
        ({"1": 40, "2": 20, "ant": 1, "bee": 1}, None),
        ({"1": 40, "ant": 1}, None),
    ],
)
def test_a_single_sample_that_is_a_word_among_numbers_or_a_number_among_words_is_told(counts, odd: str | None):
    found = list(check(replace(profile_of(counts), layout=Layout("column", "label"))))
    assert [finding.classes for finding in found] == ([(odd,)] if odd else [])
