from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.history.overfitting_gap import check
from tests.history.curves import log, printed

TRAIN = printed([1.23, 0.96, 0.80, 0.61, 0.47, 0.38, 0.29, 0.23, 0.17, 0.14])
TURNS = printed([1.47, 1.53, 1.39, 1.99, 1.99, 2.10, 2.84, 2.25, 1.91, 2.72])


def test_the_record_where_it_began_and_a_flooding_level():
    (finding,) = check(log({"loss": TRAIN, "val_loss": TURNS}))
    assert finding.grade is Severity.WARNING
    assert finding.message == (
        "val_loss is best at record 3 with 1.3900 and rises to 2.7200 (record 10), while the training loss goes from "
        "0.8000 to 0.1400"
    )
    assert finding.remedy == (
        "keep the weights of record 3 (early stopping on val_loss); to train longer: regularisation, or flooding "
        "|loss - b| + b with b near 0.8000"
    )


def test_several_validation_losses_are_one_finding():
    columns = {"loss": TRAIN, "eval_a_loss": TURNS, "eval_b_loss": printed([1.0 + 0.3 * i for i in range(10)])}
    (finding,) = check(log(columns))
    assert finding.evidence["name"] == "eval_b_loss"
    assert finding.message.endswith("1 more validation losses rise too")


def test_without_a_training_loss_no_level_is_named():
    (finding,) = check(log({"val_loss": TURNS}))
    assert finding.remedy == "keep the weights of record 3 (early stopping on val_loss)"


def test_a_validation_loss_that_follows_has_none():
    assert not list(
        check(log({"loss": TRAIN, "val_loss": printed([1.5, 1.3, 1.2, 1.1, 1.05, 1.02, 1.0, 1.01, 1.0, 1.02])}))
    )


def test_a_run_that_diverges_is_another_rules_business():
    assert not list(check(log({"loss": TURNS, "val_loss": TURNS})))
