"""Logs that a training printed."""

import time
from pathlib import Path

import pytest

from tests.readers.logs import read


def test_keras_progress_bars_leave_the_last_state_of_each_epoch(tmp_path: Path) -> None:
    text = "Train on 20000 samples, validate on 5000 samples\n"
    for epoch in (1, 2):
        text += f"Epoch {epoch}/2\n"
        for i in range(1, 11):
            text += f"\r{i:2d}/10 [==>...] - ETA: 1s - loss: 9.{i:02d} - accuracy: 0.1" + "\b" * 60
        text += f"\r10/10 [=====] - 1s 5ms/step - loss: 7.736{epoch} - accuracy: 0.4985 - val_loss: 7.6168\n"
    log, records = read(tmp_path, text + "313/313 [====] - 0s - loss: 9.9 - accuracy: 0.1\n")
    assert records == [
        {"epoch": e, "loss": f"7.736{e}", "accuracy": "0.4985", "val_loss": "7.6168"} for e in ("1", "2")
    ]
    assert log.sample_sizes == {"train": 20_000, "validation": 5_000}
    assert log.framework == "keras"
    assert log.notes == ["1 evaluations outside the epochs were left out"]


def test_keras_3_writes_the_metrics_in_the_other_order_and_in_colour(tmp_path: Path) -> None:
    line = "\x1b[1m10/10\x1b[0m \x1b[32m━━━\x1b[0m \x1b[1m1s\x1b[0m 5ms/step - accuracy: 0.5 - loss: 0.6931"
    _, records = read(tmp_path, f"Epoch 1/2\n{line}\b\b\r{line} - val_loss: nan\nEpoch 2/2\n{line}\n")
    assert records == [
        {"epoch": "1", "accuracy": "0.5", "loss": "0.6931", "val_loss": "nan"},
        {"epoch": "2", "accuracy": "0.5", "loss": "0.6931"},
    ]


@pytest.mark.parametrize(
    ("line", "record"),
    [
        ("epoch 3 loss=0.2 acc=0.97", {"epoch": "3", "loss": "0.2", "acc": "0.97"}),
        ("{'loss': 0.69, 'learning_rate': 5e-05}", {"loss": "0.69", "learning_rate": "5e-05"}),
        ("Train Epoch: 1 [0/60000 (0%)]\tLoss: 2.300039", {"Epoch": "1", "Loss": "2.300039"}),
        (
            "Test set: Average loss: 0.0567, Accuracy: 9825/10000 (98%)",
            {"test Average loss": "0.0567", "test Accuracy": "0.9825"},
        ),
        (
            "Epoch: [0][10/50] Loss 6.9e+00 (6.95e+00) Acc@1 0.39 ( 0.28)",
            {"Epoch": "0", "Loss": "6.9e+00", "Acc@1": "0.39"},
        ),
        ("[epoch 3] train loss: 0.5 | val loss: inf", {"epoch": "3", "train loss": "0.5", "val loss": "inf"}),
        (
            "Epoch 3 - train: loss 0.5 - val: loss 0.6 acc 0.8",
            {"Epoch": "3", "loss": "0.5", "val loss": "0.6", "val acc": "0.8"},
        ),
        ("Epoch 9: 100%|████| 10/10 [00:01<00:00, 5it/s, train_loss=0.5]", {"Epoch": "9", "train_loss": "0.5"}),
    ],
)
def test_lines_of_many_kinds_are_read(tmp_path: Path, line: str, record: dict[str, str]) -> None:
    assert read(tmp_path, f"talk\n{line}\nmore talk\n")[1] == [record]


def test_a_heading_holds_for_the_line_below_it(tmp_path: Path) -> None:
    text = "Epoch 1\n------\nloss: 2.30  [    0/60000]\nTest Error: \n Accuracy: 50.9%, Avg loss: 2.15\n"
    assert read(tmp_path, text)[1] == [
        {"epoch": "1", "loss": "2.30"},
        {"epoch": "1", "test Accuracy": "50.9", "test Avg loss": "2.15"},
    ]


def test_talk_about_metrics_is_no_value(tmp_path: Path) -> None:
    text = "Epoch 00001: val_loss improved from inf to 0.69, saving model\nepoch 1 loss=0.5\nloss fell again\n"
    assert read(tmp_path, text)[1] == [{"epoch": "1", "loss": "0.5"}]


def test_an_unfinished_last_line_is_left_out_and_said(tmp_path: Path) -> None:
    log, records = read(tmp_path, "epoch 1 loss=0.2500 acc=0.97\nepoch 2 loss=0.24")
    assert len(records) == 1
    assert log.notes == ["the last line is unfinished and was left out: the log may be growing"]


@pytest.mark.parametrize(
    "unit",
    ["a", "a ", "loss: ", "loss 1 ", "x=1 ", "'a", "loss'", "\b\ra", "%|a", "1/", " ", "loss:0.5/", "epoch", "("],
)
def test_a_hostile_line_of_a_megabyte_takes_less_than_a_second(tmp_path: Path, unit: str) -> None:
    line = unit * (1_000_000 // len(unit))
    begun = time.process_time()
    read(tmp_path, f"epoch 1 loss=0.5\n{line}\nepoch 2 loss=0.4\n", input_format="console")
    assert time.process_time() - begun < 1


def test_a_bar_that_is_not_full_is_no_state_but_the_one_before_it_is(tmp_path: Path) -> None:
    line = "10/10 [====] - 1s - loss: 0.50\r 3/10 [=>..] - ETA: 1s - loss: 0.90\n"
    assert read(tmp_path, f"Epoch 1/2\n{line}")[1] == [{"epoch": "1", "loss": "0.50"}]


def test_a_bar_drawn_again_with_its_validation_is_one_epoch(tmp_path: Path) -> None:
    bar = "10/10 [====] - 1s - loss: 0.50"
    text = f"Epoch 1/2\n{bar}\n{bar} - val_loss: 0.60\nEpoch 2/2\n{bar}\n{bar}\n"
    assert read(tmp_path, text)[1] == [
        {"epoch": "1", "loss": "0.50", "val_loss": "0.60"},
        {"epoch": "2", "loss": "0.50"},
    ]


def test_a_bar_of_another_length_within_an_epoch_is_an_evaluation(tmp_path: Path) -> None:
    text = "Epoch 1/1\n10/10 [====] - 1s - loss: 0.50\n4/4 [====] - 1s - loss: 0.80\n"
    log, records = read(tmp_path, text)
    assert records == [{"epoch": "1", "loss": "0.50"}]
    assert log.notes == ["1 evaluations outside the epochs were left out"]


def test_without_epochs_every_full_bar_is_a_record(tmp_path: Path) -> None:
    text = "10/10 [====] - 1s - loss: 0.50\n4/4 [====] - 1s - loss: 0.80\n"
    assert read(tmp_path, text)[1] == [{"loss": "0.50"}, {"loss": "0.80"}]


def test_a_single_line_without_a_line_end_is_whole(tmp_path: Path) -> None:
    assert read(tmp_path, "epoch 1 loss=0.25")[1] == [{"epoch": "1", "loss": "0.25"}]


def test_a_number_behind_a_word_that_is_not_known_is_no_value(tmp_path: Path) -> None:
    assert read(tmp_path, "epoch 1 loss=0.5 after bus 7 acc=0.9\n")[1] == [{"epoch": "1", "loss": "0.5", "acc": "0.9"}]
