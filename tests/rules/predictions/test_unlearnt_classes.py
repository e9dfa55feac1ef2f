import numpy as np

from imbalance_doctor.rules.predictions.unlearnt_classes import check
from tests.build import profile_of
from tests.rules.predictions.dumps import HARD, HEALTHY_SOFTMAX
from tests.zoo.judge import profile_of_scores

TRUTH = np.repeat(np.arange(5), 40)
ANSWERS = np.where(TRUTH < 2, TRUTH, 0)
DUMP = profile_of_scores(ANSWERS, TRUTH, **HARD)


def test_classes_without_samples_to_learn_from():
    labels = profile_of({"0": 500, "1": 300, "2": 200, "3": 9, "4": 0})
    (finding,) = check(DUMP, labels)
    assert finding.classes == ("3", "4")
    assert finding.message == (
        '2 of 3 classes that are never predicted had fewer than 10 training samples, 1 of them none: "3", "4"'
    )


def test_classes_with_samples_are_unanswered_for_another_reason():
    assert not list(check(DUMP, profile_of({str(i): 100 for i in range(5)})))
    assert not list(check(HEALTHY_SOFTMAX, profile_of({"0": 3, "1": 2, "2": 1})))


def test_labels_of_something_else_say_nothing():
    assert not list(check(DUMP, profile_of({"cat": 3, "dog": 100})))
