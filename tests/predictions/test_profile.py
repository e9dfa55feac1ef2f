"""The profile against scikit-learn on the same arrays, and against slow loops where scikit-learn has no word for it."""

import math
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from sklearn import metrics

from imbalance_doctor.model import TruthProfile
from imbalance_doctor.predictions import sample
from imbalance_doctor.predictions.agreement import Agreement
from imbalance_doctor.predictions.profile import assemble, build
from tests.predictions.tallied import LAYOUT, blocks, merged, profile_of, same, setting, tally_of

RNG = np.random.default_rng(1234)
TIGHT = {"rel": 1e-12, "abs": 1e-12}


def truth_of(*args: Any, **more: Any) -> TruthProfile:
    found = profile_of(*args, **more).truth
    assert found is not None
    return found


def softmax(logits: Any) -> Any:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def rows(n: int, k: int, skill: float) -> tuple[Any, Any]:
    """Logits of a model that knows something, and the truth, with a long tail of classes."""
    truth = np.minimum((RNG.exponential(size=n) * k / 4).astype(int), k - 1)
    logits = RNG.normal(size=(n, k))
    logits[np.arange(n), truth] += skill
    return logits, truth


def check_f1(found: TruthProfile, truth: Any, predicted: Any, labels: list[int] | None) -> None:
    """Averages, and every class, as scikit-learn has them; None where it warns and says 0."""
    for average, value in (("macro", found.macro_f1), ("micro", found.micro_f1), ("weighted", found.weighted_f1)):
        expected = metrics.f1_score(truth, predicted, average=average, zero_division=0)
        assert value == pytest.approx(expected, **TIGHT), average
    precision, recall, f1, support = metrics.precision_recall_fscore_support(
        truth, predicted, labels=labels, zero_division=np.nan
    )
    assert [c.support for c in found.classes] == support.tolist()
    for name, expected in (("precision", precision), ("recall", recall), ("f1", f1)):
        values = [math.nan if getattr(c, name) is None else getattr(c, name) for c in found.classes]
        assert values == pytest.approx(expected.tolist(), nan_ok=True, **TIGHT), name


@pytest.mark.parametrize("kind", ["probabilities", "logits"])
@pytest.mark.parametrize(("k", "skill"), [(2, 1.0), (5, 2.0), (5, 0.0), (90, 3.0)])
def test_one_class_a_row_is_scored_as_scikit_learn_scores_it(k: int, skill: float, kind: str) -> None:
    logits, truth = rows(3_000, k, skill)
    p = softmax(logits)
    predicted = p.argmax(axis=1)
    found = truth_of(setting(k, "softmax", kind, has_truth=True), logits if kind == "logits" else p, truth)
    check_f1(found, truth, predicted, list(range(k)))
    assert found.accuracy == metrics.accuracy_score(truth, predicted)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # classes that are predicted but do not occur
        assert found.balanced_accuracy == pytest.approx(metrics.balanced_accuracy_score(truth, predicted), **TIGHT)
    assert found.mcc == pytest.approx(metrics.matthews_corrcoef(truth, predicted), **TIGHT)
    assert found.log_loss == pytest.approx(metrics.log_loss(truth, p, labels=range(k)), **TIGHT)
    dense = np.zeros((k, k), dtype=int)
    for true, answer, n in found.confusion or ():
        dense[true, answer] = n
    assert (dense == metrics.confusion_matrix(truth, predicted, labels=range(k))).all()
    for row in found.classes:
        if row.support:
            assert row.auroc == pytest.approx(metrics.roc_auc_score(truth == row.index, p[:, row.index]), **TIGHT)
            expected = metrics.average_precision_score(truth == row.index, p[:, row.index])
            assert row.average_precision == pytest.approx(expected, **TIGHT)
            assert row.mean_positive == pytest.approx(p[truth == row.index, row.index].mean(), rel=1e-11)
            assert row.calibration == pytest.approx(p[:, row.index].mean() / (truth == row.index).mean(), rel=1e-11)
    assert (found.subset_accuracy, found.ranking, found.ranking_error) == (None, "exact", 0.0)


