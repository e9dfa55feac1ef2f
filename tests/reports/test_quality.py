"""Measures against the truth, each beside that of a model that learnt nothing, and the strongest confusions."""

from dataclasses import replace

from imbalance_doctor.model import PredictionProfile, Report
from imbalance_doctor.reports._quality import confusions, section
from imbalance_doctor.reports._section import Remark
from tests.reports import prediction_samples as samples


def profile(report: Report, **changes: object) -> PredictionProfile:
    assert report.predictions is not None
    return replace(report.predictions, **changes)  # type: ignore[arg-type]


def with_truth(p: PredictionProfile, **changes: object) -> PredictionProfile:
    assert p.truth is not None
    return replace(p, truth=replace(p.truth, **changes))  # type: ignore[arg-type]


def measures(p: PredictionProfile) -> dict[str, tuple[str, str]]:
    made = section(p)
    assert made is not None
    return {name: (value, beside) for name, value, beside in made.parts[0].rows}


def remarks(p: PredictionProfile) -> list[str]:
    made = section(p)
    assert made is not None
    return [part.text for part in made.parts if isinstance(part, Remark)]


def test_accuracy_stands_beside_the_share_of_the_majority() -> None:
    found = measures(profile(samples.healthy()))
    assert found["accuracy"] == ("0.9100", "0.5000, the majority class")
    assert found["balanced accuracy"] == ("0.8867", "0.3333, any constant answer")  # (0.96 + 0.9 + 0.8) / 3
    assert found["log loss"] == ("0.2614", "1.030, the priors put out")  # -(.5 ln .5 + .3 ln .3 + .2 ln .2)
    assert "subset accuracy" not in found


def test_for_labels_of_their_own_the_accuracy_of_cells_stands_beside_that_of_all_zero() -> None:
    found = measures(profile(samples.all_zero()))
    # 1 - 37,393 / (12 x 55,000)
    assert found["cell accuracy"] == ("0.9433", "0.9433, all zero")
    assert found["balanced accuracy"] == ("0.5000", "0.5000, any constant answer")
    assert found["subset accuracy"] == ("0.3835", "")


def test_a_single_score_has_the_majority_of_its_two_classes() -> None:
    p = profile(samples.healthy(), task="binary")
    only = with_truth(p, classes=(replace(p.truth.classes[1], prevalence=0.02),))
    assert measures(only)["accuracy"][1] == "0.9800, the majority class"


def test_the_classes_that_rank_above_chance_are_counted() -> None:
    assert measures(profile(samples.all_zero()))["AUROC, median"] == (
        "0.5356",
        "0.5; 8 of 12 above it, z ≥ 2",
    )


def test_an_approximate_ranking_says_how_far_it_may_be_off() -> None:
    (text,) = remarks(profile(samples.all_zero()))
    assert "off by at most 0.0003100" in text
    assert remarks(profile(samples.healthy())) == []


def test_a_better_order_of_the_columns_is_told_with_its_accuracy() -> None:
    p = with_truth(profile(samples.healthy()), best_permutation=(1, 2, 0), permuted_accuracy=0.97)
    assert remarks(p) == ["with the columns in the order 1, 2, 0 the accuracy is 0.9700"]


def test_the_strongest_confusions_come_first_with_their_part_of_the_true_class() -> None:
    made = confusions(profile(samples.healthy()))
    assert made is not None
    assert made.remark == "6 pairs of classes confused"
    assert made.parts[0].rows[:2] == (("fox", "dog", "31", "15.50 %"), ("dog", "cat", "22", "7.333 %"))
    assert len(made.parts[0].rows) == 5


def test_there_is_nothing_to_say_without_truth_or_without_errors() -> None:
    assert section(profile(samples.labels_only())) is None
    assert confusions(profile(samples.labels_only())) is None
    assert confusions(profile(samples.all_zero())) is None
    assert confusions(with_truth(profile(samples.healthy()), confusion=((0, 0, 5), (1, 1, 5)))) is None
