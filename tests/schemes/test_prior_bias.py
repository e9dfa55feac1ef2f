import math

import pytest

from imbalance_doctor.errors import InputError
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.prior_bias import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, N_SAMPLES, selected


def test_in_multi_label_data_it_equals_the_table():
    values = weigh(ClassCounts.of(COUNTS, n_samples=N_SAMPLES))
    assert printed(selected(values), 8) == [-6.2981299, -5.3850614, -4.4169287, -1.2137604]


def test_of_two_classes_each_gets_its_log_odds_against_the_other():
    # the credit-card counts of the TensorFlow tutorial: ln(pos/neg) = -6.359359
    assert printed(weigh(ClassCounts.of([284_315, 492])), 7) == [6.359359, -6.359359]


def test_of_many_classes_each_gets_the_log_of_its_share():
    assert printed(weigh(ClassCounts.of([90, 9, 1]))) == [-0.105361, -2.40795, -4.60517]


def test_the_prior_of_retinanet():
    assert printed(weigh(ClassCounts.of({"object": 1}, n_samples=100))) == [-4.59512]


def test_a_starting_value_leaves_the_boundary_at_one_half():
    for counts in (ClassCounts.of([90, 10]), ClassCounts.of([90, 9, 1]), ClassCounts.of([9, 1], n_samples=50)):
        assert set(apply(counts, "prior-bias").boundary_after) == {0.5}


def test_nearly_equal_counts_keep_their_digits():
    # ln(1 + x) = x - x^2/2 + ..., x = 1e-12
    assert weigh(ClassCounts.of([10**12 + 1, 10**12]))[0] == pytest.approx(1e-12, rel=1e-11, abs=0)
    assert weigh(ClassCounts.of([5, 5])).tolist() == [0, 0]


def test_a_vanishing_class_keeps_its_digits_too():
    values = weigh(ClassCounts.of({"x": 1}, n_samples=10**15 + 1))
    assert values[0] == pytest.approx(-15 * math.log(10), rel=1e-15)


@pytest.mark.parametrize("counts", [ClassCounts.of([50, 10], n_samples=50), ClassCounts.of({"on": 9, "off": 0})])
def test_a_class_on_every_sample_has_no_finite_log_odds(counts):
    with pytest.raises(InputError, match="not finite"):
        apply(counts, "prior-bias", zero_count="exclude")
