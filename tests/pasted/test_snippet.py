"""Weights in Python: parsed, never run."""

from pathlib import Path

import pytest

from imbalance_doctor.errors import InputError
from imbalance_doctor.model import GivenWeights
from imbalance_doctor.pasted import choose

SNIPPETS: dict[str, tuple[tuple[float, ...], str, str, str]] = {
    "nn.CrossEntropyLoss(weight=torch.tensor([1.0, 8.0]))": ((1, 8), "class-weight", "cross-entropy", "pytorch"),
    "torch.nn.CrossEntropyLoss(torch.tensor([1, 8]).float().to(device))": (
        (1, 8), "class-weight", "cross-entropy", "pytorch",
    ),
    "w = [1/90, 1/9, 1]\nF.cross_entropy(x, y, torch.tensor(w))": (
        (1 / 90, 1 / 9, 1), "class-weight", "cross-entropy", "pytorch",
    ),
    "counts = [90, 9, 1]\nw = 100 / (3 * np.array(counts))\nnn.NLLLoss(weight=torch.from_numpy(w))": (
        (100 / 270, 100 / 27, 100 / 3), "class-weight", "cross-entropy", "pytorch",
    ),
    "w = torch.tensor([1.0, 3.0])\nw = w / w.sum() * len(w)\nnn.CrossEntropyLoss(w)": (
        (0.5, 1.5), "class-weight", "cross-entropy", "pytorch",
    ),
    "import paddle\npaddle.nn.CrossEntropyLoss(weight=paddle.to_tensor([1.0, 8.0]))": (
        (1, 8), "class-weight", "cross-entropy", "paddle",
    ),
    "nn.BCEWithLogitsLoss(pos_weight=torch.tensor([9.0]))": ((9,), "pos-weight", "bce-pos-weight", "pytorch"),
    "nn.BCEWithLogitsLoss(pos_weight=torch.ones(3) * 9)": ((9, 9, 9), "pos-weight", "bce-pos-weight", "pytorch"),
    "nn.BCEWithLogitsLoss(pos_weight=torch.tensor([3., 9.]).view(-1, 1, 1))": (
        (3, 9), "pos-weight", "bce-pos-weight", "pytorch",
    ),
    "nn.BCELoss(weight=torch.tensor([3., 9.]))": ((3, 9), "weight-per-label", "bce-weight", "pytorch"),
    "model.fit(x, y, class_weight={0: 1., 1: 8.})": ((1, 8), "class-weight", "", "keras"),
    "class_weight = {0: 1., 1: 8.}": ((1, 8), "class-weight", "", ""),
    "class_weight={0: 1., 1: 8.}, epochs=3": ((1, 8), "class-weight", "", ""),
    "    weight=torch.tensor([1., 2.]), reduction='mean'": ((1, 2), "unknown", "", ""),
    "LogisticRegression(class_weight={'a': 1, 'b': 8})": ((1, 8), "class-weight", "", "sklearn"),
    "lgb.LGBMClassifier(class_weight={0: 1, 1: 8})": ((1, 8), "class-weight", "", "lightgbm"),
    "CatBoostClassifier(class_weights=[1, 8])": ((1, 8), "class-weight", "", "catboost"),
    "XGBClassifier(scale_pos_weight=99)": ((99,), "pos-weight", "", "xgboost"),
    "params = {'objective': 'binary:logistic', 'scale_pos_weight': 990 / 10}": ((99,), "pos-weight", "", ""),
    "FocalLoss(alpha=0.25, gamma=2)": ((0.25,), "focal-alpha", "focal", ""),
    "FocalLoss(alpha=[0.1, 0.9])": ((0.1, 0.9), "focal-alpha", "focal", ""),
    "model = dict(decode_head=dict(loss_decode=dict(type='CrossEntropyLoss', class_weight=[0.1, 1.0])))": (
        (0.1, 1), "class-weight", "cross-entropy", "mmseg",
    ),
    "model = dict(decode_head=dict(loss_decode=dict(type='CE', use_sigmoid=True, class_weight=[0.1, 1.0])))": (
        (0.1, 1), "pos-weight", "bce-pos-weight", "mmseg",
    ),
    "from transformers import Trainer\nclass T(Trainer):\n    def compute_loss(self, m, i):\n"
    "        return nn.CrossEntropyLoss(weight=torch.tensor([0.2, 1.8], device=m.device))": (
        (0.2, 1.8), "class-weight", "cross-entropy", "hf-trainer",
    ),
    "class M:\n    def __init__(self):\n        self.w = torch.tensor([1., 2.])\n"
    "        self.criterion = nn.CrossEntropyLoss(weight=self.w)": (
        (1, 2), "class-weight", "cross-entropy", "pytorch",
    ),
    "loss_weights = torch.FloatTensor([1/0.3, 1/0.7])\nMaskedNLLLoss(loss_weights.cuda() if cuda else loss_weights)": (
        (1 / 0.3, 1 / 0.7), "class-weight", "cross-entropy", "",
    ),
    "tensor([0.3, 2.0], device='cuda:0')": ((0.3, 2), "unknown", "", ""),
    "array([0.5, 2. ])": ((0.5, 2), "unknown", "", ""),
}  # fmt: skip


def read(text: str, suffix: str = "") -> GivenWeights:
    return choose.read(text, "weights", suffix).choose("weights")


