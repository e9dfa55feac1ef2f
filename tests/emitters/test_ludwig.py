"""The emitted Ludwig output feature: the keys are the vocabulary exactly, as YAML reads them."""

import pytest
import yaml

from imbalance_doctor.emitters import emit
from tests.awkward import NAMES, values_for
from tests.emitters.refusals import refusal
from tests.emitters.samples import binary, sample


def feature(weights):
    (found,) = yaml.safe_load(emit("ludwig", weights))["output_features"]
    return found


def test_the_keys_equal_the_vocabulary_with_no_yes_and_octal_numbers_in_it():
    found = feature(sample(classes=NAMES, values=values_for(len(NAMES))))
    assert found["type"] == "category"
    assert found["loss"]["type"] == "softmax_cross_entropy"
    assert found["loss"]["class_weights"] == dict(zip(NAMES, values_for(len(NAMES)), strict=True))


def test_a_name_too_long_for_a_plain_key_of_yaml_is_a_key_all_the_same():
    names = ("x" * 5000, "\U0001f600" * 200, "short")
    found = feature(sample(classes=names, values=(1.0, 2.0, 3.0)))
    assert found["loss"]["class_weights"] == dict(zip(names, (1.0, 2.0, 3.0), strict=True))


def test_a_set_feature_has_factors_on_the_positive_terms():
    found = feature(sample("pos-weight", "multilabel", values=(2.0, 3.0, 1e-7)))
    assert found["type"] == "set"
    assert found["loss"] == {
        "type": "sigmoid_cross_entropy",
        "class_weights": {"cat": 2.0, "dog": 3.0, "bird": 1e-7},
    }


def test_a_binary_feature_has_the_factor_of_the_class_at_index_1():
    found = feature(binary("pos-weight", values=(0.25, 4.0)))
    assert found["type"] == "binary"
    assert found["loss"] == {"type": "binary_weighted_cross_entropy", "positive_class_weight": 4.0}


def names_of(*classes):
    return feature(binary("pos-weight", classes=classes, values=(0.25, 4.0)))


@pytest.mark.parametrize("classes", [("no", "yes"), ("ham", "spam"), ('"); import os', "b"), ("0", "1")])
def test_the_class_at_index_1_is_called_the_true_one_where_ludwig_would_take_the_first_name(classes):
    """Of names that are no words for true and false Ludwig takes the first in the alphabet for true."""
    found = names_of(*classes)
    assert found["preprocessing"] == {"fallback_true_label": classes[1]}
    assert found["loss"]["positive_class_weight"] == 4.0


@pytest.mark.parametrize("classes", [("Yes", "no"), ("TRUE", "maybe"), ("abc", "no"), ("1", "0")])
def test_where_the_names_say_that_index_0_is_true_the_factor_is_that_of_index_0(classes):
    found = names_of(*classes)
    assert found["preprocessing"] == {"fallback_true_label": classes[0]}
    assert found["loss"]["positive_class_weight"] == 0.25


def test_two_classes_can_be_a_category_feature():
    assert feature(binary())["loss"]["class_weights"] == {"no": 0.25, "yes": 4.0}


@pytest.mark.parametrize(
    ("task", "kind", "why", "instead"),
    [
        ("binary", "pair", "one factor", "--scheme pos-weight"),
        ("multilabel", "pair", "one factor", "--scheme pos-weight"),
        ("multiclass", "pair", "a softmax has one term", "--scheme balanced"),
        ("multiclass", "offset", "no offset", "--scheme balanced"),
        ("multilabel", "offset", "no offset", "--scheme pos-weight"),
        ("multiclass", "margin", "no margin", "--scheme balanced"),
        ("multilabel", "margin", "no margin", "--scheme pos-weight"),
        ("multiclass", "repeat", "one ratio", "--scheme power"),
        ("multilabel", "repeat", "one ratio", "--scheme pos-weight"),
        ("multilabel", "class-weight", "the boundary does not move", "--scheme pos-weight"),
    ],
)
def test_a_refusal_gives_the_reason_and_what_works(task, kind, why, instead):
    error = refusal("ludwig", task, kind)
    assert why in error.message
    assert instead in error.hint
