"""The class table of predictions: which class comes first, and which columns there are."""

from dataclasses import replace

from imbalance_doctor.model import PredictionProfile, Report
from imbalance_doctor.reports._grid import Grid
from imbalance_doctor.reports._scores import by_severity, section
from tests.reports import prediction_samples as samples


def profile(report: Report, **changes: object) -> PredictionProfile:
    assert report.predictions is not None
    return replace(report.predictions, **changes)  # type: ignore[arg-type]


def table(p: PredictionProfile, top: int | None = None) -> Grid:
    grid = section(p, top, False).parts[0]
    assert isinstance(grid, Grid)
    return grid


def order(p: PredictionProfile) -> list[str]:
    return [both.score.name for both in by_severity(p)[0]]


def headers(p: PredictionProfile) -> list[str]:
    return [column.header for column in table(p).columns]


def test_with_truth_missed_classes_come_first_the_largest_ahead_then_the_worst_f1() -> None:
    p = profile(samples.healthy())
    assert p.truth is not None
    assert order(p) == ["fox", "dog", "cat"]  # F1 0.858, 0.877, 0.950
    cat, dog, fox = p.classes
    missed = replace(p, classes=(replace(cat, predicted=0), dog, replace(fox, predicted=0)))
    assert order(missed) == ["cat", "fox", "dog"]  # 500 rows missed, 200 rows missed, 300 rows with an F1
    rows = [replace(row, support=0, f1=None) if row.name == "fox" else row for row in p.truth.classes]
    absent = replace(p, classes=(cat, dog, replace(fox, predicted=0)), truth=replace(p.truth, classes=tuple(rows)))
    assert order(absent) == ["dog", "cat", "fox"]  # fox neither occurs nor is predicted


def test_with_priors_the_missing_come_first_then_the_largest_factor() -> None:
    p = profile(samples.labels_only())
    # never: 12 % and 9 %; then 0.12 % for 31 % (258 times), 0.37 % for 20 % (54 times), 99.5 % for 28 % (3.6 times)
    assert order(p) == ["bored", "tired", "angry", "sad", "calm"]


def test_with_neither_the_most_predicted_come_first() -> None:
    assert order(profile(samples.labels_only(), priors=None)) == ["calm", "sad", "angry", "bored", "tired"]


def test_a_class_of_prior_0_that_is_not_predicted_is_the_last() -> None:
    p = profile(samples.labels_only(), priors=(0.4, 0.0, 0.3, 0.2, 0.1))
    assert order(p)[-1] == "bored"


def test_columns_follow_what_is_known() -> None:
    assert headers(profile(samples.labels_only(), priors=None)) == ["#", "class", "predicted", "share"]
    assert headers(profile(samples.labels_only())) == ["#", "class", "predicted", "share", "prior"]
    without = headers(profile(samples.binary_logits()))
    assert without[5:] == ["adjusted", "mean", "std", "smallest", "largest"]
    against = headers(profile(samples.healthy()))
    assert against[:8] == ["#", "class", "support", "predicted", "recall", "precision", "F1", "AUROC"]
    assert against[8:] == ["z", "AP", "mean/p", "mean if true", "mean"]


def test_a_row_holds_the_numbers_of_its_class() -> None:
    row = table(profile(samples.healthy())).rows[0]
    # fox: 160 of 200 found, 160 of 173 right, F1 = 320 / 373; z = 0.47 / sqrt(1001 / (12 * 200 * 800)) = 20.58
    assert row[:9] == ("2", "fox", "200", "173", "0.8000", "0.9249", "0.8579", "0.9700", "20.6")


def test_a_long_table_leaves_out_classes_and_says_so() -> None:
    p = profile(samples.named([f"c{i}" for i in range(50)]))
    rows = table(p, 20).rows
    assert len([row for row in rows if not isinstance(row, str)]) == 20
    assert [row for row in rows if isinstance(row, str)] == ["… 15 classes not shown (--all)"] * 2
    assert len(section(p, 20, True).parts[0].rows) == 50
