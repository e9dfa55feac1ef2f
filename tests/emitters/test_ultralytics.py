"""The exponent of Ultralytics reproduces the wanted ratio, or is cut and says so."""

import pytest
import yaml

from imbalance_doctor.emitters import emit
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.weighting import apply
from tests.emitters.refusals import refusal
from tests.emitters.samples import sample

COUNTS = ClassCounts.of({"car": 9000, "bus": 900, "tram": 10})


def weights_of_ultralytics(counts: list[int], cls_pw: float) -> list[float]:
    """(1 / n)^cls_pw, divided by the mean over the classes."""
    raw = [(1 / n) ** cls_pw for n in counts]
    return [w / (sum(raw) / len(raw)) for w in raw]


def exponent(weights):
    return yaml.safe_load(emit("ultralytics", weights))["cls_pw"]


@pytest.mark.parametrize(
    ("scheme", "parameters", "expected"),
    [
        ("balanced", {}, 1.0),
        ("inverse", {}, 1.0),
        ("sqrt", {}, 0.5),
        ("power", {"power": 0.3}, 0.3),
        ("uniform", {}, 0.0),
    ],
)
def test_a_power_of_the_count_has_that_exponent(scheme, parameters, expected):
    weights = apply(COUNTS, scheme, parameters=parameters)
    assert exponent(weights) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("scheme", "parameters"), [("effective-number", {"beta": 0.999}), ("log-smoothed", {})])
def test_the_ratio_of_rarest_to_most_frequent_is_that_of_the_weights(scheme, parameters):
    weights = apply(COUNTS, scheme, parameters=parameters)
    own = weights_of_ultralytics([9000, 900, 10], exponent(weights))
    assert own[2] / own[0] == pytest.approx(weights.values[2] / weights.values[0], rel=1e-9)


def test_the_largest_deviation_is_stated():
    # Capped at 20: 9000 and 900 keep their ratio of 10, the rarest is 20.
    weights = apply(COUNTS, "balanced", cap=20)
    own = weights_of_ultralytics([9000, 900, 10], exponent(weights))
    mean = sum(weights.values) / 3
    worst = max(abs(a / (w / mean) - 1) for a, w in zip(own, weights.values, strict=True))
    assert worst > 0.1
    assert f"over their mean, up to a deviation of {worst:.3g}\n" in emit("ultralytics", weights)
    assert "# its weights are those above over their mean\n" in emit("ultralytics", apply(COUNTS, "balanced"))


@pytest.mark.parametrize(("power", "cut"), [(1.5, 1.0), (1.0, None)])
def test_a_ratio_that_no_exponent_reaches_is_cut_and_says_so(power, cut):
    weights = apply(COUNTS, "power", parameters={"power": power})
    assert exponent(weights) == pytest.approx(1.0, abs=1e-12)
    assert ("wants an exponent of 1.5, which is cut to 1.0" in emit("ultralytics", weights)) is (cut is not None)


def test_weights_that_favour_the_frequent_class_are_cut_to_no_weights():
    text = emit("ultralytics", sample(counts=(100, 10, 10), values=(4.0, 1.0, 1.0)))
    assert yaml.safe_load(text) == {"cls_pw": 0.0}
    assert "wants an exponent of -0.60206, which is cut to 0.0" in text


def test_equal_counts_and_an_empty_class_have_an_exponent_too():
    equal = ClassCounts.of({"a": 5, "b": 5})
    assert exponent(apply(equal, "balanced")) == 0.0
    empty = ClassCounts.of({"a": 100, "b": 10, "c": 0})
    assert exponent(apply(empty, "balanced", zero_count="exclude")) == pytest.approx(1.0, abs=1e-12)


def test_it_says_that_the_classification_trainer_ignores_it():
    assert "the classification trainer ignores it" in emit("ultralytics", apply(COUNTS, "sqrt"))


@pytest.mark.parametrize(
    ("task", "kind", "why", "instead"),
    [
        ("multilabel", "class-weight", "it counts boxes", "--task multiclass"),
        ("multilabel", "pos-weight", "it counts boxes", "--to pytorch"),
        ("multilabel", "pair", "it counts boxes", "--to pytorch"),
        ("multilabel", "offset", "it counts boxes", "--to pytorch"),
        ("multilabel", "margin", "it counts boxes", "--to json"),
        ("multilabel", "repeat", "no sampler", "--to detectron2"),
        ("binary", "pos-weight", "one exponent", "--scheme balanced"),
        ("binary", "pair", "one exponent", "--scheme balanced"),
        ("multiclass", "offset", "one exponent", "--scheme balanced"),
        ("multiclass", "margin", "one exponent", "--scheme balanced"),
        ("multiclass", "repeat", "no sampler", "--scheme power"),
    ],
)
def test_a_refusal_gives_the_reason_and_what_works(task, kind, why, instead):
    error = refusal("ultralytics", task, kind)
    assert why in error.message
    assert instead in error.hint
