from dataclasses import replace

import numpy as np

from imbalance_doctor.rules.predictions.truth_mismatch import check
from tests.rules.predictions.dumps import HARD, HEALTHY_BINARY, HEALTHY_SOFTMAX, ignorant, softmax_of
from tests.zoo.judge import profile_of_scores

S, C = softmax_of(2000, (0.1,) * 10, 3.0)


def test_rows_in_another_order_look_like_a_model_that_learnt_nothing():
    shuffled = np.random.default_rng(0).permutation(C)
    (finding,) = check(profile_of_scores(S, shuffled))
    assert "the rows may be in another order or from another split" in finding.message
    (finding,) = check(profile_of_scores(S.argmax(axis=1), shuffled, **HARD))
    assert finding.evidence["rows"] == 2000


def test_scores_that_hardly_move_are_at_chance_for_another_reason():
    assert not list(check(profile_of_scores(*ignorant(2000, 0.1), task="binary")))


def test_answers_that_the_truth_never_has():
    answers, truth = C.copy(), C.copy()
    truth[truth == 7] = 2
    truth[truth == 8] = 2
    (finding,) = check(profile_of_scores(answers, truth, **HARD))
    assert finding.classes == ("7", "8")
    assert finding.message == '400 of 2,000 answers name classes that the truth never has: "7", "8"'


def test_rows_without_truth():
    truth = np.where(np.arange(2000) % 4 == 0, -1, C)
    (finding,) = check(profile_of_scores(S, truth))
    assert finding.message == "1,500 of 2,000 rows with an answer (75 %) have a truth, joined by position"


def test_classes_that_the_dump_lacks_are_passed_on():
    note = "the truth has 2 classes that the dump lacks, with 31 labels that nothing can answer: 'x', 'y'"
    profile = replace(HEALTHY_SOFTMAX, layout=replace(HEALTHY_SOFTMAX.layout, notes=("a header", note)))
    (finding,) = check(profile)
    assert finding.message == note


def test_a_truth_that_fits_is_left_alone():
    assert not list(check(HEALTHY_SOFTMAX))
    assert not list(check(HEALTHY_BINARY))
    assert not list(check(profile_of_scores(S)))
