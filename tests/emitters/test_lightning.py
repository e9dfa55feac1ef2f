"""Lightning: the module in real training, and the YAML read by LightningCLI and OmegaConf."""

import sys
from dataclasses import replace
from types import ModuleType

import numpy as np
import pytest
import yaml

from imbalance_doctor.emitters import emit
from imbalance_doctor.errors import UsageError
from tests.awkward import NAMES
from tests.emitters.samples import binary, sample

third_party = pytest.mark.filterwarnings("ignore:.*isinstance.treespec, LeafSpec.:FutureWarning")
CASES = {
    "class-weight": sample(values=(0.5, 2.0, 7.0)),
    "pos-weight": sample("pos-weight", "multilabel", values=(2.0, 5.0, 9.0)),
    "pair": sample("pair", "multilabel", values=(2.0, 5.0, 9.0), values_negative=(3.0, 0.5, 0.25)),
    "offset": sample("offset", values=(-0.5, -1.0, -2.0)),
    "label offset": sample("offset", "multilabel", values=(-0.5, -1.0, -2.0)),
    "binary offset": binary("offset", values=(-0.25, -1.5)),
    "binary pos-weight": binary("pos-weight", values=(9.0, 4.0)),
    "binary pair": binary("pair", values=(9.0, 4.0), values_negative=(9.0, 0.5)),
}
RNG = np.random.default_rng(5)
Z = RNG.normal(size=(6, 3))
Y = np.array([0, 1, 2, 2, 1, 0])
LABELS = np.array([[1, 0, 0], [0, 1, 1], [0, 0, 0], [1, 1, 1], [0, 1, 0], [0, 0, 1]])
WIDTHS = {"binary offset": 2, "binary pos-weight": 1, "binary pair": 1}


def batch(name: str):
    """Logits and targets of the shapes the loss is for."""
    if name.endswith("offset") or name == "class-weight":
        targets = LABELS if name == "label offset" else Y if name != "binary offset" else LABELS[:, 0]
    else:
        targets = LABELS[:, 0] if name.startswith("binary") else LABELS
    return (Z[:, 0] if WIDTHS.get(name) == 1 else Z[:, : WIDTHS.get(name, 3)]), targets


def entropy(z, y, odds, w):
    """Cross entropy after the odds were multiplied, divided by the weights."""
    p = np.exp(z) * odds
    return float(-(w[y] * np.log(p[np.arange(len(y)), y] / p.sum(axis=1))).sum() / w[y].sum())


def terms(z, y, odds, w1, w0):
    """The mean of both terms of a binary cross entropy after the odds were multiplied."""
    odds = odds * np.exp(z)
    return float(np.where(y == 1, -w1 * np.log(odds / (1 + odds)), w0 * np.log(1 + odds)).mean())


FORMULAS = {
    "class-weight": lambda z, y: entropy(z, y, 1.0, np.array([0.5, 2.0, 7.0])),
    "pos-weight": lambda z, y: terms(z, y, 1.0, np.array([2.0, 5.0, 9.0]), 1.0),
    "pair": lambda z, y: terms(z, y, 1.0, np.array([2.0, 5.0, 9.0]), np.array([3.0, 0.5, 0.25])),
    "offset": lambda z, y: entropy(z, y, np.exp([-0.5, -1.0, -2.0]), np.ones(3)),
    "label offset": lambda z, y: terms(z, y, np.exp([-0.5, -1.0, -2.0]), 1.0, 1.0),
    "binary offset": lambda z, y: entropy(z, y, np.exp([-0.25, -1.5]), np.ones(2)),
    "binary pos-weight": lambda z, y: terms(z, y, 1.0, 4.0, 1.0),
    "binary pair": lambda z, y: terms(z, y, 1.0, 4.0, 0.5),
}


def slopes(loss, z):
    """The gradient by central differences."""
    found, step = np.zeros_like(z), 1e-5
    for index in np.ndindex(z.shape):
        move = np.zeros_like(z)
        move[index] = step
        found[index] = (loss(z + move) - loss(z - move)) / (2 * step)
    return found


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
@pytest.mark.parametrize("name", CASES)
def test_loss_and_gradient_are_those_of_the_formula_and_the_checkpoint_is_as_before(name):
    torch = pytest.importorskip("torch")
    pytest.importorskip("lightning")
    found: dict = {}
    exec(emit("lightning", CASES[name]), found)  # noqa: S102
    module = found["WeightedModule"]().double()
    z, y = batch(name)
    logits = torch.tensor(z, requires_grad=True)
    loss = module.weighted_loss(logits, torch.tensor(y))
    loss.backward()
    # The numbers are kept in single precision.
    assert loss.item() == pytest.approx(FORMULAS[name](z, y), rel=1e-7)
    np.testing.assert_allclose(logits.grad, slopes(lambda z: FORMULAS[name](z, y), z), rtol=1e-5, atol=1e-8)
    assert module.state_dict() == {}


