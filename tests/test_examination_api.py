"""`history` and `diagnose` from Python."""

from pathlib import Path

import pytest

import imbalance_doctor
from imbalance_doctor.errors import DoctorError

FROZEN = "epoch,loss,acc,val_loss,val_acc\n" + "".join(f"{i},7.7364,0.4985,7.6168,0.5062\n" for i in range(4))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_text(FROZEN)
    return path


def test_a_log_is_examined_by_its_path(log: Path) -> None:
    found = imbalance_doctor.history(log)
    assert found.to_dict()["history"]["verdict"] == "frozen"
    assert "IMB304" in {f.rule.code for f in found.findings}
    assert found.causes == ()


def test_a_log_is_compared_with_labels_in_memory(log: Path) -> None:
    found = imbalance_doctor.history(log, [0] * 9969 + [1] * 10031, val_labels=[0] * 2531 + [1] * 2469)
    pairs = found.to_dict()["history"]["fingerprints"]
    errors = {p["split"]: p["errors"] for p in pairs if p["name"] == "keras2-bce-false-negatives"}
    assert errors == {"train": 10031, "validation": 2469}


def test_a_diagnosis_ranks_the_causes(log: Path) -> None:
    found = imbalance_doctor.diagnose(labels=[0] * 9969 + [1] * 10031, history=log)
    assert found.causes[0].name == "wiring"


def test_a_diagnosis_of_nothing_is_an_error() -> None:
    with pytest.raises(DoctorError):
        imbalance_doctor.diagnose()
