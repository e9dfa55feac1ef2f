import pytest

from imbalance_doctor.rules.labels.one_based_ids import check
from tests.build import profile_of


def ids(*values: object, **options):
    return profile_of({str(value): 25 for value in values}, **options)


def test_one_to_k_is_worth_knowing():
    (finding,) = check(ids(*range(1, 6)))
    assert finding.grade == "info"
    assert finding.message == "the ids run from 1 to 5: position 0 of a weight vector belongs to label 1"
    assert finding.evidence == {"lowest": 1, "highest": 5}


def test_an_ignore_id_beside_them_does_not_hide_it():
    assert list(check(ids(1, 2, 3, -1)))


@pytest.mark.parametrize("values", [(0, 1, 2), (1, 3), (2, 3), ("1", "2", "x"), (-1, 1)], ids=str)
def test_these_are_not(values):
    assert not list(check(ids(*values)))


def test_declared_classes_fix_the_order():
    assert not list(check(ids(1, 2, classes=("1", "2"))))


def test_a_row_number_is_another_rules_business():
    assert not list(check(profile_of({str(i): 1 for i in range(1, 50)})))
