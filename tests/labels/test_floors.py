"""The floors against scikit-learn and SciPy on materialised data, printed tables and public logs."""

import itertools
import math
import warnings
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.labels.floors import PREDICTORS, floors
from imbalance_doctor.model import ClassCounts
from tests.mldr import DATASETS, Dataset, names_of, sets_of
from tests.v2ex import COUNTS, N_SAMPLES

LN2 = math.log(2)


def of(*counts: int, n_samples: int | None = None) -> dict:
    return floors(ClassCounts.of(counts, n_samples=n_samples), None, None)


def priors(*counts: int, n_samples: int | None = None) -> dict:
    return {name: row["prior"] for name, row in of(*counts, n_samples=n_samples)["losses"].items()}


# --- losses -----------------------------------------------------------------------------------------------------------


def test_the_v2ex_losses_settle_on_the_known_floors() -> None:
    found = priors(*COUNTS, n_samples=N_SAMPLES)
    assert found["bce_mean"] == pytest.approx(0.05790927703213913, rel=1e-14)
    assert found["bce_sum"] == pytest.approx(6.949113243856695, rel=1e-14)
    assert found["bce_pos_weight_mean"] == pytest.approx(1.3684069629694406, rel=1e-14)
    assert found["bce_complement_pair_mean"] == pytest.approx(0.01678, abs=5e-6)
    assert found["bce_balanced_pair_mean"] == pytest.approx(LN2, rel=1e-15)
    assert found["focal_2_mean"] == pytest.approx(0.0172, abs=5e-5)
    assert found["focal_2_alpha_25_mean"] == pytest.approx(0.00559, abs=5e-6)


@pytest.mark.parametrize(("n", "floor"), [(50_000, 0.06229780116680327), (60_000, 0.0541467246862893)])
def test_the_v2ex_floor_depends_on_the_number_of_samples(n: int, floor: float) -> None:
    assert priors(*COUNTS, n_samples=n)["bce_mean"] == pytest.approx(floor, rel=1e-14)


def test_read_as_one_class_a_sample_the_v2ex_floor_is_the_entropy_of_the_shares() -> None:
    losses = of(*COUNTS)["losses"]
    assert losses["cross_entropy"]["prior"] == pytest.approx(3.9580268227104187, rel=1e-14)
    assert losses["cross_entropy"]["uniform"] == pytest.approx(4.7875, abs=5e-5)
    assert losses["cross_entropy_balanced"]["prior"] == pytest.approx(4.7875, abs=5e-5)


BCE = [(4, 0.6730), (3, 0.6109), (2, 0.5004), (1, 0.3251), (0.5, 0.1985), (0.2, 0.0980), (0.1, 0.0560), (0.01, 0.0079)]


@pytest.mark.parametrize(("tenths", "floor"), BCE)
def test_the_plain_floors_are_the_tabulated_entropies(tenths: float, floor: float) -> None:
    positives = round(tenths * 1000)
    found = priors(10_000 - positives, positives)
    assert found["bce_mean"] == pytest.approx(floor, abs=5e-5)
    assert found["cross_entropy"] == pytest.approx(found["bce_mean"], rel=1e-14)


@pytest.mark.parametrize(
    ("per_mille", "pos_weight", "pair"), [(100, 1.2477, 0.1248), (10, 1.3724, 0.01372), (1, 1.3849, 0.001385)]
)
def test_the_weighted_floors_are_the_tabulated_ones(per_mille: int, pos_weight: float, pair: float) -> None:
    found = priors(1000 - per_mille, per_mille)
    assert found["bce_pos_weight_mean"] == pytest.approx(pos_weight, abs=5e-5)
    assert found["bce_complement_pair_mean"] == pytest.approx(pair, abs=5e-5)
    assert found["bce_balanced_pair_mean"] == pytest.approx(LN2, rel=1e-15)


FOCAL = [
    (500, 0.17328679513998632, 0.0718806777339285),
    (100, 0.08781710832990691, 0.031105875422465804),
    (10, 0.01731602354909137, 0.005416867728766698),
    (1, 0.002652639443473607, 0.0007719699158251341),
]


@pytest.mark.parametrize(("per_mille", "plain", "alpha"), FOCAL)
def test_focal_loss_settles_on_the_tabulated_floors(per_mille: int, plain: float, alpha: float) -> None:
    found = priors(1000 - per_mille, per_mille)
    assert found["focal_2_mean"] == pytest.approx(plain, rel=1e-13)
    assert found["focal_2"] == pytest.approx(plain, rel=1e-13)
    assert found["focal_2_alpha_25_mean"] == pytest.approx(alpha, rel=1e-13)


