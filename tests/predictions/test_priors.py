"""Priors as a user types them."""

import pytest

from imbalance_doctor.errors import InputError
from imbalance_doctor.predictions.priors import in_order, of_counts, parse

NAMED = {"cat": 0.7, "hot dog": 0.3}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("0.7,0.3", [0.7, 0.3]),
        ("0.02", [0.02]),
        ("0.7\n0.3\n", [0.7, 0.3]),
        ("[0.7, 0.3]", [0.7, 0.3]),
        ('{"cat": 0.7, "hot dog": 0.3}', NAMED),
        ("cat,0.7\nhot dog,0.3\n", NAMED),
        ("class,prior\ncat,0.7\nhot dog,0.3\n", NAMED),
        ('cat\t0.7\n"hot dog"\t3e-1\n', NAMED),
    ],
)
def test_numbers_in_class_order_or_by_name(text: str, meant: object) -> None:
    assert parse(text, "--prior") == meant


@pytest.mark.parametrize("text", ["", "a,b", "cat,0.7\ndog,much\n", "[0.5, null]", "{0.5", '["a"]'])
def test_anything_else_is_an_error(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text, "--prior")
    assert "0.9,0.1" in caught.value.hint


def test_names_are_matched_whatever_their_order() -> None:
    assert in_order({"hot dog": 0.3, "cat": 0.7}, ("cat", "hot dog"), "softmax") == (0.7, 0.3)
    assert in_order([0.25], ("no", "yes"), "binary") == (0.75, 0.25)
    assert in_order({"yes": 0.25}, ("no", "yes"), "binary") == (0.75, 0.25)
    assert in_order([0.9, 0.8], ("a", "b"), "sigmoid") == (0.9, 0.8)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([0.5, 0.3, 0.2], "3 priors are given for 2 classes"),
        ({"a": 1.0}, "'b' has no prior"),
        ([0.9, 0.9], "sum to 1.8"),
        ([90, 10], "no probability"),
        ([-0.1, 1.1], "no probability"),
    ],
)
def test_priors_must_be_one_probability_per_class(given: object, said: str) -> None:
    with pytest.raises(InputError, match=said):
        in_order(given, ("a", "b"), "softmax")


def test_counts_become_prevalences_and_a_class_without_samples_zero() -> None:
    assert of_counts({"b": 30, "a": 70}, {"a": 100, "b": 100}, ("a", "b", "c"), "x") == (0.7, 0.3, 0.0)
    assert of_counts({"1.0": 1, "0.0": 3}, {"1.0": 4, "0.0": 4}, ("0", "1"), "x") == (0.75, 0.25)
    with pytest.raises(InputError, match="none is in both"):
        of_counts({"b": 30}, {"b": 30}, ("x", "y"), "the training labels")
