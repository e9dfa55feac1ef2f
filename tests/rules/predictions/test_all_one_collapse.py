import numpy as np

from imbalance_doctor.rules.predictions.all_one_collapse import check
from tests.rules.predictions.dumps import BINARY, HEALTHY_BINARY, TAGS, calibrated, ignorant, logistic
from tests.zoo.judge import profile_of_scores


def test_every_row_positive_where_most_are_not():
    q, y = ignorant(1000, 0.05)
    odds = 1000 * q / (1 - q)
    (finding,) = check(profile_of_scores(odds / (1 + odds), y, **BINARY))
    assert finding.message.startswith("0 negative answers in 1,000 rows where 950 are due by the truth; the smallest")
    assert finding.evidence["negatives_due"] == 950
    assert finding.classes == ("1",)


def test_every_label_of_every_row():
    scores = logistic(1 + 0.2 * np.random.default_rng(0).standard_normal((400, 12)))
    (finding,) = check(profile_of_scores(scores, None, (0.1,) * 12, **TAGS))
    assert finding.evidence["all_one_rows"] == 400
    assert "0 negative answers in 4,800 cells where 4,320 are due" in finding.message


def test_a_class_on_nearly_every_row_is_rightly_answered():
    q, y = calibrated(2000, 0.99, 2.0)
    assert not list(check(profile_of_scores(q, y, **BINARY)))
    assert not list(check(HEALTHY_BINARY))
