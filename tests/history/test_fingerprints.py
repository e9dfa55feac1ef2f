"""(loss, metric) pairs of real logs, and what they must not be mistaken for."""

import math

import pytest

from imbalance_doctor.history.fingerprints import match
from imbalance_doctor.model import ClassCounts, Fingerprint, HistoryProfile
from tests.history.curves import log, printed, series
from tests.v2ex import COUNTS


def hits(history: HistoryProfile) -> list[tuple[str, str, str]]:
    return [(hit.split, hit.name, hit.match) for hit in history.fingerprints]


def only(history: HistoryProfile) -> Fingerprint:
    (hit,) = history.fingerprints
    return hit


CHOLLET = {  # tf.keras 2, IMDB, 20,000 reviews to train on and 5,000 to validate: frozen from the first epoch
    "loss": ["7.7364"] * 3,
    "acc": ["0.4985"] * 3,
    "val_loss": ["7.6168"] * 3,
    "val_acc": ["0.5062"] * 3,
}
SIZES = {"train": 20_000, "validation": 5_000}


def test_a_frozen_log_of_tf_keras_2_has_no_activation_in_its_last_layer():
    assert hits(log(CHOLLET)) == [
        ("train", "keras2-bce-false-negatives", "exact"),
        ("validation", "keras2-bce-false-negatives", "exact"),
    ]
    assert "the last layer has no activation" in log(CHOLLET).fingerprints[0].meaning


def test_with_the_sample_sizes_the_loss_counts_the_errors():
    train, validation = log(CHOLLET, sizes=SIZES).fingerprints
    assert (train.errors, validation.errors) == (10_031, 2_469)
    assert train.meaning.endswith("10,031 training and 2,469 validation errors, 12,500 together")
    assert train.expected["loss"] == pytest.approx(7.7364, abs=5e-5)
    assert validation.expected["loss"] == pytest.approx(7.6168, abs=5e-5)


def test_with_the_labels_too_the_errors_are_seen_to_be_the_positives():
    reviews = ClassCounts.of({"neg": 12_500, "pos": 12_500})
    hit = log(CHOLLET, reviews, SIZES).fingerprints[0]
    assert hit.meaning.endswith("12,500 together: exactly the positives of the labels")


def test_without_the_sample_sizes_nothing_is_said_about_the_errors():
    assert [hit.errors for hit in log(CHOLLET).fingerprints] == [None, None]
    assert log(CHOLLET).fingerprints[0].meaning.endswith("every error is a 1 answered 0")


@pytest.mark.parametrize("sizes", [{"train": 20_007}, {"train": 100}, {"train": 3_000_000}])
def test_a_sample_size_that_fits_no_whole_number_of_errors_is_not_used(sizes):
    assert log(CHOLLET, sizes=sizes).fingerprints[0].errors is None


def test_one_number_has_two_causes_and_the_accuracy_tells_them_apart():
    assert hits(log({"loss": ["7.7125"], "accuracy": ["0.5000"]})) == [("train", "keras2-bce-false-negatives", "exact")]
    assert hits(log({"loss": ["7.7125"], "accuracy": ["0.4970"]})) == [("train", "keras2-bce-false-positives", "exact")]


@pytest.mark.parametrize(
    ("loss", "accuracy", "name"),
    [
        ("7.6666", "0.5000", "keras2-bce-false-positives"),
        ("8.0840", "0.4985", "keras3-bce-false-negatives"),
        ("7.9591", "0.5062", "keras3-bce-false-negatives"),
        ("7.9712", "0.5000", "keras3-bce-false-positives"),
        ("8.9277", "0.4400", "keras3-bce-false-positives"),
        ("14.5063", "0.1000", "keras3-bce-false-negatives"),
        ("5.7257", "0.6448", "keras3-bce-false-negatives"),
        ("50.1500", "0.4985", "torch-bce"),
        ("18.0218", "0.5000", "log-loss-float64"),
        ("18.4207", "0.5000", "xgboost-logloss"),
        ("9.2103", "0.5000", "log-loss-1e-8"),
        ("5.7565", "0.5000", "log-loss-1e-5"),
    ],
)
def test_one_record_of_a_public_log_is_enough_where_the_pair_is_exact(loss, accuracy, name):
    assert hits(log({"loss": [loss], "accuracy": [accuracy]})) == [("train", name, "exact")]


