"""What every scheme on the shelf has to keep, whoever writes it."""

import inspect
import math
import re
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from imbalance_doctor.model import TASKS, ClassCounts
from imbalance_doctor.plugins import schemes
from imbalance_doctor.weighting import apply

KINDS = {"class-weight", "pos-weight", "pair", "offset", "margin", "repeat"}
SECTIONS = ["Formula:", "When it helps:", "What it costs:", "Example:", "Reference:"]
SHELF = schemes()
EVERY = pytest.mark.parametrize("scheme", list(SHELF))
LAW = settings(max_examples=40, deadline=None)


def of_kind(*kinds):
    return pytest.mark.parametrize("scheme", [name for name in SHELF if SHELF[name].card.kind in kinds])


@st.composite
def class_counts(draw, min_count=1, tasks=TASKS):
    """Counts of 2 to 8 classes; in multi-label data no class is on every sample."""
    task = draw(st.sampled_from(tasks))
    size = 2 if task == "binary" else draw(st.integers(2, 8))
    counts = draw(st.lists(st.integers(min_count, 10**7), min_size=size, max_size=size))
    extra = draw(st.integers(1, 10**7))
    n = max(counts) + extra if task == "multilabel" else sum(counts)
    return ClassCounts.of(counts, n_samples=n, task=task)


def reordered(counts, order):
    return ClassCounts(
        tuple(counts.names[i] for i in order),
        tuple(counts.counts[i] for i in order),
        counts.n_samples,
        counts.task,
        tuple(counts.known[i] for i in order),
    )


def times(counts, k):
    """The same data set, every sample k times."""
    return ClassCounts.of([n * k for n in counts.counts], n_samples=counts.n_samples * k, task=counts.task)


@EVERY
def test_the_docstring_is_a_page_with_the_agreed_sections(scheme):
    lines = SHELF[scheme].doc.splitlines()
    assert re.fullmatch(r"\S.*\.", lines[0])
    assert [line for line in lines if line in SECTIONS] == SECTIONS
    assert ">>> weigh(" in SHELF[scheme].doc


@EVERY
def test_it_is_named_as_its_file_and_has_a_test_file(scheme):
    module = SHELF[scheme].module.__name__.rsplit(".", 1)[1]
    assert scheme == module.replace("_", "-")
    assert (Path(__file__).parent / f"test_{module}.py").is_file()


@EVERY
def test_its_card_names_a_known_kind_and_its_tunables_are_keywords_with_defaults(scheme):
    assert SHELF[scheme].card.kind in KINDS
    first, *rest = inspect.signature(SHELF[scheme].verb).parameters.values()
    assert first.name == "counts"
    assert all(p.kind is p.KEYWORD_ONLY and p.default is not p.empty for p in rest)


@EVERY
@LAW
@given(counts=class_counts())
def test_it_gives_one_finite_number_per_class_or_two_for_a_pair(scheme, counts):
    raw = SHELF[scheme].verb(counts)
    k = len(counts.names)
    assert raw.dtype == np.float64
    assert raw.shape == ((2, k) if SHELF[scheme].card.kind == "pair" else (k,))
    assert np.isfinite(raw).all()


@of_kind("class-weight", "pos-weight", "repeat", "margin")
@LAW
@given(counts=class_counts())
def test_a_rarer_class_never_weighs_less(scheme, counts):
    weights = SHELF[scheme].verb(counts)
    ordered = weights[np.argsort(counts.counts, kind="stable")]
    assert (ordered[1:] <= ordered[:-1] * (1 + 1e-14)).all()


@EVERY
@LAW
@given(n=st.integers(1, 10**7), k=st.integers(2, 8), extra=st.integers(1, 10**7))
def test_equal_counts_get_equal_numbers(scheme, n, k, extra):
    for counts in (ClassCounts.of([n] * k), ClassCounts.of([n] * k, n_samples=n + extra, task="multilabel")):
        raw = np.atleast_2d(SHELF[scheme].verb(counts))
        assert (raw == raw[:, :1]).all()


@EVERY
@LAW
@given(counts=class_counts(), data=st.data())
def test_permuting_the_classes_permutes_the_numbers(scheme, counts, data):
    order = data.draw(st.permutations(range(len(counts.names))))
    there = apply(counts, scheme)
    here = apply(reordered(counts, order), scheme)
    assert here.classes == tuple(there.classes[i] for i in order)
    assert here.values == pytest.approx([there.values[i] for i in order], rel=1e-13)
    for a, i in zip(here.boundary_after, order, strict=True):
        b = there.boundary_after[i]
        assert a == b if b is None else a == pytest.approx(b, rel=1e-12)


@of_kind("class-weight")
@LAW
@given(counts=class_counts(), cap=st.none() | st.floats(1, 50))
def test_normalised_class_weights_have_a_sample_mean_of_one_with_and_without_a_cap(scheme, counts, cap):
    weights = apply(counts, scheme, cap=cap)
    total = sum(n * Fraction(w) for n, w in zip(counts.counts, weights.values, strict=True))
    assert abs(total / sum(counts.counts) - 1) < Fraction(1, 10**12)
    assert weights.sample_mean == pytest.approx(1, abs=1e-12)
    assert max(weights.values) <= (cap or math.inf)


@pytest.mark.parametrize("scheme", [name for name in SHELF if name != "effective-number"])
@LAW
@given(counts=class_counts(), k=st.integers(2, 1000))
def test_repeating_the_data_set_changes_nothing(scheme, counts, k):
    once, often = SHELF[scheme].verb(counts), SHELF[scheme].verb(times(counts, k))
    assert often == pytest.approx(once, rel=1e-12)


@EVERY
@LAW
@given(counts=class_counts(min_count=0), policy=st.sampled_from(["exclude", "value=1", "value=0", "value=1e9"]))
def test_no_result_holds_a_number_that_is_not_finite(scheme, counts, policy):
    assume(any(counts.counts) and 0 not in counts.negatives)
    result = apply(counts, scheme, zero_count=policy)
    numbers = [*result.values, *(result.values_negative or ()), *result.boundary_after]
    numbers += [result.sample_mean, result.max_min_ratio]
    assert all(x is None or math.isfinite(x) for x in numbers)
    assert all(x is None or 0 <= x <= 1 for x in result.boundary_after)
    assert len(result.values) == len(result.boundary_after) == len(counts.names)
