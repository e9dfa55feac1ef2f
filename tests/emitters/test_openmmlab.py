"""The emitted OpenMMLab configurations: read by mmengine, merged into a base, and a dataset that is really repeated."""

import ast
import math

import pytest

from imbalance_doctor.emitters import emit
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.weighting import apply
from tests.awkward import NAMES, values_for
from tests.emitters.refusals import refusal
from tests.emitters.samples import binary, sample

TARGETS = ("mmpretrain", "mmseg", "mmdet")
BASE = """\
model = dict(
    head=dict(type="LinearClsHead", in_channels=8, loss=dict(type="LabelSmoothLoss", label_smooth_val=0.1)),
    decode_head=dict(in_channels=8, loss_decode=dict(type="DiceLoss", eps=1)),
    roi_head=dict(bbox_head=dict(in_channels=8, loss_cls=dict(type="SeesawLoss", p=0.8))),
)
train_dataloader = dict(batch_size=4, dataset=dict(type="ADataset", ann_file="a.json"))
"""


def config_of(text):
    """The configuration as plain Python would define it."""
    found: dict = {}
    exec(text, found)  # noqa: S102
    return found


def merged(text, folder):
    """The configuration once mmengine has merged it into BASE."""
    config = pytest.importorskip("mmengine.config")
    (folder / "your_config.py").write_text(BASE)
    path = folder / "balanced.py"
    path.write_text(text.replace('# _base_ = ["your_config.py"]\n', '_base_ = ["your_config.py"]\n'))
    return config.Config.fromfile(str(path))


def test_mmpretrain_puts_class_weights_into_a_softmax_loss_and_pos_weights_into_a_sigmoid_one():
    head = config_of(emit("mmpretrain", sample()))["model"]["head"]
    assert head["num_classes"] == 3
    assert head["loss"] == {
        "_delete_": True,
        "type": "CrossEntropyLoss",
        "class_weight": [1 / 3, 3.0, 30.0],
        "loss_weight": 1.0,
    }
    loss = config_of(emit("mmpretrain", sample("pos-weight", "multilabel")))["model"]["head"]["loss"]
    assert loss["use_sigmoid"] is True
    assert loss["pos_weight"] == [1 / 3, 3.0, 30.0]
    assert "class_weight" not in loss


def test_mmseg_averages_over_pixels_that_are_not_ignored():
    loss = config_of(emit("mmseg", sample()))["model"]["decode_head"]["loss_decode"]
    assert loss["class_weight"] == [1 / 3, 3.0, 30.0]
    assert loss["avg_non_ignore"] is True
    assert loss["use_sigmoid"] is False


def test_mmseg_has_one_channel_where_the_weight_is_a_pos_weight():
    head = config_of(emit("mmseg", binary("pos-weight", values=(0.25, 4.0))))["model"]["decode_head"]
    assert (head["num_classes"], head["out_channels"]) == (2, 1)
    assert head["loss_decode"]["use_sigmoid"] is True
    assert head["loss_decode"]["class_weight"] == [4.0]


def test_mmdet_has_a_slot_for_background_and_it_is_the_last():
    head = config_of(emit("mmdet", sample()))["model"]["roi_head"]["bbox_head"]
    assert head["num_classes"] == 3
    assert head["loss_cls"]["class_weight"] == [1 / 3, 3.0, 30.0, 1.0]
    assert head["loss_cls"]["use_sigmoid"] is False


@pytest.mark.parametrize("target", ["mmpretrain", "mmdet"])
def test_images_are_repeated_by_the_threshold_of_the_scheme(target):
    counts = ClassCounts.of({"car": 900, "bus": 40, "tram": 1}, n_samples=1000)
    weights = apply(counts, "repeat-factor", parameters={"threshold": 0.1})
    dataset = config_of(emit(target, weights))["train_dataloader"]["dataset"]
    assert dataset["type"] == "ClassBalancedDataset"
    assert dataset["oversample_thr"] == 0.1


@pytest.mark.parametrize("target", TARGETS)
def test_no_name_can_be_taken_for_a_variable_that_mmengine_fills_in(target):
    names = ("{{ fileDirname }}", "{{_base_.model}}", "{{$HOME:x}}", "{{{{", "plain")
    text = emit(target, sample(classes=names, values=values_for(5)))
    assert "{{" not in text
    assert ast.literal_eval(text.split("CLASSES = ")[1].split("\nCOUNTS")[0]) == list(names)