@pytest.mark.parametrize("kind", ["probabilities", "logits"])
def test_any_number_of_classes_a_row_is_scored_as_scikit_learn_scores_it(kind: str) -> None:
    logits = RNG.normal(size=(2_000, 6)) - 1.5
    truth = RNG.random((2_000, 6)) < 1 / (1 + np.exp(-logits))
    truth[:, 4], logits[:, 5], truth[:, 5] = False, -9.0, False
    p = 1 / (1 + np.exp(-logits))
    predicted = p >= 0.5
    found = truth_of(setting(6, "sigmoid", kind, has_truth=True), logits if kind == "logits" else p, truth)
    check_f1(found, truth.astype(int), predicted.astype(int), None)
    assert found.accuracy == pytest.approx((truth == predicted).mean(), **TIGHT)
    assert found.subset_accuracy == metrics.accuracy_score(truth, predicted)
    losses = [metrics.log_loss(truth[:, k], p[:, k], labels=[0, 1]) for k in range(6)]
    assert found.log_loss == pytest.approx(np.mean(losses), **TIGHT)
    both = [k for k in range(6) if 0 < truth[:, k].sum() < 2_000]
    balanced = [metrics.balanced_accuracy_score(truth[:, k], predicted[:, k]) for k in both]
    assert found.balanced_accuracy == pytest.approx(np.mean(balanced), **TIGHT)
    for k in both:
        assert found.classes[k].auroc == pytest.approx(metrics.roc_auc_score(truth[:, k], p[:, k]), **TIGHT)
    assert [found.classes[k].auroc for k in (4, 5)] == [None, None]
    assert (found.mcc, found.confusion, found.best_permutation) == (None, None, None)


@pytest.mark.parametrize("kind", ["probabilities", "logits"])
def test_one_column_of_scores_is_scored_as_a_problem_of_two_classes(kind: str) -> None:
    logits = RNG.normal(size=4_000) - 2
    truth = (RNG.random(4_000) < 1 / (1 + np.exp(-logits))).astype(int)
    p = 1 / (1 + np.exp(-logits))
    predicted = (p >= 0.5).astype(int)
    found = truth_of(setting(2, "binary", kind, has_truth=True), logits if kind == "logits" else p, truth)
    check_f1(found, truth, predicted, [0, 1])
    assert found.accuracy == metrics.accuracy_score(truth, predicted)
    assert found.balanced_accuracy == pytest.approx(metrics.balanced_accuracy_score(truth, predicted), **TIGHT)
    assert found.mcc == pytest.approx(metrics.matthews_corrcoef(truth, predicted), **TIGHT)
    assert found.log_loss == pytest.approx(metrics.log_loss(truth, p), **TIGHT)
    for index, (side, q) in enumerate(((truth == 0, 1 - p), (truth == 1, p))):
        row = found.classes[index]
        assert row.auroc == pytest.approx(metrics.roc_auc_score(side, q), **TIGHT)
        assert row.average_precision == pytest.approx(metrics.average_precision_score(side, q), **TIGHT)
        assert row.mean_positive == pytest.approx(q[side].mean(), rel=1e-11)
        assert row.calibration == pytest.approx(q.mean() / side.mean(), rel=1e-11)
    assert sorted(found.confusion or ()) == [
        (t, a, int(((truth == t) & (predicted == a)).sum())) for t in (0, 1) for a in (0, 1)
    ]


@pytest.mark.parametrize("task", ["softmax", "sigmoid", "binary"])
def test_calibration_error_is_the_mean_gap_over_fifteen_equal_bins(task: str) -> None:
    logits, truth = rows(1_500, 4, 1.0)
    p = softmax(2 * logits)
    if task == "softmax":
        promised, true = p.max(axis=1), p.argmax(axis=1) == truth
        found = truth_of(setting(4, task, has_truth=True), p, truth)
    elif task == "sigmoid":
        cells = truth[:, None] == np.arange(4)
        promised, true = p.ravel(), cells.ravel()
        found = truth_of(setting(4, task, has_truth=True), p, cells)
    else:
        promised, true = p[:, 0], truth == 0
        found = truth_of(setting(2, task, has_truth=True), p[:, 0], (truth == 0).astype(int))
    expected = 0.0
    for b in range(15):
        inside = (promised > b / 15) & (promised <= (b + 1) / 15) if b else promised <= 1 / 15
        expected += abs(promised[inside].sum() - true[inside].sum()) / len(promised)
    assert found.ece == pytest.approx(expected, rel=1e-11)


def test_the_floor_of_the_log_loss_is_the_entropy_of_the_truth() -> None:
    logits, truth = rows(500, 3, 1.0)
    shares = np.bincount(truth, minlength=3) / 500
    found = truth_of(setting(3, "softmax", "logits", has_truth=True), logits, truth)
    prior = np.tile(shares, (500, 1))
    assert found.log_loss_floor == pytest.approx(metrics.log_loss(truth, prior, labels=range(3)), rel=1e-12)
    cells = truth[:, None] == np.arange(3)
    found = truth_of(setting(3, "sigmoid", has_truth=True), prior, cells)
    assert found.log_loss_floor == pytest.approx(found.log_loss, rel=1e-11)


