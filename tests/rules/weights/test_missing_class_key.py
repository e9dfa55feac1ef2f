"""Every class needs a key."""

from tests.rules.weights.given import findings, weights_of

NAME = "missing-class-key"
COUNTS = {"0": 90, "1": 9, "2": 1}


def test_keras_takes_one_for_it_and_says_nothing() -> None:
    text = "model.fit(x, y, class_weight={0: 1.0, 1: 50.0})"
    (found,) = findings(NAME, text, COUNTS)
    assert (found.grade, found.classes, found.evidence["taken"]) == ("warning", ("2",), 1.0)
    assert weights_of(text, COUNTS).values == (1.0, 50.0, 1.0)


def test_others_stop_or_go_wrong() -> None:
    (found,) = findings(NAME, '{"0": 1.0, "1": 50.0}', COUNTS)
    assert (found.grade, found.evidence["taken"]) == ("error", None)


def test_indices_are_keys_of_named_classes() -> None:
    text = "model.fit(x, y, class_weight={0: 1.0, 1: 50.0})"
    assert not findings(NAME, text, {"ham": 90, "spam": 9})
    assert weights_of(text, {"ham": 90, "spam": 9}).values == (1.0, 50.0)


def test_a_key_for_each_is_right_in_any_order() -> None:
    assert not findings(NAME, '{"2": 3, "0": 1, "1": 2}', COUNTS)
