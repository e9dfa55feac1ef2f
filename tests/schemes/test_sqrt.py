import pytest

from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.sqrt import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, selected


@pytest.mark.parametrize("counts", [[90, 9, 1], [900, 90, 10]])
def test_it_equals_the_table(counts):
    assert printed(weigh(ClassCounts.of(counts))) == [1.05409, 3.33333, 10]
    assert printed(apply(ClassCounts.of(counts), "sqrt").values) == [0.781572, 2.47155, 7.41464]


def test_it_equals_the_table_on_a_long_tail():
    counts = ClassCounts.of(COUNTS)
    assert printed(selected(weigh(counts))) == [29.0374, 18.4196, 11.3937, 2.60007]
    weights = apply(counts, "sqrt")
    assert printed(selected(weights.values)) == [3.22884, 2.04819, 1.26694, 0.289117]
    assert f"{weights.max_min_ratio:.3f}" == "11.168"


def test_divided_by_its_smallest_it_is_sqrt_balanced_of_catboost():
    weights = weigh(ClassCounts.of([90, 9, 1]))
    assert printed(weights / weights.min()) == [1, 3.16228, 9.48683]


def test_summing_to_the_number_of_classes_it_gives_the_sqrt_weights_of_alimentar():
    # alimentar src/imbalance.rs, counts of its own test
    weights = apply(ClassCounts.of([17252, 2402, 2858, 2875, 3920]), "sqrt", normalize="sum")
    assert [round(w, 6) for w in weights.values] == [0.467972, 1.254162, 1.149765, 1.14636, 0.981741]