@pytest.mark.parametrize("text", SNIPPETS)
@pytest.mark.parametrize("suffix", ["", ".py"])
def test_a_snippet_says_what_its_numbers_are_for(text: str, suffix: str) -> None:
    values, role, loss, framework = SNIPPETS[text]
    found = read(text, suffix)
    assert found.values == pytest.approx(values)
    assert (found.role, found.loss) == (role, loss)
    if role != "class-weight" or loss or framework:
        assert found.framework == framework


def test_the_sampler_the_type_and_the_line_are_noticed() -> None:
    text = (
        "sampler = WeightedRandomSampler(w, 100)\n\n"
        "criterion = nn.CrossEntropyLoss(weight=torch.tensor([1.0, 2.0], dtype=torch.float16))\n"
    )
    found = read(text)
    assert (found.sampler, found.dtype, found.line) == (True, "float16", 3)


def test_several_weights_are_asked_about() -> None:
    text = "nn.CrossEntropyLoss(weight=torch.tensor([1., 2.]))\nnn.BCEWithLogitsLoss(pos_weight=torch.tensor([3., 4.]))"
    with pytest.raises(InputError, match=r"2 sets of weights.*line 1.*line 2"):
        read(text)
    found = choose.read(text, "weights")
    assert found.choose("weights", "pos_weight").values == (3, 4)
    assert found.choose("weights", "1").values == (1, 2)
    with pytest.raises(InputError, match="no weights under 'alpha'"):
        found.choose("weights", "alpha")


def test_the_branches_of_a_condition_are_several_weights() -> None:
    """amanshenoy/multilogue-net, train_emotion.py: one pair an emotion."""
    text = (
        "if emotion == 'anger': w = torch.FloatTensor([1/0.2128, 1/0.7872])\n"
        "elif emotion == 'fear': w = torch.FloatTensor([1/0.0816, 1/0.9184])\n"
        "loss = MaskedNLLLoss(w.cuda())\n"
    )
    with pytest.raises(InputError, match="2 sets of weights"):
        read(text)
    assert choose.read(text, "weights").choose("weights", "2").values == pytest.approx((1 / 0.0816, 1 / 0.9184))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("class_weight = 'balanced'", "nothing to lint"),
        ("LogisticRegression(class_weight='balanced')", "nothing to lint"),
        ("nn.CrossEntropyLoss(weight=make_weights(y))", "at run time"),
        ("nn.CrossEntropyLoss(weight=w)", "`w` is not bound"),
        ("class_weights = [1 / n for n in counts]\nnn.CrossEntropyLoss(class_weights)", "run time"),
        ("class_weight = {0: 1, 0: 2}", "twice"),
        ("class_weight = [1, 'a']", "no number"),
        ("import torch\nx = 3", "no weights"),
        ("hello world", "no weights"),
    ],
)
def test_what_cannot_be_read_is_said(text: str, why: str) -> None:
    with pytest.raises(InputError) as caught:
        read(text)
    assert why in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('touch {0}')",
        "open('{0}', 'w').write('x')",
        "exec(\"open('{0}', 'w')\")",
        "[open('{0}', 'w') for _ in [1]][0]",
        "(lambda: open('{0}', 'w'))()",
        'f\'{{open("{0}", "w")}}\'',
    ],
)
def test_nothing_is_ever_run(text: str, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    code = text.format(marker)
    found = choose.read(f"x = {code}\n{code}\nclass_weights = [1.0, 2.0]\n", "weights", ".py")
    assert found.choose("weights").values == (1, 2)
    with pytest.raises(InputError):
        read(f"nn.CrossEntropyLoss(weight={code})")
    assert not marker.exists()


@pytest.mark.parametrize(
    "text",
    [
        "-" * 100_000 + "1",
        "1" + "+1" * 100_000,
        "x" + ".a" * 100_000,
        "[" * 50_000,
        "[" * 150 + "]" * 150,
        "class_weight = 9**9**9**9",
        "x = 9\n" + "x = x * x\n" * 200,
        "a = []\n" + "a = [a, a]\n" * 100 + "nn.CrossEntropyLoss(weight=a)",
        "a = [1]\n" + "a = a * 1000\n" * 5 + "nn.CrossEntropyLoss(weight=a)",
        "nn.CrossEntropyLoss(weight=torch.ones(10**12))",
        "weights = [1] * 10**12",
        "weights = [" + "9" * 5000 + "]",
        "\x00",
        "'\\d'",
        "weights = 1 if 1 else 2",
        "weights = {[1]: 2}",
        "nn.CrossEntropyLoss(weight={**a})",
        "weights = [*a]",
        "x" * 2_000_001,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_text_is_a_complaint_and_no_crash(text: str) -> None:
    with pytest.raises(InputError):
        read(text, ".py")


def test_a_number_beyond_all_floats_is_infinite() -> None:
    assert read("weights = [1e400, 10**400 * 1.0, 2**1024]").values == (float("inf"),) * 3


@pytest.mark.parametrize("name", ['"); import os', "</script>", "no", "1e3", "😀", "a\nb", "\u202eright to left", ""])
def test_names_come_back_unharmed(name: str) -> None:
    assert read(f"class_weight = {{{name!r}: 1.0, 'other': 2.0}}").names == (name, "other")
