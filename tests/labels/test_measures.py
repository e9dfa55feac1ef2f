"""Measures of imbalance against published numbers and exact arithmetic."""

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imbalance_doctor.labels.measures import entropy, measures
from imbalance_doctor.model import ClassCounts
from tests.mldr import DATASETS, Dataset
from tests.v2ex import COUNTS, N_SAMPLES

SEVERAL = st.lists(st.integers(1, 10**15), min_size=2, max_size=30)


def of(*counts: int, n_samples: int | None = None) -> dict:
    return measures(ClassCounts.of(counts, n_samples=n_samples), None)


def test_the_v2ex_counts_have_the_known_measures() -> None:
    found = of(*COUNTS, n_samples=N_SAMPLES)
    expected = {
        "imbalance_ratio": 124.72277227722772,
        "entropy": 3.9580268227104187,
        "evenness": 0.8267433210047441,
        "effective_classes": 52.35392039715766,
        "effective_classes_2": 24.93596175225782,
        "gini": 0.6303509080945671,
        "kl_uniform": 0.8294649200716271,
        "mean_irlbl": 53.73361663705923,
        "cvir": 0.7025301362656382,
        "cardinality": 1.5483636363636364,
        "density": 0.012903030303030303,
        "unseen_mass": 0.0,
        "singletons": 0,
    }
    assert {key: found[key] for key in expected} == pytest.approx(expected, rel=1e-13)
    head = {"top_1": 0.14792155941756693, "top_10": 0.47440112728980743, "top_20_percent": 0.6878816345702208}
    assert found["head_share"] == pytest.approx(head, rel=1e-15)


@pytest.mark.parametrize("data", DATASETS, ids=lambda d: d.name)
def test_label_counts_give_mldrs_cardinality_density_mean_irlbl_and_cvir(data: Dataset) -> None:
    found = of(*data.counts, n_samples=data.n)
    assert found["cardinality"] == pytest.approx(data.cardinality, rel=1e-12)
    assert found["density"] == pytest.approx(data.density, rel=1e-12)
    assert found["mean_irlbl"] == pytest.approx(data.mean_irlbl, rel=1e-12)
    assert found["cvir"] == pytest.approx(data.cvir, rel=1e-10)


def test_labels_without_samples_leave_mean_irlbl_where_mldr_counts_them_as_zero() -> None:
    slashdot = next(d for d in DATASETS if d.name == "slashdot")
    found = of(*slashdot.counts, n_samples=slashdot.n)
    present = sum(n > 0 for n in slashdot.counts)
    assert found["mean_irlbl"] * present / len(slashdot.counts) == pytest.approx(17.693098923421367, rel=1e-12)
    assert "left out" in found["conventions"]["mean_irlbl"]


def test_three_counts_have_the_divergence_that_raimitigations_and_synapseml_report() -> None:
    assert of(4, 3, 2)["kl_uniform"] == pytest.approx(0.03775534151008828, rel=1e-13)


@pytest.mark.parametrize(("counts", "evenness"), [((900, 100), 0.46900), ((990, 10), 0.08079)])
def test_evenness_is_alimentars_normalised_entropy(counts: tuple[int, int], evenness: float) -> None:
    assert of(*counts)["evenness"] == pytest.approx(evenness, abs=5e-6)


def test_the_unseen_mass_is_good_and_turings() -> None:
    found = of(1, 1, 1, 2, 2, 5, 10, 100)
    assert found["singletons"] == 3
    assert found["unseen_mass"] == pytest.approx(0.0245902, abs=5e-8)


def test_equal_counts_are_perfectly_even() -> None:
    found = of(*[7] * 10)
    assert found["entropy"] == pytest.approx(math.log(10), rel=1e-15)
    assert found["effective_classes"] == pytest.approx(10, rel=1e-14)
    assert (found["imbalance_ratio"], found["effective_classes_2"], found["gini"]) == (1.0, 10.0, 0.0)
    assert (found["cvir"], found["mean_irlbl"]) == (0.0, 1.0)