@pytest.mark.frameworks
@third_party
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


@pytest.fixture
def others(monkeypatch):
    """Puts the emitted module on the import path, with other defaults: so the numbers of a file are seen to arrive."""

    def imported(weights):
        found = ModuleType("imbalance")
        other = (77.0,) * len(weights.classes)
        elsewhere = replace(weights, values=other, values_negative=weights.values_negative and other)
        exec(emit("lightning", elsewhere), found.__dict__)  # noqa: S102
        monkeypatch.setitem(sys.modules, "imbalance", found)
        return found.WeightedModule

    return imported


def assert_holds(module, weights):
    """The buffers of the module hold the numbers of the weights, not its defaults."""
    positive = weights.values[1] if weights.task == "binary" and weights.kind != "offset" else list(weights.values)
    positive = list(weights.values) if weights.kind == "class-weight" else positive
    expected = {"class-weight": "class_weights", "pos-weight": "pos_weight", "offset": "log_prior"}
    found = dict(module.named_buffers())
    assert found.pop(expected.get(weights.kind, "positive_weights")).tolist() == pytest.approx(positive, rel=1e-6)
    if weights.kind == "pair":
        negative = weights.values_negative[1] if weights.task == "binary" else list(weights.values_negative)
        assert found.pop("negative_weights").tolist() == pytest.approx(negative, rel=1e-6)
    assert found == {}


def cli(monkeypatch, files, *arguments):
    """The module that LightningCLI makes of configuration files named on the command line."""
    pytest.importorskip("jsonargparse")
    made = pytest.importorskip("lightning.pytorch.cli").LightningCLI
    monkeypatch.setenv("JSONARGPARSE_DEPRECATION_WARNINGS", "off")
    monkeypatch.setattr(sys, "argv", ["train.py", *(part for file in files for part in ("--config", str(file)))])
    options = {"run": False, "save_config_callback": None, "seed_everything_default": False}
    return made(*arguments, **options, trainer_defaults={"logger": False, "accelerator": "cpu"}).model


@pytest.mark.frameworks
@pytest.mark.parametrize("name", CASES)
def test_lightning_cli_hands_the_numbers_of_the_yaml_to_the_module(tmp_path, name, monkeypatch, others):
    pytest.importorskip("lightning")
    others(CASES[name])
    main, given = tmp_path / "main.yaml", tmp_path / "weights.yaml"
    main.write_text("model:\n  class_path: imbalance.WeightedModule\n")
    given.write_text(emit("lightning-yaml", CASES[name]))
    assert_holds(cli(monkeypatch, [main, given]), CASES[name])


@pytest.mark.frameworks
def test_where_the_class_is_fixed_the_line_init_args_is_left_out_and_subclasses_pass_the_numbers_on(
    tmp_path, monkeypatch, others
):
    pytest.importorskip("lightning")
    weights = sample(classes=NAMES, values=tuple(0.5 + i for i in range(len(NAMES))))
    inherited = others(weights)
    given = tmp_path / "weights.yaml"
    given.write_text(emit("lightning-yaml", weights).replace("  init_args:\n", ""))

    class Bare(inherited):
        pass

    class WithArguments(inherited):
        def __init__(self, lr: float = 1.0, **kwargs):
            super().__init__(**kwargs)

    for model in (Bare, WithArguments):
        assert_holds(cli(monkeypatch, [given], model), weights)


@pytest.mark.frameworks
def test_hydra_composes_the_file_with_the_main_one_and_the_module_takes_the_list(tmp_path, others):
    pytest.importorskip("lightning")
    hydra = pytest.importorskip("hydra")
    weights = sample(classes=NAMES, values=tuple(0.5 + i for i in range(len(NAMES))))
    module = others(weights)
    (tmp_path / "main.yaml").write_text("defaults:\n  - weights\n  - _self_\nmodel:\n  lr: 0.1\n")
    (tmp_path / "weights.yaml").write_text(emit("lightning-yaml", weights))
    with hydra.initialize_config_dir(str(tmp_path), version_base=None):
        found = hydra.compose("main").model
    assert found.lr == 0.1
    assert_holds(module(**found.init_args), weights)


@pytest.mark.frameworks
def test_omegaconf_reads_the_same_numbers_whatever_the_names():
    omegaconf = pytest.importorskip("omegaconf")
    values = tuple(0.5 + i for i in range(len(NAMES)))
    text = emit("lightning-yaml", sample(classes=NAMES, values=values))
    assert list(omegaconf.OmegaConf.create(text).model.init_args.class_weights) == list(values)
