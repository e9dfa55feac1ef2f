from dataclasses import replace

from imbalance_doctor.model import Damage
from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.changed_while_read import check
from tests.build import profile_of

SOUND = profile_of({"a": 50, "b": 50})


def test_the_file_is_named():
    (finding,) = check(replace(SOUND, damage=(Damage("changed", "x.csv", 1, ()),)))
    assert finding.grade is Severity.WARNING
    assert "x.csv changed while it was read" in finding.message
    assert finding.remedy


def test_other_damage_and_none_are_silent():
    assert not list(check(SOUND))
    assert not list(check(replace(SOUND, damage=(Damage("ragged", "x.csv", 1, (3,), 1, 0),))))
