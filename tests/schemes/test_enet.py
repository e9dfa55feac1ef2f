import pytest

from imbalance_doctor.errors import UsageError
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.enet import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, selected


@pytest.mark.parametrize("counts", [[90, 9, 1], [900, 90, 10]])
@pytest.mark.parametrize(("c", "expected"), [(1.02, [1.53298, 9.58221, 33.8309]), (1.10, [1.4427, 5.74867, 9.58221])])
def test_it_equals_the_table(counts, c, expected):
    assert printed(weigh(ClassCounts.of(counts), c=c)) == expected


def test_it_equals_the_table_on_a_long_tail():
    weights = apply(ClassCounts.of(COUNTS), "enet", normalize="none")
    assert printed(selected(weights.values)) == [47.6992, 44.076, 36.5947, 6.44223]
    assert f"{weights.max_min_ratio:.3f}" == "7.404"
    assert printed(selected(weigh(ClassCounts.of(COUNTS), c=1.10))) == [10.3748, 10.2055, 9.77626, 4.51509]


def test_its_bounds_are_those_of_the_paper_and_an_empty_class_gets_the_upper_one():
    assert printed(weigh(ClassCounts.of([1, 0])), 5) == [1.4223, 50.498]
    assert printed(weigh(ClassCounts.of([1, 0]), c=1.10), 5) == [1.3478, 10.492]


def test_an_empty_class_needs_no_policy_and_counts_neither_in_the_mean_nor_in_the_ratio():
    with_empty, without = apply(ClassCounts.of([90, 10, 0]), "enet"), apply(ClassCounts.of([90, 10]), "enet")
    assert with_empty.values[:2] == without.values
    assert with_empty.max_min_ratio == without.max_min_ratio
    assert with_empty.values[2] > with_empty.values[1]


@pytest.mark.parametrize("c", [1, 0.5, float("nan")])
def test_c_must_be_above_one(c):
    with pytest.raises(UsageError, match="c must be above 1"):
        weigh(ClassCounts.of([90, 10]), c=c)
