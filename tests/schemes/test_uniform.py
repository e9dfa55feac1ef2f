from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.uniform import weigh
from imbalance_doctor.weighting import apply


def test_every_class_weighs_one():
    assert weigh(ClassCounts.of([90, 9, 1])).tolist() == [1, 1, 1]


def test_a_class_without_samples_weighs_one_too():
    weights = apply(ClassCounts.of([90, 0, 10]), "uniform")
    assert weights.values == (1, 1, 1)
    assert weights.boundary_after == (0.5, 0.5, 0.5)


def test_a_cap_leaves_it_alone_when_the_last_class_is_empty():
    assert apply(ClassCounts.of([5, 0]), "uniform", cap=2).values == (1, 1)
