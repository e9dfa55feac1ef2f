import pytest

from imbalance_doctor.rules.labels.looks_like_regression_target import check
from tests.build import profile_of


def test_many_numbers_with_fractions_are_a_quantity():
    (finding,) = check(profile_of({f"{i / 4}": 3 for i in range(-10, 40)}))
    assert finding.message == (
        '50 different numbers between "-2.5" and "9.75", most of them with a fraction: this looks like a quantity, '
        "not classes"
    )
    assert finding.evidence == {"distinct": 50, "labels": 150, "lowest": "-2.5", "highest": "9.75"}


def test_scientific_notation_is_a_number_too():
    assert list(check(profile_of({f"{i}.5e-3": 3 for i in range(20)})))


@pytest.mark.parametrize(
    "names",
    [
        [f"{i / 2}" for i in range(19)],
        [str(i) for i in range(100)],
        [f"{i}.0" for i in range(100)],
        [f"{i}.5" for i in range(40)] + ["unknown"],
        [f"v{i}.5" for i in range(40)],
        [f"1.{i}.2" for i in range(40)],
    ],
    ids=["few ratings", "whole numbers", "whole numbers as floats", "a word among them", "names", "versions"],
)
def test_these_can_be_classes(names):
    assert not list(check(profile_of(dict.fromkeys(names, 30))))


def test_numbers_that_overflow_are_left_alone():
    assert not list(check(profile_of({f"{i}.5e999": 3 for i in range(1, 40)})))
