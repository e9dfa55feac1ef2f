import pytest

from imbalance_doctor.errors import UsageError
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.schemes.log_smoothed import weigh
from tests.schemes.printed import printed
from tests.v2ex import COUNTS, selected


@pytest.mark.parametrize("counts", [[90, 9, 1], [900, 90, 10]])
def test_it_equals_the_table(counts):
    assert printed(weigh(ClassCounts.of(counts))) == [1, 1, 2.70805]


def test_it_equals_the_table_on_a_long_tail():
    assert printed(selected(weigh(ClassCounts.of(COUNTS)))) == [4.84005, 3.92971, 2.96901, 1]


def test_mu_must_be_above_zero():
    with pytest.raises(UsageError, match="mu must be above 0"):
        weigh(ClassCounts.of([90, 9, 1]), mu=0)
