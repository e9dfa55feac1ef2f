"""The verdict in one word."""

import csv
import io

import pytest

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
