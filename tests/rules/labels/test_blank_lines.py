from dataclasses import replace

from imbalance_doctor.model import Damage
from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.blank_lines import check
from tests.build import profile_of

SOUND = profile_of({"a": 50, "b": 50})


def test_it_is_worth_knowing_where():
    (finding,) = check(replace(SOUND, damage=(Damage("blank", "x.csv", 2, (3, 9)),)))
    assert finding.grade is Severity.INFO
    assert finding.evidence == {"rows": 2, "counted": 0, "rejected": 0, "lines": [3, 9]}
    assert finding.remedy


def test_other_damage_and_none_are_silent():
    assert not list(check(SOUND))
    assert not list(check(replace(SOUND, damage=(Damage("ragged", "x.csv", 1, (3,), 1, 0),))))
