"""The verdict in one word, and the courses it rests on."""

import csv
import io
from random import Random

import pytest

from imbalance_doctor.history.agreement import left_behind, rank_correlation, unrelated
from imbalance_doctor.history.courses import divergences, gaps, plateaus_at_start
from imbalance_doctor.model import ClassCounts, HistoryProfile
from tests.history.curves import log, printed, profile, series

NAN, INF = float("nan"), float("inf")


def falling(start: float, end: float, n: int) -> list[float]:
    return [start + (end - start) * i / (n - 1) for i in range(n)]


LEARNS = {"loss": printed(falling(1.0, 0.2, 10)), "accuracy": printed(falling(0.5, 0.95, 10))}
VERDICTS = {
    "learning": LEARNS,
    "frozen": {"loss": ["7.7364"] * 3, "acc": ["0.4985"] * 3},
    "collapsed": {"loss": printed(falling(0.69, 0.06, 8)), "f1": ["0.0000"] * 8},
    "diverged": {"loss": printed([1.4, 1.2, 2.0, 9.0, 21.0, 35.0, 34.0]), "accuracy": printed([0.5] * 6 + [0.4])},
    "not_finite": {"loss": [0.7, 0.5, 0.43, NAN, NAN], "accuracy": [0.5, 0.6, 0.7, 0.5, 0.5]},
    "overfit": {**LEARNS, "val_loss": printed([0.9, 0.7, 0.6, 0.65, 0.75, 0.9, 1.0, 1.1, 1.3, 1.4])},
    "too_short": {"loss": ["1.0957", "1.0711", "1.0328"], "eval_accuracy": ["0.4516", "0.6129", "0.7419"]},
    "plateau": {"loss": printed([1.251, 1.249, 1.252, 1.250, 1.248, 1.251, 1.250, 1.249, 1.25, 1.252])},
}


@pytest.mark.parametrize(("verdict", "columns"), VERDICTS.items())
def test_every_verdict_has_its_log(verdict, columns):
    assert log(columns).verdict == verdict


def test_without_a_loss_or_a_metric_there_is_nothing_to_judge():
    assert profile([series("learning_rate", ["0.001"] * 5)]).verdict == "no_metrics"


def test_a_frozen_short_log_is_frozen_and_not_too_short():
    assert log({"loss": ["7.7364"] * 3, "acc": ["0.4985"] * 3}).verdict == "frozen"
    assert log({"loss": ["7.7364"], "acc": ["0.4985"]}).verdict == "too_short"


def test_a_loss_that_comes_back_from_nan_is_judged_by_the_rest():
    loss = [0.9, 0.8, INF, 0.6, 0.5, 0.4, 0.35, 0.3]
    assert log({"loss": loss, "accuracy": falling(0.5, 0.9, 8)}).verdict == "learning"


def test_nan_goes_before_everything():
    columns = {"loss": [1.0, 1.0, 1.0, NAN], "acc": [0.5, 0.5, 0.5, 0.5]}
    assert log(columns).verdict == "not_finite"


def test_a_loss_on_its_floor_at_the_end_is_a_plateau():
    counts = ClassCounts.of({"no": 9900, "yes": 100})
    loss = [*falling(0.6931, 0.06, 10), *[0.0560, 0.0561, 0.0559, 0.0560, 0.0561, 0.0560, 0.0559, 0.0560]]
    columns = {"loss": printed(loss), "accuracy": printed([*falling(0.5, 0.99, 10), *[0.99] * 8])}
    assert log(columns, counts).verdict == "plateau"


def test_of_several_runs_the_worst_is_told():
    parts = [series(name, values, run="a") for name, values in LEARNS.items()]
    parts += [series("loss", ["7.7364"] * 5, run="b"), series("acc", ["0.4985"] * 5, run="b")]
    assert profile(parts).verdict == "frozen"


def test_a_loss_that_grows_beside_a_better_metric_has_not_diverged():
    rising = {"loss": printed(falling(1.0, 4.0, 10)), "accuracy": printed(falling(0.3, 0.8, 10))}
    assert divergences(log(rising)) == []
    assert len(divergences(log({**rising, "accuracy": printed(falling(0.8, 0.3, 10))}))) == 1


def test_a_validation_loss_that_grows_has_not_diverged_but_turned():
    history = log(VERDICTS["overfit"])
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


def test_a_loss_that_falls_leaves_a_metric_behind():
    cells, f1 = falling(0.9858, 0.9871, 10), falling(0.1, 0.0, 10)
    history = log({"loss": falling(0.6931, 0.0583, 10), "accuracy": cells, "f1": f1})
    assert [(one.metric.name, one.fell) for one in left_behind(history)] == [("accuracy", False), ("f1", True)]
    assert left_behind(log(LEARNS)) == []


def test_a_metric_that_wanders_is_unrelated_to_the_loss():
    random = Random(1)
    columns = {"loss": falling(0.61, 0.52, 40), "f1": [random.uniform(0.1, 0.4) for _ in range(40)]}
    (one,) = unrelated(log(columns))
    assert abs(one.correlation) < 0.3
    assert unrelated(log(LEARNS)) == []


@pytest.mark.parametrize(
    ("a", "b", "rho"),
    [([1, 2, 3, 4], [10, 20, 30, 40], 1.0), ([1, 2, 3, 4], [4, 3, 2, 1], -1.0), ([1, 2, 3], [5, 5, 5], 0.0)],
)
def test_the_rank_correlation_is_spearmans(a, b, rho):
    assert rank_correlation(a, b) == pytest.approx(rho)


def test_the_rank_correlation_agrees_with_scipy_on_ties():
    from scipy.stats import spearmanr

    a, b = [0.3, 0.1, 0.3, 0.7, 0.2, 0.2], [1.0, 4.0, 2.0, 2.0, 3.0, 3.5]
    assert rank_correlation(a, b) == pytest.approx(spearmanr(a, b).statistic)


DEEPFAKE = """accuracy,loss,val_accuracy,val_loss
0.5099999904632568,0.6931225061416626,0.4099999964237213,0.6956803798675537
0.5375000238418579,0.6897345185279846,0.49000000953674316,0.6930341124534607
0.5224999785423279,0.6829155683517456,0.5799999833106995,0.6908700466156006
0.6025000214576721,0.6641514301300049,0.550000011920929,0.690690279006958
0.5924999713897705,0.65680330991745,0.5699999928474426,0.6901857852935791
0.6575000286102295,0.6411535143852234,0.5099999904632568,0.6909084320068359
0.6524999737739563,0.6224079132080078,0.6000000238418579,0.6844815015792847
"""


def from_csv(text: str) -> HistoryProfile:
    rows = list(csv.DictReader(io.StringIO(text)))
    return log({name: [row[name] for row in rows] for name in rows[0]})


def test_a_real_log_that_starts_on_ln_2_is_learning():
    assert from_csv(DEEPFAKE).verdict == "learning"
    assert from_csv(DEEPFAKE).fingerprints == ()
