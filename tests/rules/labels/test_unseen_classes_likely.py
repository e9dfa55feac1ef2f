from dataclasses import replace

import pytest

from imbalance_doctor.model import Layout
from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.unseen_classes_likely import check
from tests.build import profile_of

SEEN_ONCE = {"x": 1, "y": 1, "z": 1}


def test_good_and_turings_estimate_is_said():
    (finding,) = check(profile_of({**SEEN_ONCE, "d": 2, "e": 2, "f": 5, "g": 10, "h": 100}))
    assert finding.evidence["unseen_mass"] == pytest.approx(0.0245902, abs=1e-7)
    assert finding.message == (
        "3 classes of 8 were seen once: about 2.459 % of new samples will belong to a class that is not in the file"
    )
    assert finding.classes == ("x", "y", "z")
    assert finding.grade is Severity.INFO


@pytest.mark.parametrize(("others", "grades"), [(297, []), (296, ["info"]), (57, ["info"]), (56, ["warning"])])
def test_one_per_cent_is_said_and_five_per_cent_is_a_warning(others, grades):
    assert [f.grade for f in check(profile_of({**SEEN_ONCE, "a": others}))] == grades


def test_two_classes_seen_once_are_no_estimate():
    assert not list(check(profile_of({"x": 1, "y": 1, "a": 50})))


def test_a_closed_list_of_classes_is_silent():
    assert not list(check(profile_of({**SEEN_ONCE, "a": 50}, classes=("a", "x", "y", "z"))))
    columns = replace(profile_of({**SEEN_ONCE, "a": 50}), layout=Layout("indicator"))
    assert not list(check(columns))


def test_an_id_column_is_another_rules_business():
    assert not list(check(profile_of({f"id{i}": 1 for i in range(50)})))
