from dataclasses import replace

import pytest

from imbalance_doctor.model import Damage, Layout
from imbalance_doctor.rules.labels.repeated_header import check
from tests.build import profile_of

SOUND = profile_of({"a": 50, "b": 50})


def test_a_header_between_the_rows_is_told_with_its_lines():
    (finding,) = check(replace(SOUND, damage=(Damage("header", "x.csv", 2, (31, 61), 0, 2),)))
    assert finding.message == "the header stands in the text 2 more times, and is rejected there: lines 31, 61"


@pytest.mark.parametrize(("kind", "what"), [("header-row", "is left out"), ("header-like-row", "is counted as a row")])
def test_a_second_row_of_the_header_is_told(kind: str, what: str):
    (finding,) = check(replace(SOUND, damage=(Damage(kind, "x.csv", 1, (2,)),)))
    assert what in finding.message
    assert finding.message.endswith(": line 2")


def test_a_class_that_is_named_as_its_column_is_a_header_read_as_a_sample():
    profile = replace(profile_of({"cat": 50, "kind": 1}), layout=Layout("column", "kind"))
    (finding,) = check(profile)
    assert finding.classes == ("kind",)
    assert not list(check(replace(profile, layout=Layout("column", "class"))))
