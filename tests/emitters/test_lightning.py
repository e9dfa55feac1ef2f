"""Lightning: the module in real training, and the YAML read by LightningCLI and OmegaConf."""

import math
import sys
from types import ModuleType

import numpy as np
import pytest
import yaml

from imbalance_doctor.emitters import emit
from imbalance_doctor.errors import UsageError
from tests.awkward import NAMES
from tests.emitters.samples import binary, sample

third_party = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore:.*TreeSpec"),
]
CASES = {
    "class-weight": sample(values=(0.5, 2.0, 7.0)),
    "pos-weight": sample("pos-weight", "multilabel", values=(2.0, 5.0, 9.0)),
    "pair": sample("pair", "multilabel", values=(2.0, 5.0, 9.0), values_negative=(3.0, 0.5, 0.25)),
    "offset": sample("offset", values=(-0.5, -1.0, -2.0)),
    "binary pos-weight": binary("pos-weight", values=(9.0, 4.0)),
    "binary pair": binary("pair", values=(9.0, 4.0), values_negative=(9.0, 0.5)),
}
RNG = np.random.default_rng(5)
Z = RNG.normal(size=(6, 3))
Y = np.array([0, 1, 2, 2, 1, 0])
LABELS = np.array([[1, 0, 0], [0, 1, 1], [0, 0, 0], [1, 1, 1], [0, 1, 0], [0, 0, 1]])


def expected(name: str) -> float:
    """The loss by its formula, in numpy."""
    p = 1 / (1 + np.exp(-Z))
    softmax = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    if name == "class-weight":
        w = np.array([0.5, 2.0, 7.0])[Y]
        return float(-(w * np.log(softmax[np.arange(6), Y])).sum() / w.sum())
    if name == "offset":
        moved = softmax * np.exp([-0.5, -1.0, -2.0])
        return float(-np.log(moved[np.arange(6), Y] / moved.sum(axis=1)).mean())
    if name.startswith("binary"):
        w0 = 0.5 if name.endswith("pair") else 1.0
        return float(np.where(LABELS[:, 0] == 1, -4.0 * np.log(p[:, 0]), -w0 * np.log(1 - p[:, 0])).mean())
    w1 = np.array([2.0, 5.0, 9.0])
    w0s = np.array([3.0, 0.5, 0.25]) if name == "pair" else np.ones(3)
    return float(np.where(LABELS == 1, -w1 * np.log(p), -w0s * np.log(1 - p)).mean())


def test_the_yaml_names_the_arguments_of_the_module():
    for weights in CASES.values():
        given = yaml.safe_load(emit("lightning-yaml", weights))["model"]["init_args"]
        text = emit("lightning", weights)
        for name in given:
            assert f'self.register_buffer("{name}", tensor, persistent=False)' in text


@pytest.mark.parametrize("target", ["lightning", "lightning-yaml"])
@pytest.mark.parametrize(
    ("kind", "scheme", "why"),
    [
        ("offset", "prior-bias", "your own module"),
        ("margin", "ldam-margin", "a loss of its own"),
        ("repeat", "repeat-factor", "your DataLoader"),
    ],
)
def test_what_belongs_elsewhere_is_refused_with_where(target, kind, scheme, why):
    with pytest.raises(UsageError, match=why) as caught:
        emit(target, sample(kind, scheme=scheme))
    assert "--to pytorch" in caught.value.hint


def test_names_that_omegaconf_would_interpolate_stay_in_comments():
    text = emit("lightning-yaml", sample(classes=("${oc.env:HOME}", "no", "012")))
    assert [line for line in text.splitlines() if "${" in line and not line.startswith("# [")] == []
    assert yaml.safe_load(text) == {"model": {"init_args": {"class_weights": [1 / 3, 3.0, 30.0]}}}


