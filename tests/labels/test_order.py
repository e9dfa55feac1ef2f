"""Class order is the model's index order."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.preprocessing import LabelEncoder

from imbalance_doctor.labels.order import index_order


def test_integers_are_in_numerical_order_however_many_digits_they_have() -> None:
    names = [str(i) for i in range(101)]
    shuffled = random.Random(0).sample(names, k=101)
    assert index_order(shuffled) == tuple(names)
    assert index_order(["1", "-1", "0", "255"]) == ("-1", "0", "1", "255")


def test_one_name_that_is_no_integer_puts_all_in_order_of_code_points() -> None:
    assert index_order(["10", "9", "b", "a", "B"]) == ("10", "9", "B", "a", "b")
    assert index_order(["10", "9", "1.0"]) == ("1.0", "10", "9")
    assert index_order(["10", "9", "١"]) == ("10", "9", "١")


def test_spellings_of_one_integer_have_an_order_too() -> None:
    assert index_order(["1", "01", "+1", "0"]) == ("0", "+1", "01", "1")


def test_integers_beyond_any_machine_word_are_compared_exactly() -> None:
    assert index_order([str(10**30 + 1), str(10**30), "5"]) == ("5", str(10**30), str(10**30 + 1))


def test_digits_too_long_for_a_number_are_text() -> None:
    long = "1" + "0" * 5000
    assert index_order(["7", long, "20"]) == (long, "20", "7")


def test_no_names_have_no_order() -> None:
    assert index_order([]) == ()


@pytest.mark.parametrize("values", [np.array([10, 9, 200, 0]), np.array(["b", "a", "É", "Z"])])
def test_the_order_is_that_of_the_label_encoder(values: np.ndarray) -> None:
    classes = LabelEncoder().fit(values).classes_
    assert index_order(map(str, values.tolist())) == tuple(map(str, classes.tolist()))


@given(st.lists(st.text(max_size=3), unique=True), st.randoms())
def test_the_order_does_not_depend_on_the_order_of_arrival(names: list[str], chance: random.Random) -> None:
    shuffled = chance.sample(names, k=len(names))
    assert index_order(shuffled) == index_order(names)
