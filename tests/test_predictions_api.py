"""The Python API of predictions."""

import json
import subprocess
import sys

import numpy as np
import pandas as pd
import polars as pl
import pytest

import imbalance_doctor
from imbalance_doctor.errors import DoctorError, UsageError

PRIORS = np.array([0.04, 0.1, 0.3])


def labels(n: int = 4000, shift: float = -3.0) -> tuple[np.ndarray, np.ndarray]:
    """Three labels a row, probabilities that rank well and never reach 0.5."""
    rng = np.random.default_rng(0)
    truth = rng.random((n, 3)) < PRIORS
    x = rng.normal(size=truth.shape) + 2.5 * truth
    z = 2.5 * x - 3.125 + np.log(PRIORS / (1 - PRIORS)) + shift
    return 1 / (1 + np.exp(-z)), truth.astype(int)


class Tensor:
    """Nothing but what numpy asks for."""

    def __init__(self, values: np.ndarray) -> None:
        self.values = values

    def __array__(self, dtype: object = None, copy: bool | None = None) -> np.ndarray:
        return self.values if dtype is None else self.values.astype(dtype)


def test_the_function_survives_the_import_of_the_folder_of_the_same_name() -> None:
    code = """
import imbalance_doctor
import imbalance_doctor.predictions.rescue
from imbalance_doctor.predictions import rescue
from imbalance_doctor import doctor, predictions
assert callable(predictions) and callable(imbalance_doctor.predictions)
found = imbalance_doctor.predictions([[0.9, 0.1]] * 30)
assert callable(imbalance_doctor.predictions)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = "import sys, imbalance_doctor; sys.exit(any(m in sys.modules for m in ('numpy', 'polars', 'pandas')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_threshold_problem_is_found_and_apply_repairs_it() -> None:
    scores, truth = labels()
    found = imbalance_doctor.predictions(scores, labels=truth)
    assert found.profile.task == "sigmoid"
    assert found.verdict == found.profile.verdict
    assert found.findings == found.report.findings
    assert found.remedies == found.profile.remedies
    assert found.best is not None
    assert found.best.interval[0] > 0
    corrected = found.apply(scores)
    assert corrected.shape == truth.shape
    assert set(np.unique(corrected)) == {0, 1}
    agreement = imbalance_doctor.predictions(corrected, labels=truth, kind="labels", task="sigmoid").profile.truth
    assert agreement.macro_f1 > found.profile.truth.macro_f1 + 0.1
    assert agreement.macro_f1 == pytest.approx(found.best.score, abs=0.03)


def test_apply_takes_a_remedy_its_name_or_as_is() -> None:
    scores, truth = labels()
    found = imbalance_doctor.predictions(scores, labels=truth)
    assert (found.apply(scores, "as-is") == (scores >= 0.5)).all()
    named = next(r for r in found.remedies if r.name == "prior-matching")
    cuts = np.array(named.thresholds)
    assert (found.apply(scores, "prior-matching") == (scores >= cuts)).all()
    assert (found.apply(scores, named) == (scores >= cuts)).all()
    with pytest.raises(UsageError) as caught:
        found.apply(scores, "prior-matchin")
    assert "prior-matching" in caught.value.hint


def test_without_a_proven_gain_the_default_is_to_change_nothing() -> None:
    rng = np.random.default_rng(1)
    scores = rng.random((500, 3)) * 0.4
    found = imbalance_doctor.predictions(scores, labels=(rng.random((500, 3)) < 0.2).astype(int), task="sigmoid")
    assert found.best is None
    assert found.apply(scores).sum() == 0
    with pytest.raises(UsageError, match="no correction"):
        found.to("json")
    with pytest.raises(UsageError) as caught:
        found.apply(scores, "none")
    assert "no threshold can help" in caught.value.hint


def test_competing_classes_give_class_indices_and_no_prediction_for_bad_rows() -> None:
    rng = np.random.default_rng(2)
    truth = rng.choice(3, size=3000, p=[0.9, 0.07, 0.03])
    z = 2 * (rng.normal(size=(3000, 3)) + 2 * np.eye(3)[truth]) + 1.8 * np.log([0.9, 0.07, 0.03])
    found = imbalance_doctor.predictions(z, labels=truth, kind="logits")
    assert found.profile.task == "softmax"
    offsets = np.array(found.best.offsets)
    assert found.apply(z).tolist() == (z + offsets).argmax(axis=1).tolist()
    assert found.apply(np.array([[0, np.nan, 1], [0, 0, 9.0]])).tolist() == [-1, 2]


def test_one_score_a_row_gives_zeros_and_ones() -> None:
    scores, truth = labels()
    found = imbalance_doctor.predictions(scores[:, 1], labels=truth[:, 1])
    assert found.profile.task == "binary"
    cut = found.best.thresholds[1]
    for same in (scores[:, 1], scores[:, 1:2], scores[:, 1].tolist(), Tensor(scores[:, 1])):
        assert found.apply(same).tolist() == (scores[:, 1] >= cut).astype(int).tolist()


@pytest.mark.parametrize("form", ["array", "float32", "tensor", "list", "pandas", "polars"])
def test_the_form_of_the_scores_does_not_matter(form: str) -> None:
    scores, truth = labels(500)
    scores = scores.astype(np.float32).astype(np.float64)
    columns = {f"prob_{i}": scores[:, i] for i in range(3)}
    given = {
        "array": scores,
        "float32": scores.astype(np.float32),
        "tensor": Tensor(scores),
        "list": scores.tolist(),
        "pandas": pd.DataFrame(columns),
        "polars": pl.DataFrame(columns),
    }[form]
    expected = imbalance_doctor.predictions(scores, labels=truth)
    found = imbalance_doctor.predictions(given, labels=truth)
    assert [r.score for r in found.remedies] == [r.score for r in expected.remedies]
    assert found.profile.truth.macro_f1 == expected.profile.truth.macro_f1
    assert found.apply(given).tolist() == expected.apply(scores).tolist()


def test_a_data_frame_is_corrected_by_the_names_of_its_columns_whatever_their_order() -> None:
    scores, truth = labels(1000)
    frame = pd.DataFrame(scores, columns=["prob_a", "prob_b", "prob_c"])
    found = imbalance_doctor.predictions(frame, labels=pd.DataFrame(truth, columns=["a", "b", "c"]))
    expected = found.apply(frame)
    turned = frame[["prob_c", "prob_a", "prob_b"]].assign(id=range(1000))
    assert found.apply(turned).tolist() == expected.tolist()
    assert found.apply(frame.rename(columns=lambda name: name[5:])).tolist() == expected.tolist()
    assert found.apply(scores).tolist() == expected.tolist()
    with pytest.raises(UsageError, match="prob_a"):
        found.apply(frame.drop(columns="prob_a"))


@pytest.mark.parametrize("wrong", [np.zeros(5), np.zeros((5, 2)), np.zeros((5, 3), bool), np.array([["a", "b", "c"]])])
def test_scores_of_another_shape_or_kind_are_refused(wrong: np.ndarray) -> None:
    scores, truth = labels(500)
    found = imbalance_doctor.predictions(scores, labels=truth)
    with pytest.raises(UsageError, match="not like those examined"):
        found.apply(wrong)


def test_predicted_labels_have_no_correction() -> None:
    found = imbalance_doctor.predictions(["a", "b", "a", "c"] * 20, labels=["a", "b", "b", "c"] * 20)
    assert found.profile.score_kind == "labels"
    assert found.remedies == ()
    with pytest.raises(UsageError, match="predicted labels"):
        found.apply(np.zeros((2, 3)))


def test_training_labels_or_priors_are_enough_for_a_first_correction() -> None:
    scores, truth = labels()
    for found in (
        imbalance_doctor.predictions(scores, train_labels=truth, task="sigmoid"),
        imbalance_doctor.predictions(scores, prior=truth.mean(axis=0).tolist(), task="sigmoid"),
    ):
        assert found.best.name == "prior-matching"
        assert found.apply(scores).sum(axis=0).tolist() == truth.sum(axis=0).tolist()


def test_thresholds_are_emitted_with_class_names() -> None:
    scores, truth = labels()
    found = imbalance_doctor.predictions(scores, labels=truth, classes=["x", "y", "z"])
    data = json.loads(found.to("json"))
    assert data["classes"] == ["x", "y", "z"]
    assert data["thresholds"] == list(found.best.thresholds)
    assert json.loads(found.to("json", "prior-matching"))["remedy"] == "prior-matching"


def test_an_unknown_metric_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(DoctorError) as caught:
        imbalance_doctor.predictions([[0.1, 0.9]] * 30, metric="macro_f1")
    assert "macro-f1" in caught.value.hint


def test_a_tensor_that_numpy_cannot_hold_is_refused_with_a_hint() -> None:
    class Attached(Tensor):
        def __array__(self, dtype: object = None, copy: bool | None = None) -> np.ndarray:
            raise RuntimeError("Can't call numpy() on Tensor that requires grad.")

    with pytest.raises(UsageError, match="requires grad"):
        imbalance_doctor.predictions(Attached(np.zeros((3, 3))))


def test_the_json_form_is_that_of_the_report() -> None:
    scores, truth = labels(500)
    found = imbalance_doctor.predictions(scores, labels=truth)
    data = found.to_dict()
    assert data["predictions"]["verdict"] == found.verdict
    assert [r["name"] for r in data["predictions"]["remedies"]] == [r.name for r in found.remedies]
