import math

import pytest

from imbalance_doctor.errors import InputError, UsageError
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.logit_adjustment import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, N_SAMPLES, selected

V2EX = ClassCounts.of(COUNTS, n_samples=N_SAMPLES)


@pytest.mark.parametrize("counts", [[90, 9, 1], [900, 90, 10]])
def test_with_one_class_per_sample_it_is_the_log_of_the_share(counts):
    assert printed(weigh(ClassCounts.of(counts))) == [-0.105361, -2.40795, -4.60517]


def test_it_equals_the_table_on_a_long_tail():
    assert printed(selected(weigh(ClassCounts.of(COUNTS)))) == [-6.73717, -5.82683, -4.86613, -1.91107]


def test_in_multi_label_data_it_is_the_log_odds():
    assert printed(selected(weigh(V2EX)), 8) == [-6.2981299, -5.3850614, -4.4169287, -1.2137604]


def test_tau_scales_it_and_is_reported():
    assert weigh(V2EX, tau=0.5) == pytest.approx(0.5 * weigh(V2EX))
    assert apply(V2EX, "logit-adjustment").parameters == {"tau": 1}


@pytest.mark.parametrize(
    ("tau", "expected"),
    [
        (0, [0.5, 0.5, 0.5, 0.5]),
        (0.5, [0.041128138, 0.063415542, 0.098992959, 0.35277119]),
        (1, [0.0018363636, 0.0045636364, 0.011927273, 0.22903636]),
    ],
)
def test_trained_with_it_and_used_without_a_label_fires_at_p_tau_over_p_tau_plus_1_minus_p_tau(tau, expected):
    assert printed(selected(apply(V2EX, "logit-adjustment", parameters={"tau": tau}).boundary_after), 8) == expected


def test_with_tau_1_two_classes_decide_at_the_prior():
    assert apply(ClassCounts.of([99, 1]), "logit-adjustment").boundary_after == pytest.approx((0.99, 0.01), rel=1e-14)


def test_a_class_close_to_all_samples_keeps_its_digits():
    # ln(1 - 1e-12) = -1e-12 - 5e-25 - ...
    assert weigh(ClassCounts.of([10**12 - 1, 1]))[0] == pytest.approx(-1e-12, rel=1e-11, abs=0)


def test_an_enormous_tau_still_gives_finite_numbers():
    weights = apply(ClassCounts.of([90, 9, 1]), "logit-adjustment", parameters={"tau": 1e6})
    assert all(math.isfinite(v) for v in (*weights.values, *weights.boundary_after))


def test_a_label_on_every_sample_has_no_finite_log_odds():
    with pytest.raises(InputError, match=r"'0'.*not finite"):
        weigh(ClassCounts.of([50, 10], n_samples=50))
    assert weigh(ClassCounts.of([50])).tolist() == [0]


@pytest.mark.parametrize("tau", [-1, float("nan")])
def test_tau_must_not_be_negative(tau):
    with pytest.raises(UsageError, match="tau must be 0 or more"):
        weigh(ClassCounts.of([90, 10]), tau=tau)
