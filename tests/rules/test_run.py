"""The runner: which rules run, in which order, and which could not."""

import pytest

from imbalance_doctor.errors import UsageError
from imbalance_doctor.model import Skipped
from imbalance_doctor.plugins import rules
from imbalance_doctor.rules._run import needed, run
from tests.build import profile_of

LABELS = profile_of({"a": 990, "b": 10, "b ": 3, "c": 0})


def test_findings_come_in_the_order_of_their_codes():
    findings, skipped = run({"labels": LABELS})
    codes = [f.rule.code for f in findings]
    assert codes == sorted(codes)
    assert {"empty-class", "imbalanced-shape", "near-duplicate-names"} <= {f.rule.name for f in findings}
    assert all("labels" not in skip.needs for skip in skipped)


def test_a_rule_without_its_evidence_is_skipped_which_is_not_passed():
    findings, skipped = run({})
    assert findings == ()
    assert Skipped("IMB101", "single-class", ("labels",)) in skipped
    assert [skip.name for skip in skipped] == list(rules())


def test_none_is_absent_evidence():
    assert run({"labels": None}) == run({})


def test_evidence_that_no_rule_asks_for_does_no_harm():
    assert run({"labels": LABELS, "weather": object()}) == run({"labels": LABELS})


@pytest.mark.parametrize("name", ["empty-class", "IMB102", "imb102"])
def test_an_ignored_rule_neither_finds_nor_is_skipped(name):
    findings, _ = run({"labels": LABELS}, ignore=[name])
    assert "empty-class" not in {f.rule.name for f in findings}
    assert len(findings) == len(run({"labels": LABELS})[0]) - 1
    assert "empty-class" not in {skip.name for skip in run({}, ignore=[name])[1]}


def test_ignoring_a_rule_that_is_not_there_asks_what_was_meant():
    with pytest.raises(UsageError) as caught:
        run({"labels": LABELS}, ignore=["emptyclass"])
    assert "empty-class" in caught.value.hint


def test_what_a_rule_needs_is_what_it_takes_by_position():
    def check(labels, predictions, *, limit=0.5):
        """A rule on two profiles."""

    assert needed(check) == ("labels", "predictions")
