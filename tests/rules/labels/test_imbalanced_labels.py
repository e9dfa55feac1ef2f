from dataclasses import replace

import pytest

from imbalance_doctor.rules.labels.imbalanced_labels import check
from tests.build import profile_of, profile_of_sets
from tests.rules.labels.counted import multilabel

FLAGS = {"red": 153, "green": 91, "blue": 99, "yellow": 91, "white": 146, "black": 52, "orange": 26}
EMOTIONS = {"amazed": 173, "happy": 166, "relaxing": 264, "quiet": 148, "sad": 168, "angry": 189}


def test_mldrs_flags_are_moderate():
    (finding,) = check(multilabel(FLAGS, 194))
    assert finding.message == (
        'moderate imbalance between 7 labels: MeanIR 2.255 and CVIR 0.7648, from "red" on 78.87 % of the samples to '
        '"orange" on 13.4 % (26 samples)'
    )
    assert finding.evidence["mean_irlbl"] == pytest.approx(2.254709, abs=1e-6)
    assert finding.evidence["cvir"] == pytest.approx(0.764775, abs=1e-6)
    assert finding.classes == ("black", "orange")  # 153/52 = 2.94 and 153/26 = 5.88 exceed the mean


def test_mldrs_emotions_are_silent():
    assert not list(check(multilabel(EMOTIONS, 593)))


@pytest.mark.parametrize(
    ("n", "band", "grade"),
    [(100, "mild", "info"), (125, "moderate", "warning"), (2500, "moderate", "warning"), (2501, "extreme", "warning")],
)
def test_the_band_is_that_of_the_rarest_prevalence(n, band, grade):
    (finding,) = check(multilabel({"a": 100, "b": 100, "c": 25}, n))
    assert (finding.evidence["band"], finding.grade) == (band, grade)


@pytest.mark.parametrize(("mean", "variation"), [(1.5, 0.9), (9.0, 0.2), (None, None), (1.6, None)])
def test_both_of_chartes_limits_must_be_exceeded(mean, variation):
    profile = multilabel({"a": 100, "b": 10}, 200)
    assert list(check(profile))
    assert not list(check(replace(profile, measures={"mean_irlbl": mean, "cvir": variation})))


def test_equally_rare_labels_are_silent():
    assert not list(check(profile_of_sets([(("a",), 5), (("b",), 5), ((), 990)])))


def test_one_label_per_sample_is_another_rules_business():
    assert not list(check(profile_of({"a": 990, "b": 10})))