@pytest.mark.frameworks
@pytest.mark.parametrize(
    ("target", "path", "value"),
    [
        ("mmpretrain", ("head", "loss"), {"type": "CrossEntropyLoss", "class_weight": list(values_for(41))}),
        (
            "mmseg",
            ("decode_head", "loss_decode"),
            {
                "type": "CrossEntropyLoss",
                "use_sigmoid": False,
                "class_weight": list(values_for(41)),
                "avg_non_ignore": True,
            },
        ),
        (
            "mmdet",
            ("roi_head", "bbox_head", "loss_cls"),
            {"type": "CrossEntropyLoss", "use_sigmoid": False, "class_weight": [*values_for(41), 1.0]},
        ),
    ],
)
def test_mmengine_merges_it_in_place_of_the_loss_that_is_there(target, path, value, tmp_path):
    cfg = merged(emit(target, sample(classes=NAMES, values=values_for(len(NAMES)))), tmp_path)
    found = cfg.model
    for key in path[:-1]:
        found = found[key]
        assert found.get("in_channels", 8) == 8
    assert dict(found[path[-1]]) == {**value, "loss_weight": 1.0}
    assert tuple(cfg.CLASSES) == NAMES


@pytest.mark.frameworks
def test_the_dataset_of_mmengine_repeats_each_image_by_its_rarest_class_rounded_up(tmp_path):
    dataset = pytest.importorskip("mmengine.dataset")
    registry = pytest.importorskip("mmengine.registry")

    class Images(dataset.BaseDataset):
        def load_data_list(self):
            # 80 images of a car, 16 of a bus, 4 of a tram; the trams have a car as well.
            return [{"cats": [0]}] * 80 + [{"cats": [1]}] * 16 + [{"cats": [0, 2]}] * 4

        def get_cat_ids(self, idx):
            return self.get_data_info(idx)["cats"]

    registry.DATASETS.register_module(name="SomeImages", module=Images, force=True)
    counts = ClassCounts.of({"car": 84, "bus": 16, "tram": 4}, n_samples=100)
    weights = apply(counts, "repeat-factor", parameters={"threshold": 0.2})
    # sqrt(0.2 / 0.16) = 1.118, sqrt(0.2 / 0.04) = 2.236
    assert weights.values == pytest.approx([1.0, 1.118034, 2.236068], abs=1e-6)
    text = emit("mmdet", weights).replace("DATASET = dict()\n", 'DATASET = dict(type="SomeImages")\n')
    wrapped = merged(text, tmp_path).train_dataloader.dataset
    assert "ann_file" not in wrapped
    built = registry.DATASETS.build(wrapped)
    repeats = [built.repeat_indices.count(i) for i in (0, 79, 80, 95, 96, 99)]
    assert repeats == [1, 1, 2, 2, 3, 3] == [math.ceil(weights.values[c]) for c in (0, 0, 1, 1, 2, 2)]


@pytest.mark.parametrize(
    ("target", "task", "kind", "why", "instead"),
    [
        ("mmpretrain", "binary", "pos-weight", "one output per class", "--scheme balanced"),
        ("mmpretrain", "binary", "pair", "one output per class", "--scheme balanced"),
        ("mmpretrain", "multilabel", "pair", "one factor per label", "--scheme pos-weight"),
        ("mmpretrain", "multilabel", "class-weight", "the boundary does not move", "--scheme pos-weight"),
        ("mmpretrain", "multiclass", "offset", "its losses take none", "--scheme balanced"),
        ("mmpretrain", "multiclass", "margin", "its losses take none", "--to pytorch"),
        ("mmseg", "multilabel", "pos-weight", "along the width", "--to pytorch"),
        ("mmseg", "multilabel", "pair", "along the width", "--to pytorch"),
        ("mmseg", "multilabel", "class-weight", "along the width", "--to json"),
        ("mmseg", "multilabel", "margin", "along the width", "--to json"),
        ("mmseg", "binary", "pair", "one factor", "--scheme pos-weight"),
        ("mmseg", "multiclass", "repeat", "do not tell which classes", "--scheme power"),
        ("mmseg", "multilabel", "repeat", "do not tell which classes", "--to pytorch"),
        ("mmseg", "multiclass", "offset", "no offset", "--scheme balanced"),
        ("mmseg", "multilabel", "offset", "no offset", "--to pytorch"),
        ("mmseg", "multiclass", "margin", "no margin", "--scheme balanced"),
        ("mmdet", "multilabel", "class-weight", "a count of boxes", "--scheme repeat-factor"),
        ("mmdet", "multilabel", "pos-weight", "weighs anchors", "--scheme repeat-factor"),
        ("mmdet", "binary", "pair", "weighs anchors", "--scheme repeat-factor"),
        ("mmdet", "multiclass", "offset", "its losses take none", "--scheme balanced"),
        ("mmdet", "multilabel", "margin", "its losses take none", "--scheme repeat-factor"),
    ],
)
def test_a_refusal_gives_the_reason_and_what_works(target, task, kind, why, instead):
    error = refusal(target, task, kind)
    assert why in error.message
    assert instead in error.hint
