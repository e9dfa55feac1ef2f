from dataclasses import replace

import pytest

from imbalance_doctor.model import Layout
from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.looks_like_ids import check
from tests.build import profile_of


def column(distinct: int, n: int, name="img_{:05}.png"):
    """`n` labels, `distinct` of them different."""
    return profile_of({name.format(i): 1 + (i == 0) * (n - distinct) for i in range(distinct)})


def test_a_column_of_file_names_is_said():
    (finding,) = check(column(418, 420))
    assert finding.grade is Severity.WARNING
    assert finding.message == "418 different values among 420 labels: this looks like ids or names, not classes"
    assert finding.evidence == {"distinct": 418, "labels": 420, "share": 418 / 420}


@pytest.mark.parametrize(
    ("distinct", "n", "fires"),
    [(3, 3, True), (2, 2, False), (10, 19, False), (11, 20, True), (10, 20, False), (18, 19, False), (19, 19, True)],
)
def test_over_half_of_twenty_or_every_single_one(distinct, n, fires):
    assert bool(list(check(column(distinct, n)))) is fires


def test_whole_numbers_can_be_ids():
    assert list(check(column(40, 40, "{}")))


def test_text_and_quantities_have_their_own_rules():
    assert not list(check(column(40, 40, "the screen went black on day {}")))
    assert not list(check(column(40, 40, "{}.25")))


def test_a_table_of_counts_names_its_classes():
    assert list(check(column(40, 40)))
    assert not list(check(replace(column(40, 40), layout=Layout("counts"))))
