import numpy as np

from imbalance_doctor.rules.predictions.narrow_dtype import check
from tests.zoo.judge import profile_of_scores

TRUTH = np.arange(3000) % 300


def test_three_hundred_classes_do_not_fit_into_eight_bits():
    wrapped = TRUTH.astype(np.uint8)
    profile = profile_of_scores(wrapped, TRUTH, kind="labels", capacity=256)
    (finding,) = check(profile)
    assert finding.evidence == {"capacity": 256, "classes": 300}
    assert "holds 256 classes, and there are 300" in finding.message
    assert profile.verdict == "miswired"


def test_a_type_that_holds_them_is_left_alone():
    assert not list(check(profile_of_scores(TRUTH, TRUTH, kind="labels", capacity=65_536)))
    assert not list(check(profile_of_scores(TRUTH % 256, TRUTH % 256, kind="labels", capacity=256)))
    assert not list(check(profile_of_scores(TRUTH, TRUTH, kind="labels")))