def test_log_loss_of_saturated_probabilities_is_clipped_at_the_precision_they_are_stored_in() -> None:
    truth = np.array([1, 0])
    for precision in (np.float32, np.float64):
        p = np.array([[1, 0], [0, 1]], dtype=precision)
        found = truth_of(setting(2, "softmax", has_truth=True), p, truth)
        assert found.log_loss == pytest.approx(-math.log(np.finfo(precision).eps), rel=1e-11)
        one = truth_of(setting(2, "binary", has_truth=True), p[:, 1], truth)
        assert one.log_loss == pytest.approx(-math.log(np.finfo(precision).eps), rel=1e-6)
    logits = truth_of(setting(2, "softmax", "logits", has_truth=True), np.array([[1e3, 0.0], [0.0, 1e3]]), truth)
    assert logits.log_loss == 1000.0


def test_only_known_cells_count() -> None:
    p, truth, known = RNG.random((900, 3)), RNG.random((900, 3)) < 0.3, RNG.random((900, 3)) < 0.8
    known[:100] = False
    found = truth_of(setting(3, "sigmoid", has_truth=True), p, truth, known)
    assert found.n_joined == int(known.any(axis=1).sum())
    complete = known.all(axis=1)
    assert found.subset_accuracy == metrics.accuracy_score(truth[complete], p[complete] >= 0.5)
    assert found.accuracy == pytest.approx(((p >= 0.5) == truth)[known].mean(), **TIGHT)
    assert found.log_loss == pytest.approx(metrics.log_loss(truth[known], p[known]), **TIGHT)
    for k, row in enumerate(found.classes):
        y, q = truth[known[:, k], k], p[known[:, k], k]
        assert (row.support, row.prevalence) == (int(y.sum()), pytest.approx(y.mean(), **TIGHT))
        assert row.auroc == pytest.approx(metrics.roc_auc_score(y, q), **TIGHT)
        assert row.f1 == pytest.approx(metrics.f1_score(y, q >= 0.5), **TIGHT)
        assert row.calibration == pytest.approx(q.mean() / y.mean(), rel=1e-11)
        assert row.mean_positive == pytest.approx(q[y].mean(), rel=1e-11)


@settings(max_examples=40, deadline=None)
@given(
    arrays.arrays(np.float64, (10, 3), elements=st.sampled_from([0.0, 0.25, 0.5, float("nan"), float("inf")])),
    arrays.arrays(np.int64, 10, elements=st.integers(-1, 2)),
)
def test_the_margins_of_the_confusion_matrix_are_truth_and_predictions_of_the_judged_rows(
    scores: Any, truth: Any
) -> None:
    profile = profile_of(setting(3, "softmax", has_truth=True), scores, truth)
    found = profile.truth
    assert found is not None
    assert found.confusion is not None
    finite = np.isfinite(scores).all(axis=1)
    ordered = np.sort(scores, axis=1)
    judged = finite & (truth >= 0) & (ordered[:, -1] > ordered[:, -2])
    assert found.n_joined == judged.sum() == sum(n for _, _, n in found.confusion)
    for row in found.classes:
        assert row.support == sum(n for t, _, n in found.confusion if t == row.index)
        assert row.support == int((truth[judged] == row.index).sum())
        answered = sum(n for _, a, n in found.confusion if a == row.index)
        assert answered == int((scores[judged].argmax(axis=1) == row.index).sum())
    right = sum(n for t, a, n in found.confusion if t == a)
    assert found.accuracy == (right / found.n_joined if found.n_joined else None)


def test_tied_and_bad_rows_change_nothing_that_the_truth_says() -> None:
    logits, truth = rows(200, 3, 1.0)
    bad = np.array([[5.0, 5.0, 0.0], [np.nan, 0.0, 1.0], [np.inf, 0.0, 0.0]])
    dump = setting(3, "softmax", "logits", has_truth=True)
    clean = truth_of(dump, logits, truth)
    assert same(truth_of(dump, np.vstack([bad, logits, bad]), np.concatenate([[0] * 3, truth, [2] * 3])), clean)


def test_predicted_labels_have_a_confusion_and_nothing_that_needs_scores() -> None:
    _, truth = rows(400, 5, 0)
    predicted = np.where(RNG.random(400) < 0.6, truth, RNG.integers(-1, 5, size=400)).astype(np.int32)
    profile = profile_of(setting(5, "softmax", "labels", has_truth=True), truth=truth, predicted=predicted)
    found = profile.truth
    assert found is not None
    given_rows = predicted >= 0
    check_f1(found, truth[given_rows], predicted[given_rows], list(range(5)))
    assert found.mcc == pytest.approx(metrics.matthews_corrcoef(truth[given_rows], predicted[given_rows]), **TIGHT)
    assert (found.log_loss, found.log_loss_floor, found.ece) == (None, None, None)
    assert {(c.auroc, c.average_precision, c.calibration, c.mean_positive) for c in found.classes} == {(None,) * 4}


