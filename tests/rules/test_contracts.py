"""What every rule promises, checked over the whole shelf: a new rule is held to it without a line here."""

import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.model import LabelProfile
from imbalance_doctor.plugins import Plugin, Severity, rules
from imbalance_doctor.rules._run import needed, run
from tests.awkward import NAMES
from tests.build import profile_of, profile_of_sets

SECTIONS = ("Why it matters:", "What to do:", "Example:", "Reference:")
EXAMINATIONS = {"1": "labels", "2": "predictions", "3": "history", "4": "weights"}
each_rule = pytest.mark.parametrize("rule", [pytest.param(rule, id=name) for name, rule in rules().items()])

HEALTHY = {
    **{f"{k} balanced classes": profile_of({f"class {i}": 200 for i in range(k)}) for k in (2, 10, 100, 1000)},
    "ids from 0 to 9": profile_of({str(i): 200 for i in range(10)}),
    "MNIST": profile_of(
        dict(zip("0123456789", (5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949), strict=True))
    ),
    "balanced labels": profile_of_sets(
        [(("a", "b"), 100), (("b", "c"), 100), (("c", "d"), 100), (("d", "a"), 100), ((), 20)]
    ),
}
ILL = {
    "awkward names": profile_of({name: 3 * i for i, name in enumerate(NAMES)}),
    "a long tail": profile_of({f"{i}": max(1, 100_000 // i**2) for i in range(1, 400)}),
    "one class": profile_of({"a": 10}),
    "entangled labels": profile_of_sets([((f"rare{i}", "a|b"), 1) for i in range(60)] + [(("a|b",), 5), ((), 900)]),
    "an id column": profile_of({f"{i}": 1 for i in range(100)}),
    "quantities": profile_of({f"{i / 8}": 1 for i in range(100)}),
}


@each_rule
def test_it_is_documented(rule: Plugin):
    assert re.match(r"[A-Z].*\.\n\n", rule.doc), "the first line is one sentence"
    places = [rule.doc.find(section) for section in SECTIONS]
    assert -1 not in places
    assert places == sorted(places)
    assert rule.verb.__doc__


@each_rule
def test_it_is_named_like_its_file_which_lies_with_its_examination(rule: Plugin):
    folder, file = rule.module.__name__.split(".")[-2:]
    assert rule.name == file.replace("_", "-")
    assert re.fullmatch(r"IMB[1-4]\d\d", rule.card.code)
    assert folder == EXAMINATIONS[rule.card.code[3]]


def test_no_code_is_used_twice():
    codes = [rule.card.code for rule in rules().values()]
    assert len(set(codes)) == len(codes)


@each_rule
def test_it_has_a_test_file(rule: Plugin):
    folder, file = rule.module.__name__.split(".")[-2:]
    assert (Path(__file__).parent / folder / f"test_{file}.py").is_file()


@each_rule
def test_it_names_its_evidence_by_position_and_its_limits_by_keyword(rule: Plugin):
    parameters = inspect.signature(rule.verb).parameters.values()
    assert needed(rule.verb)
    assert set(needed(rule.verb)) <= set(EXAMINATIONS.values())
    for parameter in parameters:
        evidence = parameter.kind is parameter.POSITIONAL_OR_KEYWORD and parameter.default is parameter.empty
        limit = parameter.kind is parameter.KEYWORD_ONLY and parameter.default is not parameter.empty
        assert evidence or limit


def test_only_a_file_that_cannot_be_learnt_from_is_an_error():
    assert [name for name, rule in rules().items() if rule.card.code < "IMB2" and rule.card.severity == "error"] == [
        "single-class"
    ]


@pytest.mark.parametrize("profile", HEALTHY.values(), ids=HEALTHY)
def test_a_healthy_label_file_raises_nothing(profile: LabelProfile):
    assert run({"labels": profile})[0] == ()


@pytest.mark.parametrize("profile", ILL.values(), ids=ILL)
def test_an_ill_one_yields_findings_that_can_be_shown_and_stored(profile: LabelProfile):
    findings, _ = run({"labels": profile})
    assert findings
    for finding in findings:
        assert_well_formed(finding, profile)


def assert_well_formed(finding, profile: LabelProfile) -> None:
    names = [row.name for row in profile.classes]
    assert finding.message
    assert finding.remedy
    assert finding.evidence
    assert json.loads(json.dumps(finding.evidence, allow_nan=False)) == finding.evidence
    assert len(set(finding.classes)) == len(finding.classes)
    assert set(finding.classes) <= set(names)
    assert finding.grade.rank <= finding.rule.severity.rank <= Severity.ERROR.rank


def test_the_same_labels_give_the_same_findings():
    assert run({"labels": ILL["awkward names"]}) == run({"labels": ILL["awkward names"]})


def counts() -> st.SearchStrategy[dict[str, int]]:
    names = st.one_of(st.text(max_size=6), st.sampled_from(NAMES), st.integers(-100, 300).map(str))
    return st.dictionaries(names, st.integers(0, 10**15), min_size=1, max_size=30).filter(lambda d: sum(d.values()))


@settings(max_examples=40, deadline=None)
@given(counts(), st.booleans())
def test_no_rule_ever_raises_on_one_label_per_sample(counts: dict[str, int], counts_only: bool):
    profile = profile_of(counts, counts_only=counts_only)
    for finding in run({"labels": profile})[0]:
        assert_well_formed(finding, profile)


def label_sets() -> st.SearchStrategy[list[tuple[frozenset[str], int]]]:
    labels = st.frozensets(st.sampled_from(NAMES), max_size=5)
    return st.lists(st.tuples(labels, st.integers(1, 10**9)), min_size=1, max_size=12).filter(
        lambda rows: any(names for names, _ in rows)
    )


@settings(max_examples=40, deadline=None)
@given(label_sets())
def test_no_rule_ever_raises_on_several_labels_per_sample(rows: list[tuple[frozenset[str], int]]):
    profile = profile_of_sets(rows)
    for finding in run({"labels": profile})[0]:
        assert_well_formed(finding, profile)


@each_rule
def test_it_yields_one_by_one(rule: Plugin):
    if needed(rule.verb) == ("labels",):
        assert isinstance(rule.verb(HEALTHY["MNIST"]), Iterator)