def test_a_log_that_writes_all_digits_is_not_read_as_rounded():
    history = log({"loss": ["7.712474346160889"], "accuracy": ["0.5"]})
    assert hits(history) == [("train", "keras2-bce-false-negatives", "exact")]
    assert hits(log({"loss": [7.712474346160889], "accuracy": [0.5]})) == hits(history)


def test_an_accuracy_in_per_cent_and_an_error_rate_are_accuracies():
    name = [("train", "keras2-bce-false-negatives", "exact")]
    assert hits(log({"loss": ["7.7364"] * 3, "acc": ["49.85"] * 3})) == name
    assert only(log({"loss": ["7.7364"] * 3, "acc": ["49.85"] * 3})).metric.value == 49.85
    xgboost = [series("train-loss", ["18.42068"] * 4), series("train-error", ["0.50000"] * 4)]
    assert [hit.name for hit in match(xgboost, None, {})[0]] == ["xgboost-logloss"]


@pytest.mark.parametrize("accuracy", ["0.9950", "0.9999", "1.0000"])
def test_too_few_errors_decide_nothing(accuracy):
    assert hits(log({"loss": [f"{15.4249485 * (1 - float(accuracy)):.4f}"] * 3, "accuracy": [accuracy] * 3})) == []


def test_too_few_digits_decide_nothing():
    assert hits(log({"loss": ["7.74"] * 3, "accuracy": ["0.4985"] * 3})) == []
    assert hits(log({"loss": ["7.7364"] * 3, "accuracy": ["0.50"] * 3})) == []


def test_a_lone_number_is_no_fingerprint():
    assert hits(log({"loss": ["7.7364"] * 10})) == []
    assert hits(log({"loss": ["0.6931"] * 10})) == []
    assert hits(log({"loss": ["7.7364"] * 10, "val_acc": ["0.4985"] * 10})) == []


def test_the_pair_must_be_of_one_record_and_one_run():
    other_runs = [series("loss", ["7.7364"] * 3, run="a"), series("acc", ["0.4985"] * 3, run="b")]
    other_records = [series("loss", ["7.7364"] * 3), series("acc", ["0.4985"] * 3, start=101, first_step=200)]
    assert match(other_runs, None, {})[0] == ()
    assert match(other_records, None, {})[0] == ()


def test_scalars_written_each_as_its_own_record_are_joined_by_their_step():
    loss, accuracy = [7.7364] * 3, [0.498450] * 3
    parts = [series("epoch_loss", loss, start=1, every=2), series("epoch_accuracy", accuracy, start=2, every=2)]
    assert [hit.name for hit in match(parts, None, {})[0]] == ["keras2-bce-false-negatives"]


def test_with_several_evaluation_sets_each_loss_has_its_own_accuracy():
    columns = {f"eval_g{i}_accuracy": printed([1 - e] * 3) for i, e in enumerate((0.25, 0.5))}
    columns |= {f"eval_g{i}_loss": printed([15.4249485 * e] * 3) for i, e in enumerate((0.25, 0.5))}
    history = log(columns)
    assert [(hit.loss.value, hit.metric.value) for hit in history.fingerprints] == [(3.8562, 0.75), (7.7125, 0.5)]


def test_the_same_loss_written_twice_is_told_once():
    columns = {"loss": ["7.7364"] * 3, "binary_loss": ["7.7364"] * 3, "accuracy": ["0.4985"] * 3}
    assert len(log(columns).fingerprints) == 1


def test_partial_batches_are_taken_softly_where_the_run_stands_on_it():
    history = log({"val_loss": ["7.6246"] * 3, "val_acc": ["0.5000"] * 3})
    assert hits(history) == [("validation", "keras2-bce-false-positives", "compatible")]
    assert hits(log({"val_loss": ["7.6246"], "val_acc": ["0.5000"]})) == []


