from collections import Counter

from imbalance_doctor.labels.profile import build
from imbalance_doctor.labels.tally import LabelTally
from imbalance_doctor.model import Layout
from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.counts_without_samples import check
from tests.build import profile_of
from tests.rules.labels.counted import multilabel


def test_counts_alone_are_read_as_one_label_per_sample():
    tally = LabelTally(Counter(a=12_597, b=101), n_rows=2, n_samples=12_698)
    (finding,) = check(build(tally, Layout("counts"), counts_only=True))
    assert finding.grade is Severity.INFO
    assert finding.message == (
        "the counts sum to 12,698 and are read as 12,698 samples with one label each; if samples carry several, every "
        "prevalence is higher than given"
    )
    assert finding.remedy == "if samples carry several labels: --n-samples N"


def test_a_number_of_samples_settles_it():
    assert not list(check(multilabel({"a": 12_597, "b": 101}, 55_000)))


def test_rows_settle_it():
    assert not list(check(profile_of({"a": 12_597, "b": 101})))
