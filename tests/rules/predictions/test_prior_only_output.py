import numpy as np
import pytest

from imbalance_doctor.rules.predictions.prior_only_output import check
from tests.rules.predictions.dumps import BINARY, HARD, HEALTHY_BINARY, calibrated, ignorant
from tests.zoo.judge import profile_of_scores


def test_scores_on_the_prior_that_do_not_rank():
    (finding,) = check(profile_of_scores(*ignorant(4000, 0.05), **BINARY))
    assert finding.classes == ("1",)
    assert finding.evidence["mean_on_prior"]
    assert finding.evidence["highest_auroc"] == pytest.approx(0.5, abs=0.06)
    assert finding.message.endswith(
        "1 of 1 class at chance; the mean scores sit on the prevalences; hardly an answer is positive"
    )
    assert finding.evidence["log_loss"] == pytest.approx(finding.evidence["log_loss_floor"], rel=0.05)


def test_labels_that_agree_by_chance_alone():
    rng = np.random.default_rng(0)
    (finding,) = check(profile_of_scores(rng.integers(0, 3, 2000), rng.integers(0, 3, 2000), **HARD))
    assert finding.message == "the answers agree with the truth no better than their shares make them"
    assert abs(finding.evidence["mcc"]) < 0.05


def test_without_truth_scores_that_hardly_move_around_the_prior():
    q, _ = ignorant(4000, 0.05, noise=0.05)
    (finding,) = check(profile_of_scores(q, None, (0.95, 0.05), **BINARY))
    assert finding.message == (
        "the scores hardly move over the rows; the mean scores sit on the prevalences; hardly an answer is positive"
    )


def test_few_positives_prove_nothing():
    """Twelve positives: an AUROC of 0.55 is compatible with 0.74."""
    rng = np.random.default_rng(4)
    q = 0.3 + 0.4 * rng.random(60)
    assert not list(check(profile_of_scores(q, (np.arange(60) < 12).astype(int), **BINARY)))


def test_a_weak_signal_is_a_signal():
    assert not list(check(profile_of_scores(*calibrated(4000, 0.1, 0.5), **BINARY)))
    assert not list(check(HEALTHY_BINARY))
