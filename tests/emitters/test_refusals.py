"""Every refusal gives the reason and something that works."""

import re
from dataclasses import replace

import pytest

from imbalance_doctor import plugins
from imbalance_doctor.emitters import emit
from imbalance_doctor.errors import UsageError
from imbalance_doctor.model import TASKS
from tests.emitters.samples import SCHEME_OF, sample

TARGETS = [name for name, plugin in plugins.emitters().items() if plugin.card.refuses]


def weights_of(task, kind, scheme):
    classes = ("a", "b") if task == "binary" else ("a", "b", "c")
    return sample(kind, task, classes, (1.0, 2.0, 3.0)[: len(classes)], scheme=scheme)


def works(target, task, kind, scheme):
    try:
        return bool(emit(target, weights_of(task, kind, scheme)))
    except UsageError:
        return False


@pytest.mark.parametrize("kind", SCHEME_OF)
@pytest.mark.parametrize("task", TASKS)
@pytest.mark.parametrize("target", TARGETS)
def test_a_scheme_or_target_that_a_refusal_suggests_is_not_refused(target, task, kind):
    schemes = plugins.schemes()
    for scheme in (name for name, plugin in schemes.items() if plugin.card.kind == kind):
        try:
            emit(target, weights_of(task, kind, scheme))
        except UsageError as error:
            suggested = [schemes.find(name) for name in re.findall(r"--scheme ([a-z-]+)", error.hint)]
            targets = re.findall(r"--to ([a-z-]+)", error.hint)
            assert any(works(target, task, s.card.kind, s.name) for s in suggested) or any(
                works(other, task, kind, scheme) for other in targets
            )


def test_an_unknown_target_is_answered_with_the_nearest():
    with pytest.raises(UsageError) as caught:
        emit("pytroch", sample())
    assert caught.value.hint == "did you mean pytorch?"


def test_a_weight_on_both_terms_of_a_label_is_refused_with_the_reason():
    with pytest.raises(UsageError, match="the boundary does not move") as caught:
        emit("pytorch", sample("class-weight", "multilabel"))
    assert "--scheme pos-weight" in caught.value.hint
    assert caught.value.exit_code == 2


def test_a_starting_bias_in_sklearn_needs_nothing():
    with pytest.raises(UsageError, match="fit the intercept to the end"):
        emit("sklearn", weights_of("multiclass", "offset", "prior-bias"))


def test_a_kind_nobody_words_is_still_refused():
    with pytest.raises(UsageError, match="no place for spell"):
        emit("pytorch", replace(sample(), kind="spell"))


def test_a_binary_task_has_two_classes():
    with pytest.raises(UsageError, match="two classes, not 3"):
        emit("json", sample(task="binary"))
