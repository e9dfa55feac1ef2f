"""The boundary a loss promises is where its own optimum changes sides, for every task, scheme and option.

Judged by minimising the expected loss of a body at a posterior just below and just above what the recipe states.
"""

import numpy as np
import pytest
from scipy.optimize import minimize

from imbalance_doctor import losses
from imbalance_doctor.errors import InputError, UsageError
from imbalance_doctor.model import ClassCounts
from imbalance_doctor.plugins import losses as shelf
from imbalance_doctor.plugins import schemes
from imbalance_doctor.weighting import apply
from tests.losses.numpy_functions import mean, values

COUNTS = {"binary": [37, 5], "multiclass": [30, 9, 3], "multilabel": [20, 6, 2]}
SCHEME_OPTIONS = ({"cap": 1.3}, {"zero_count": "value=0.7"}, {"zero_count": "exclude"}, {"parameters": {"tau": 0.5}})
LOSS_OPTIONS = (
    *({"gamma": 0.0}, {"gamma": 4.0}, {"alpha": 0.25}, {"epsilon": 0.3}, {"to_prior": 0.0}, {"f": 0.7}, {"b": 0.0}),
    *({"gamma_pos": 0.0}, {"clip": 0.0}, {"k": 1.5}, {"margin": 0.9}, {"scale": 1.0}, {"kappa": 0.5, "b": 0.0}),
)
# Its boundary is stated for rows of equal weight, which they have for b = 0.
EQUAL_ROWS = {"distribution-balanced": {"b": 0.0}}


def recipes(loss, task):
    """Every recipe of a loss: each scheme it takes as it stands, and each option by itself for two of them."""
    plugin = shelf()[loss]
    for scheme in ("auto", *schemes()):
        try:
            name = losses.scheme(plugin, task, scheme)
        except UsageError:
            continue
        for option in ({}, *SCHEME_OPTIONS) if scheme in ("auto", "uniform") else ({},):
            yield from made(loss, task, name, option, {})
        for numbers in LOSS_OPTIONS if scheme == "auto" else ():
            yield from made(loss, task, name, {}, numbers)


def made(loss, task, scheme, option, numbers):
    """The recipe, unless the scheme or the loss has no such option; with an empty class where there is a policy."""
    counts = COUNTS[task]
    if "zero_count" in option:
        counts = [42, 0] if task == "binary" else [*counts, 0]
    known = ClassCounts.of(counts, n_samples=40 if task == "multilabel" else None, task=task)
    try:
        recipe = losses.make(loss, apply(known, scheme, **option), {**EQUAL_ROWS.get(loss, {}), **numbers})
    except (UsageError, InputError):
        return
    yield counts, recipe


def named(recipe, counts, c, q):
    """Whether the best logits at a posterior q of class c name it, the others sharing the rest as they are counted."""
    if recipe.targets != "indices":
        return best_logit(recipe, c, q, len(counts)) > 0
    z = best_logits(recipe, shared(counts, c, q))
    return z[c] > np.delete(z, c).max()


def shared(counts, c, q):
    """Posteriors of all classes: q for c, the rest as counted, evenly where nothing else has samples."""
    rest = np.array(counts, dtype=np.float64) if sum(counts) > counts[c] else np.ones(len(counts))
    rest[c] = 0
    posteriors = (1 - q) * rest / rest.sum()
    posteriors[c] = q
    return posteriors


def best_logits(recipe, posteriors):
    """The logits, one a class, of the least expected loss."""
    k = len(posteriors)
    rows = np.repeat(np.arange(k), np.round(1000 * posteriors).astype(int)) if recipe.per == "batch" else np.arange(k)

    def expected(z):
        tiled = np.tile(z, (len(rows), 1))
        return mean(recipe, tiled, rows) if recipe.per == "batch" else posteriors @ values(recipe, tiled, rows)

    return minimize(expected, np.zeros(k), method="BFGS", options={"gtol": 1e-10}).x


def best_logit(recipe, c, q, n_labels):
    """The logit of the least expected loss of one output, that of label c; other labels are absent, at logit 0."""
    side = np.geomspace(1e-3, 12, 80 if recipe.per == "batch" else 600)
    z = np.concatenate([-side[::-1], side])
    place, width = (0, 1) if recipe.targets == "one-logit" else (c, n_labels)
    cost = []
    for target in (0, 1):
        logits, targets = np.zeros((2, len(z), width))
        logits[:, place], targets[:, place] = z, target
        cost.append(per_row(recipe, logits, targets))
    return z[np.argmin((1 - q) * cost[0] + q * cost[1])]


def per_row(recipe, logits, targets):
    if recipe.per == "batch":
        return np.array([mean(recipe, z[None], y[None]) for z, y in zip(logits, targets, strict=True)])
    return np.reshape(values(recipe, logits, targets), (len(logits), -1)).mean(axis=1)


@pytest.mark.parametrize(("loss", "task"), [(name, task) for name, p in shelf().items() for task in p.card.schemes])
def test_a_class_is_named_above_the_stated_posterior_and_not_below(loss, task):
    for counts, recipe in recipes(loss, task):
        for c, cut in enumerate(recipe.boundary):
            if cut is None or (recipe.targets == "one-logit" and c == 0):
                continue
            below, above = cut - 0.03 * min(cut, 1 - cut), cut + 0.03 * min(cut, 1 - cut)
            assert (named(recipe, counts, c, below), named(recipe, counts, c, above)) == (False, True), (
                recipe.constants,
                c,
                cut,
            )


@pytest.mark.parametrize("scheme", ["balanced", "sqrt", "uniform"])
def test_to_be_the_largest_of_several_takes_less_than_to_pass_one_half(scheme):
    weights = apply(ClassCounts.of([60, 25, 10, 5], task="multiclass"), scheme)
    largest = losses.make("weighted-cross-entropy", weights, {}).boundary
    assert all(a < b for a, b in zip(largest, weights.boundary_after, strict=True))


def test_what_fills_the_slot_of_an_empty_class_moves_no_boundary_of_a_loss_that_leaves_it_out():
    counts = ClassCounts.of([30, 9, 3, 0], task="multiclass")
    filled, plain = (apply(counts, "uniform", zero_count=policy) for policy in ("value=0.7", "value=1"))
    for loss in ("am-softmax", "flooding", "focal", "ldam", "logit-adjusted"):
        assert losses.make(loss, filled, {}).boundary == losses.make(loss, plain, {}).boundary


@pytest.mark.parametrize("loss", ["weighted-cross-entropy", "focal", "class-balanced-focal", "logit-adjusted"])
def test_counts_of_many_orders_of_magnitude_leave_a_posterior(loss):
    scheme = losses.scheme(shelf()[loss], "multiclass", "auto")
    recipe = losses.make(loss, apply(ClassCounts.of([10**12, 10**6, 1], task="multiclass"), scheme), {})
    assert all(0 < cut < 1 for cut in recipe.boundary)


@pytest.mark.parametrize(("counts", "scheme"), [([5], "uniform"), ([5, 0], "uniform")])
def test_without_a_rival_there_is_no_boundary(counts, scheme):
    weights = apply(ClassCounts.of(counts, task="multiclass"), scheme, zero_count="exclude")
    assert losses.make("weighted-cross-entropy", weights, {}).boundary == (None,) * len(counts)
