"""What is due to a class, and from which source."""

import numpy as np
import pytest

from imbalance_doctor.predictions.expected import answered, due, enough, lost, positive, quiet, scored, top
from tests.zoo.judge import profile_of_scores

Q = np.linspace(0.01, 0.39, 200)
Y = (np.arange(200) >= 160).astype(int)


def test_the_truth_speaks_before_the_priors_and_these_before_the_scores():
    by_truth = due(profile_of_scores(Q, Y, (0.5, 0.5), task="binary"))
    by_priors = due(profile_of_scores(Q, None, (0.9, 0.1), task="binary"))
    by_scores = due(profile_of_scores(Q, task="binary"))
    assert (by_truth.source, by_truth.counts) == ("truth", (160.0, 40.0))
    assert (by_priors.source, by_priors.counts) == ("priors", (180.0, 20.0))
    assert by_scores.source == "scores"
    assert by_scores.counts == pytest.approx((160.0, 40.0))


def test_predicted_labels_alone_say_nothing():
    found = due(profile_of_scores(Y, kind="labels"))
    assert (found.source, found.counts) == ("nothing", (None, None))


def test_a_truth_of_few_rows_does_not_count():
    few = np.where(np.arange(200) < 19, Y, -1)
    assert due(profile_of_scores(Q, few, (0.9, 0.1), task="binary")).source == "priors"


def test_priors_of_classes_that_compete_are_shares():
    profile = profile_of_scores(np.tile([0.5, 0.3, 0.2], (100, 1)), None, (0.2, 0.2, 0.4))
    assert due(profile).counts == pytest.approx((25, 25, 50))


def test_ties_are_not_answered_and_are_lost():
    scores = np.tile([0.6, 0.4], (100, 1))
    scores[:10] = 0.5
    scores[10:13] = np.nan
    profile = profile_of_scores(scores)
    assert (answered(profile), lost(profile)) == (87, 13)


@pytest.mark.parametrize(
    ("seen", "expected", "is_quiet"),
    [
        (0, 9.9, False),
        (0, 10, True),
        (1, 29, False),
        (2.9, 29, False),
        (3, 30, True),
        (100, 1000, True),
        (101, 1000, False),
    ],
)
def test_ten_due_and_none_seen_or_thirty_due_and_a_tenth_seen(seen, expected, is_quiet):
    assert quiet(seen, expected) is is_quiet


def test_without_truth_a_rare_class_must_be_due_on_thirty_rows_and_a_common_one_on_ten():
    profile = profile_of_scores(np.tile(Q, 25), task="binary")
    assert enough(profile, 10, "truth")
    assert not enough(profile, 29, "priors")
    assert enough(profile, 30, "priors")
    small = profile_of_scores(Q[:100], task="binary")
    assert enough(small, 10, "priors")
    assert not enough(small, None, "nothing")


def test_the_class_of_the_yes():
    assert positive(profile_of_scores(Q, task="binary")).name == "1"
    assert positive(profile_of_scores(Y, kind="labels", classes=("1", "0"))).index == 0
    assert positive(profile_of_scores(Y, kind="labels", classes=("no", "yes"))) is None
    assert positive(profile_of_scores(np.column_stack([1 - Q, Q]))) is None


def test_only_classes_with_scores_of_their_own_are_scored():
    assert [row.index for row in scored(profile_of_scores(Q, task="binary"))] == [1]
    assert scored(profile_of_scores(Y, kind="labels")) == ()


def test_the_first_of_two_equally_frequent_answers_is_on_top():
    assert top(profile_of_scores([0, 1, 1, 0], kind="labels")).name == "0"
