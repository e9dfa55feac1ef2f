from decimal import Decimal, localcontext

import pytest

from imbalance_doctor.errors import UsageError
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.effective_number import weigh
from imbalance_doctor.weighting import apply
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, selected


def normalised(counts, beta):
    return apply(ClassCounts.of(counts), "effective-number", parameters={"beta": beta}, normalize="sum")


@pytest.mark.parametrize(
    ("counts", "beta", "expected"),
    [
        ([90, 9, 1], 0.9, [0.2375, 0.387676, 2.37482]),
        ([90, 9, 1], 0.99, [0.0445039, 0.306324, 2.64917]),
        ([90, 9, 1], 0.999, [0.0310186, 0.297968, 2.67101]),
        ([90, 9, 1], 0.9999, [0.0298329, 0.297124, 2.67304]),
        ([900, 90, 10], 0.9, [0.848556, 0.848621, 1.30282]),
        ([900, 90, 10], 0.99, [0.228367, 0.383591, 2.38804]),
        ([900, 90, 10], 0.999, [0.0444296, 0.306283, 2.64929]),
        ([900, 90, 10], 0.9999, [0.031018, 0.297968, 2.67101]),
    ],
)
def test_summing_to_k_it_equals_the_table(counts, beta, expected):
    assert printed(normalised(counts, beta).values) == expected


@pytest.mark.parametrize(
    ("beta", "expected"),
    [
        (0.9, [0.998276, 0.998276, 1.003448]),
        (0.99, [0.661041, 0.665413, 1.673546]),
        (0.999, [0.125629, 0.317017, 2.557354]),
        (0.9999, [0.034107, 0.275167, 2.690725]),
    ],
)
def test_the_repository_of_the_paper_gives_the_same_for_its_long_tail(beta, expected):
    assert [round(w, 6) for w in normalised([5000, 500, 50], beta).values] == expected


@pytest.mark.parametrize(
    ("beta", "expected", "ratio"),
    [
        (0.9, [1.00002, 0.999998, 0.999998, 0.999998], 1),
        (0.99, [1.35123, 0.936754, 0.862763, 0.861581], 1.568),
        (0.999, [2.16135, 0.935417, 0.431655, 0.207734], 10.40),
        (0.9999, [2.30553, 0.934687, 0.364892, 0.0323475], 71.27),
    ],
)
def test_it_equals_the_table_on_a_long_tail(beta, expected, ratio):
    weights = normalised(COUNTS, beta)
    assert printed(selected(weights.values)) == expected
    assert printed([weights.max_min_ratio], 4) == [ratio]


def test_raw_it_is_one_over_the_effective_number():
    assert printed(selected(weigh(ClassCounts.of(COUNTS), beta=0.9999)), 8) == [
        0.0099505792, 0.0040340737, 0.0015748607, 0.00013961045,
    ]  # fmt: skip
    assert weigh(ClassCounts.of([90, 9, 1]), beta=0).tolist() == [1, 1, 1]


@pytest.mark.parametrize("beta", [0.5, 0.9, 1 - 1e-9, 1 - 2**-53, 2**-60])
@pytest.mark.parametrize("n", [1, 7, 10**6, 10**12])
def test_it_is_accurate_to_the_last_digits_where_one_minus_beta_to_the_n_cancels(beta, n):
    with localcontext() as context:
        context.prec = 60
        exact = (1 - Decimal(beta)) / (1 - Decimal(beta) ** n)
    assert weigh(ClassCounts.of([n, 1]), beta=beta)[0] == pytest.approx(float(exact), rel=1e-14, abs=0)


def test_without_a_beta_it_saturates_at_the_median_positive_count_and_says_so():
    weights = apply(ClassCounts.of([1000, 100, 10, 0]), "effective-number", zero_count="exclude")
    assert weights.parameters["beta"] == 0.99
    given = apply(
        ClassCounts.of([1000, 100, 10, 0]), "effective-number", parameters={"beta": 0.99}, zero_count="exclude"
    )
    assert weights.values == given.values


@pytest.mark.parametrize("counts", [[1, 1, 1], [10**18, 10**17], [1]])
def test_the_matched_beta_is_always_usable(counts):
    weights = apply(ClassCounts.of(counts), "effective-number")
    assert 0 <= weights.parameters["beta"] < 1
    assert sum(n * w for n, w in zip(counts, weights.values, strict=True)) == pytest.approx(sum(counts))


@pytest.mark.parametrize("beta", [-0.1, 1, 1.5, float("nan")])
def test_beta_must_lie_between_0_and_1(beta):
    with pytest.raises(UsageError, match="beta must be at least 0 and below 1"):
        weigh(ClassCounts.of([90, 10]), beta=beta)
