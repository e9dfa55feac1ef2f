import pytest

from imbalance_doctor.rules.labels.id_gaps import check
from tests.build import profile_of


def ids(*values: object, **options):
    return profile_of({str(value): 25 for value in values}, **options)


def test_a_hole_is_named():
    (finding,) = check(ids(0, 1, 3))
    assert finding.grade == "warning"
    assert finding.message == (
        "the ids run from 0 to 3 but only 3 of the 4 places from 0 up are used: id 2 has no sample, so position in a "
        "vector of 3 weights is not the id"
    )
    assert finding.evidence == {"lowest": 0, "highest": 3, "ids": 3, "holes": 1, "first_holes": [2]}


@pytest.mark.parametrize(("values", "holes"), [((0, 2), 1), ((2, 3), 2), ((1, 2, 4), 2), ((0, 1, 2, 5), 2)])
def test_up_to_half_of_holes_is_a_warning(values, holes):
    (finding,) = check(ids(*values))
    assert (finding.grade, finding.evidence["holes"]) == ("warning", holes)


@pytest.mark.parametrize("values", [(0, 255), (1001, 2044), (10**30, 5)])
def test_mostly_holes_are_codes_and_worth_knowing(values):
    (finding,) = check(ids(*values))
    assert finding.grade == "info"
    assert len(finding.evidence["first_holes"]) == 20
    assert "more have no sample" in finding.message


@pytest.mark.parametrize(
    "values",
    [range(10), range(1, 11), (-1, 1), ("a", "b"), ("01", "03"), (*range(21), 255), (-1, 0, 1, 2)],
    ids=["0 to 9", "1 to 10", "signs", "words", "codes with zeros", "ignore id 255", "ignore id -1"],
)
def test_these_have_no_gap(values):
    assert not list(check(ids(*values)))


def test_declared_classes_fix_the_order():
    assert not list(check(ids(0, 1, 3, classes=("0", "1", "3"))))


def test_an_id_column_is_another_rules_business():
    assert not list(check(profile_of({str(i * 7): 1 for i in range(50)})))
