from math import isclose

import pytest

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.imbalanced_shape import check
from tests.build import profile_of, profile_of_sets


def bands(counts, **limits):
    found = check(profile_of({f"c{i:04}": n for i, n in enumerate(counts)}), **limits)
    return [(f.evidence["band"], f.grade.value) for f in found]


@pytest.mark.parametrize("k", [2, 3, 10, 100, 1000])
def test_an_even_split_is_silent_whatever_the_number_of_classes(k):
    assert bands([50] * k) == []


@pytest.mark.parametrize(
    ("minority", "band"),
    [
        (4001, []),
        (4000, [("mild", "info")]),
        (2001, [("mild", "info")]),
        (2000, [("moderate", "warning")]),
        (100, [("moderate", "warning")]),
        (99, [("extreme", "warning")]),
    ],
)
def test_two_classes_are_judged_by_googles_bands_of_the_minority_share(minority, band):
    assert bands([10_000 - minority, minority]) == band


def test_mnist_is_not_imbalanced():
    assert bands([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]) == []


def test_a_long_tail_is_found_that_entropy_misses():
    assert bands([round(1000 / k) for k in range(1, 21)]) == [("moderate", "warning")]


def test_one_dominant_class_is_found_although_the_others_are_at_half_their_even_share():
    assert bands([999_000] + [1000] * 999) == [("extreme", "warning")]


def test_one_vanishing_class_is_found_although_the_largest_is_at_its_even_share():
    # 51 : 1 alone would be moderate; against the even share of 1 in 10 it is as 1 in 100 of two classes
    assert bands([510] * 99 + [10]) == [("extreme", "warning")]
    assert bands([510, 10]) == [("moderate", "warning")]


def test_the_numbers_are_in_the_evidence():
    (finding,) = check(profile_of({"a": 90, "b": 9, "c": 1}))
    assert finding.message == (
        'moderate imbalance: the rarest of 3 classes, "c" with 1 sample, holds 1 % where an even split gives 33.33 %, '
        'and the largest, "a", has 90 times as many'
    )
    evidence = dict(finding.evidence)
    assert isclose(evidence.pop("rarest_to_even"), 0.03, rel_tol=1e-15)
    assert evidence == {
        "band": "moderate",
        "classes_in_band": 2,
        "rarest": "c",
        "rarest_share": 0.01,
        "even_share": 1 / 3,
        "largest": "a",
        "largest_share": 0.9,
        "imbalance_ratio": 90.0,
    }


def test_all_classes_of_the_band_are_listed_in_class_order():
    (finding,) = check(profile_of({"a": 5, "b": 1000, "c": 4, "d": 900}))
    assert finding.classes == ("a", "c")


def test_empty_classes_are_another_rules_business():
    assert not list(check(profile_of({"a": 500, "b": 500, "c": 0})))
    assert not list(check(profile_of({"a": 500, "b": 0})))


def test_multi_label_data_are_another_rules_business():
    assert not list(check(profile_of_sets([(("a",), 990), (("a", "b"), 10)])))


def test_a_mild_imbalance_can_be_made_silent():
    assert bands([700, 300]) == [("mild", Severity.INFO.value)]
    assert bands([700, 300], mild=0.29) == []