def test_credit_card_fraud_settles_on_the_prior_entropy_of_the_tensorflow_tutorial() -> None:
    assert priors(284315, 492)["bce_mean"] == pytest.approx(0.0127147, abs=5e-8)


@pytest.mark.parametrize("counts", [(90, 9, 1), (5, 3, 2, 1), (40, 40, 20)])
def test_softmax_losses_at_the_prior_are_scikit_learns_log_loss(counts: tuple[int, ...]) -> None:
    from sklearn.metrics import log_loss
    from sklearn.utils.class_weight import compute_sample_weight

    k, total = len(counts), sum(counts)
    y = np.repeat(np.arange(k), counts)
    prior, even = np.tile(np.array(counts) / total, (total, 1)), np.full((total, k), 1 / k)
    balanced = compute_sample_weight("balanced", y)
    losses = of(*counts)["losses"]
    assert losses["cross_entropy"]["prior"] == pytest.approx(log_loss(y, prior), rel=1e-12)
    assert losses["cross_entropy"]["uniform"] == pytest.approx(log_loss(y, even), rel=1e-12)
    assert losses["cross_entropy_balanced"]["uniform"] == pytest.approx(
        log_loss(y, even, sample_weight=balanced), rel=1e-12
    )
    assert losses["cross_entropy_balanced"]["prior"] < log_loss(y, prior, sample_weight=balanced)
    one_hot = np.eye(k)[y]
    assert losses["mse"]["prior"] == pytest.approx(((prior - one_hot) ** 2).mean(), rel=1e-12)
    assert losses["mse"]["uniform"] == pytest.approx(((even - one_hot) ** 2).mean(), rel=1e-12)
    assert losses["mse"]["majority"] == pytest.approx(((np.eye(k)[[0] * total] - one_hot) ** 2).mean(), rel=1e-12)


@pytest.mark.parametrize("counts", [(90, 9, 1), (5, 3, 2, 1), (1000, 1, 1, 1, 1)])
def test_softmax_focal_loss_has_no_better_constant_than_scipy_finds(counts: tuple[int, ...]) -> None:
    from scipy.optimize import minimize

    shares = np.array(counts) / sum(counts)

    def loss(logits: np.ndarray) -> float:
        q = np.exp(logits) / np.exp(logits).sum()
        return float(shares @ ((1 - q) ** 2 * -np.log(q)))

    best = minimize(loss, np.log(shares) / 3, method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-15})
    assert priors(*counts)["focal_2"] == pytest.approx(best.fun, rel=1e-9)
    k = len(counts)
    assert of(*counts)["losses"]["focal_2"]["uniform"] == pytest.approx(loss(np.zeros(k)), rel=1e-12)


def weights(name: str, p: float) -> tuple[float, float]:
    return {
        "bce": (1.0, 1.0),
        "bce_pos_weight": ((1 - p) / p, 1.0),
        "bce_complement_pair": (1 - p, p),
        "bce_balanced_pair": (1 / (2 * p), 1 / (2 * (1 - p))),
    }[name]


@pytest.mark.parametrize("name", ["bce", "bce_pos_weight", "bce_complement_pair", "bce_balanced_pair"])
def test_weighted_sigmoid_losses_have_no_better_constant_than_scipy_finds(name: str) -> None:
    from scipy.optimize import minimize_scalar

    counts, n = (400, 90, 9, 1), 1000
    best = even = 0.0
    for count in counts:
        p = count / n
        w1, w0 = weights(name, p)

        def loss(z: float, a: float = w1 * p, b: float = w0 * (1 - p)) -> float:
            return float(a * np.logaddexp(0, -z) + b * np.logaddexp(0, z))

        best += minimize_scalar(loss, bounds=(-20, 20), method="bounded", options={"xatol": 1e-9}).fun
        even += loss(0.0)
    losses = of(*counts, n_samples=n)["losses"]
    assert losses[f"{name}_sum"]["prior"] == pytest.approx(best, rel=1e-9)
    assert losses[f"{name}_mean"]["prior"] == pytest.approx(best / 4, rel=1e-9)
    assert losses[f"{name}_sum"]["uniform"] == pytest.approx(even, rel=1e-12)
    assert losses[f"{name}_mean"]["uniform"] == pytest.approx(even / 4, rel=1e-12)


def test_blank_cells_count_in_neither_the_loss_nor_its_denominator() -> None:
    counts = ClassCounts(("a", "b"), (3, 2), 10, "multilabel", (10, 4))
    losses = floors(counts, None, None)["losses"]
    cells = 10 * -(0.3 * math.log(0.3) + 0.7 * math.log(0.7)) + 4 * LN2
    assert losses["bce_mean"]["prior"] == pytest.approx(cells / 14, rel=1e-12)
    assert losses["bce_sum"]["prior"] == pytest.approx(cells / 10, rel=1e-12)


