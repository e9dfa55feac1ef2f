import pytest

from imbalance_doctor.errors import UsageError
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.ldam_margin import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, selected


@pytest.mark.parametrize("counts", [[90, 9, 1], [900, 90, 10]])
def test_it_equals_the_table(counts):
    assert printed(weigh(ClassCounts.of(counts))) == [0.162334, 0.288675, 0.5]


def test_it_equals_the_table_on_a_long_tail():
    assert printed(selected(weigh(ClassCounts.of(COUNTS)))) == [0.5, 0.398228, 0.313202, 0.149618]


def test_the_rarest_class_has_exactly_the_largest_margin():
    weights = apply(ClassCounts.of([90, 7, 10]), "ldam-margin", parameters={"max_margin": 0.3})
    assert weights.values[1] == max(weights.values) == 0.3
    assert weights.parameters == {"max_margin": 0.3}


def test_sixteen_times_the_samples_is_half_the_margin():
    assert weigh(ClassCounts.of([16, 1])).tolist() == [0.25, 0.5]


def test_a_margin_has_no_fixed_boundary():
    assert apply(ClassCounts.of([90, 10]), "ldam-margin").boundary_after == (None, None)


@pytest.mark.parametrize("margin", [0, -1, float("nan")])
def test_the_largest_margin_must_be_positive(margin):
    with pytest.raises(UsageError, match="max_margin must be above 0"):
        weigh(ClassCounts.of([90, 10]), max_margin=margin)
