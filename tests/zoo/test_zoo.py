"""Every fault is found and named, its nearest healthy neighbour is not, and no healthy model raises an alarm."""

import pytest

from imbalance_doctor.plugins import Severity
from tests.zoo.faults import FAULTS
from tests.zoo.healthy import HEALTHY
from tests.zoo.judge import findings_of

COLLAPSED = {"all_zero", "all_one", "single_class", "constant", "prior_only", "miswired"}
WORTH_A_WARNING = {"over-correction", "bad-scores"}
"""What a healthy model may be told: that its scores are no probabilities, or that four rows of a thousand are NaN."""

each_fault = pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
each_healthy = pytest.mark.parametrize("make", HEALTHY.values(), ids=HEALTHY)


def test_the_zoo_is_large_enough():
    assert len(FAULTS) >= 20
    assert len(HEALTHY) >= 10
    assert {fault.verdict for fault in FAULTS.values()} | {"healthy"} >= COLLAPSED | {"threshold", "partial"}


@each_fault
def test_a_fault_is_found_and_named(fault):
    ill, _ = fault.make()
    profile = ill.profile()
    found = findings_of(profile)
    assert profile.verdict == fault.verdict
    assert set(fault.rules) <= set(found)
    worst = max(finding.grade.rank for finding in found.values())
    assert worst == Severity.ERROR.rank if profile.verdict in COLLAPSED else worst >= Severity.WARNING.rank


@each_fault
def test_its_nearest_healthy_neighbour_is_not_accused(fault):
    _, well = fault.make()
    assert_well(well.profile())


@each_healthy
def test_a_healthy_model_raises_no_alarm(make):
    assert_well(make().profile())


def assert_well(profile):
    assert profile.verdict == "healthy"
    loud = {name for name, finding in findings_of(profile).items() if finding.grade != Severity.INFO}
    assert loud <= WORTH_A_WARNING


@pytest.mark.parametrize(
    ("name", "loss"),
    [
        ("dead head, plain BCE", "plain cross-entropy or squared error"),
        ("dead head, balanced pos_weight", "balanced weights, pos_weight (1-p)/p, or no training at all"),
        ("dead head, focal loss", "focal loss, gamma 2"),
        ("dead head, asymmetric loss", "asymmetric loss, gammas 4 and 1, margin 0.05"),
        ("dead head behind dropout", "plain cross-entropy or squared error"),
    ],
)
def test_a_dead_head_names_the_loss_that_trained_it(name, loss):
    ill, _ = FAULTS[name].make()
    assert loss in findings_of(ill.profile())["constant-output"].evidence["losses"]


def test_balanced_weights_are_read_off_the_scores():
    finding = findings_of(HEALTHY["balanced weights"]().profile())["over-correction"]
    assert finding.evidence["scheme"] == "balanced weights, pos_weight (1-p)/p"


@each_fault
def test_the_verdict_needs_the_fault_and_not_the_blocks(fault):
    ill, _ = fault.make()
    whole, parts = (type(ill)(ill.scores, ill.truth, {**ill.options, "rows": rows}).profile() for rows in (10**6, 333))
    assert whole.verdict == parts.verdict == fault.verdict
