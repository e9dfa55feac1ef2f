"""TOML, which has no null."""

import json
import tomllib

from imbalance_doctor.emitters import emit
from tests.awkward import VALUES
from tests.emitters.samples import binary, sample


def test_it_holds_the_same_data_as_the_json_less_what_is_null():
    for weights in (sample(), binary("pair"), sample("offset")):
        expected = {k: v for k, v in json.loads(emit("json", weights)).items() if v is not None}
        assert tomllib.loads(emit("toml", weights)) == expected | {"target": "toml"}


def test_a_class_without_a_boundary_has_the_empty_string():
    data = tomllib.loads(emit("toml", sample(boundary_after=(0.5, None, 0.25))))
    assert data["boundary_after"] == [0.5, "", 0.25]


def test_every_weight_is_read_as_a_float():
    data = tomllib.loads(emit("toml", sample(classes=tuple("abcdefghij"), values=VALUES)))
    assert {type(value) for value in data["values"]} == {float}
