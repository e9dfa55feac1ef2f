"""The emitted YAML of Detectron2, and the threshold against the formula of its sampler."""

import math

import pytest
import yaml

from imbalance_doctor.emitters import emit
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.weighting import apply
from tests.emitters.refusals import refusal
from tests.emitters.samples import sample

COUNTS = ClassCounts.of({"car": 900, "bus": 40, "tram": 1}, n_samples=1000)


def sampler_of_detectron2(counts: list[int], images: int, threshold: float) -> list[float]:
    """`repeat_factors_from_category_frequency`: max(1, sqrt(t / f)) of every category."""
    return [max(1.0, math.sqrt(threshold / (n / images))) for n in counts]


def read(weights):
    return yaml.safe_load(emit("detectron2", weights))["DATALOADER"]


@pytest.mark.parametrize("threshold", [0.1, 0.001, 1e-7])
def test_the_sampler_gets_the_threshold_of_the_scheme_and_computes_the_same_factors(threshold):
    weights = apply(COUNTS, "repeat-factor", parameters={"threshold": threshold})
    found = read(weights)
    assert found == {
        "SAMPLER_TRAIN": "RepeatFactorTrainingSampler",
        "REPEAT_THRESHOLD": threshold,
        "REPEAT_SQRT": True,
    }
    assert isinstance(found["REPEAT_THRESHOLD"], float)
    own = sampler_of_detectron2([900, 40, 1], 1000, found["REPEAT_THRESHOLD"])
    assert weights.values == pytest.approx(own, rel=1e-12)
    assert "The framework computes its own" not in emit("detectron2", weights)


def test_the_cap_that_the_sampler_does_not_have_is_said():
    weights = apply(COUNTS, "repeat-factor", parameters={"threshold": 0.1}, cap=2)
    # sqrt(0.1 / 0.001) = 10 where the cap wants 2; sqrt(0.1 / 0.04) = 1.58 is under it.
    assert "# The framework computes its own factors, up to 10; 1 differ from those above.\n" in emit(
        "detectron2", weights
    )


def test_a_threshold_that_is_not_known_is_solved_from_the_factors():
    # 2 = sqrt(t / f) with f = 10 of 90 images.
    weights = sample("repeat", counts=(70, 10, 10), n_samples=90, values=(1.0, 2.0, 2.0), parameters={})
    assert read(weights)["REPEAT_THRESHOLD"] == pytest.approx(4 * 10 / 90, rel=1e-12)
    assert read(sample("repeat", values=(1.0, 1.0, 1.0), parameters={}))["REPEAT_THRESHOLD"] == 0.0


@pytest.mark.frameworks
def test_yacs_merges_it_into_a_configuration_with_those_keys(tmp_path):
    config = pytest.importorskip("yacs.config")
    cfg = config.CfgNode()
    cfg.DATALOADER = config.CfgNode()
    cfg.DATALOADER.SAMPLER_TRAIN = "TrainingSampler"
    cfg.DATALOADER.REPEAT_THRESHOLD = 0.0
    cfg.DATALOADER.REPEAT_SQRT = True
    path = tmp_path / "repeat.yaml"
    path.write_text(emit("detectron2", apply(COUNTS, "repeat-factor", parameters={"threshold": 1e-7})))
    cfg.merge_from_file(str(path))
    assert cfg.DATALOADER.SAMPLER_TRAIN == "RepeatFactorTrainingSampler"
    assert cfg.DATALOADER.REPEAT_THRESHOLD == 1e-7


@pytest.mark.parametrize(
    ("task", "kind", "why"),
    [
        ("multiclass", "class-weight", "no weights per class"),
        ("multilabel", "class-weight", "no weights per class"),
        ("multilabel", "pos-weight", "no weights per class"),
        ("multilabel", "pair", "no weights per class"),
        ("multiclass", "offset", "no offset"),
        ("multiclass", "margin", "no margin"),
    ],
)
def test_weights_are_refused_in_favour_of_repeat_factors(task, kind, why):
    error = refusal("detectron2", task, kind)
    assert why in error.message
    assert error.hint == "use --scheme repeat-factor"
