"""What is frozen, what only rests, and what has converged."""

import math
from random import Random

import pytest

from imbalance_doctor.history.frozen import Frozen, frozen
from imbalance_doctor.model import HistoryProfile
from imbalance_doctor.plugins import Severity
from tests.history.curves import findings, log, printed, series
from tests.history.healthy import SHAPES, healthy


def kinds(history: HistoryProfile) -> list[tuple[str, bool]]:
    return [(one.kind, one.certain) for one in frozen(history)]


def only(history: HistoryProfile) -> Frozen:
    (one,) = frozen(history)
    return one


def noisy(level: float, n: int, size: float, seed: int = 0) -> list[float]:
    random = Random(seed)
    return [level + random.gauss(0, size) for _ in range(n)]


def falling(start: float, end: float, n: int) -> list[float]:
    return [start + (end - start) * i / (n - 1) for i in range(n)]


@pytest.mark.parametrize("seed", range(200))
def test_a_generated_healthy_log_raises_no_error(seed):
    _, history = healthy(seed)
    assert [f.message for f in findings(history) if f.grade is Severity.ERROR] == []
    assert history.verdict in ("learning", "overfit", "too_short", "plateau")


def test_the_healthy_logs_are_of_every_shape_and_their_verdicts_fit():
    verdicts = {healthy(seed)[0]: healthy(seed)[1].verdict for seed in range(len(SHAPES))}
    assert verdicts["overfitting"] == "overfit"
    assert {verdicts[name] for name in verdicts if name not in ("overfitting", "pretrained", "small_validation")} == {
        "learning"
    }


def broken(seed: int) -> HistoryProfile:
    """A log of a run that is broken: clipped, on a floor, deaf to its metric, or not a number."""
    random = Random(seed)
    n, digits, kind = random.randint(3, 50), random.choice([4, 6, 16]), seed % 6
    error = random.randint(20, 950) / 1000
    if kind == 0:
        price = random.choice([15.4249485, 15.3332390, 16.1180957, 15.9423847, 100.0, 36.8413615])
        columns = {"loss": printed([price * error] * n, digits), "acc": printed([1 - error] * n, digits)}
    elif kind == 1:
        k, n = random.choice([2, 3, 4, 5, 10]), random.randint(10, 80)
        columns = {"loss": noisy(math.log(k), n, 0.003, seed), "acc": noisy(1 / k, n, 0.005, seed)}
    elif kind == 2:
        columns = {"loss": printed(noisy(0.5, n, 0.1, seed)) * 2, "f1": ["0.0000"] * 2 * n}
    elif kind == 3:
        columns = {"loss": [*falling(0.7, 0.4, n), float("nan")], "acc": falling(0.5, 0.8, n + 1)}
    elif kind == 4:
        columns = {"loss": [0.0] * n, "acc": [1 - error] * n}
    else:
        loss, accuracy = falling(2.3, 0.4, n + 5), falling(0.1, 0.9, n + 5)
        columns = {"loss": printed([*loss, *[2.3026] * n]), "acc": printed([*accuracy, *[0.1] * n])}
    return log(columns)


@pytest.mark.parametrize("seed", range(120))
def test_a_generated_broken_log_raises_an_error(seed):
    history = broken(seed)
    assert Severity.ERROR in {f.grade for f in findings(history)}


def test_everything_is_frozen():
    columns = {"loss": ["7.7364"] * 3, "acc": ["0.4985"] * 3, "val_loss": ["7.6168"] * 3, "val_acc": ["0.5062"] * 3}
    one = only(log(columns))
    assert (one.kind, one.certain, one.collapsed) == ("training", True, False)
    assert [r.series.name for r in one.rests] == ["loss", "acc", "val_loss", "val_acc"]
    assert (one.rests[0].since.record, len(one.rests[0].points), one.rests[0].level) == (1, 3, 7.7364)


def test_two_values_that_are_the_same_are_not_frozen():
    assert kinds(log({"loss": ["7.7364"] * 2, "acc": ["0.4985"] * 2})) == []


def test_the_first_epoch_may_differ_because_it_is_an_average():
    columns = {"loss": ["7.9120"] + ["7.7364"] * 8, "acc": ["0.4870"] + ["0.4985"] * 8}
    assert kinds(log(columns)) == [("training", True)]


