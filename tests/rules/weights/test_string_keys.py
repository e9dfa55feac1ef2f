"""Keras finds no weight under a text key."""

import pytest

from imbalance_doctor.examinations.lint import LintRequest
from tests.rules.weights.given import findings

NAME = "string-keys"


@pytest.mark.parametrize("keys", ["{'0': 1.0, '1': 50.0}", "{'ham': 1.0, 'spam': 50.0}"])
def test_text_keys_in_keras(keys: str) -> None:
    counts = {"0": 50, "1": 1} if "'0'" in keys else {"ham": 50, "spam": 1}
    (found,) = findings(NAME, f"model.fit(x, y, class_weight={keys})", counts)
    assert (found.grade, found.remedy) == ("error", "key them by index: {0: 1, 1: 50}")


def test_integer_keys_in_keras_and_text_keys_elsewhere_are_right() -> None:
    assert not findings(NAME, "model.fit(x, y, class_weight={0: 1.0, 1: 50.0})", {"0": 50, "1": 1})
    assert not findings(NAME, "SVC(class_weight={'0': 1.0, '1': 50.0})", {"0": 50, "1": 1})


def test_a_json_file_for_keras_has_text_keys_whatever_was_meant() -> None:
    assert findings(NAME, '{"0": 1.0, "1": 50.0}', {"0": 50, "1": 1}, request=LintRequest(framework="keras"))
