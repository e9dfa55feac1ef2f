"""The verdict on predictions in one line, and how the dump was read."""

from dataclasses import replace
from typing import get_args

import pytest

from imbalance_doctor.model import PredictionProfile, Report, Verdict
from imbalance_doctor.plugins import Severity
from imbalance_doctor.reports import _prediction_words as words
from tests.reports import prediction_samples as samples


def profile(report: Report, **changes: object) -> PredictionProfile:
    assert report.predictions is not None
    return replace(report.predictions, **changes)  # type: ignore[arg-type]


def verdict(p: PredictionProfile) -> str:
    return words.verdict(samples.report(p), p)


@pytest.mark.parametrize("name", get_args(Verdict))
def test_every_verdict_has_a_title_and_a_reason_whatever_is_known(name: str) -> None:
    for report in (samples.all_zero(), samples.healthy(), samples.labels_only(), samples.binary_logits()):
        title, reason = verdict(profile(report, verdict=name)).split(" — ", 1)
        assert title == words.TITLES[name]
        assert reason
        assert "None" not in reason


def test_all_zero_counts_the_rows_that_reach_the_cut_and_the_positives_they_miss() -> None:
    text = verdict(profile(samples.all_zero(), all_zero_rows=54_988))
    assert (
        text == "collapsed: all zero — 12 of 55,000 rows have a score at 0.5 or above; the truth has 37,393 positives"
    )
    assert verdict(profile(samples.binary_logits())).endswith("0 of 200 rows have a score at 0 or above")


def test_all_one_says_whether_there_is_one_score_or_several() -> None:
    several = profile(samples.all_zero(), verdict="all_one", all_one_rows=54_000, truth=None)
    assert verdict(several) == "collapsed: all one — 54,000 of 55,000 rows have every score at 0.5 or above"
    one = profile(samples.binary_logits(), verdict="all_one", all_one_rows=200)
    assert verdict(one) == "collapsed: all one — 200 of 200 rows have a score at 0 or above"


def test_a_single_class_is_held_against_the_truth_else_its_prior() -> None:
    assert verdict(profile(samples.labels_only())) == (
        'collapsed: one class — "calm" is predicted for 9,951 of 10,000 rows (99.51 %); its prior is 28.00 %'
    )
    assert verdict(profile(samples.labels_only(), priors=None)).endswith("rows (99.51 %)")
    with_truth = verdict(profile(samples.healthy(), verdict="single_class"))
    assert with_truth.endswith('"cat" is predicted for 511 of 1,000 rows (51.10 %); its share of the truth is 50.00 %')


def test_a_constant_counts_its_different_rows_or_names_the_largest_deviation() -> None:
    same = profile(samples.all_zero(), verdict="constant", distinct_rows=1)
    assert verdict(same) == "collapsed: constant output — 1 different row of scores among 55,000"
    close = profile(samples.all_zero(), verdict="constant", distinct_rows=None)
    # the largest deviation is that of topic-00, 0.3 x 0.2184
    assert verdict(close).endswith("over 55,000 rows no class's scores have a std above 0.06552")


def test_a_partial_collapse_tells_the_missing_from_the_absent() -> None:
    p = profile(samples.healthy(), verdict="partial", never_predicted=("fox", "unicorn"))
    assert verdict(p) == (
        "partly collapsed — 2 of 3 classes are never predicted; 1 of them occur in the truth, 200 times"
    )


def test_a_threshold_problem_puts_the_ranking_beside_f1() -> None:
    p = profile(samples.all_zero(), verdict="threshold")
    # AUROCs of topics 5 and 11 are in the middle: (0.5402 + 0.5310) / 2
    assert verdict(p).endswith("the ranking is intact, AUROC 0.5356 (median), yet macro F1 at the cut 0.5 is 0")


def test_miswired_names_the_errors_and_leaves_out_the_rest() -> None:
    p = profile(samples.healthy(), verdict="miswired")
    wrong = samples.finding("IMB215", "label-mapping", "x")
    note = samples.finding("IMB212", "bad-scores", "x", Severity.INFO)
    assert words.verdict(samples.report(p, note, wrong), p) == "miswired — IMB215 label-mapping"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"nan_rows": 300, "n_samples": 700}, "of 1,000 rows 300 hold NaN or infinity"),
        (
            {"nan_rows": 300, "n_samples": 700, "tied_rows": 500},
            "of 1,000 rows 300 hold NaN or infinity and 500 are tied at the largest score",
        ),
        ({"n_rows": 2, "n_samples": 2}, "only 2 usable rows"),
        ({"classes": samples.labels_only().predictions.classes[:1]}, "one class is predicted, and nothing says that"),
        ({}, "too few rows of the truth belong to another class"),
    ],
)
def test_cannot_judge_says_what_is_in_the_way(changes: dict[str, object], reason: str) -> None:
    assert verdict(profile(samples.healthy(), verdict="cannot_judge", **changes)).startswith(f"cannot judge — {reason}")


def test_the_subject_has_a_cut_only_where_one_is_made() -> None:
    assert words.subject(profile(samples.binary_logits())) == "200 rows · 2 classes · binary logits cut at 0 · no truth"
    assert words.subject(profile(samples.healthy())).endswith("softmax probabilities · truth for 1,000")
    assert words.subject(profile(samples.labels_only())).endswith("predicted labels · no truth")


def test_the_reading_accounts_for_every_row_and_says_where_truth_and_priors_come_from() -> None:
    report = samples.all_zero()
    facts = dict(words.reading(report, profile(report)))
    assert facts["rows"] == "55,010 = 55,000 judged + 10 with NaN or infinity"
    assert facts["truth"] == "55,000 rows, joined by position"
    assert facts["prior"] == "of the truth"
    tied = dict(words.reading(report, profile(report, tied_rows=7)))
    assert tied["rows"].endswith("infinity; 7 tied at the largest score, in no class")
    bare = samples.labelled(("a", "b"), (3, 4))
    assert dict(words.reading(bare, profile(bare)))["truth"] == words.NO_TRUTH
    assert "prior" not in dict(words.reading(bare, profile(bare)))
    lost = dict(words.reading(bare, profile(bare, n_rows=9, nan_rows=2)))
    assert lost["rows"] == "9 = 7 judged + 2 without a prediction"


def test_many_score_columns_are_named_by_the_first_three() -> None:
    report = samples.named(["a", "b", "c", "d", "e"])
    facts = words.reading(report, profile(report))
    assert facts[0] == ("as", 'one column of scores for each class, "a", "b", "c" … (5): e')
