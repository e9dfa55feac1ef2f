"""What the answers look like, whatever the cause."""

import numpy as np
import pytest

from imbalance_doctor.predictions.symptoms import (
    hidden_by_lost_rows,
    many_missing,
    missing_classes,
    symptom,
    too_few_positives,
)
from tests.zoo.judge import profile_of_scores

RNG = np.random.default_rng(0)


def tags(positives, n=1000, k=4):
    """Scores of four labels, of which the first `positives` rows get all."""
    scores = 0.2 * RNG.random((n, k)) + 0.1
    scores[:positives] = 0.8
    return scores


@pytest.mark.parametrize(("positives", "expected"), [(0, "all_zero"), (20, "all_zero"), (21, None)])
def test_a_tenth_of_what_is_due_is_the_limit(positives, expected):
    assert symptom(profile_of_scores(tags(positives), None, (0.2,) * 4, task="sigmoid")) == expected


@pytest.mark.parametrize(("positives", "expected"), [(1000, "all_one"), (920, None), (950, "all_one"), (949, None)])
def test_all_one_is_said_of_nineteen_rows_in_twenty(positives, expected):
    assert symptom(profile_of_scores(tags(positives), None, (0.4,) * 4, task="sigmoid")) == expected


@pytest.mark.parametrize(("others", "expected"), [(0, "single_class"), (60, "single_class"), (61, None)])
def test_a_single_class_is_measured_by_what_the_others_are_due(others, expected):
    truth = np.repeat([0, 1, 2], [400, 300, 300])
    answers = np.where(np.arange(1000) < 1000 - others, 0, 1)
    assert symptom(profile_of_scores(answers, truth, kind="labels")) == expected


def test_one_rare_class_may_rightly_be_sure_of_no_and_several_classes_not():
    sure = 1e-6 * RNG.random(500)
    assert symptom(profile_of_scores(sure, task="binary")) is None
    assert symptom(profile_of_scores(np.column_stack([1 - sure, sure]))) is None
    assert symptom(profile_of_scores(np.column_stack([1 - 2 * sure, sure, sure]))) == "single_class"
    assert symptom(profile_of_scores(np.column_stack([sure] * 3), task="sigmoid")) == "all_zero"
    assert symptom(profile_of_scores(np.column_stack([sure] * 3)[:99], task="sigmoid")) is None


def test_lost_rows_are_given_the_benefit_of_the_doubt():
    scores = 0.3 * RNG.random(2000)
    scores[:15] = np.nan
    profile = profile_of_scores(scores, None, (0.95, 0.05), task="binary")
    assert symptom(profile) is None
    assert hidden_by_lost_rows(profile)
    few = scores.copy()
    few[9:15] = 0.1
    assert symptom(profile_of_scores(few, None, (0.95, 0.05), task="binary")) == "all_zero"


def test_a_handful_of_positives_is_too_few_to_miss():
    no = np.zeros(400, int)
    for n, few in ((0, False), (1, True), (9, True), (10, False)):
        profile = profile_of_scores(no, (np.arange(400) < n).astype(int), kind="labels", classes=("0", "1"))
        assert too_few_positives(profile) is few


def test_missing_classes_are_due_and_never_answered():
    truth = np.repeat(np.arange(4), [300, 12, 9, 79])
    profile = profile_of_scores(np.where(truth == 3, 3, 0), truth, kind="labels")
    assert [row.name for row in missing_classes(profile)] == ["1"]
    assert many_missing(profile)


def test_a_class_is_not_missing_when_its_answers_may_be_among_the_lost_rows():
    truth = np.repeat(np.arange(3), [300, 60, 40])
    scores = np.eye(3)[np.where(truth == 2, 0, truth)] * 0.6 + 0.2 * RNG.random((400, 3))
    assert [row.name for row in missing_classes(profile_of_scores(scores, truth, kind="logits"))] == ["2"]
    scores[:5] = np.nan
    assert missing_classes(profile_of_scores(scores, truth, kind="logits")) == ()
