"""The emitted MONAI criteria, executed: which weight goes to which channel, and how many there must be."""

import numpy as np
import pytest

from imbalance_doctor.emitters import emit
from tests.emitters.parsing import literals
from tests.emitters.refusals import refusal
from tests.emitters.samples import binary, sample

NAMES = ("b", "a", '"); import os; ("')
WEIGHTS = (0.5, 2.0, 9.0)
RNG = np.random.default_rng(2)
Z = RNG.normal(size=(2, 3, 4))
Y = RNG.integers(0, 3, size=(2, 1, 4))


def run(weights):
    torch = pytest.importorskip("torch")
    pytest.importorskip("monai.losses")
    found: dict = {}
    exec(emit("monai", weights), found)  # noqa: S102
    return torch, found


@pytest.mark.frameworks
def test_the_cross_entropy_weighs_background_too_and_divides_by_the_weights():
    torch, module = run(sample(classes=NAMES, values=WEIGHTS))
    z, y = torch.tensor(Z, dtype=torch.float32), torch.tensor(Y)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    picked = np.take_along_axis(log_p, Y, axis=1)[:, 0]
    w = np.array(WEIGHTS)[Y[:, 0]]
    assert module["criterion"].ce(z, y).item() == pytest.approx(-(w * picked).sum() / w.sum(), rel=1e-5)


@pytest.mark.frameworks
def test_the_dice_part_leaves_background_out_with_its_weight():
    torch, module = run(sample(classes=NAMES, values=WEIGHTS))
    criterion = module["criterion"]
    z, y = torch.tensor(Z, dtype=torch.float32), torch.tensor(Y)
    p = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    t = np.moveaxis(np.eye(3)[Y[:, 0]], -1, 1)
    overlap, total = (p * t).sum(axis=2), p.sum(axis=2) + t.sum(axis=2)
    dice = 1 - (2 * overlap + 1e-5) / (total + 1e-5)
    expected = (dice[:, 1:] * np.array(WEIGHTS[1:])).mean()
    assert criterion.dice(z, y).item() == pytest.approx(expected, rel=1e-4)
    whole = criterion(z, y).item()
    assert whole == pytest.approx(criterion.dice(z, y).item() + criterion.ce(z, y).item(), rel=1e-6)


@pytest.mark.frameworks
def test_the_focal_loss_has_a_weight_less_and_the_first_is_of_class_1():
    torch, module = run(sample(classes=NAMES, values=WEIGHTS))
    losses = pytest.importorskip("monai.losses")
    z, y = torch.tensor(Z, dtype=torch.float32), torch.tensor(Y)
    plain = losses.FocalLoss(include_background=False, to_onehot_y=True, use_softmax=True, reduction="none")
    expected = (plain(z, y) * torch.tensor(WEIGHTS[1:]).view(1, 2, 1)).mean()
    assert module["focal"](z, y).item() == pytest.approx(expected.item(), rel=1e-6)
    with pytest.raises(ValueError, match="must match"):
        losses.FocalLoss(include_background=False, to_onehot_y=True, use_softmax=True, weight=list(WEIGHTS))(z, y)


@pytest.mark.frameworks
def test_a_single_channel_has_the_pos_weight_in_its_bce():
    torch, module = run(binary("pos-weight", values=(0.25, 4.0)))
    z, t = Z[:, :1], (Y > 0).astype(float)
    p = 1 / (1 + np.exp(-z))
    expected = np.where(t == 1, -4 * np.log(p), -np.log(1 - p)).mean()
    logits, targets = torch.tensor(z, dtype=torch.float32), torch.tensor(t, dtype=torch.float32)
    assert module["criterion"].bce(logits, targets).item() == pytest.approx(expected, rel=1e-5)
    dice = module["criterion"].dice(logits, targets).item()
    assert module["criterion"](logits, targets).item() == pytest.approx(expected + dice, rel=1e-5)


def test_background_is_the_class_at_index_0():
    text = emit("monai", sample(values=WEIGHTS))
    assert literals(text)["WEIGHTS"] == list(WEIGHTS)
    assert "weight=torch.tensor(WEIGHTS, dtype=torch.float32)" in text
    assert "    weight=WEIGHTS[1:],\n" in text


@pytest.mark.parametrize(
    ("task", "kind", "why", "instead"),
    [
        ("multilabel", "pos-weight", "softmax over several channels", "--to pytorch"),
        ("multilabel", "pair", "softmax over several channels", "--to pytorch"),
        ("multilabel", "class-weight", "softmax over several channels", "--scheme pos-weight with --to pytorch"),
        ("multilabel", "margin", "softmax over several channels", "--to json"),
        ("multilabel", "offset", "softmax over several channels", "--to json"),
        ("binary", "pair", "one factor", "--scheme pos-weight"),
        ("multiclass", "offset", "no offset", "--scheme balanced"),
        ("multiclass", "margin", "no margin", "--scheme balanced"),
        ("multiclass", "repeat", "ratios for crops", "--to pytorch"),
    ],
)
def test_a_refusal_gives_the_reason_and_what_works(task, kind, why, instead):
    error = refusal("monai", task, kind)
    assert why in error.message
    assert instead in error.hint