def test_another_split_that_contradicts_a_soft_hit_takes_it_away():
    columns = {"loss": ["0.4321"] * 3, "acc": ["0.8100"] * 3, "val_loss": ["7.6246"] * 3, "val_acc": ["0.5000"] * 3}
    assert hits(log(columns)) == []


def test_errors_of_both_signs_lie_between_the_two_prices():
    loss = 15.4249485 * 0.3 + 15.3332390 * 0.2
    history = log({"loss": printed([loss] * 3), "acc": ["0.5000"] * 3})
    assert hits(history) == [("train", "keras2-bce-mixed", "compatible")]
    assert only(history).expected["lowest"] < loss < only(history).expected["highest"]


def test_a_weight_penalty_is_seen_through_by_the_slope_between_two_splits():
    penalty, c = 0.4321, 15.4249485
    columns = {
        "loss": printed([penalty + c * 0.5] * 3, 6),
        "acc": printed([0.5] * 3, 6),
        "val_loss": printed([penalty + c * 0.25] * 3, 6),
        "val_acc": printed([0.75] * 3, 6),
    }
    history = log(columns)
    assert hits(history) == [
        ("train", "keras2-bce-false-negatives", "compatible"),
        ("validation", "keras2-bce-false-negatives", "compatible"),
    ]
    assert history.fingerprints[0].expected["penalty"] == pytest.approx(penalty, abs=1e-4)


def test_a_saturated_softmax_is_told_from_a_missing_sigmoid_by_the_metric_or_the_labels():
    columns = {"loss": ["14.5063"] * 3, "categorical_accuracy": ["0.1000"] * 3}
    assert hits(log(columns)) == [("train", "categorical-saturation", "exact")]
    digits = {"loss": ["14.5063"] * 3, "accuracy": ["0.1000"] * 3}
    assert hits(log(digits, ClassCounts.of([500] * 10)))[0] == ("train", "categorical-saturation", "exact")


def test_sparse_cross_entropy_on_raw_outputs_adds_the_logarithm_of_their_number():
    columns = {"loss": printed([math.log(3) + 16.1180957 * 0.4] * 3), "accuracy": ["0.6000"] * 3}
    assert hits(log(columns)) == [("train", "sparse-ce-on-raw-outputs-3", "exact")]


def test_a_double_softmax_stuck_on_one_class():
    columns = {"loss": ["2.3612"] * 5, "accuracy": ["0.1000"] * 5}
    assert hits(log(columns)) == [("train", "softmax-before-cross-entropy-10", "exact")]


def test_a_double_softmax_that_learns_is_a_line_of_slope_one():
    accuracy = [0.35, 0.62, 0.80, 0.89, 0.93, 0.95, 0.96, 0.97]
    columns = {"loss": printed([2.4612 - a + 0.004 for a in accuracy]), "accuracy": printed(accuracy)}
    assert hits(log(columns)) == [("train", "softmax-before-cross-entropy-10", "compatible")]


def test_a_healthy_binary_loss_that_crosses_the_line_of_the_double_softmax_is_not_on_it():
    loss, accuracy = [0.6931, 0.6400, 0.6133, 0.6100, 0.6080], [0.5, 0.65, 0.70, 0.703, 0.705]
    assert hits(log({"loss": printed(loss), "accuracy": printed(accuracy)})) == []


def test_hard_outputs_under_a_squared_error_add_up_to_one_with_the_accuracy():
    columns = {"loss": printed([0.4, 0.35, 0.3, 0.31]), "accuracy": printed([0.6, 0.65, 0.7, 0.69])}
    assert hits(log(columns)) == [("train", "hard-outputs", "exact")]


def test_a_loss_and_an_accuracy_that_add_up_to_one_by_chance_once_mean_nothing():
    columns = {"loss": printed([0.9, 0.7, 0.5, 0.42]), "accuracy": printed([0.4, 0.45, 0.55, 0.58])}
    assert hits(log(columns)) == []


def test_the_logarithm_is_missing_where_the_loss_is_minus_the_accuracy():
    columns = {"loss": printed([-0.5, -0.7, -0.9]), "accuracy": printed([0.5, 0.7, 0.9])}
    assert hits(log(columns)) == [("train", "nll-on-probabilities", "exact")]


