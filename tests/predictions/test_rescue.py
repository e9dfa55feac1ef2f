"""The rescue as a whole: threshold faults are rescued, dead models are promised nothing."""

import math
import time

import numpy as np
import pytest
from sklearn.metrics import f1_score, precision_recall_curve

from imbalance_doctor.model import PredictionLayout, Remedy
from imbalance_doctor.predictions import profile
from imbalance_doctor.predictions.blocks import ScoreBlock, ScoreSample, Setting
from imbalance_doctor.predictions.decisions import cut_of, decide
from imbalance_doctor.predictions.rescue import best, rescue
from imbalance_doctor.predictions.tally import PredictionTally


def ask(
    scores: np.ndarray,
    truth: np.ndarray | None,
    task: str,
    *,
    kind: str = "probabilities",
    priors: tuple[float, ...] | None = None,
    metric: str = "macro-f1",
    known: np.ndarray | None = None,
    source: str = "training labels",
) -> tuple[Remedy, ...]:
    k = 2 if task == "binary" else scores.shape[1]
    setting = Setting(
        tuple(map(str, range(k))), kind, task, 0.5 if kind == "probabilities" else 0.0, priors, source if priors else ""
    )
    return rescue(ScoreSample(np.arange(len(scores)), scores.astype(float), truth, known, True), setting, metric)


def by_name(remedies: tuple[Remedy, ...]) -> dict[str, Remedy]:
    return {r.name: r for r in remedies}


def labels(n: int, priors: tuple[float, ...], seed: int, distance: float = 2.5) -> tuple[np.ndarray, np.ndarray]:
    """Independent labels (n, K) and the log odds of their true posteriors."""
    rng = np.random.default_rng(seed)
    p = np.array(priors)
    truth = rng.random((n, len(p))) < p
    x = rng.normal(size=truth.shape) + distance * truth
    return truth, distance * x - distance**2 / 2 + np.log(p / (1 - p))


