"""The profile: class order, prevalence against share, the number of samples, the task, and what cannot be."""

import json
import math
from collections import Counter
from dataclasses import asdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.errors import InputError, UsageError
from imbalance_doctor.labels.profile import build
from imbalance_doctor.labels.tally import LabelTally
from imbalance_doctor.model import LabelProfile, Layout
from tests.awkward import NAMES
from tests.build import profile_of, profile_of_sets
from tests.v2ex import COUNTS, N_SAMPLES


def from_counts(counts: dict[str, int], **options) -> LabelProfile:
    tally = LabelTally(counts=Counter(counts), n_rows=len(counts), n_samples=sum(counts.values()))
    return build(tally, Layout("counts", "class"), **options)


V2EX = {str(i): n for i, n in enumerate(COUNTS)}


def test_counts_and_the_number_of_samples_give_the_v2ex_profile() -> None:
    profile = from_counts(V2EX, n_samples=N_SAMPLES, counts_only=True)
    assert (profile.task, profile.n_samples, profile.n_present) == ("multilabel", 55_000, 120)
    largest = max(profile.classes, key=lambda row: row.count)
    rarest = min(profile.classes, key=lambda row: row.count)
    assert round(largest.prevalence, 8) == 0.22903636
    assert rarest.evidence == pytest.approx(543.55446, abs=5e-6)
    assert rarest.boundary == pytest.approx(0.0018363636363636364, rel=1e-15)
    assert round(profile.floors["metrics"]["element_accuracy"]["all_zero"], 5) == 0.98710
    assert round(profile.floors["losses"]["bce_mean"]["prior"], 4) == 0.0579
    assert {row.tier for row in profile.classes} == {"head"}


def test_counts_alone_are_read_as_one_class_a_sample() -> None:
    profile = from_counts(V2EX, counts_only=True)
    assert (profile.task, profile.n_samples) == ("multiclass", 85_160)
    assert all(row.prevalence == row.share for row in profile.classes)


def test_prevalence_divides_by_samples_and_share_by_labels() -> None:
    profile = profile_of_sets([("ab", 3), ("a", 1)])
    a, b = profile.classes
    assert (a.prevalence, a.share) == (1.0, 4 / 7)
    assert (b.prevalence, b.share, b.boundary, b.evidence) == (0.75, 3 / 7, 0.75, 1 / 3)


def test_a_class_on_every_sample_has_a_prevalence_but_no_boundary() -> None:
    always = profile_of_sets([("ab", 3), ("a", 1)]).classes[0]
    assert (always.boundary, always.log_odds, always.evidence) == (None, None, None)


def test_integer_names_are_in_numeric_order_and_others_by_code_point() -> None:
    assert profile_of({"10": 1, "9": 1, "2": 1}).counts.names == ("2", "9", "10")
    assert profile_of({"b": 1, "a": 1, "B": 1}).counts.names == ("B", "a", "b")


def test_declared_classes_keep_their_order_and_their_empty_ones() -> None:
    profile = profile_of({"cat": 3, "dog": 2}, classes=("dog", "ant", "cat"))
    assert [(row.index, row.name, row.count, row.tier) for row in profile.classes] == [
        (0, "dog", 2, "tail"),
        (1, "ant", 0, "empty"),
        (2, "cat", 3, "tail"),
    ]
    empty = profile.classes[1]
    assert (empty.prevalence, empty.boundary, empty.log_odds, empty.evidence) == (0.0, None, None, None)
    assert empty.interval == pytest.approx((0.0, 0.434482), abs=5e-7)
    assert profile.declared
    assert not profile_of({"cat": 3}).declared


def test_a_class_that_is_not_declared_is_our_bug() -> None:
    with pytest.raises(ValueError, match="not declared"):
        profile_of({"cat": 3}, classes=("dog",))


def test_a_count_of_zero_in_a_table_of_counts_is_a_class() -> None:
    profile = from_counts({"a": 5, "b": 0})
    assert [(row.name, row.count) for row in profile.classes] == [("a", 5), ("b", 0)]


def test_awkward_names_stay_exact() -> None:
    assert set(profile_of(dict.fromkeys(NAMES, 3)).counts.names) == set(NAMES)


# --- the number of samples --------------------------------------------------------------------------------------------


def test_fewer_samples_than_the_largest_class_cannot_be() -> None:
    with pytest.raises(InputError, match="class 'a' alone has 50") as caught:
        from_counts({"a": 50, "b": 20}, n_samples=49)
    assert "at least 50" in caught.value.hint


def test_fewer_samples_than_were_read_cannot_be() -> None:
    with pytest.raises(InputError, match="5 samples were stated, 6 were read"):
        profile_of_sets([("ab", 4), ("", 2)], n_samples=5)


def test_samples_the_rows_do_not_show_are_samples_without_a_label() -> None:
    profile = profile_of_sets([("ab", 3), ("", 2), ("a", 1)], n_samples=10)
    assert (profile.n_samples, profile.n_unlabelled) == (10, 6)
    assert profile.measures["label_sets"]["most_frequent"] == {"classes": [], "count": 6}
    assert profile.floors["metrics"]["subset_accuracy"]["all_zero"] == 0.6


def test_with_counts_alone_nobody_knows_how_many_samples_have_no_label() -> None:
    profile = from_counts({"a": 5, "b": 5}, n_samples=20)
    assert profile.floors["metrics"]["subset_accuracy"]["all_zero"] is None


