"""What is said about the rows of a dump."""

from dataclasses import replace

from imbalance_doctor.model import PredictionProfile, Report
from imbalance_doctor.reports._row_facts import section
from tests.reports import prediction_samples as samples


def profile(report: Report, **changes: object) -> PredictionProfile:
    assert report.predictions is not None
    return replace(report.predictions, **changes)  # type: ignore[arg-type]


def facts(p: PredictionProfile) -> dict[str, str]:
    return dict(section(p).parts[0].facts)


def test_counts_of_rows_have_their_share() -> None:
    found = facts(profile(samples.all_zero()))
    assert found["all zero"] == "55,000 (100 %)"
    assert found["NaN or infinity"] == "10 (0.01818 %)"
    assert found["never predicted"] == "12 (100 %)"
    assert found["row sum, mean"] == "0.7090"


def test_ties_and_sums_are_a_matter_of_competing_scores_and_cuts_of_the_others() -> None:
    softmax, sigmoid = facts(profile(samples.healthy())), facts(profile(samples.all_zero()))
    assert {"tied", "sum is not 1"} <= set(softmax)
    assert not {"all zero", "all one", "exactly on cut", "positives a row"} & set(softmax)
    assert {"all zero", "all one", "exactly on cut"} <= set(sigmoid)
    assert not {"tied", "sum is not 1"} & set(sigmoid)


def test_scores_that_lie_exactly_on_the_cut_are_counted() -> None:
    p = profile(samples.all_zero())
    first = replace(p.classes[0], predicted=40, predicted_above=15)
    assert facts(replace(p, classes=(first, *p.classes[1:])))["exactly on cut"] == "25"
    # of a single score, class 0 loses the rows on the cut that class 1 gains
    p = profile(samples.binary_logits())
    no, yes = replace(p.classes[0], predicted=190, predicted_above=197), replace(p.classes[1], predicted=10)
    assert facts(replace(p, classes=(no, replace(yes, predicted_above=3))))["exactly on cut"] == "7"


def test_classes_that_are_always_predicted_are_named_only_where_there_are_any() -> None:
    assert "always predicted" not in facts(profile(samples.all_zero()))
    assert facts(profile(samples.all_zero(), always_predicted=("topic-00",)))["always predicted"] == "1 (8.333 %)"


def test_logits_have_no_row_sums_and_no_outside_and_labels_no_scores() -> None:
    assert not {"row sum, min", "outside [0, 1]"} & set(facts(profile(samples.binary_logits())))
    assert set(facts(profile(samples.labels_only()))) == {"never predicted", "different rows"}
    assert facts(profile(samples.labels_only(), nan_rows=3, n_rows=10_003))["no prediction"] == "3 (0.02999 %)"
