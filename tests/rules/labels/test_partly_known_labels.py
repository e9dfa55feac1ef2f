from collections import Counter

from imbalance_doctor.labels.profile import build
from imbalance_doctor.labels.tally import LabelTally
from imbalance_doctor.model import Layout
from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.partly_known_labels import check


def indicator(unknown: dict[str, int]):
    """Two indicator columns over 100 samples, 20 positives each, with so many blanks."""
    tally = LabelTally(Counter(a=20, b=20), Counter(unknown), n_rows=100, n_samples=100, n_unlabelled=60)
    return build(tally, Layout("indicator"), classes=("a", "b"))


def test_blanks_are_worth_knowing():
    (finding,) = check(indicator({"b": 50}))
    assert finding.grade is Severity.INFO
    assert finding.classes == ("b",)
    assert finding.evidence == {"labels_with_blanks": 1, "labels": 2, "worst": "b", "worst_share": 0.5}


def test_mostly_blank_is_a_warning():
    (finding,) = check(indicator({"a": 10, "b": 51}))
    assert finding.grade is Severity.WARNING
    assert '2 of 2 labels have blanks, the most "b" with 51 % of its samples unknown' in finding.message


def test_no_blanks_are_silent():
    assert not list(check(indicator({})))