def test_a_hard_constant_costs_infinitely_much_unless_it_is_never_wrong() -> None:
    assert of(90, 10)["losses"]["bce_mean"]["all_zero"] is None
    assert of(90, 0)["losses"]["bce_mean"]["all_zero"] == 0.0
    assert of(90, 9, 1)["losses"]["cross_entropy"]["majority"] is None


def test_a_label_without_samples_costs_nothing_at_best_and_stays_in_the_denominator() -> None:
    found, without = priors(30, 0, n_samples=100), priors(30, n_samples=100)
    for name, value in without.items():
        if name.endswith("_mean"):
            assert found[name] == pytest.approx(value / 2, rel=1e-12)
        elif name.endswith("_sum"):
            assert found[name] == pytest.approx(value, rel=1e-12)


def test_a_class_without_samples_leaves_ln_of_the_others_under_balanced_weights() -> None:
    assert priors(8, 4, 0)["cross_entropy_balanced"] == pytest.approx(LN2, rel=1e-15)


# --- metrics ----------------------------------------------------------------------------------------------------------


def single_label_scores(y: np.ndarray, answer: np.ndarray, k: int) -> dict[str, float]:
    from sklearn.metrics import accuracy_score, balanced_accuracy_score, f1_score

    options = {"labels": list(range(k)), "zero_division": 0}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # predicted classes that are not in y
        balanced = balanced_accuracy_score(y, answer)
    scores = {
        "accuracy": accuracy_score(y, answer),
        "balanced_accuracy": balanced,
        "macro_f1": f1_score(y, answer, average="macro", **options),
        "micro_f1": f1_score(y, answer, average="micro", **options),
    }
    return scores | ({"f1": f1_score(y, answer, zero_division=0)} if k == 2 else {})


@pytest.mark.parametrize("counts", [(90, 10), (10, 90), (50, 50), (90, 9, 1), (3, 0, 5, 5), (7, 0), (0, 7)])
def test_single_label_metrics_are_scikit_learns_on_constant_answers(counts: tuple[int, ...]) -> None:
    k = len(counts)
    y = np.repeat(np.arange(k), counts)
    answers = {"majority": int(np.argmax(counts)), "prior": int(np.argmax(counts))}
    if k == 2:
        answers |= {"all_zero": 0, "all_one": 1}
    metrics = of(*counts)["metrics"]
    for predictor, answer in answers.items():
        found = {name: row[predictor] for name, row in metrics.items()}
        assert found == pytest.approx(single_label_scores(y, np.full(len(y), answer), k), rel=1e-12)


@pytest.mark.parametrize("counts", [(90, 10), (90, 9, 1), (4, 3, 2, 1)])
def test_chance_is_every_answer_once_for_every_sample(counts: tuple[int, ...]) -> None:
    k = len(counts)
    y = np.repeat(np.arange(k), counts)
    expected = single_label_scores(np.repeat(y, k), np.tile(np.arange(k), len(y)), k)
    found = {name: row["uniform"] for name, row in of(*counts)["metrics"].items()}
    assert found == pytest.approx(expected, rel=1e-12)


def test_a_public_sleep_staging_run_logged_the_majority_floor() -> None:
    # AttnSleep issue 18 logged accuracy 0.42155 and macro-F1 0.11835, averaged over batches
    metrics = of(17009, 10000, 6000, 4000, 3343)["metrics"]
    assert metrics["accuracy"]["majority"] == pytest.approx(0.42152, abs=5e-6)
    assert metrics["macro_f1"]["majority"] == pytest.approx(0.11861, abs=5e-6)


def test_a_model_this_task_does_not_have_is_none() -> None:
    assert of(5, 3, 2)["metrics"]["accuracy"]["all_zero"] is None


def test_the_v2ex_element_accuracy_of_all_zero_is_the_known_one_and_subset_accuracy_needs_the_sets() -> None:
    found = of(*COUNTS, n_samples=N_SAMPLES)
    assert found["metrics"]["element_accuracy"]["all_zero"] == pytest.approx(0.9870969696969697, rel=1e-15)
    assert found["metrics"]["subset_accuracy"]["all_zero"] is None
    assert "subset_accuracy" in found["notes"]


ALL_ZERO = {
    "emotions": (0.688589, 0),
    "birds": (0.946634, 0.455814),
    "medical": (0.972324, 0),
    "cal500": (0.850323, 0),
    "stackex_chess": (0.989377, 0.001791),
}


