from dataclasses import replace

import pytest

from imbalance_doctor.model import Layout
from imbalance_doctor.rules.labels.untidy_names import check
from tests.build import profile_of


@pytest.mark.parametrize("name", [" cat", "cat ", 'cat"', "'cat'", '"cat"', "c\nat", "c\rat"])
def test_a_name_with_remains_of_the_file_is_told(name: str):
    (finding,) = check(replace(profile_of({"dog": 50, name: 1}), layout=Layout("column", "label")))
    assert finding.classes == (name,)


@pytest.mark.parametrize("name", ["it's", 'say "hi" twice', "a b", "'", "rock 'n' roll"])
def test_quotes_and_spaces_inside_a_name_belong_to_it(name: str):
    assert not list(check(replace(profile_of({"dog": 50, name: 1}), layout=Layout("column", "label"))))


def test_names_that_were_declared_or_are_columns_are_as_meant():
    padded = profile_of({"dog": 50, " cat": 1})
    assert not list(check(replace(padded, layout=Layout("column", "label"), declared=True)))
    assert not list(check(replace(padded, layout=Layout("indicator"))))
