"""Every key is a class."""

from tests.rules.weights.given import findings

NAME = "unknown-class-key"


def test_a_class_spelt_in_another_way_is_suggested() -> None:
    (found,) = findings(NAME, '{"ok": 1, "Fraud": 50}', {"ok": 99, "fraud": 1})
    assert found.evidence == {"unknown": ["Fraud"], "meant": "fraud"}


def test_numbers_spelt_in_another_way_are_other_classes() -> None:
    (found,) = findings(NAME, "{'1.0': 1, '2.0': 50}", {"1": 99, "2": 1})
    assert found.evidence["unknown"] == ["1.0", "2.0"]


def test_the_classes_themselves_are_known() -> None:
    assert not findings(NAME, '{"ok": 1, "fraud": 50}', {"ok": 99, "fraud": 1})
