"""The emitted `loss_weights` of Flair: a dict by label, its keys as they stand in the corpus."""

import pytest

from imbalance_doctor.emitters import emit
from tests.awkward import NAMES, values_for
from tests.emitters.parsing import literals
from tests.emitters.refusals import refusal
from tests.emitters.samples import binary, sample


def test_the_keys_are_strings_even_where_they_look_like_integers():
    found = literals(emit("flair", sample(classes=("10", "9", "01"), values=(0.5, 2.0, 7.0))))
    assert found["LOSS_WEIGHTS"] == {"10": 0.5, "9": 2.0, "01": 7.0}


def test_every_awkward_name_is_a_key_of_its_own():
    found = literals(emit("flair", sample(classes=NAMES, values=values_for(len(NAMES)))))
    assert found["LOSS_WEIGHTS"] == dict(zip(NAMES, values_for(len(NAMES)), strict=True))


def test_the_weight_vector_that_flair_builds_follows_its_own_dictionary():
    """As its classifier does: ones, then the weight of each name that the label dictionary knows."""
    weights = literals(emit("flair", sample(classes=("b", "a", "c"), values=(2.0, 3.0, 5.0))))["LOSS_WEIGHTS"]
    dictionary = ["<unk>", "a", "c", "b"]
    vector = [1.0] * len(dictionary)
    for i, tag in enumerate(dictionary):
        if tag in weights:
            vector[i] = weights[tag]
    assert vector == [1.0, 3.0, 5.0, 2.0]


@pytest.mark.parametrize(("kind", "w0"), [("pos-weight", 1.0), ("pair", 0.5)])
def test_binary_factors_are_those_of_the_two_terms_of_the_class_at_index_1(kind, w0):
    changes = {"values_negative": (7.0, 0.5)} if kind == "pair" else {}
    found = literals(emit("flair", binary(kind, values=(9.0, 4.0), **changes)))
    assert found["LOSS_WEIGHTS"] == {"no": w0, "yes": 4.0}


@pytest.mark.parametrize(
    ("task", "kind", "why", "instead"),
    [
        ("multilabel", "class-weight", "the boundary does not move", "--to pytorch"),
        ("multilabel", "pos-weight", "the positive and the negative term of a label alike", "--to pytorch"),
        ("multilabel", "pair", "the boundary does not move", "--to pytorch"),
        ("multilabel", "offset", "the boundary does not move", "--to json"),
        ("multilabel", "margin", "the boundary does not move", "--to json"),
        ("multilabel", "repeat", "computes its own weights", "--to json"),
        ("multiclass", "repeat", "computes its own weights", "--scheme power"),
        ("multiclass", "offset", "no offset", "--scheme balanced"),
        ("multiclass", "margin", "no margin", "--scheme balanced"),
    ],
)
def test_a_refusal_gives_the_reason_and_what_works(task, kind, why, instead):
    error = refusal("flair", task, kind)
    assert why in error.message
    assert instead in error.hint
