import pytest

from imbalance_doctor.errors import UsageError
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.power import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, selected


@pytest.mark.parametrize("counts", [[90, 9, 1], [900, 90, 10]])
@pytest.mark.parametrize(
    ("temperature", "expected"),
    [(0.7, [0.894338, 1.78444, 3.44964]), (0.3, [0.631155, 3.16327, 14.7267])],
)
def test_a_power_b_is_temperature_sampling_with_s_one_minus_b(counts, temperature, expected):
    assert printed(apply(ClassCounts.of(counts), "power", parameters={"power": 1 - temperature}).values) == expected


def test_it_equals_the_table_on_a_long_tail():
    weights = apply(ClassCounts.of(COUNTS), "power", parameters={"power": 0.3})
    assert printed(selected(weights.values)) == [2.12786, 1.61934, 1.21386, 0.500218]
    assert f"{weights.max_min_ratio:.3f}" == "4.254"
    weights = apply(ClassCounts.of(COUNTS), "power", parameters={"power": 0.7})
    assert printed(selected(weights.values)) == [4.5943, 2.42925, 1.23997, 0.156696]


@pytest.mark.parametrize(
    ("power", "expected"), [(0, [1, 1, 1]), (0.5, [1.05409, 3.33333, 10]), (1, [1.11111, 11.1111, 100])]
)
def test_0_is_uniform_one_half_the_square_root_and_1_the_inverse(power, expected):
    assert printed(weigh(ClassCounts.of([90, 9, 1]), power=power)) == expected


def test_the_default_is_one_half_and_is_reported():
    weights = apply(ClassCounts.of([90, 9, 1]), "power")
    assert weights.parameters == {"power": 0.5}
    assert printed(weights.values) == [0.781572, 2.47155, 7.41464]


@pytest.mark.parametrize("power", [-0.1, float("nan"), 1e6])
def test_a_power_that_is_negative_or_overflows_is_refused(power):
    with pytest.raises(UsageError, match="power"):
        weigh(ClassCounts.of([90, 9, 1]), power=power)


def test_a_power_whose_weights_could_not_be_added_up_is_refused():
    with pytest.raises(UsageError, match="beyond"):
        apply(ClassCounts.of([90, 9, 1]), "power", parameters={"power": 100})
