"""What the columns of a log mean, by name."""

import pytest

from imbalance_doctor.history.names import understand


@pytest.mark.parametrize(
    ("name", "role", "split"),
    [
        ("loss", "loss", None),
        ("val_loss", "loss", "validation"),
        ("eval_g0_loss", "loss", "validation"),
        ("train/loss", "loss", "train"),
        ("validation_accuracy", "accuracy", "validation"),
        ("epoch_loss", "loss", None),
        ("acc", "accuracy", None),
        ("Acc@1", "accuracy", None),
        ("binary_accuracy", "accuracy", None),
        ("sparse_categorical_accuracy", "accuracy", None),
        ("val_F1Score", "f1", "validation"),
        ("macro_f1", "f1", None),
        ("test_f1", "f1", "test"),
        ("valid_0's auc", "auc", "validation"),
        ("training's binary_logloss", "loss", "train"),
        ("dice_loss", "loss", None),
        ("val_dice", "dice", "validation"),
        ("mcc", "other", None),
        ("mIoU", "other", None),
        ("metrics/mAP50(B)", "other", "validation"),
        ("val_balanced_accuracy", "recall", "validation"),
        ("fast_rcnn/false_negative", "other", None),
    ],
)
def test_a_metric_is_known_by_its_name(name: str, role: str, split: str | None) -> None:
    meaning = understand(name)
    assert (meaning.kind, meaning.role, meaning.split) == ("metric", role, split)


@pytest.mark.parametrize(
    "name",
    [
        "epoch",
        "global_step",
        "iteration",
        "eval_runtime",
        "eval_samples_per_second",
        "eta_seconds",
        "grad_norm",
        "rpn/num_pos_anchors",
        "rank_data_time",
        "best_loss",
        "loss_scale",
        "time",
    ],
)
def test_bookkeeping_is_no_metric(name: str) -> None:
    assert understand(name).kind == "auxiliary"


@pytest.mark.parametrize("name", ["lr", "learning_rate", "lr/pg0", "lr-Adam"])
def test_a_learning_rate_is_known(name: str) -> None:
    assert understand(name).kind == "learning_rate"


def test_an_unknown_name_is_said_to_be_unknown() -> None:
    assert understand("wibble").kind == "unknown"