def test_any_other_negative_loss_beside_an_accuracy_is_no_cross_entropy():
    columns = {"loss": printed([-1.2, -5.0, -17.3]), "accuracy": printed([0.5, 0.7, 0.9])}
    assert hits(log(columns)) == [("train", "negative-loss", "compatible")]
    assert hits(log({"loss": printed([-1.2, -5.0, -17.3])})) == []


@pytest.mark.parametrize("loss", ["0.0", "1.1920928955078125e-07"])
def test_no_loss_beside_errors_is_a_softmax_over_one_unit(loss):
    history = log({"loss": [float(loss)] * 3, "accuracy": [0.4985] * 3})
    assert hits(history) == [("train", "one-unit-softmax", "exact")]
    assert hits(log({"loss": ["0.0000"] * 3, "accuracy": ["0.4985"] * 3})) == hits(history)


def test_no_loss_and_no_errors_is_convergence():
    assert hits(log({"loss": [0.5, 0.0, 0.0, 0.0], "accuracy": [0.8, 1.0, 1.0, 1.0]})) == []


def test_a_sigmoid_before_bce_with_logits_answers_everything():
    p = 0.3
    pinned = (1 - p) * math.log(2) + p * math.log1p(math.exp(-1))
    columns = {"loss": printed([pinned] * 3), "accuracy": printed([p] * 3)}
    for counts in (None, ClassCounts.of({"no": 700, "yes": 300})):
        assert ("train", "sigmoid-before-bce-with-logits", "exact") in hits(log(columns, counts))


def jitter(level: float, n: int, size: float = 0.002) -> list[float]:
    """Noise around a level, the same every time."""
    return [level + size * ((i * 7919) % 13 - 6) / 6 for i in range(n)]


def test_sixty_two_evaluations_around_ln_4_stand_on_it():
    columns = {"eval_loss": jitter(1.3863, 62, 0.006), "eval_accuracy": jitter(0.25, 62, 0.02)}
    assert hits(log(columns)) == [("validation", "uniform-output-4", "compatible")]
    assert hits(log(columns, ClassCounts.of([100, 90, 110, 95])))[0][1] == "uniform-output"


def test_a_loss_near_ln_2_beside_an_accuracy_that_is_no_chance_means_nothing():
    columns = {"val_loss": jitter(0.6937, 12, 0.002), "val_accuracy": jitter(0.93, 12, 0.005)}
    assert hits(log(columns)) == []


def test_a_run_that_starts_on_ln_2_and_learns_is_not_on_it():
    loss = [0.6931, 0.6897, 0.6829, 0.6642, 0.6568, 0.6412, 0.6224]
    held = [0.6957, 0.6930, 0.6909, 0.6907, 0.6902, 0.6909, 0.6845]
    columns = {
        "loss": printed(loss),
        "accuracy": printed([0.51, 0.5375, 0.5225, 0.6025, 0.5925, 0.6575, 0.6525]),
        "val_loss": printed(held),
        "val_accuracy": printed([0.41, 0.49, 0.58, 0.55, 0.57, 0.51, 0.6]),
    }
    assert hits(log(columns)) == []


def test_a_multi_label_loss_on_the_mean_entropy_has_learnt_the_biases_only():
    counts = ClassCounts.of(COUNTS, n_samples=55_000)
    columns = {
        "loss": printed([0.6931, 0.2210, 0.0820, 0.0600, 0.0581, 0.0580, 0.0579]),
        "binary_accuracy": printed([0.5012, 0.9701, 0.9871, 0.9871, 0.9871, 0.9871, 0.9871]),
    }
    assert ("train", "prior-entropy", "compatible") in hits(log(columns, counts))
    assert "prior-entropy" not in {name for _, name, _ in hits(log(columns))}


@pytest.mark.parametrize(
    ("floor", "name"), [(1.3724, "bce-pos-weight-mean-prior"), (0.01372, "bce-complement-pair-mean-prior")]
)
def test_every_weighting_has_its_own_floor(floor, name):
    counts = ClassCounts.of({"no": 9900, "yes": 100})
    columns = {"loss": printed([floor] * 4, 5), "accuracy": printed([0.99] * 4, 5)}
    assert name in {found for _, found, _ in hits(log(columns, counts))}