def classes(n: int, priors: tuple[float, ...], seed: int, distance: float = 2.0) -> tuple[np.ndarray, np.ndarray]:
    """One class a row and the log posteriors."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(len(priors), size=n, p=priors)
    x = rng.normal(size=(n, len(priors))) + distance * np.eye(len(priors))[truth]
    return truth, distance * x + np.log(priors)


def sigmoid(z: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-z))


def exhaustive(scores: np.ndarray, truth: np.ndarray) -> float:
    """The best macro-F1 that any thresholds reach on these scores: every score of every class is tried."""
    found = []
    for s, t in zip(scores.T, truth.T, strict=True):
        precision, recall, _ = precision_recall_curve(t, s)
        found.append(np.max(2 * precision * recall / np.maximum(precision + recall, 1e-300)))
    return float(np.mean(found))


PRIORS = (0.02, 0.04, 0.08, 0.15, 0.3)
FAULTS = {
    "nothing crosses the cut": lambda z: sigmoid(z - 4),
    "everything crosses the cut": lambda z: sigmoid(z + 4),
    "balanced pos_weight": lambda z: sigmoid(z + np.log((1 - np.array(PRIORS)) / np.array(PRIORS))),
    "sigmoid of sigmoid": lambda z: sigmoid(sigmoid(z)),
    "a scale of its own for each class": lambda z: sigmoid(z * np.array([0.2, 1, 3, 0.5, 2]) - [1, 9, 0, 3, 5]),
}


@pytest.mark.parametrize("known_priors", [True, False])
@pytest.mark.parametrize("fault", FAULTS)
def test_threshold_faults_of_many_labels_reach_95_percent_of_the_exhaustive_search(
    fault: str, known_priors: bool
) -> None:
    truth, z = labels(6000, PRIORS, seed=1)
    scores = FAULTS[fault](z)
    chosen = best(ask(scores, truth, "sigmoid", priors=PRIORS if known_priors else None))
    assert chosen is not None
    top = exhaustive(scores, truth)
    assert chosen.as_is < 0.9 * top
    assert chosen.score >= 0.95 * top
    assert 0 < chosen.interval[0] < chosen.score - chosen.as_is < chosen.interval[1]


@pytest.mark.parametrize("shift", [-3.0, 3.0])
def test_threshold_faults_of_two_classes_reach_95_percent_of_the_exhaustive_search(shift: float) -> None:
    truth, z = labels(6000, (0.05,), seed=2)
    scores, truth = z + shift, truth[:, 0].astype(int)
    top = max(f1_score(truth, scores[:, 0] >= t, average="macro") for t in np.quantile(scores, np.arange(0, 1, 0.005)))
    chosen = best(ask(scores, truth, "binary", kind="logits"))
    assert chosen.as_is < 0.9 * top
    assert chosen.score >= 0.95 * top


@pytest.mark.parametrize("kind", ["logits", "probabilities"])
def test_a_prior_bias_of_competing_classes_reaches_95_percent_of_the_exhaustive_search(kind: str) -> None:
    priors = (0.9, 0.07, 0.03)
    truth, z = classes(4000, priors, seed=3)
    z = z + 0.8 * np.log(priors)
    grid = np.linspace(0, 7, 15)
    top = max(f1_score(truth, (z + np.array([0, a, b])).argmax(axis=1), average="macro") for a in grid for b in grid)
    scores = z if kind == "logits" else np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    chosen = best(ask(scores, truth, "softmax", kind=kind))
    assert chosen.as_is < 0.9 * top
    assert chosen.score >= 0.95 * top
    offsets = np.array(chosen.offsets)
    assert f1_score(truth, (z + offsets).argmax(axis=1), average="macro") >= 0.95 * top


DEAD = {
    "many labels, all near the prior": ("sigmoid", lambda rng: 0.1 + 0.01 * rng.normal(size=(1000, 8))),
    "many labels, all constant": ("sigmoid", lambda rng: np.tile([0.1, 0.2, 0.3], (1000, 1))),
    "two classes": ("binary", lambda rng: 0.1 + 0.01 * rng.normal(size=(1000, 1))),
    "competing classes": ("softmax", lambda rng: np.exp(0.01 * rng.normal(size=(1000, 4)) + [3, 1, 0, 0])),
}


@pytest.mark.parametrize("metric", ["macro-f1", "balanced-accuracy"])
@pytest.mark.parametrize("name", DEAD)
def test_a_dead_model_is_promised_nothing(name: str, metric: str) -> None:
    task, make = DEAD[name]
    for seed in range(25):
        rng = np.random.default_rng(seed)
        scores = make(rng)
        truth = rng.random(scores.shape) < 0.1
        if task != "sigmoid":
            truth = rng.choice(max(2, scores.shape[1]), size=1000, p=[0.85, 0.15] if task == "binary" else [0.25] * 4)
        remedies = ask(scores, truth, task, metric=metric)
        assert best(remedies) is None
        assert [(r.name, r.score, r.interval, r.thresholds, r.offsets) for r in remedies] == [("none", *[None] * 4)]
        assert "no threshold can help" in remedies[0].note


def test_a_model_that_ranks_backwards_is_told_so() -> None:
    truth, z = labels(2000, (0.1, 0.2), seed=4)
    (only,) = ask(sigmoid(-z), truth, "sigmoid")
    assert "swapped labels or columns" in only.note


def test_ten_times_as_many_classes_make_chance_no_better() -> None:
    """The best of 200 dead classes often has z above 2; it takes more to pass."""
    rng = np.random.default_rng(5)
    passed = [ask(rng.random((400, 200)), rng.random((400, 200)) < 0.1, "sigmoid")[0].name for _ in range(10)]
    assert passed == ["none"] * 10


def test_a_perfect_model_gains_nothing() -> None:
    truth, _ = labels(1000, (0.1, 0.3), seed=6)
    remedies = ask(np.where(truth, 0.99, 0.01), truth, "sigmoid")
    assert best(remedies) is None
    assert all(r.interval is None or r.interval[1] <= 0 for r in remedies)


@pytest.mark.parametrize("task", ["sigmoid", "binary", "softmax"])
@pytest.mark.parametrize("metric", ["accuracy", "balanced-accuracy", "macro-f1", "micro-f1"])
def test_as_is_is_the_metric_of_the_profile(task: str, metric: str) -> None:
    truth, scores = classes(800, (0.7, 0.2, 0.1), 7) if task == "softmax" else labels(800, (0.2, 0.1, 0.4), 7)
    if task == "binary":
        truth, scores = truth[:, 0].astype(int), scores[:, :1]
    scores = np.round(scores, 1)  # with ties
    k = 2 if task == "binary" else 3
    setting = Setting(tuple("abc"[:k]), "logits", task, 0.0, has_truth=True)
    tally = PredictionTally(setting)
    tally.update(ScoreBlock(0, scores, truth=truth))
    truth_found = profile.build(tally, PredictionLayout("matrix", "")).truth
    remedies = rescue(tally.sample, setting, metric)
    assert remedies[0].as_is == pytest.approx(getattr(truth_found, metric.replace("-", "_")), abs=1e-12)


def test_without_truth_parameters_are_computed_and_nothing_is_claimed() -> None:
    priors = (0.02, 0.1, 0.3)
    _, z = labels(3000, priors, seed=8)
    remedies = ask(z, None, "sigmoid", kind="logits", priors=priors)
    assert [r.name for r in remedies][:2] == ["prior-matching", "prior-boundary"]
    for remedy in remedies:
        assert (remedy.as_is, remedy.score, remedy.interval, remedy.needs_truth) == (None, None, None, False)
    found = by_name(remedies)
    fired = [(column >= cut).sum() for column, cut in zip(z.T, found["prior-matching"].thresholds, strict=True)]
    assert fired == [60, 300, 900]
    expected = [math.log(p / (1 - p)) for p in priors]
    assert list(found["prior-boundary"].thresholds) == pytest.approx(expected, abs=1e-12)
    assert best(remedies) is remedies[0]


def test_without_truth_and_priors_only_the_scores_own_expectation_is_left() -> None:
    _, z = labels(1000, (0.1, 0.3), seed=9)
    assert [r.name for r in ask(sigmoid(z), None, "sigmoid")] == ["global-threshold"]
    (only,) = ask(np.exp(classes(500, (0.8, 0.2), 9)[1]), None, "softmax")
    assert (only.name, best((only,))) == ("none", None)


def test_without_truth_constant_scores_are_promised_nothing() -> None:
    for task in ("sigmoid", "softmax"):
        (only,) = ask(np.tile([0.2, 0.3, 0.5], (100, 1)), None, task, priors=(0.2, 0.3, 0.5))
        assert only.name == "none"
        assert "same in every row" in only.note


def test_the_reported_prior_matching_is_exact_on_the_whole_sample() -> None:
    truth, z = labels(5001, (0.05, 0.2), seed=10)
    found = by_name(ask(z - 3, truth, "sigmoid", kind="logits", priors=(0.05, 0.2)))["prior-matching"]
    assert [int((c >= t).sum()) for c, t in zip((z - 3).T, found.thresholds, strict=True)] == [250, 1000]
    assert not found.needs_truth


def test_priors_counted_from_the_truth_do_not_leak_from_one_half_to_the_other() -> None:
    truth, z = labels(2000, (0.05, 0.2), seed=11)
    leaking = tuple(truth.mean(axis=0).tolist())
    counted = ask(sigmoid(z - 3), truth, "sigmoid", priors=leaking, source="truth")
    assert counted == ask(sigmoid(z - 3), truth, "sigmoid")
    assert by_name(counted)["prior-matching"].needs_truth


def test_the_weights_of_an_over_corrected_model_are_undone() -> None:
    truth, z = labels(8000, (0.02, 0.05), seed=12)
    weighted = z + np.log([49, 19])
    remedies = by_name(ask(weighted, truth, "sigmoid", kind="logits", priors=(0.02, 0.05), metric="accuracy"))
    assert list(remedies["weights-undone"].thresholds) == pytest.approx([math.log(49), math.log(19)], abs=0.3)
    assert remedies["weights-undone"].interval[0] > 0
    assert "weights-undone" not in by_name(ask(z, truth, "sigmoid", kind="logits", priors=(0.02, 0.05)))


def test_logit_adjustment_is_right_for_balanced_accuracy_and_its_offsets_are_the_log_priors() -> None:
    priors = (0.85, 0.1, 0.05)
    truth, z = classes(6000, priors, seed=13)
    found = by_name(ask(z, truth, "softmax", kind="logits", priors=priors, metric="balanced-accuracy"))
    adjusted = found["logit-adjustment"]
    assert list(adjusted.offsets) == pytest.approx([-math.log(p) for p in priors], abs=1e-12)
    assert adjusted.interval[0] > 0
    assert adjusted.score >= max(r.score for r in found.values()) - 0.02


def test_the_binary_remedies_name_a_threshold_for_class_one_only() -> None:
    truth, z = labels(3000, (0.1,), seed=14)
    for remedy in ask(sigmoid(z - 3), truth[:, 0].astype(int), "binary", priors=(0.9, 0.1)):
        assert len(remedy.thresholds) == 2
        assert remedy.thresholds[0] is None
        assert 0 < remedy.thresholds[1] < 1


def test_rows_without_a_truth_and_unknown_cells_change_nothing() -> None:
    truth, z = labels(2000, (0.1, 0.3), seed=15)
    known = np.repeat(np.arange(2000)[:, None] % 2 == 0, 2, axis=1)
    with_gaps = ask(sigmoid(z - 2), np.where(known, truth, ~truth), "sigmoid", known=known)
    setting = Setting(("0", "1"), "probabilities", "sigmoid", 0.5)
    rows = np.arange(0, 2000, 2)
    without = rescue(ScoreSample(rows, sigmoid(z - 2)[rows], truth[rows], None, True), setting, "macro-f1")
    assert with_gaps == without


@pytest.mark.parametrize(("metric", "word"), [("ranking", "no cut to move"), ("cost", "c_FP / (c_FP + c_FN)")])
def test_a_metric_without_a_cut_is_explained(metric: str, word: str) -> None:
    truth, z = labels(100, (0.3,), seed=16)
    (only,) = ask(z, truth[:, 0].astype(int), "binary", kind="logits", metric=metric)
    assert only.name == "none"
    assert word in only.note


def test_there_is_nothing_to_try_on_predicted_labels_or_on_nothing() -> None:
    assert rescue(None, Setting(("a", "b"), "labels", "softmax", 0.5), "macro-f1") == ()
    assert ask(np.zeros((0, 3)), None, "sigmoid") == ()


def test_few_rows_and_one_class_are_said() -> None:
    truth, z = labels(15, (0.3,), seed=17)
    assert "too few" in ask(z, truth[:, 0].astype(int), "binary", kind="logits")[0].note
    assert "one class only" in ask(np.linspace(-1, 1, 50)[:, None], np.zeros(50, int), "binary", kind="logits")[0].note


def test_tied_rows_count_neither_for_nor_against() -> None:
    truth, z = classes(1000, (0.8, 0.2), seed=18)
    tied = np.zeros((500, 2))
    together = ask(np.concatenate([z, tied]), np.concatenate([truth, np.ones(500, int)]), "softmax", kind="logits")
    assert together[0].as_is == ask(z, truth, "softmax", kind="logits")[0].as_is


def test_the_final_numbers_applied_to_the_sample_do_at_least_about_as_well_as_the_cross_fitted_score() -> None:
    truth, z = labels(5000, PRIORS, seed=19)
    setting = Setting(tuple("abcde"), "probabilities", "sigmoid", 0.5)
    for remedy in ask(sigmoid(z - 3), truth, "sigmoid"):
        predicted = decide(sigmoid(z - 3), setting, cut_of(remedy, setting))
        assert f1_score(truth, predicted, average="macro", zero_division=0) >= remedy.score - 0.02


def test_four_million_scores_take_seconds_not_minutes() -> None:
    priors = tuple(np.geomspace(0.002, 0.2, 80).tolist())
    truth, z = labels(50_000, priors, seed=20)
    start = time.perf_counter()
    remedies = ask(z - 2, truth, "sigmoid", kind="logits", priors=priors)
    assert time.perf_counter() - start < 10
    assert best(remedies).interval[0] > 0
