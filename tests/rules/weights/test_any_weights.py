"""No rule ever raises, and what it yields can be shown and stored: for any numbers over any counts."""

import json

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.examinations.lint import LintRequest, profile
from imbalance_doctor.model import ClassCounts, GivenWeights, Report
from imbalance_doctor.pasted.roles import FRAMEWORKS, LOSSES
from imbalance_doctor.plugins import reports, rules
from imbalance_doctor.reports import json as json_report
from tests.awkward import NAMES

NUMBERS = st.one_of(
    st.floats(),
    st.sampled_from([0.0, 1.0, 0.25, 1e-320, 5e-324, 1.7e308, -1.0, float("inf"), float("nan"), 65520.0, 1 / 3]),
)
COUNTS = st.lists(st.sampled_from([0, 1, 2, 7, 50, 1000, 10**9, 10**15]), min_size=1, max_size=9)
ROLES = st.sampled_from(["class-weight", "weight-per-label", "pos-weight", "pair", "focal-alpha", "offset", "unknown"])


@st.composite
def cases(draw: st.DrawFn) -> tuple[GivenWeights, ClassCounts, LintRequest]:
    counts = draw(COUNTS)
    names = draw(st.permutations(NAMES))[: len(counts)]
    n_samples = draw(st.sampled_from([None, sum(counts) + 5]))
    n = draw(st.sampled_from([1, len(counts), len(counts), len(counts), len(counts) + 1, max(1, len(counts) - 1)]))
    values = tuple(draw(st.lists(NUMBERS, min_size=n, max_size=n)))
    keyed = draw(st.booleans()) and n <= len(counts)
    role = draw(ROLES)
    weights = GivenWeights(
        values,
        values_negative=tuple(draw(st.lists(NUMBERS, min_size=n, max_size=n))) if role == "pair" else None,
        names=tuple(draw(st.permutations(names))[:n]) if keyed else None,
        text_keys=keyed,
        role=role,
        beta=draw(st.sampled_from([None, 0.9, 2.0])),
        sampler=draw(st.booleans()),
    )
    request = LintRequest(
        loss=draw(st.sampled_from(["", *LOSSES])),
        framework=draw(st.sampled_from(["", *FRAMEWORKS])),
        dtype=draw(st.sampled_from(["", "float16", "float32"])),
    )
    total = ClassCounts(
        tuple(names),
        tuple(counts),
        n_samples or sum(counts),
        _task(counts, n_samples),
        (n_samples or sum(counts),) * len(counts),
    )
    return weights, total, request


def _task(counts: list[int], n_samples: int | None) -> str:
    return "multilabel" if n_samples else "binary" if len(counts) == 2 else "multiclass"


@settings(max_examples=50, deadline=None)
@given(cases())
def test_the_findings_are_well_formed_and_the_report_can_be_written(case: tuple) -> None:
    weights, counts, request = case
    made = profile(weights, counts, request)
    found = []
    for rule in rules("weights").values():
        for finding in rule.verb(made):
            assert finding.message
            assert finding.remedy
            assert json.loads(json.dumps(finding.evidence, allow_nan=False)) == finding.evidence
            assert len(set(finding.classes)) == len(finding.classes)
            assert set(finding.classes) <= set(counts.names)
            assert finding.grade.rank <= rule.card.severity.rank
            found.append(finding)
    report = Report("lint", (), given=made, findings=tuple(found))
    jsonschema.validate(json_report.to_dict(report), json_report.schema())
    for plugin in reports().values():
        assert plugin.verb(report, show_all=True)
