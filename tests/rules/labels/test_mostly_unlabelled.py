import pytest

from imbalance_doctor.rules.labels.mostly_unlabelled import check
from tests.build import profile_of, profile_of_sets


def with_empty(empty: int):
    return profile_of_sets([((), empty), (("a",), 50), (("a", "b"), 50)])


def test_half_of_the_samples_without_a_label_is_said():
    (finding,) = check(with_empty(100))
    assert finding.message == ("100 of 200 samples (50 %) carry no label: on these, answering nothing is exactly right")
    assert finding.evidence == {"unlabelled": 100, "samples": 200, "share": 0.5}


@pytest.mark.parametrize("empty", [0, 99])
def test_less_than_half_is_silent(empty):
    assert not list(check(with_empty(empty)))


def test_one_label_per_sample_is_silent():
    assert not list(check(profile_of({"a": 5, "b": 5})))
