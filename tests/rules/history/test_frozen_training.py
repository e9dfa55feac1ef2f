from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.history.frozen_training import check
from tests.history.curves import log, printed, profile, series

FROZEN = {"loss": ["7.7364"] * 3, "acc": ["0.4985"] * 3, "val_loss": ["7.6168"] * 3, "val_acc": ["0.5062"] * 3}


def test_the_number_and_its_records_are_quoted():
    (finding,) = check(log(FROZEN))
    assert finding.grade is Severity.ERROR
    assert finding.message == (
        "loss is 7.7364 in 3 records from record 1 to the end; acc, val_loss and val_acc stand still too"
    )
    assert finding.evidence["frozen"][0] == {
        "name": "loss",
        "split": "train",
        "value": 7.7364,
        "identical": True,
        "from_record": 1,
        "records": 3,
    }


def test_noise_is_named_as_such_with_the_floor_it_lies_on():
    loss = [1.3863 + 0.006 * ((i * 7919) % 13 - 6) / 6 for i in range(62)]
    (finding,) = check(log({"eval_loss": loss}))
    assert finding.message == (
        "eval_loss is noise around 1.386 (1.3803 to 1.3923) in 62 records from record 1 to the end, on 1.3863, ln 4, "
        "the loss of an even output"
    )


def test_a_run_that_fell_back_has_its_own_remedy():
    loss = [2.3, 1.7, 1.2, 0.8, 0.6, 0.5, 0.45, *[2.3026] * 6]
    (finding,) = check(
        log({"loss": printed(loss), "accuracy": printed([0.1, 0.3, 0.5, 0.7, 0.8, 0.85, 0.87, *[0.1] * 6])})
    )
    assert "from record 8 to the end" in finding.message
    assert "collapsed" in finding.message
    assert finding.remedy.startswith("go back to the weights")


def test_a_metric_that_moves_makes_it_a_warning():
    (finding,) = check(log({"loss": ["0.4321"] * 8, "accuracy": printed([0.5 + 0.05 * i for i in range(8)])}))
    assert finding.grade is Severity.WARNING
    assert finding.message == (
        "loss is 0.4321 in 8 records from record 1 to the end, while accuracy goes from 0.5000 (record 1) to 0.8500 "
        "(record 8)"
    )
    assert finding.remedy.startswith("print the loss that is minimised")


def test_a_run_is_named_where_the_log_has_several():
    parts = [series("loss", ["7.7364"] * 4, run="a"), series("loss", printed([0.9, 0.7, 0.5, 0.4]), run="b")]
    (finding,) = check(profile(parts))
    assert finding.message.startswith("loss of run 'a' is 7.7364")


def test_a_run_that_learns_has_none():
    assert not list(check(log({"loss": printed([0.9, 0.7, 0.5, 0.4])})))
