"""What every loss on the shelf has to keep, for every task, scheme and framework it is for, whoever writes it."""

import ast
import builtins
import re

import numpy as np
import pytest
from scipy.optimize import minimize

from imbalance_doctor import losses
from imbalance_doctor.emitters._loss import NAMES as VOCABULARY
from imbalance_doctor.emitters._loss import SHELLS, emit
from imbalance_doctor.errors import UsageError
from imbalance_doctor.plugins import TASKS, schemes
from imbalance_doctor.plugins import losses as shelf
from tests.awkward import NAMES
from tests.emitters.parsing import literals
from tests.losses.cases import made
from tests.losses.numpy_functions import FUNCTIONS, mean

SHELF = shelf()
SECTIONS = ["Formula:", "Implied threshold:", "When it helps:", "When it does not:", "Reference:"]
CASES = [(loss, task) for loss in SHELF for task in SHELF[loss].card.schemes]
EVERY = pytest.mark.parametrize(("loss", "task"), CASES)
COUNTS = {"binary": [37, 5], "multiclass": [30, 9, 3], "multilabel": [20, 6, 2]}
ROWS = {"binary": None, "multiclass": None, "multilabel": 40}


def accepted(loss, task):
    """The schemes a user can ask for."""
    found = []
    for scheme in ("auto", *schemes()):
        try:
            losses.scheme(SHELF[loss], task, scheme)
        except UsageError:
            continue
        found.append(scheme)
    return found


def cases(loss, task):
    return [made(loss, task, COUNTS[task], ROWS[task], scheme) for scheme in accepted(loss, task)]


def awkward(task):
    """Counts under awkward names, and the rows they are of."""
    names = NAMES[6:8] if task == "binary" else NAMES
    return {name: 7 + 3 * i for i, name in enumerate(names)}, 500 if task == "multilabel" else None


def texts(loss, task):
    counts, rows = awkward(task)
    weights, recipe = made(loss, task, counts, rows)
    return counts, [emit(framework, weights, recipe) for framework in SHELLS]


@pytest.mark.parametrize("loss", list(SHELF))
def test_the_docstring_is_a_page_with_the_agreed_sections(loss):
    lines = SHELF[loss].doc.splitlines()
    assert re.fullmatch(r"\S.*\.", lines[0])
    assert [line for line in lines if line in SECTIONS] == SECTIONS


def test_the_losses_of_the_shelf_are_for_known_tasks_and_schemes():
    for plugin in SHELF.values():
        assert set(plugin.card.schemes) <= set(TASKS)
        assert set(plugin.card.schemes.values()) <= {losses.NONE, *schemes()}


def test_every_function_of_the_vocabulary_has_its_numpy_twin():
    assert set(VOCABULARY) == set(vars(FUNCTIONS))


@EVERY
def test_names_and_counts_come_back_unharmed_from_every_framework(loss, task):
    counts, made_texts = texts(loss, task)
    for text in made_texts:
        assert text.isascii()
        assert literals(text)["CLASSES"] == list(counts)
        assert literals(text)["COUNTS"] == list(counts.values())


