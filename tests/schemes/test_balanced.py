from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.utils.class_weight import compute_class_weight

from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.balanced import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, selected

COUNT_LISTS = st.lists(st.integers(1, 10**9), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("y", "classes", "expected"),
    [
        ([2, 2, 2, 3, 3, 4], [2, 3, 4], [2 / 3, 1, 2]),
        ([1, 0, 0, 3, 3, 3], [1, 0, 3], [2, 1, 2 / 3]),
        ([-1, -1, 0, 0, -2, -2], [-2, -1, 0], [1, 1, 1]),
        ([1, 1, 1, 1, 0, 0], [0, 1], [1.5, 0.75]),
        ([1, 1, 1, 2, 2, 2, 3], [1, 2, 3], [7 / 9, 7 / 9, 7 / 3]),
        ([0, 1, 1], [0, 1], [1.5, 0.75]),
    ],
)
def test_the_expectations_of_scikit_learn_hold_exactly(y, classes, expected):
    # sklearn/utils/tests/test_class_weight.py
    n = Counter(y)
    counts = ClassCounts.of({str(c): n[c] for c in classes})
    assert weigh(counts).tolist() == expected
    assert apply(counts, "balanced").values == tuple(expected)
    theirs = compute_class_weight("balanced", classes=np.array(classes), y=np.array(y))
    assert weigh(counts).tolist() == theirs.tolist()


@pytest.mark.parametrize("counts", [[90, 9, 1], [900, 90, 10]])
def test_it_equals_the_table(counts):
    assert printed(weigh(ClassCounts.of(counts))) == [0.37037, 3.7037, 33.3333]


def test_it_equals_the_table_on_a_long_tail():
    weights = apply(ClassCounts.of(COUNTS), "balanced")
    assert printed(selected(weights.values)) == [7.0264, 2.82736, 1.08181, 0.0563362]
    assert f"{weights.max_min_ratio:.3f}" == "124.723"


def test_the_credit_card_data_of_the_tensorflow_tutorial():
    normal, fraud = weigh(ClassCounts.of([284_315, 492]))
    assert printed([normal], 6) == [0.500865]
    assert printed([fraud], 9) == [289.438008]


def test_one_class_weighs_one():
    assert weigh(ClassCounts.of([7])).tolist() == [1]


@settings(max_examples=60, deadline=None)
@given(COUNT_LISTS)
def test_every_weight_is_the_nearest_double_to_n_over_k_n_c(counts):
    exact = [float(Fraction(sum(counts), len(counts) * n)) for n in counts]
    assert weigh(ClassCounts.of(counts)).tolist() == exact
    assert apply(ClassCounts.of(counts), "balanced").values == tuple(exact)