def test_few_digits_cannot_show_that_a_loss_stands_still():
    assert kinds(log({"loss": ["0.69", "0.69", "0.69", "0.69"]})) == []
    assert kinds(log({"loss": ["0.69"] * 10})) == [("training", True)]
    assert kinds(log({"loss": ["0.6931"] * 4})) == [("training", True)]


def test_sixty_two_evaluations_around_ln_4_are_frozen():
    columns = {"eval_loss": noisy(1.3863, 62, 0.004), "eval_accuracy": noisy(0.25, 62, 0.015)}
    one = only(log(columns))
    assert (one.kind, one.certain, one.rests[0].identical) == ("training", True, False)
    assert kinds(log({"eval_loss": columns["eval_loss"]})) == [("training", True)]


@pytest.mark.parametrize("level", [1.3790, 2.0794, 2.3026])
def test_a_lone_loss_has_to_meet_a_floor_closely_and_a_low_one(level):
    assert kinds(log({"loss": noisy(level, 62, 0.004)})) == []


@pytest.mark.parametrize("level", [1.25, 0.42, 0.08])
def test_noise_around_any_other_level_is_no_proof(level):
    assert kinds(log({"loss": noisy(level, 62, 0.003 * level), "accuracy": noisy(0.6, 62, 0.01)})) == []


def test_a_run_that_starts_on_ln_2_and_learns_is_not_frozen():
    loss = [0.6931, 0.6897, 0.6829, 0.6642, 0.6568, 0.6412, 0.6224]
    assert kinds(log({"loss": printed(loss), "accuracy": printed(falling(0.51, 0.65, 7))})) == []
    slow = [0.6931 - 0.0006 * i + d for i, d in enumerate(noisy(0, 40, 0.0005))]
    assert kinds(log({"loss": slow})) == []


def test_a_run_that_has_converged_is_not_frozen():
    loss = [*falling(1.0, 0.01, 10), *[0.0001] * 30]
    assert kinds(log({"loss": printed(loss), "accuracy": printed([*falling(0.6, 0.99, 10), *[1.0] * 30])})) == []
    assert kinds(log({"loss": printed([0.0] * 5), "accuracy": printed([1.0] * 5)})) == []


def test_a_run_that_learnt_and_rests_where_it_is_best_is_not_frozen():
    loss = [*falling(1.0, 0.2345, 5), *[0.2345] * 40]
    assert kinds(log({"loss": printed(loss), "accuracy": printed([*falling(0.6, 0.93, 5), *[0.93] * 40])})) == []


def test_a_run_that_falls_onto_a_floor_from_above_has_not_learnt():
    loss = [14.2, *[2.3026] * 12]
    one = only(log({"loss": printed(loss), "accuracy": printed([0.09, *[0.1] * 12])}))
    assert (one.kind, one.certain, one.collapsed) == ("training", True, False)


def test_a_run_that_learnt_and_fell_back_has_collapsed():
    loss = [*falling(2.3, 0.4, 15), *[2.3026] * 10]
    one = only(log({"loss": printed(loss), "accuracy": printed([*falling(0.1, 0.88, 15), *[0.1] * 10])}))
    assert (one.kind, one.certain, one.collapsed) == ("training", True, True)
    assert one.rests[0].since.record == 16


def test_a_loss_that_stands_still_beside_a_metric_that_moves_is_another_loss():
    one = only(log({"loss": ["0.4321"] * 8, "accuracy": printed(falling(0.5, 0.9, 8))}))
    assert (one.kind, one.certain) == ("training", False)
    assert [s.name for s in one.moving] == ["accuracy"]


def test_one_frozen_part_of_several_losses_is_not_the_training():
    columns = {"loss": printed(falling(2, 1, 8)), "loss_a": printed(falling(1, 0.5, 8)), "loss_b": ["0.5000"] * 8}
    assert kinds(log(columns)) == []