def test_shuffled_columns_are_put_back_by_the_best_permutation() -> None:
    logits, truth = rows(2_000, 6, 4.0)
    order = [3, 0, 1, 2, 5, 4]
    shuffled = logits[:, order]
    found = truth_of(setting(6, "softmax", "logits", has_truth=True), shuffled, truth)
    assert found.best_permutation is not None
    restored = shuffled[:, found.best_permutation]
    assert (restored == logits).all()
    assert found.permuted_accuracy == metrics.accuracy_score(truth, restored.argmax(axis=1))
    plain = truth_of(setting(6, "softmax", "logits", has_truth=True), logits, truth)
    assert (plain.best_permutation, plain.permuted_accuracy) == (None, None)


def test_a_model_of_one_answer_keeps_its_columns_unless_that_gains_a_row() -> None:
    """The majority answered under another name: one swap, and classes that nobody predicts stay where they are."""
    majority = Agreement.of_confusion({(0, 0): 5, (1, 0): 3, (2, 0): 2}, 4)
    assert majority.best_permutation() is None
    swapped = Agreement.of_confusion({(0, 1): 5, (1, 1): 3, (2, 1): 2}, 4).best_permutation()
    assert swapped == ((1, 0, 2, 3), 0.5)
    assert Agreement.of_confusion({}, 4).best_permutation() is None
    assert Agreement.of_confusion({(0, 2_000): 1}, 2_001).best_permutation() is None


def test_constant_answers_have_a_correlation_of_zero_and_large_counts_stay_exact() -> None:
    assert Agreement.of_confusion({(0, 0): 5, (1, 0): 3}, 2).mcc == 0.0
    assert Agreement.of_confusion({}, 2).mcc is None
    huge = 10**12
    diagonal = Agreement.of_confusion({(0, 0): huge, (1, 1): 1}, 2)
    assert diagonal.mcc == 1.0
    assert (diagonal.macro_f1, diagonal.balanced_accuracy) == (1.0, 1.0)


def test_names_of_classes_that_are_never_and_always_predicted() -> None:
    scores = np.array([[0.9, 0.1, 0.6], [0.8, 0.2, 0.1]])
    profile = profile_of(setting(3, "sigmoid"), scores)
    assert (profile.always_predicted, profile.never_predicted) == (("c0",), ("c1",))
    one = profile_of(setting(2, "binary"), scores[:, 1])
    assert (one.always_predicted, one.never_predicted) == (("c0",), ("c1",))
    assert one.classes[0].mean is None
    assert one.classes[0].predicted_share == 1.0
    all_zero = profile_of(setting(3, "sigmoid"), scores / 2)
    assert all_zero.never_predicted == ("c0", "c1", "c2")
    assert all_zero.all_zero_rows == 2


def test_a_binary_score_exactly_on_the_cut_is_positive_by_one_rule_and_negative_by_the_other() -> None:
    rows_of = profile_of(setting(2, "binary"), np.array([0.5, 0.5, 0.9, 0.1])).classes
    assert [(c.predicted, c.predicted_above) for c in rows_of] == [(1, 3), (3, 1)]


def test_what_is_fixed_before_the_first_row_is_passed_on() -> None:
    dump = setting(2, "softmax", priors=(0.25, 0.75), prior_source="train.csv", declared=True, capacity=256)
    profile = profile_of(dump, np.array([[0.3, 0.7]]))
    assert (profile.priors, profile.prior_source) == ((0.25, 0.75), "train.csv")
    assert (profile.declared, profile.capacity, profile.truth, profile.layout) == (True, 256, None, LAYOUT)
    assert profile.top_class == ("c1", 1.0)


def test_the_profile_is_judged_and_says_how_the_truth_was_joined() -> None:
    logits, truth = rows(500, 3, 3.0)
    tally = tally_of(setting(3, "softmax", "logits", has_truth=True), blocks(logits, truth))
    profile = build(tally, LAYOUT, joined_by="position")
    assert profile.verdict == "healthy"
    assert profile.remedies == ()
    assert profile.truth is not None
    assert profile.truth.joined_by == "position"
    assert build(tally_of(setting(3, "softmax", "logits"), blocks(logits[:3])), LAYOUT).verdict == "cannot_judge"


def test_many_classes_and_many_blocks_give_the_same_profile_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "MAX_CELLS", 50_000)
    logits, truth = rows(3_000, 300, 4.0)
    dump = setting(300, "softmax", "logits", has_truth=True)
    whole = profile_of(dump, logits, truth)
    parts = blocks(logits, truth, None, [1, 700, 701, 2_999])
    assert same(assemble(merged(dump, parts[::-1]), LAYOUT), whole)
    assert whole.truth is not None
    assert whole.truth.ranking == "histogram"
