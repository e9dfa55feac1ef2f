"""The posterior each class needs."""

import pytest

from tests.rules.weights.given import RARE, findings

NAME = "implied-boundary"


@pytest.mark.parametrize(
    ("weights", "facts", "boundary"),
    [
        ([1.0, 99.0], {}, 0.01),
        ([1.0, 1.0], {}, 0.5),
        ([1000 / 1980, 50.0], {}, 0.01),
        ([1.0, 9.0], {}, 0.1),
        ([99.0], {"role": "pos-weight"}, 0.01),
        ([0.25], {"role": "focal-alpha"}, 0.75),
        ([-0.01005033585350145, -4.605170185988091], {"role": "offset"}, 0.01),
    ],
)
def test_it_is_always_printed(weights: list[float], facts: dict, boundary: float) -> None:
    """Elkan (2001), theorem 1: w0 / (w0 + w1)."""
    (found,) = findings(NAME, weights, RARE, **facts)
    assert found.evidence["boundary"]["fraud"] == pytest.approx(boundary)
    assert found.grade == "info"


def test_pos_weights_of_the_seed_question() -> None:
    (found,) = findings(NAME, [543.55446, 3.3661189], [101, 12597], n_samples=55_000, role="pos-weight")
    assert found.evidence["boundary"]["0"] == pytest.approx(0.001836, abs=5e-7)  # methods A.5
    assert found.evidence["boundary"]["1"] == pytest.approx(0.229036, abs=5e-7)
    assert found.evidence["scheme"] == "pos-weight"


def test_there_is_none_where_the_numbers_cannot_be_assigned() -> None:
    assert not findings(NAME, [1.0, 2.0], [5, 4, 3, 2])