def test_only_the_metric_is_frozen_where_logits_are_cut_at_a_half():
    one = only(log({"loss": ["1.6564", "1.6410", "1.6251", "1.6103", "1.5977"], "acc": ["0.4985"] * 5}))
    assert (one.kind, one.certain, one.collapsed) == ("metric", True, False)
    assert ([r.series.name for r in one.rests], [s.name for s in one.moving]) == (["acc"], ["loss"])


def test_two_splits_that_stand_still_need_fewer_records():
    columns = {"loss": ["1.6564", "1.6251", "1.5977"], "acc": ["0.4985"] * 3}
    assert kinds(log(columns)) == [("metric", False)]
    columns |= {"val_loss": ["1.6400", "1.6100", "1.5900"], "val_acc": ["0.5062"] * 3}
    assert kinds(log(columns)) == [("metric", True)]


def test_f1_on_zero_beside_a_falling_loss_has_collapsed():
    one = only(log({"loss": printed(falling(0.69, 0.06, 8)), "f1": ["0.0000"] * 8}))
    assert (one.kind, one.certain, one.collapsed) == ("metric", True, True)


def test_the_recall_of_one_class_on_zero_beside_a_rising_accuracy_is_a_remark():
    columns = {
        "loss": printed(falling(1.0, 0.3, 8)),
        "accuracy": printed(falling(0.5, 0.9, 8)),
        "recall_rare": ["0.0000"] * 8,
    }
    assert kinds(log(columns)) == [("metric", False)]
    held = {"val_loss": printed(falling(1.0, 0.4, 8)), "val_recall_rare": ["0.0000"] * 8}
    assert ("metric", False) in kinds(log({**columns, **held, "val_accuracy": printed(falling(0.5, 0.8, 8))}))


def test_an_accuracy_that_is_nearly_perfect_throughout_is_a_remark():
    assert kinds(log({"loss": printed(falling(0.05, 0.02, 8)), "accuracy": ["0.9950"] * 8})) == [("metric", False)]


def test_a_small_validation_set_repeats_its_accuracy():
    columns = {
        "loss": printed(falling(0.6, 0.1, 6)),
        "accuracy": printed(falling(0.7, 0.97, 6)),
        "eval_loss": printed(falling(0.6, 0.4, 6)),
        "eval_accuracy": ["0.8710"] * 6,
    }
    assert not any(certain for _, certain in kinds(log(columns)))


def test_only_the_validation_is_frozen():
    columns = {
        "loss": printed(falling(0.6, 0.1, 12)),
        "accuracy": printed(falling(0.86, 0.97, 12)),
        "val_loss": printed([2.73, 4.1, 5.2, 6.0, *[6.63] * 8]),
        "val_accuracy": ["0.5676"] * 12,
    }
    one = only(log(columns))
    assert (one.kind, one.certain) == ("validation", True)
    assert "val_accuracy" in [r.series.name for r in one.rests]
    assert [s.name for s in one.moving] == ["loss", "accuracy"]


def test_a_validation_of_which_everything_stands_still_needs_three_records():
    columns = {
        "loss": printed([0.6, 0.4, 0.3]),
        "accuracy": printed([0.7, 0.8, 0.9]),
        "val_loss": ["0.7012"] * 3,
        "val_accuracy": ["0.5100"] * 3,
    }
    assert kinds(log(columns)) == [("validation", True)]


def test_a_log_of_accuracies_alone():
    assert kinds(log({"acc": ["13.9155"] * 89, "val_acc": ["13.6807"] * 89})) == [("training", True)]
    assert kinds(log({"acc": ["13.9155"] * 3})) == []


def test_runs_are_judged_apart():
    from tests.history.curves import profile

    parts = [
        series("loss", ["7.7364"] * 5, run="a"),
        series("acc", ["0.4985"] * 5, run="a"),
        series("loss", printed(falling(0.7, 0.2, 5)), run="b"),
        series("acc", printed(falling(0.5, 0.9, 5)), run="b"),
    ]
    assert [(one.run, one.kind) for one in frozen(profile(parts))] == [("a", "training")]


def test_bookkeeping_is_never_frozen():
    history = log({"loss": printed(falling(1, 0.2, 8)), "learning_rate": ["0.0010"] * 8, "runtime": ["5.7095"] * 8})
    assert kinds(history) == []
