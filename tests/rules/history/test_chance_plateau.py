from imbalance_doctor.model import ClassCounts
from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.history.chance_plateau import check
from tests.history.curves import log, printed
from tests.v2ex import COUNTS


def test_ln_k_is_quoted_beside_the_metric_of_the_same_record():
    (finding,) = check(log({"loss": ["1.3863"] * 5, "acc": ["0.2500"] * 5}))
    assert finding.grade is Severity.WARNING
    assert finding.message == (
        "the train loss rests at 1.3863 beside 0.2500 (record 5), on 1.386, ln 4, the loss of an even output: every "
        "class gets the same probability: nothing was learnt, or the balanced weights leave nothing better than that"
    )


def test_a_small_loss_on_rare_labels_is_the_entropy_of_the_labels():
    columns = {
        "loss": printed([0.6931, 0.2210, 0.0820, 0.0600, 0.0581, 0.0580, 0.0579]),
        "binary_accuracy": printed([0.5012, 0.9701, 0.9871, 0.9871, 0.9871, 0.9871, 0.9871]),
    }
    (finding,) = check(log(columns, ClassCounts.of(COUNTS, n_samples=55_000)))
    assert "on 0.05791, the loss of the bare class frequencies: only the prior was learnt" in finding.message
    assert "ln(p/(1-p))" in finding.remedy


def test_under_weights_the_loss_is_named():
    columns = {"loss": printed([1.3724] * 4), "accuracy": printed([0.99] * 4)}
    findings = list(check(log(columns, ClassCounts.of({"no": 9900, "yes": 100}))))
    assert "the loss of the bare class frequencies under bce-pos-weight-mean" in findings[0].message


def test_a_plateau_at_the_start_is_a_remark():
    accuracy = [0.4726, *[0.4974, 0.5013, 0.5019, 0.4985, 0.5013, 0.5019, 0.4974], 0.53, 0.56, 0.58, 0.6]
    (finding,) = check(log({"loss": printed([1.57 - 0.03 * i for i in range(12)]), "accuracy": printed(accuracy)}))
    assert finding.grade is Severity.INFO
    assert finding.message == ("accuracy stood still from record 2 to record 8, near 0.4974, and learnt after that")


def test_a_run_that_learns_from_the_start_has_none():
    assert not list(
        check(log({"loss": printed([0.69, 0.5, 0.4, 0.3, 0.2]), "acc": printed([0.5, 0.7, 0.8, 0.9, 0.95])}))
    )