def test_a_class_without_samples_makes_the_ratio_undefined_and_says_why() -> None:
    found = of(10, 5, 0)
    assert found["imbalance_ratio"] is None
    assert found["reasons"]["imbalance_ratio"] == "infinite: a class without samples"
    assert found["entropy"] == of(10, 5)["entropy"]


def test_one_class_has_no_ratio_no_evenness_and_no_variation() -> None:
    found = of(10)
    assert (found["imbalance_ratio"], found["evenness"], found["cvir"]) == (None, None, None)
    assert {"imbalance_ratio", "evenness", "cvir"} <= set(found["reasons"])
    assert (found["entropy"], found["effective_classes"]) == (0.0, 1.0)


def test_when_no_sample_carries_a_class_every_measure_of_shares_is_none_with_a_reason() -> None:
    found = of(0, 0, n_samples=5)
    assert (found["entropy"], found["gini"], found["mean_irlbl"]) == (None, None, None)
    assert (found["cardinality"], found["density"]) == (0.0, 0.0)
    assert {key for key, value in found.items() if value is None} <= set(found["reasons"])


def test_entropy_keeps_its_digits_when_one_class_has_nearly_everything() -> None:
    # (1 - x) ln(1 - x) + x ln x with x = 1e-15, in its series to the second order
    x = 1e-15
    assert entropy((10**15 - 1, 1)) == pytest.approx(-x * math.log(x) + x - x * x / 2, rel=1e-14)


@given(SEVERAL)
def test_the_second_hill_number_is_the_inverse_chance_of_drawing_the_same_class_twice(counts: list[int]) -> None:
    total = sum(counts)
    expected = 1 / sum(Fraction(n, total) ** 2 for n in counts)
    assert of(*counts)["effective_classes_2"] == pytest.approx(float(expected), rel=1e-14)


@given(SEVERAL)
def test_gini_is_half_the_relative_mean_difference(counts: list[int]) -> None:
    k = len(counts)
    difference = Fraction(sum(abs(a - b) for a in counts for b in counts), k * k)
    assert of(*counts)["gini"] == pytest.approx(float(difference * k / (2 * sum(counts))), rel=1e-13, abs=1e-16)


@given(SEVERAL)
def test_entropy_lies_between_0_and_ln_k_and_evenness_between_0_and_1(counts: list[int]) -> None:
    found = of(*counts)
    assert 0 <= found["entropy"] <= math.log(len(counts)) * (1 + 1e-15)
    assert 0 <= found["evenness"] <= 1
    assert found["kl_uniform"] >= 0


@given(SEVERAL)
def test_the_hill_numbers_fall_with_their_order(counts: list[int]) -> None:
    found = of(*counts)
    chain = [len(counts), found["effective_classes"], found["effective_classes_2"], 1 / found["head_share"]["top_1"]]
    assert all(a >= b * (1 - 1e-9) for a, b in pairwise(chain))


@given(st.lists(st.integers(1, 10**9), min_size=3, max_size=12))
def test_merging_two_classes_never_raises_the_entropy(counts: list[int]) -> None:
    merged = [counts[0] + counts[1], *counts[2:]]
    assert entropy(merged) <= entropy(counts) + 1e-12


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=12).filter(any), st.randoms(use_true_random=False))
def test_the_order_of_the_classes_changes_no_digit(counts: list[int], random) -> None:
    shuffled = random.sample(counts, len(counts))
    assert of(*shuffled, n_samples=10**10) == of(*counts, n_samples=10**10)


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=12), st.integers(2, 1000))
def test_a_larger_sample_of_the_same_shares_changes_no_shape(counts: list[int], factor: int) -> None:
    keys = ("imbalance_ratio", "entropy", "effective_classes_2", "gini", "mean_irlbl", "cvir", "head_share")
    larger, found = of(*(n * factor for n in counts)), of(*counts)
    assert [larger[key] for key in keys] == [found[key] for key in keys]
