from dataclasses import replace

import pytest

from imbalance_doctor.model import Layout
from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.missing_lookalikes import check
from tests.build import profile_of


@pytest.mark.parametrize("name", ["NA", "None", "null", "nan", "NaN", "N/A", "n/a", "<NA>", "", " ", "?", " null "])
def test_each_spelling_is_worth_knowing(name):
    (finding,) = check(profile_of({"cat": 50, name: 12}))
    assert finding.grade is Severity.INFO
    assert finding.classes == (name,)
    assert finding.message == f'counted as a class that may mean a missing label: "{name}" (12 samples)'
    assert f'--missing "{name}"' in finding.remedy


def test_all_of_them_share_one_finding():
    (finding,) = check(profile_of({"NA": 2, "cat": 50, "null": 1}))
    assert finding.message.endswith('"NA" (2 samples), "null" (1 sample)')
    assert finding.evidence == {"classes": 2, "samples": 3}
    assert '--missing "NA" --missing "null"' in finding.remedy


def test_ordinary_names_are_silent():
    assert not list(check(profile_of({"Nancy": 5, "nullable": 5, "-": 5, "+": 5, "no": 5, "unknown": 5})))


def test_a_declared_class_without_samples_is_silent():
    assert not list(check(profile_of({"cat": 50, "NA": 0})))


def test_the_name_of_an_indicator_column_is_a_name():
    assert not list(check(replace(profile_of({"cat": 50, "none": 12}), layout=Layout("indicator"))))