@pytest.mark.frameworks
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", CASES)
def test_the_loss_is_the_formula_and_the_checkpoint_is_as_before(name):
    torch = pytest.importorskip("torch")
    pytest.importorskip("lightning")
    found: dict = {}
    exec(emit("lightning", CASES[name]), found)  # noqa: S102
    module = found["WeightedModule"]().double()
    logits = torch.tensor(Z[:, 0] if name.startswith("binary") else Z, requires_grad=True)
    targets = LABELS[:, 0] if name.startswith("binary") else Y if name in ("class-weight", "offset") else LABELS
    loss = module.weighted_loss(logits, torch.tensor(targets))
    assert float(loss) == pytest.approx(expected(name), rel=1e-7)
    loss.backward()
    assert bool(torch.isfinite(logits.grad).all())
    assert module.state_dict() == {}


@pytest.mark.frameworks
@pytest.mark.filterwarnings("ignore")
def test_training_moves_the_cut_to_the_promised_posterior(tmp_path):
    """Four kinds of rows with known shares of the positive; under the weights (1, 4) a share of 0.2 is even."""
    torch = pytest.importorskip("torch")
    lightning = pytest.importorskip("lightning")
    found: dict = {}
    exec(emit("lightning", binary("class-weight", values=(1.0, 4.0))), found)  # noqa: S102
    kinds = torch.arange(4).repeat_interleave(100)
    shares = (0.1, 0.18, 0.22, 0.5)
    y = torch.cat([(torch.arange(100) < round(100 * p)).long() for p in shares])

    class Model(found["WeightedModule"]):
        def __init__(self):
            super().__init__()
            self.table = torch.nn.Embedding(4, 2)

        def training_step(self, batch, batch_idx):
            rows, targets = batch
            return self.weighted_loss(self.table(rows), targets)

        def configure_optimizers(self):
            return torch.optim.Adam(self.parameters(), lr=0.1)

    model = Model()
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(kinds, y), batch_size=400)
    options = {"logger": False, "enable_checkpointing": False, "enable_progress_bar": False, "accelerator": "cpu"}
    lightning.Trainer(fast_dev_run=True, default_root_dir=tmp_path, **options).fit(model, loader)
    trainer = lightning.Trainer(max_epochs=150, default_root_dir=tmp_path, enable_model_summary=False, **options)
    trainer.fit(model, loader)
    odds = torch.softmax(model.table.weight, dim=1)[:, 1].tolist()
    assert odds == pytest.approx([4 * p / (4 * p + 1 - p) for p in shares], abs=5e-3)
    assert [o > 0.5 for o in odds] == [False, False, True, True]


@pytest.mark.frameworks
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", CASES)
def test_lightning_cli_hands_the_numbers_of_the_yaml_to_the_module(tmp_path, name, monkeypatch):
    pytest.importorskip("jsonargparse")
    cli = pytest.importorskip("lightning.pytorch.cli")
    # The module with other numbers as its defaults, so that those of the file are seen to arrive.
    weights = CASES[name]
    found = ModuleType("imbalance")
    text = (
        emit("lightning", weights).replace("WEIGHTS = [", "WEIGHTS = [0, ").replace("LOG_PRIOR = [", "LOG_PRIOR = [0, ")
    )
    exec(text.replace("assert len", "0 and len"), found.__dict__)  # noqa: S102
    monkeypatch.setitem(sys.modules, "imbalance", found)
    (tmp_path / "main.yaml").write_text("model:\n  class_path: imbalance.WeightedModule\n")
    (tmp_path / "weights.yaml").write_text(emit("lightning-yaml", weights))
    made = cli.LightningCLI(
        run=False,
        save_config_callback=None,
        args=["--config", str(tmp_path / "main.yaml"), "--config", str(tmp_path / "weights.yaml")],
        trainer_defaults={"logger": False, "accelerator": "cpu"},
    )
    numbers = yaml.safe_load(emit("lightning-yaml", weights))["model"]["init_args"]
    for argument, value in numbers.items():
        got = getattr(made.model, argument).tolist()
        assert got == pytest.approx(value, rel=1e-6)
        assert all(map(math.isfinite, got if isinstance(got, list) else [got]))


@pytest.mark.frameworks
def test_omegaconf_reads_the_same_numbers_whatever_the_names():
    omegaconf = pytest.importorskip("omegaconf")
    values = tuple(0.5 + i for i in range(len(NAMES)))
    text = emit("lightning-yaml", sample(classes=NAMES, values=values))
    assert list(omegaconf.OmegaConf.create(text).model.init_args.class_weights) == list(values)
