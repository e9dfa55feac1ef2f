"""K + 1 numbers for K classes."""

from tests.rules.weights.given import findings, weights_of

NAME = "background-slot"
COUNTS = {"cat": 50, "dog": 500, "emu": 5}


def test_a_number_too_many_is_taken_for_the_background_where_the_rest_then_follows_the_counts() -> None:
    (found,) = findings(NAME, [0.1, 10.0, 1.0, 100.0], COUNTS)
    assert (found.evidence["slot"], found.grade) == ("first", "warning")
    (found,) = findings(NAME, [10.0, 1.0, 100.0, 0.1], COUNTS)
    assert found.evidence["slot"] == "last"
    assert weights_of([10.0, 1.0, 100.0, 0.1], COUNTS).values == (10.0, 1.0, 100.0)


def test_a_background_among_the_labels_without_a_number_is_an_error() -> None:
    (found,) = findings(NAME, [10.0, 1.0, 100.0], {"background": 9000, **COUNTS})
    assert (found.evidence["slot"], found.grade) == ("uncovered", "error")


def test_a_number_for_each_class_is_right_and_two_too_many_are_another_matter() -> None:
    assert not findings(NAME, [10.0, 1.0, 100.0], COUNTS)
    assert not findings(NAME, [10.0, 1.0, 100.0, 1.0, 1.0], COUNTS)
    assert not findings(NAME, [10.0, 1.0], COUNTS)