def test_a_smoothed_loss_that_equals_the_entropy_is_told_by_its_accuracy():
    counts = ClassCounts.of({"no": 950, "yes": 50})  # H = 0.1985, which is also the floor of smoothing by 0.1
    loss = [0.69, 0.40, 0.25, *jitter(0.1985, 20, 0.0004)]
    learnt = [0.90, 0.95, 0.97, *jitter(0.998, 20, 0.0005)]
    assert hits(log({"loss": printed(loss), "accuracy": printed(learnt)}, counts)) == []
    constant = {"loss": printed(loss), "accuracy": printed([0.90] + [0.95] * 22)}
    assert "prior-entropy" in {name for _, name, _ in hits(log(constant, counts))}


@pytest.mark.parametrize(("value", "name"), [("0.6667", "one-class-dice-3"), ("0.8000", "one-class-dice-5")])
def test_a_dice_loss_that_stands_on_one_class(value, name):
    assert [found for _, found, _ in hits(log({"dice_loss": [value] * 5}))] == [name]
    assert hits(log({"loss": [value] * 5})) == []


def test_self_adjusting_dice_stands_on_the_same_number_beside_a_metric_that_moves():
    columns = {"dice_loss": ["0.8000"] * 5, "f1": ["0.20", "0.45", "0.61", "0.70", "0.74"]}
    assert [name for _, name, _ in hits(log(columns))] == ["self-adjusting-dice"]


FER_2013 = ClassCounts.of([3995, 436, 4097, 7215, 4830, 3171, 4965])


def test_an_accuracy_that_is_a_class_share_to_the_printed_digit_names_the_class():
    hit = only(log({"acc": ["13.9155"] * 10}, FER_2013))
    assert (hit.name, hit.match, hit.loss) == ("constant-answer", "exact", None)
    assert hit.meaning == 'every sample gets the same answer: "0"'
    assert hit.expected == {"accuracy": pytest.approx(0.139155, abs=5e-7)}


def test_one_record_is_enough_where_accuracy_and_macro_f1_agree():
    sleep = ClassCounts.of({"N2": 17_009, "N1": 2_804, "N3": 5_703, "REM": 6_551, "W": 8_285})
    both = {"accuracy": ["0.42155"], "macro_f1": ["0.11835"]}
    assert [hit.match for hit in log(both, sleep).fingerprints] == ["compatible", "compatible"]
    assert hits(log({"accuracy": ["0.42155"]}, sleep)) == []
    assert hits(log({"accuracy": ["0.42155"], "macro_f1": ["0.31000"]}, sleep)) == []


def test_an_accuracy_near_the_majority_share_of_rare_positives_is_not_on_it():
    counts = ClassCounts.of({"no": 990, "yes": 10})
    assert hits(log({"accuracy": printed(jitter(0.9925, 20, 0.0004))}, counts)) == []


def test_what_was_tried_is_named_with_what_it_would_print_here():
    tried = log(CHOLLET).tried
    assert tried["keras2-bce-false-negatives"] == pytest.approx(7.7356, abs=5e-5)  # 15.4249485 · (1 - 0.4985)
    assert tried["keras3-bce-false-negatives"] == pytest.approx(8.0832, abs=5e-5)
    assert tried["torch-bce"] == pytest.approx(50.15)
    assert tried["uniform-output-2"] == pytest.approx(math.log(2))
    assert "prior-entropy" not in tried
    assert log(CHOLLET, ClassCounts.of([12_500, 12_500])).tried["prior-entropy"] == pytest.approx(math.log(2))


def test_without_a_pair_only_the_floors_were_tried():
    assert set(log({"loss": ["0.4"] * 5}).tried) == {f"uniform-output-{k}" for k in (*range(2, 11), 20, 100, 1000)}


def test_no_series_is_no_fingerprint():
    assert match([], None, {})[0] == ()
    assert match([series("loss", [float("nan")] * 3), series("accuracy", [0.5] * 3)], None, {})[0] == ()
