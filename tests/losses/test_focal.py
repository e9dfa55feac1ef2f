"""Focal loss: p_t sample by sample, alpha outside it, and the thresholds it implies."""

import numpy as np
import pytest

from imbalance_doctor.errors import UsageError
from tests.losses.cases import recipe
from tests.losses.numpy_functions import mean, values
from tests.losses.trained import best_constant, class_rows, label_rows, per_bin

ALPHAS = {None: "no alpha", 0.25: "alpha 0.25", 0.75: "alpha 0.75"}


def binary(p, alpha=None, **numbers):
    given = {} if alpha is None else {"alpha": alpha}
    return recipe("focal", "binary", [round(1000 * (1 - p)), round(1000 * p)], **given, **numbers)


@pytest.mark.parametrize(("p_t", "value"), [(0.9, 0.001053605), (0.1, 1.865094)])
def test_one_sample_costs_what_the_paper_says(p_t, value):
    z = np.log(p_t / (1 - p_t))
    assert mean(binary(0.5), [[z]], [[1]]) == pytest.approx(value, rel=1e-6)
    assert mean(binary(0.5), [[-z]], [[0]]) == pytest.approx(value, rel=1e-6)
    multi = recipe("focal", "multiclass", [5, 3, 2])
    assert mean(multi, np.log([[0.5 * (1 - p_t), p_t, 0.5 * (1 - p_t)]]), [1]) == pytest.approx(value, rel=1e-6)


# Constant outputs and their loss, computed once by a bounded scalar minimiser for gamma 2.
@pytest.mark.parametrize(
    ("alpha", "p", "output", "floor"),
    [
        (None, 0.5, 0.5, 0.17328679513998632),
        (None, 0.1, 0.3057871980934204, 0.08781710832990691),
        (None, 0.01, 0.1536243731303599, 0.01731602354909137),
        (None, 0.001, 0.07274647273332012, 0.002652639443473607),
        (0.25, 0.5, 0.39882404607378064, 0.0718806777339285),
        (0.25, 0.1, 0.22658894310972205, 0.031105875422465804),
        (0.25, 0.01, 0.10837981907798847, 0.005416867728766698),
        (0.25, 0.001, 0.05034702335879594, 0.0007719699158251341),
        (0.75, 0.5, 0.6011759539262193, 0.0718806777339285),
        (0.75, 0.1, 0.39882404899611384, 0.043128406640357095),
        (0.75, 0.01, 0.2138457237526373, 0.009873113185543084),
        (0.75, 0.001, 0.10443214595838034, 0.0016594171092951461),
    ],
)
def test_a_dead_head_puts_out_the_published_constant(alpha, p, output, floor):
    loss = binary(p, alpha)
    assert loss.floor == pytest.approx(floor, rel=1e-10)
    found, z = best_constant(loss, label_rows([round(1000 * p)], 1000), 1, starts=(0.0,))
    assert found == pytest.approx(floor, rel=1e-9)
    assert 1 / (1 + np.exp(-z[0])) == pytest.approx(output, abs=1e-5)


@pytest.mark.parametrize(("alpha", "cut"), [(None, 0.5), (0.25, 0.75), (0.75, 0.25)])
@pytest.mark.parametrize("gamma", [0.5, 2.0])
def test_the_cut_is_alpha_s_doing_and_not_gamma_s(alpha, cut, gamma):
    loss = binary(0.1, alpha, gamma=gamma)
    assert loss.boundary == pytest.approx((1 - cut, cut))
    below, above = per_bin(loss, [label_rows([1000 * cut - 20], 1000), label_rows([1000 * cut + 20], 1000)], 1)
    assert below < 0 < above


def test_pairs_of_a_scheme_are_alphas_of_their_labels():
    loss = recipe("focal", "multilabel", [80, 5], 100, scheme="complement-pair")
    assert loss.constants["ALPHA"] == pytest.approx((0.2, 0.95))
    assert loss.boundary == pytest.approx((0.8, 0.05))
    q = np.array([0.3, 0.3])
    expected = [[-0.2 * 0.7**2 * np.log(0.3), -0.05 * 0.3**2 * np.log(0.7)]]
    assert values(loss, [np.log(q / (1 - q))], [[1, 0]]) == pytest.approx(np.array(expected), rel=1e-12)
    assert loss.floor == pytest.approx(best_constant(loss, label_rows([80, 5], 100), 2)[0], abs=1e-9)
    one = recipe("focal", "binary", [95, 5], scheme="complement-pair")
    assert one.constants == pytest.approx({"ALPHA": 0.95, "ALPHA_NEGATIVE": 0.05, "GAMMA": 2})


def test_class_weights_multiply_the_loss_and_never_enter_p_t():
    plain = recipe("focal", "multiclass", [90, 9, 1])
    weighted = recipe("focal", "multiclass", [90, 9, 1], scheme="balanced")
    z, y = np.random.default_rng(2).normal(0, 2, (5, 3)), np.array([0, 1, 2, 2, 0])
    ratio = values(weighted, z, y) / values(plain, z, y)
    assert ratio == pytest.approx(np.array([0.37037, 3.7037, 33.3333, 33.3333, 0.37037]), rel=1e-5)
    assert "ALPHA" not in plain.constants


def test_p_t_is_not_that_of_the_mean():
    """The mean taken before the power would be one p_t for the batch: the geometric mean."""
    loss = recipe("focal", "multiclass", [1, 1])
    p = np.array([0.9, 0.1])
    z = np.log(np.stack([p, 1 - p], axis=1))
    assert mean(loss, z, [0, 0]) == pytest.approx((0.001053605 + 1.865094) / 2, rel=1e-6)


@pytest.mark.parametrize("scheme", ["auto", "balanced"])
@pytest.mark.parametrize("gamma", [0.0, 0.7, 2.0])
def test_the_softmax_floor_is_the_loss_of_the_best_constant(scheme, gamma):
    loss = recipe("focal", "multiclass", [90, 9, 1], scheme=scheme, gamma=gamma)
    assert loss.floor == pytest.approx(best_constant(loss, class_rows([90, 9, 1]), 3)[0], abs=1e-9)


def test_two_weighted_classes_are_parted_at_their_prior_whatever_gamma():
    loss = recipe("focal", "multiclass", [80, 20], scheme="balanced", gamma=3)
    assert loss.boundary == pytest.approx((0.8, 0.2))
    below, above = per_bin(loss, [class_rows([82, 18]), class_rows([78, 22])], 2)
    assert below[0] > below[1]
    assert above[0] < above[1]


@pytest.mark.parametrize(
    ("task", "options", "word"),
    [
        ("binary", {"gamma": -1}, "gamma"),
        ("binary", {"alpha": 1.0}, "between 0 and 1"),
        ("multiclass", {"alpha": 0.25}, "--scheme balanced"),
        ("binary", {"alpha": 0.25, "scheme": "complement-pair"}, "leave"),
        ("binary", {"scheme": "balanced"}, "balanced-pair"),
        ("multiclass", {"scheme": "balanced-pair"}, "--scheme uniform"),
    ],
)
def test_a_number_or_scheme_that_does_not_fit_is_refused_with_what_does(task, options, word):
    with pytest.raises(UsageError) as refused:
        recipe("focal", task, [8, 2], **options)
    assert word in f"{refused.value.message} {refused.value.hint}"
