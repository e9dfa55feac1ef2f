"""YAML that both versions of the language read alike."""

import json

import yaml

from imbalance_doctor.emitters import emit
from tests.awkward import VALUES
from tests.emitters.samples import binary, sample


def test_it_holds_the_same_data_as_the_json():
    for weights in (sample(), binary("pair", boundary_after=(None, 0.5)), sample("offset", parameters={})):
        assert yaml.safe_load(emit("yaml", weights)) == json.loads(emit("json", weights)) | {"target": "yaml"}


def test_names_that_yaml_would_guess_about_stay_text():
    names = ("no", "null", "~", "1e3", "012", "12:30", "true", "0x1F", "=", "<<", "2024-01-01")
    assert yaml.safe_load(emit("yaml", sample(classes=names, values=(1.0,) * len(names))))["classes"] == list(names)


def test_every_weight_is_read_as_a_float():
    text = emit("yaml", sample(classes=tuple("abcdefghij"), values=VALUES))
    assert {type(value) for value in yaml.safe_load(text)["values"]} == {float}
    assert "1.0e-07" in text


def test_long_lists_are_indented_deeper_than_their_key():
    names = tuple(f"class {i}" for i in range(50))
    lines = emit("yaml", sample(classes=names, values=(1.0,) * 50)).splitlines()
    inside = lines[lines.index("classes: [") + 1 : next(i for i, s in enumerate(lines) if s.startswith("counts"))]
    assert inside[-1] == "  ]"
    assert all(line.startswith(" ") for line in inside)