def test_unknown_cells_are_left_out_of_the_prevalence_of_their_class() -> None:
    tally = LabelTally(Counter(a=2, b=1), Counter(b=6), Counter(), n_rows=10, n_samples=10)
    profile = build(tally, Layout("indicator"), classes=("a", "b"))
    assert profile.counts.known == (10, 4)
    assert [row.prevalence for row in profile.classes] == [0.2, 0.25]
    assert profile.classes[1].unknown == 6
    assert profile.task == "multilabel"


@pytest.mark.parametrize(
    "tally",
    [LabelTally(), LabelTally(n_rows=3, n_missing=2, n_ignored=1)],
    ids=["no rows", "only missing and ignored rows"],
)
def test_no_labels_is_a_complaint_about_the_input(tally: LabelTally) -> None:
    with pytest.raises(InputError, match="no labels"):
        build(tally, Layout("column"), classes=("a", "b"))


def test_rows_without_any_label_need_declared_classes() -> None:
    with pytest.raises(InputError, match="none of the 5 samples carries one"):
        profile_of_sets([("", 5)])
    assert profile_of_sets([("", 5)], classes=("a", "b")).n_present == 0


# --- the task ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sets", "task"),
    [
        ([("a", 3), ("b", 2)], "binary"),
        ([("a", 3), ("b", 2), ("c", 1)], "multiclass"),
        ([("a", 3), ("b", 2), ("", 1)], "multilabel"),
        ([("a", 3), ("ab", 1)], "multilabel"),
        # as many labels as samples, yet not one each
        ([("ab", 1), ("", 1)], "multilabel"),
    ],
)
def test_data_are_multi_label_as_soon_as_one_sample_has_not_exactly_one(sets: list, task: str) -> None:
    assert profile_of_sets(sets).task == task


def test_a_column_of_two_classes_is_binary_and_of_one_or_three_is_multi_class() -> None:
    assert profile_of({"0": 950, "1": 50}).task == "binary"
    assert profile_of({"0": 950}).task == "multiclass"
    assert profile_of({"0": 950, "1": 50, "2": 1}).task == "multiclass"


def test_multi_label_data_read_for_a_softmax_count_every_label_as_a_sample_and_say_so() -> None:
    profile = profile_of_sets([("ab", 3), ("a", 1), ("c", 1)], task="multiclass")
    assert (profile.task, profile.n_samples) == ("multiclass", 8)
    assert [row.prevalence for row in profile.classes] == [0.5, 0.375, 0.125]
    assert "8 label assignments" in profile.layout.notes[-1]
    assert profile.floors["metrics"]["accuracy"]["majority"] == 0.5


def test_a_binary_task_has_two_classes() -> None:
    with pytest.raises(UsageError, match="two classes, not 3"):
        profile_of({"a": 1, "b": 1, "c": 1}, task="binary")


# --- support ----------------------------------------------------------------------------------------------------------


def test_tiers_are_those_of_liu_2019() -> None:
    profile = profile_of({"a": 101, "b": 100, "c": 20, "d": 19, "e": 0})
    assert [row.tier for row in profile.classes] == ["head", "medium", "medium", "tail", "empty"]


def test_counts_to_the_thousand_trillion_stay_exact() -> None:
    profile = profile_of({"a": 10**15 - 1, "b": 1})
    assert profile.n_samples == 10**15
    assert profile.classes[1].prevalence == 1e-15
    assert profile.classes[1].evidence == 999_999_999_999_999.0


def test_what_was_left_out_is_carried_over() -> None:
    tally = LabelTally(Counter(a=1, b=2), n_rows=9, n_samples=3, n_missing=1, n_ignored=2, n_rejected=3)
    profile = build(tally, Layout("column"), value_type="integer")
    assert (profile.n_rows, profile.n_missing, profile.n_ignored, profile.n_rejected) == (9, 1, 2, 3)
    assert profile.value_type == "integer"


# --- laws -------------------------------------------------------------------------------------------------------------

SETS = st.lists(
    st.tuples(st.frozensets(st.sampled_from(["", "a", "b", "é", "10"]), max_size=5), st.integers(1, 10**6)),
    min_size=1,
    max_size=8,
)


def numbers(profile: LabelProfile) -> str:
    rows = [asdict(row) for row in profile.classes]
    return json.dumps([rows, profile.percentiles, profile.measures, profile.floors], allow_nan=False)


@settings(max_examples=60, deadline=None)
@given(SETS)
def test_every_profile_is_free_of_nan_and_infinity(sets: list) -> None:
    assert numbers(profile_of_sets(sets, classes=("", "a", "b", "é", "10", "never")))


@settings(max_examples=40, deadline=None)
@given(SETS.filter(lambda sets: any(labels for labels, _ in sets)), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_byte(sets: list, random) -> None:
    shuffled = random.sample(sets, len(sets))
    assert numbers(profile_of_sets(shuffled)) == numbers(profile_of_sets(sets))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=10))
def test_the_sigmoid_of_the_log_odds_and_the_boundary_are_the_prevalence(counts: list[int]) -> None:
    for row in profile_of({str(i): n for i, n in enumerate(counts)}).classes:
        assert row.boundary == row.prevalence
        assert row.log_odds is not None
        assert 1 / (1 + math.exp(-row.log_odds)) == pytest.approx(row.prevalence, rel=1e-9)