@pytest.mark.parametrize("data", [d for d in DATASETS if d.name in ALL_ZERO], ids=lambda d: d.name)
def test_all_zero_scores_on_mldr_data_what_a_run_of_it_scored(data: Dataset) -> None:
    metrics = floors(ClassCounts.of(data.counts, n_samples=data.n), None, data.unlabelled)["metrics"]
    element, subset = ALL_ZERO[data.name]
    assert metrics["element_accuracy"]["all_zero"] == pytest.approx(element, abs=5e-7)
    assert metrics["subset_accuracy"]["all_zero"] == pytest.approx(subset, abs=5e-7)
    assert metrics["micro_f1"]["all_zero"] == 0


def multi_label_scores(y: np.ndarray, answer: np.ndarray) -> dict[str, float]:
    from sklearn.metrics import accuracy_score, balanced_accuracy_score, f1_score, hamming_loss

    both = [j for j in range(y.shape[1]) if 0 < y[:, j].sum() < len(y)]
    return {
        "element_accuracy": 1 - hamming_loss(y, answer),
        "subset_accuracy": accuracy_score(y, answer),
        "balanced_accuracy": float(np.mean([balanced_accuracy_score(y[:, j], answer[:, j]) for j in both])),
        "macro_f1": f1_score(y, answer, average="macro", zero_division=0),
        "micro_f1": f1_score(y, answer, average="micro", zero_division=0),
    }


@pytest.mark.parametrize("name", ["emotions", "flags", "birds", "slashdot"])
def test_multi_label_metrics_are_scikit_learns_on_constant_answers(name: str) -> None:
    data = next(d for d in DATASETS if d.name == name)
    names = names_of(data)
    sets = Counter({frozenset(labels): n for labels, n in sets_of(data)})
    y = np.array([[c in labels for c in names] for labels, n in sets.items() for _ in range(n)], dtype=int)
    counts = ClassCounts.of(dict(zip(names, data.counts, strict=True)), n_samples=data.n)
    metrics = floors(counts, sets, data.unlabelled)["metrics"]
    rows = {
        "majority": np.eye(len(names), dtype=int)[int(np.argmax(data.counts))],
        "all_zero": np.zeros(len(names), dtype=int),
        "all_one": np.ones(len(names), dtype=int),
        "prior": (y.mean(axis=0) > 0.5).astype(int),
    }
    for predictor, row in rows.items():
        found = {metric: values[predictor] for metric, values in metrics.items()}
        assert found == pytest.approx(multi_label_scores(y, np.tile(row, (data.n, 1))), rel=1e-12, abs=1e-15)


def test_multi_label_chance_is_every_label_set_once_for_every_sample() -> None:
    y = np.array([[1, 0, 0], [1, 0, 0], [1, 1, 0], [1, 0, 1], [0, 1, 0], [1, 1, 1]])
    every = np.array(list(itertools.product((0, 1), repeat=3)))
    expected = multi_label_scores(np.repeat(y, 8, axis=0), np.tile(every, (6, 1)))
    metrics = of(5, 3, 2, n_samples=6)["metrics"]
    assert {name: row["uniform"] for name, row in metrics.items()} == pytest.approx(expected, rel=1e-12)


def test_subset_accuracy_is_unknown_where_cells_are_blank() -> None:
    counts = ClassCounts(("a", "b"), (3, 2), 10, "multilabel", (10, 4))
    assert floors(counts, {frozenset("a"): 10}, 5)["metrics"]["subset_accuracy"]["all_zero"] is None


def test_a_prior_of_exactly_a_half_does_not_fire_as_in_keras_and_torchmetrics() -> None:
    counts = ClassCounts.of([5, 5, 5], n_samples=10)
    assert floors(counts, None, None)["metrics"]["macro_f1"]["prior"] == 0.0


# --- laws -------------------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8).filter(any), st.integers(0, 10**9))
def test_every_row_has_every_predictor_and_every_number_is_finite(counts: list[int], extra: int) -> None:
    for n_samples in (None, max(counts) + extra):
        found = of(*counts, n_samples=n_samples)
        for row in [*found["losses"].values(), *found["metrics"].values()]:
            assert tuple(row) == PREDICTORS
            assert all(value is None or math.isfinite(value) for value in row.values())
        assert all(value is None or 0 <= value <= 1 for row in found["metrics"].values() for value in row.values())


@settings(max_examples=60)
@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=8), st.integers(0, 10**6))
def test_the_best_constant_is_never_worse_than_the_uniform_one(counts: list[int], extra: int) -> None:
    for n_samples in (None, max(counts) + extra):
        for row in of(*counts, n_samples=n_samples)["losses"].values():
            assert row["prior"] <= row["uniform"] * (1 + 1e-12)
