"""What the head of an emitted text states about boundaries, and where it keeps silent because it would not be true."""

import pytest

from imbalance_doctor.emitters import emit
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.plugins import emitters
from imbalance_doctor.weighting import apply
from tests.emitters.samples import SCHEME_OF, binary, sample

CUT = "with these numbers a 0.5 cut fires at a true posterior of"
SHARED = "(the others sharing the rest as counted; to be the largest output less is enough)"
# A loss or a sampler that has more parts than these numbers: Dice, background, a sigmoid per class, whole images.
SILENT = {
    ("monai", "class-weight"),
    ("monai", "pos-weight"),
    ("ultralytics", "class-weight"),
    ("mmdet", "class-weight"),
    ("mmdet", "repeat"),
    ("mmpretrain", "repeat"),
    ("detectron2", "repeat"),
}


def weights(kind):
    return binary(kind, max_min_ratio=2.0) if kind != "repeat" else sample("repeat", values=(1.0, 2.0, 3.0))


CASES = [
    (target, kind)
    for target, plugin in emitters().items()
    for kind in SCHEME_OF
    if plugin.card.suffix in (".py", ".sql", ".yaml") and target != "yaml"
    if plugin.card.takes(SCHEME_OF[kind], kind, weights(kind).task)
]


@pytest.mark.parametrize(("target", "kind"), CASES)
def test_a_boundary_is_stated_where_it_is_that_of_these_numbers_alone(target, kind):
    assert (CUT in emit(target, weights(kind))) == ((target, kind) not in SILENT)


def of(counts, scheme, task="multiclass", **options):
    return apply(ClassCounts.of(counts, n_samples=200 if task == "multilabel" else None, task=task), scheme, **options)


def test_of_several_classes_it_says_what_the_cut_takes_for_granted():
    for target, sign in (("pytorch", "#"), ("sql", "--"), ("ludwig", "#")):
        text = emit(target, of([90, 9, 1], "balanced"))
        assert f"by class\n{sign} {SHARED}\n" in text


@pytest.mark.parametrize(
    ("counts", "scheme", "task"),
    [
        ([90, 10], "balanced", "binary"),
        ([90, 9, 1], "uniform", "multiclass"),
        ([90, 9, 1], "prior-bias", "multiclass"),
        ([90, 9, 1], "balanced-pair", "multilabel"),
    ],
)
def test_where_nothing_is_taken_for_granted_it_does_not_say_so(counts, scheme, task):
    text = emit("pytorch", of(counts, scheme, task))
    assert CUT in text
    assert SHARED not in text


@pytest.mark.parametrize("scheme", ["logit-adjustment", "prior-bias"])
def test_an_empty_slot_of_an_offset_is_not_taken_for_a_class_switched_off(scheme):
    warned = "# 1 class(es) without samples hold a 0, which is no prior: mask their logits\n"
    assert warned in emit("pytorch", of([90, 9, 0], scheme, zero_count="exclude"))
    assert warned not in emit("pytorch", of([90, 9, 0], scheme, zero_count="value=-20"))
    assert warned not in emit("pytorch", of([90, 9, 0], "balanced", zero_count="exclude"))


def test_a_margin_loss_has_no_starting_bias_because_cosines_have_none():
    assert "BIAS_INIT" not in emit("pytorch", of([90, 9, 1], "ldam-margin"))
    assert "BIAS_INIT = [" in emit("pytorch", of([90, 9, 1], "balanced"))


def test_how_a_column_of_weights_or_of_indices_is_used_stands_below_it():
    assert 'weightCol="weight")\n' in emit("spark-ml", of([90, 9, 1], "balanced"))
    assert "# The label column holds indices into CLASSES, not names.\n" in emit("setfit", of([90, 9, 1], "balanced"))
