"""The numbers the tree asks for, and how they are written."""

import math
import time
from dataclasses import replace

import pytest

from imbalance_doctor.model import ClassCounts
from imbalance_doctor.remedies.case import Case, number, quoted
from tests.build import profile_of, profile_of_sets


def case_of(counts, **options):
    return Case(profile_of(counts, **options), "macro-f1", "network")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        pytest.param(0.0018363636363636364, "0.001836", id="four significant digits"),
        pytest.param(543.5544554455446, "543.6", id="above one too"),
        pytest.param(999990.0, "999,990", id="thousands are separated"),
        pytest.param(0.99999, "0.99999", id="nearly one is not written as one"),
        pytest.param(1.0, "1", id="one is one"),
        pytest.param(1.0000049, "1.000005", id="slightly above one neither"),
        pytest.param(0.0, "0", id="nothing is nothing"),
        pytest.param(5e-7, "5e-07", id="nearly nothing is not written as nothing"),
        pytest.param(-6.298129900, "-6.298", id="negative"),
    ],
)
def test_a_number_is_short_and_never_rounded_to_certainty(value, text):
    assert number(value) == text


def test_names_are_quoted_cut_and_counted():
    rows = profile_of({f"class {i}": 5 for i in range(8)}).classes
    assert quoted(rows[0]) == "'class 0'"
    assert quoted(rows) == "'class 0', 'class 1', 'class 2', 'class 3', 'class 4' and 3 more"
    long_name = profile_of({"a" * 300: 5, "b": 5}).classes[0]
    assert quoted(long_name) == f"'{'a' * 39}…'"


def test_one_class_a_sample_is_graded_by_largest_against_smallest_class_with_samples():
    case = case_of({"a": 90, "b": 9, "c": 1, "d": 0})
    assert case.extremes == (90, 1)
    assert (case.commonest.name, case.rarest.name) == ("a", "c")
    assert [row.name for row in case.empty] == ["d"]


def test_several_labels_a_sample_are_graded_by_the_most_one_sided_label():
    rows = [(("common",), 90), (("rare", "common"), 4), ((), 6)]
    case = Case(profile_of_sets(rows), "macro-f1", "network")
    assert case.extremes == (96, 4)
    nearly_constant = Case(profile_of_sets([(("a", "b"), 50), (("a",), 49), (("b",), 1)]), "macro-f1", "network")
    assert nearly_constant.extremes == (99, 1)


@pytest.mark.parametrize(
    ("counts", "imbalanced"),
    [({"a": 80, "b": 20}, False), ({"a": 81, "b": 20}, True), ({"a": 5, "b": 5}, False), ({"a": 9, "b": 0}, False)],
    ids=[
        "a minority of exactly 20 % is mild",
        "below 20 % is not",
        "equal classes are not",
        "one class is another fault",
    ],
)
def test_imbalance_begins_where_a_class_holds_less_than_a_fifth_against_the_largest(counts, imbalanced):
    assert case_of(counts).imbalanced is imbalanced


def test_micro_f1_is_accuracy_only_where_a_sample_has_one_class():
    single = Case(profile_of({"a": 90, "b": 10}), "micro-f1", "network")
    several = Case(profile_of_sets([(("a", "b"), 90), ((), 10)]), "micro-f1", "network")
    assert (single.goal, several.goal) == ("accuracy", "micro-f1")


def test_one_column_of_zeros_and_ones_is_decided_like_a_label():
    case = Case(profile_of_sets([(("spam",), 10), ((), 90)]), "macro-f1", "network")
    assert case.kind == "multilabel"
    assert case.bias_init == (pytest.approx(math.log(10 / 90), rel=1e-15),)


def test_the_bias_of_a_softmax_is_the_log_of_the_share():
    # methods table "[90, 9, 1]", row ln pi: -0.105361 -2.40795 -4.60517
    assert case_of({"a": 90, "b": 9, "c": 1}).bias_init == pytest.approx((-0.105361, -2.40795, -4.60517), rel=1e-5)


def test_the_bias_is_none_where_it_has_no_finite_value():
    assert case_of({"a": 90, "b": 0, "c": 10}).bias_init[1] is None
    everywhere = Case(profile_of_sets([(("a", "b"), 10), (("a",), 90)]), "macro-f1", "network")
    assert everywhere.bias_init == (None, pytest.approx(math.log(10 / 90), rel=1e-15))
    assert case_of({"a": 100}).bias_init == (None,)


def test_blank_cells_do_not_count_as_negatives():
    counts = ClassCounts(("a", "b"), (10, 40), 100, "multilabel", (50, 100))
    profile = profile_of_sets([(("a", "b"), 10), (("b",), 30), ((), 60)])
    case = Case(replace(profile, counts=counts), "macro-f1", "network")
    assert case.bias_init == pytest.approx((math.log(10 / 40), math.log(40 / 60)), rel=1e-15)


@pytest.mark.parametrize("task", ["multiclass", "multilabel"])
def test_fifty_thousand_classes_take_no_time(task):
    profile = profile_of({"a": 5, "b": 3, "c": 2})
    counts = replace(ClassCounts.of([1 + i % 7 for i in range(50_000)]), task=task)
    rows = tuple(
        replace(profile.classes[0], index=i, count=n, prevalence=p)
        for i, (n, p) in enumerate(zip(counts.counts, counts.prevalences, strict=True))
    )
    began = time.perf_counter()
    assert None not in Case(replace(profile, counts=counts, classes=rows), "macro-f1", "network").bias_init
    # Linear work takes a tenth of a second; one sum over all classes for each of them takes fifteen.
    assert time.perf_counter() - began < 3
