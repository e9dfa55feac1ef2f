"""What every target on the shelf owes: it refuses, or what it says comes back unharmed."""

import ast
import io
import re
import tokenize
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor import plugins
from imbalance_doctor.emitters import emit
from imbalance_doctor.errors import OutputError, UsageError
from imbalance_doctor.model import TASKS, Weights
from tests.awkward import NAMES, values_for
from tests.emitters.parsing import parse
from tests.emitters.samples import SCHEME_OF, sample

TARGETS = plugins.emitters()
PARSED = [name for name in TARGETS if name != "text"]  # text is for reading
PYTHON = [name for name, plugin in TARGETS.items() if plugin.card.suffix == ".py"]
CASES = [(task, kind) for task in TASKS for kind in SCHEME_OF]

DICTS = ("sklearn", "flair", "setfit", "spark-ml")
"""Targets whose values stand in a dict by class, or in one per label."""

DIGITS = re.compile(r"[+-]?[0-9]+")


def takes(target: str, task: str, kind: str) -> bool:
    return bool(TARGETS[target].card.takes(SCHEME_OF[kind], kind, task))


def weights_of(task: str, kind: str, names: tuple[str, ...] = NAMES) -> Weights:
    names = names[:2] if task == "binary" else names
    return sample(kind, task, names, values_for(len(names)))  # type: ignore[arg-type]


def accepted(target: str) -> list[Weights]:
    return [weights_of(task, kind) for task, kind in CASES if takes(target, task, kind)]


def assert_comes_back(target: str, weights: Weights) -> None:
    """Names and numbers are exactly those that went in."""
    found = parse(target, TARGETS[target].card.suffix, emit(target, weights))
    values, negative = weights.values, weights.values_negative
    if target in DICTS and weights.kind in ("pos-weight", "pair"):
        # Its dicts hold both factors, of the positive class alone when there are two classes.
        negative = negative or (1.0,) * len(values)
        values, negative = (values, negative) if weights.task == "multilabel" else ((negative[1], values[1]), None)
    assert tuple(found.names) == weights.classes
    assert tuple(found.counts) == weights.counts
    assert tuple(found.values) == values
    assert (found.negative and tuple(found.negative)) == negative


def test_the_targets_of_the_shelf_are_the_ones_promised():
    assert {"text", "json", "yaml", "toml", "csv", "pytorch", "keras", "sklearn"} <= set(TARGETS)
    assert {"row-weights", "sql", "bigquery", "spark-ml", "jax", "paddle", "monai", "flair", "setfit"} <= set(TARGETS)
    assert {"mmpretrain", "mmseg", "mmdet", "detectron2", "ultralytics", "ludwig", "spacy", "fasttext"} <= set(TARGETS)


@pytest.mark.parametrize(("task", "kind"), CASES)
@pytest.mark.parametrize("target", TARGETS)
def test_a_target_refuses_exactly_what_it_cannot_express(target, task, kind):
    if takes(target, task, kind):
        assert emit(target, weights_of(task, kind))
        return
    with pytest.raises(UsageError) as caught:
        emit(target, weights_of(task, kind))
    assert SCHEME_OF[kind] in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("target", PARSED)
def test_awkward_names_and_numbers_come_back_exactly(target):
    for weights in accepted(target):
        assert_comes_back(target, weights)


@pytest.mark.parametrize("target", PARSED)
def test_every_awkward_name_comes_back_as_the_positive_class(target):
    kind = next((kind for kind in SCHEME_OF if takes(target, "binary", kind)), None)
    if kind is None:
        pytest.skip("it takes no binary task")
    for name in NAMES[1:]:
        assert_comes_back(target, weights_of("binary", kind, (NAMES[0], name)))


@pytest.mark.parametrize("target", PARSED)
@settings(deadline=None)
@given(data=st.data())
def test_any_text_is_refused_or_comes_back(target, data):
    names = data.draw(st.lists(st.text(st.characters()), min_size=3, max_size=4, unique=True))
    size = len(names)
    numbers = st.floats(allow_nan=False, allow_infinity=False)
    values = data.draw(st.lists(numbers, min_size=size, max_size=size))
    task, kind = next((task, kind) for task, kind in CASES if takes(target, task, kind) and task != "binary")
    weights = sample(kind, task, tuple(names), tuple(values))
    try:
        assert_comes_back(target, weights)
    except OutputError:
        assert any("\ud800" <= char <= "\udfff" for name in names for char in name)


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_emitted_can_drive_a_terminal_or_a_runner(target):
    for weights in accepted(target):
        text = emit(target, replace(weights, classes=(*weights.classes[:-1], "x ##[error] ::set-env name=a::b")))
        assert text.endswith("\n")
        assert not text.endswith("\n\n")
        assert not [c for c in text if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f" or c in "\u2028\u202e\u200b"]
        assert "##[" not in text
        assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]


@pytest.mark.parametrize("target", TARGETS)
def test_the_same_weights_give_the_same_bytes(target):
    for weights in accepted(target):
        turned = replace(weights, parameters=dict(reversed(weights.parameters.items())))
        assert emit(target, turned) == emit(target, weights)


@pytest.mark.parametrize("target", TARGETS)
def test_every_text_says_where_the_numbers_come_from(target):
    for weights in accepted(target):
        text = emit(target, weights)
        assert weights.scheme in text
        assert weights.normalisation in text
        assert weights.kind in text


@pytest.mark.parametrize("target", [t for t in TARGETS if t != "text"])
def test_a_number_that_is_not_finite_is_our_bug_and_never_written(target):
    for weights in accepted(target):
        with pytest.raises(ValueError, match="finite"):
            emit(target, replace(weights, values=(*weights.values[:-1], float("nan"))))


@pytest.mark.parametrize("target", PYTHON)
def test_python_is_ascii_with_names_in_string_literals_only(target):
    """With hostile names the tree has the same nodes, and the comments the same words, as with harmless ones."""
    for weights in accepted(target):
        # Digits stay: a target may write them otherwise.
        tame = tuple(name if DIGITS.fullmatch(name) else f"<{i}>" for i, name in enumerate(weights.classes))
        harmless = replace(weights, classes=tame)
        text, plain = emit(target, weights), emit(target, harmless)
        assert text.isascii()
        assert nodes(text) == nodes(plain)
        assert [c for c in comments(text) if c not in comments(plain)] == []


@pytest.mark.parametrize("target", PYTHON)
def test_python_lines_are_at_most_100_columns(target):
    for task, kind in CASES:
        if takes(target, task, kind):
            names = tuple(f"class {i}" for i in range(40))
            text = emit(target, weights_of(task, kind, names))
            assert [line for line in text.splitlines() if len(line) > 100] == []


@pytest.mark.parametrize("target", TARGETS)
def test_the_documentation_names_the_place_the_trap_and_the_divisor(target):
    doc = TARGETS[target].doc
    assert TARGETS[target].summary.endswith(".")
    assert "Where it goes:" in doc
    assert "The trap:" in doc
    assert "It divides by" in doc


def nodes(text: str) -> list[str]:
    return [type(node).__name__ for node in ast.walk(ast.parse(text))]


def comments(text: str) -> list[str]:
    return [t.string for t in tokenize.generate_tokens(io.StringIO(text).readline) if t.type == tokenize.COMMENT]
