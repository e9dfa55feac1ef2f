"""The neutral artefact."""

import json

import pytest

from imbalance_doctor import __version__
from imbalance_doctor.emitters import emit
from imbalance_doctor.errors import OutputError
from tests.emitters.samples import binary, sample


def test_the_object_has_the_keys_of_the_contract_with_the_format_first():
    data = json.loads(emit("json", sample()))
    assert next(iter(data)) == "format"
    assert data == {
        "format": 1,
        "version": __version__,
        "target": "json",
        "scheme": "balanced",
        "kind": "class-weight",
        "task": "multiclass",
        "n_samples": 165,
        "normalisation": "sample-mean",
        "parameters": {"cap": 0.001, "zero_count": "value=1"},
        "sample_mean": 1.25,
        "max_min_ratio": 9.0,
        "classes": ["cat", "dog", "bird"],
        "counts": [90, 45, 30],
        "values": [1 / 3, 3.0, 30.0],
        "values_negative": None,
        "boundary_after": [0.5, 0.25, 0.5 / 3],
    }


def test_a_pair_has_negative_values_and_what_does_not_exist_is_null():
    data = json.loads(emit("json", binary("pair", boundary_after=(None, 0.5), sample_mean=None)))
    assert data["values_negative"] == [0.25 / 7, 4 / 7]
    assert data["boundary_after"] == [None, 0.5]
    assert data["sample_mean"] is None


def test_every_key_has_a_line_of_its_own():
    assert emit("json", sample()).count("\n") == 2 + 16


def test_counts_beyond_the_integers_of_a_float_stay_exact():
    n = 2**53 + 1
    assert json.loads(emit("json", sample(counts=(n, 2, 1))))["counts"] == [n, 2, 1]


def test_half_a_surrogate_pair_is_refused_because_two_would_come_back_as_one_character():
    assert json.loads(json.dumps("\ud83d\ude00")) != "\ud83d\ude00"
    with pytest.raises(OutputError, match="class 0"):
        emit("json", binary(classes=("\ud83d\ude00", "b")))
