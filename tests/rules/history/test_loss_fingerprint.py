import pytest

from imbalance_doctor.model import ClassCounts
from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.history.loss_fingerprint import check
from tests.history.curves import log, printed, profile, series

FROZEN = {"loss": ["7.7364"] * 3, "acc": ["0.4985"] * 3, "val_loss": ["7.6168"] * 3, "val_acc": ["0.5062"] * 3}


def test_both_splits_are_one_finding_with_the_fault_and_the_fix():
    (finding,) = check(log(FROZEN, sizes={"train": 20_000, "validation": 5_000}))
    assert finding.grade is Severity.ERROR
    assert finding.message == (
        "7.7364 @ 0.4985 (record 3, train; expected 7.7364 ± 0.0009) and 7.6168 @ 0.5062 (record 3, validation; "
        "expected 7.6168 ± 0.0009): clipped BCE of tf.keras 2, -ln(2e-7) an error; the last layer has no activation: "
        "the raw outputs lie outside 0..1, are clipped there, and a clipped value has no gradient; every error is a 1 "
        "answered 0; 10,031 training and 2,469 validation errors, 12,500 together"
    )
    assert "from_logits=True" in finding.remedy
    assert "BinaryAccuracy(threshold=0.0)" in finding.remedy
    assert finding.evidence["errors"] == 12_500
    assert [pair["errors"] for pair in finding.evidence["pairs"]] == [10_031, 2_469]


def test_without_sample_sizes_no_errors_are_named():
    (finding,) = check(log(FROZEN))
    assert finding.evidence["errors"] is None
    assert finding.evidence["match"] == "exact"


@pytest.mark.parametrize(
    ("columns", "grade", "words"),
    [
        ({"loss": ["7.6246"] * 3, "acc": ["0.5000"] * 3}, Severity.ERROR, "within 0.6 %"),
        ({"loss": ["2.3612"] * 3, "accuracy": ["0.1000"] * 3}, Severity.ERROR, "softmax"),
        (
            {"loss": ["-0.5000", "-0.7000", "-0.9000"], "acc": ["0.5000", "0.7000", "0.9000"]},
            Severity.ERROR,
            "logarithm",
        ),
        (
            {"loss": ["-1.5000", "-2.0000", "-3.0000"], "acc": ["0.5000", "0.7000", "0.9000"]},
            Severity.WARNING,
            "never below 0",
        ),
        ({"loss": [0.0] * 3, "acc": [0.5] * 3}, Severity.ERROR, "softmax over one unit"),
        ({"dice_loss": ["0.8000"] * 5, "f1": ["0.20", "0.40", "0.60", "0.70", "0.75"]}, Severity.INFO, "by design"),
    ],
)
def test_the_grade_follows_from_how_sure_the_pair_is(columns, grade, words):
    findings = [f for f in check(log(columns)) if words in f.message]
    assert [f.grade for f in findings] == [grade]


def test_a_double_softmax_that_learns_is_a_warning():
    accuracy = [0.35, 0.62, 0.80, 0.89, 0.93, 0.95, 0.96, 0.97]
    columns = {"loss": printed([2.4612 - a + 0.004 for a in accuracy]), "accuracy": printed(accuracy)}
    (finding,) = check(log(columns, ClassCounts.of([500] * 10)))
    assert finding.grade is Severity.WARNING
    assert finding.remedy.startswith("remove the softmax")


def test_every_run_and_every_constant_is_a_finding_of_its_own():
    parts = [
        series("loss", ["7.7364"] * 3, run="a"),
        series("acc", ["0.4985"] * 3, run="a"),
        series("loss", ["50.1500"] * 3, run="b"),
        series("acc", ["0.4985"] * 3, run="b"),
    ]
    assert [(f.evidence["run"], f.evidence["fingerprint"]) for f in check(profile(parts))] == [
        ("a", "keras2-bce-false-negatives"),
        ("b", "torch-bce"),
    ]


def test_floors_are_another_rules_business():
    assert not list(check(log({"loss": ["0.6931"] * 5, "acc": ["0.5000"] * 5})))