@EVERY
def test_the_text_uses_only_what_it_defines_and_imports_only_what_it_uses(loss, task):
    for text in texts(loss, task)[1]:
        nodes = list(ast.walk(ast.parse(text)))
        loaded = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        arguments = {n.arg for n in nodes if isinstance(n, ast.arg)}
        defined = {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
        imported = {a.asname or a.name for n in nodes if isinstance(n, ast.Import | ast.ImportFrom) for a in n.names}
        assert loaded <= stored | arguments | defined | imported | set(dir(builtins))
        assert imported <= loaded
        assert stored - loaded <= {"CLASSES", "COUNTS", "criterion"}


@EVERY
def test_the_text_is_the_same_each_time_and_at_most_100_columns_wide(loss, task):
    for weights, recipe in cases(loss, task):
        for framework in SHELLS:
            text = emit(framework, weights, recipe)
            assert text == emit(framework, *made(loss, task, COUNTS[task], ROWS[task], weights.scheme))
            assert max(map(len, text.splitlines())) <= 100
            assert text.endswith("\n")
            assert f"# loss {loss}\n" in text


@EVERY
def test_a_scheme_it_would_misread_is_refused_with_one_that_works(loss, task):
    for scheme in set(schemes()) - set(accepted(loss, task)):
        with pytest.raises(UsageError) as caught:
            losses.scheme(SHELF[loss], task, scheme)
        assert scheme in caught.value.message
        advised = re.match(r"use --scheme ([\w-]+)", caught.value.hint)
        assert advised or caught.value.hint == "leave --scheme out"
        assert losses.scheme(SHELF[loss], task, advised.group(1) if advised else "auto")


@pytest.mark.parametrize("loss", list(SHELF))
def test_a_task_it_is_not_for_is_refused_with_one_it_is_for(loss):
    for task in set(TASKS) - set(SHELF[loss].card.schemes):
        with pytest.raises(UsageError, match=f"not for a {task} task") as caught:
            losses.scheme(SHELF[loss], task, "auto")
        advised = re.search(r"--task (\w+)", caught.value.hint).group(1)
        assert advised in SHELF[loss].card.schemes
        assert advised != "binary", "a file of three classes cannot be read so"


@EVERY
def test_a_number_it_does_not_have_or_that_is_not_finite_is_refused(loss, task):
    weights, _ = made(loss, task, COUNTS[task], ROWS[task])
    with pytest.raises(UsageError, match="has no number 'nonsense'"):
        losses.make(loss, weights, {"nonsense": 1.0})
    for name in losses.tunables(SHELF[loss]):
        with pytest.raises(UsageError, match="finite"):
            losses.make(loss, weights, {name: float("nan")})


@EVERY
def test_an_option_that_scales_weights_is_refused_where_there_are_none(loss, task):
    own = losses.scheme(SHELF[loss], task, "auto")
    for option in ("--cap", "--normalize"):
        losses.require_factors(SHELF[loss], "balanced", {option: "sum"})
        losses.require_factors(SHELF[loss], own, {option: None})
        with pytest.raises(UsageError, match=f"nothing for {option}") as caught:
            losses.require_factors(SHELF[loss], "uniform", {option: "sum"})
        assert f"leave {option} out" in caught.value.hint


@EVERY
def test_the_boundary_is_a_posterior_for_every_class_or_none(loss, task):
    for _, recipe in cases(loss, task):
        assert len(recipe.boundary) == len(COUNTS[task])
        assert all(cut is None or 0 < cut < 1 for cut in recipe.boundary)


def data(recipe, task):
    """The number of outputs and all targets of a data set with these counts, labels falling as they may."""
    if recipe.targets == "indices":
        return len(COUNTS[task]), np.repeat(np.arange(len(COUNTS[task])), COUNTS[task])
    if recipe.targets == "one-logit":
        return 1, np.repeat([[0], [1]], COUNTS[task], axis=0)
    rng = np.random.default_rng(1)
    columns = [rng.permutation(ROWS[task]) < n for n in COUNTS[task]]
    return len(COUNTS[task]), np.array(columns, dtype=np.int64).T


@EVERY
def test_the_floor_is_the_best_that_constant_outputs_come_to(loss, task):
    """No constant is below it, and a simplex search from three starts ends on it."""
    for _, recipe in cases(loss, task):
        if recipe.floor is None:
            continue
        outputs, targets = data(recipe, task)

        def constant(z, recipe=recipe, targets=targets):
            return mean(recipe, np.tile(z, (len(targets), 1)), targets)

        starts = np.random.default_rng(2).normal(0, 2, (3, outputs))
        options = {"xatol": 1e-7, "fatol": 1e-11, "maxiter": 2000}
        found = [float(minimize(constant, z, method="Nelder-Mead", options=options).fun) for z in starts]
        wild = [constant(z) for z in np.random.default_rng(3).normal(0, 5, (20, outputs))]
        assert min(found + wild) >= recipe.floor - 1e-9
        # Hard truncation drops in a step beside its best value, where a simplex does not end.
        assert loss == "hard-truncation" or min(found) <= recipe.floor + 1e-5
