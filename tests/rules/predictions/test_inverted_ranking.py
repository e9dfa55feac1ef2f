import numpy as np

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.predictions.inverted_ranking import check
from tests.rules.predictions.dumps import BINARY, HEALTHY_BINARY, TAGS, calibrated, ignorant
from tests.zoo.judge import profile_of_scores

Q, Y = calibrated(2000, 0.1, 2.0)


def test_the_column_of_the_negatives():
    profile = profile_of_scores(1 - Q, Y, **BINARY)
    (finding,) = check(profile)
    assert profile.verdict == "miswired"
    assert finding.grade == Severity.ERROR
    assert finding.evidence["lowest_auroc"] < 0.1
    assert finding.message.startswith("1 class ranks upside down, the worst with AUROC 0.0")


def test_both_columns_of_a_softmax_swapped():
    (finding,) = check(profile_of_scores(np.column_stack([Q, 1 - Q]), Y))
    assert finding.classes == ("0", "1")


def test_one_label_of_many_is_a_warning():
    columns = [calibrated(2000, 0.1, 2.0, seed)[0] for seed in range(6)]
    columns[3] = 1 - columns[3]
    profile = profile_of_scores(np.column_stack(columns), np.column_stack([Y] * 6), **TAGS)
    (finding,) = check(profile)
    assert finding.classes == ("3",)
    assert finding.grade == Severity.WARNING
    assert profile.verdict == "healthy"


def test_chance_is_not_upside_down():
    for seed in range(5):
        assert not list(check(profile_of_scores(*ignorant(2000, 0.1, seed=seed), **BINARY)))
    assert not list(check(HEALTHY_BINARY))
