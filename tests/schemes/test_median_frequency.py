import pytest

from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.median_frequency import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, selected


@pytest.mark.parametrize("counts", [[90, 9, 1], [900, 90, 10]])
def test_it_equals_the_table(counts):
    assert printed(weigh(ClassCounts.of(counts))) == [0.1, 1, 9]


def test_it_equals_the_table_on_a_long_tail():
    weights = apply(ClassCounts.of(COUNTS), "median-frequency", normalize="none")
    assert printed(selected(weights.values)) == [2.4703, 0.994024, 0.380335, 0.0198063]
    assert f"{weights.max_min_ratio:.3f}" == "124.723"


def test_of_an_even_number_of_classes_the_middle_lies_between_two():
    assert weigh(ClassCounts.of([1, 2, 5, 10])).tolist() == [3.5, 1.75, 0.7, 0.35]
