"""How a run went: divergence, the turn of a validation loss, a plateau at the start."""

from random import Random

from imbalance_doctor.history.courses import divergences, gaps, plateaus_at_start
from tests.history.curves import log, printed


def falling(start: float, end: float, n: int) -> list[float]:
    return [start + (end - start) * i / (n - 1) for i in range(n)]


LEARNS = {"loss": printed(falling(1.0, 0.2, 10)), "accuracy": printed(falling(0.5, 0.95, 10))}
TURNS = {**LEARNS, "val_loss": printed([0.9, 0.7, 0.6, 0.65, 0.75, 0.9, 1.0, 1.1, 1.3, 1.4])}


def test_a_loss_that_grows_beside_a_better_metric_has_not_diverged():
    rising = {"loss": printed(falling(1.0, 4.0, 10)), "accuracy": printed(falling(0.3, 0.8, 10))}
    assert divergences(log(rising)) == []
    assert len(divergences(log({**rising, "accuracy": printed(falling(0.8, 0.3, 10))}))) == 1


def test_a_validation_loss_that_grows_has_not_diverged_but_turned():
    history = log(TURNS)
    assert divergences(history) == []
    (gap,) = gaps(history)
    assert (gap.best.record, gap.best.value, gap.last.value) == (3, 0.6, 1.4)
    assert gap.train_best is not None
    assert gap.train_best.record == 3


def test_a_spike_at_the_end_is_no_divergence():
    assert divergences(log({"loss": printed([1.0, 0.8, 0.6, 0.5, 0.4, 9.0])})) == []


def test_a_noisy_validation_loss_does_not_turn_at_its_lowest_value():
    random = Random(3)
    columns = {"loss": falling(1.5, 1.2, 40), "val_loss": [2.2 + random.gauss(0, 0.2) for _ in range(40)]}
    columns["val_loss"][36] = 1.7
    assert gaps(log(columns)) == []


def test_a_validation_loss_without_a_training_loss_can_turn_too():
    columns = {"eval_loss": [0.2313, 0.2272, 0.2500, 0.2800, 0.3007], "eval_accuracy": falling(0.908, 0.927, 5)}
    (gap,) = gaps(log(columns))
    assert (gap.best.record, gap.train_best) == (2, None)


SQUEEZENET = [0.4726, 0.4974, 0.5013, 0.5019, 0.4985, 0.5013, 0.5019, 0.4974, 0.4962, 0.4964, 0.4996, 0.4992, 0.5127]
"""Training accuracy of a public log: the share of the majority class for eleven epochs, then it learns."""


def test_a_metric_that_stands_still_at_first_and_then_learns_is_remarked():
    accuracy = [*SQUEEZENET, 0.5238, 0.5398, 0.5375, 0.5433, 0.5503, 0.5601]
    (start,) = plateaus_at_start(log({"loss": falling(1.57, 1.2, 19), "accuracy": accuracy}))
    assert (start.first.record, start.last.record) == (2, 13)
    assert plateaus_at_start(log(LEARNS)) == []
