"""float16 ends at 65,504."""

import pytest

from tests.rules.weights.given import findings

NAME = "half-precision-overflow"


def test_the_largest_half_is_kept_and_what_rounds_beyond_it_is_infinite() -> None:
    kept = findings(NAME, [1.0, 65504.0], [9, 1], dtype="float16")
    assert [f.grade for f in kept] == ["warning"]  # finite, but no confident mistake on it is
    lost = findings(NAME, [1.0, 65520.0], [9, 1], dtype="float16")
    assert [(f.grade, f.evidence["out_of_range"]) for f in lost] == [("error", 1)]


def test_a_small_weight_vanishes() -> None:
    assert findings(NAME, [1.0, 2.0**-26], [1, 9], dtype="float16")[0].grade == "error"
    assert not findings(NAME, [1.0, 2.0**-24], [1, 9], dtype="float16")


def test_the_type_is_read_from_the_snippet() -> None:
    text = "torch.nn.CrossEntropyLoss(weight=torch.tensor([1.0, 70000.0]).half())"
    assert [f.grade for f in findings(NAME, text, [9, 1])] == ["error"]


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_other_types_have_the_range(dtype: str) -> None:
    assert not findings(NAME, [1.0, 70000.0], [9, 1], dtype=dtype)


def test_without_a_type_it_is_only_said() -> None:
    assert [f.grade for f in findings(NAME, [1.0, 70000.0], [9, 1])] == ["info"]
    assert not findings(NAME, [1.0, 60000.0], [9, 1])


def test_a_weighted_loss_overflows_from_3938_on() -> None:
    """65504 / -ln(2^-24) = 3937.6."""
    assert not findings(NAME, [1.0, 3937.0], [9, 1], dtype="float16")
    assert findings(NAME, [1.0, 3939.0], [9, 1], dtype="float16")
