"""The table of corrections, and what is printed to be pasted."""

from dataclasses import replace

import numpy as np
import pytest

from imbalance_doctor.model import PredictionProfile, Remedy, Report
from imbalance_doctor.reports._grid import Grid
from imbalance_doctor.reports._rescue import NO_GAIN, UNTRIED, paste, section
from imbalance_doctor.reports._section import Code, Section
from tests.reports import prediction_samples as samples


def profile(report: Report, **changes: object) -> PredictionProfile:
    assert report.predictions is not None
    return replace(report.predictions, **changes)  # type: ignore[arg-type]


def made(p: PredictionProfile) -> Section:
    found = section(p)
    assert found is not None
    return found


def table(p: PredictionProfile) -> Grid:
    grid = made(p).parts[0]
    assert isinstance(grid, Grid)
    return grid


def code(p: PredictionProfile) -> list[str]:
    return [part.text for part in made(p).parts if isinstance(part, Code)]


def run(text: str, scores: np.ndarray) -> np.ndarray:
    """What a user gets who pastes the lines."""
    names = {"scores": scores}
    exec(text, names)  # noqa: S102
    return names["predicted"]


def test_each_remedy_shows_its_score_the_score_as_is_the_gain_and_its_interval() -> None:
    grid = table(profile(samples.all_zero()))
    assert [column.header for column in grid.columns][1:5] == ["macro-f1", "as is", "gain", "95 % interval"]
    assert grid.rows[0] == ("prior-matching", "0.1192", "0", "+0.1192", "+0.1124 to +0.1260", "truth")
    assert grid.rows[3][4] == "-0.0012 to +0.0402"


def test_the_best_is_the_highest_score_whose_gain_is_sure() -> None:
    words = [part for part in made(profile(samples.all_zero())).parts if isinstance(part, str)]
    assert words[0].startswith("Best: prior-matching. --emit-thresholds")
    p = profile(samples.all_zero())
    unsure = replace(p.remedies[0], score=0.5, interval=(-0.1, 0.9))
    words = [part for part in made(replace(p, remedies=(unsure, *p.remedies[1:]))).parts if isinstance(part, str)]
    assert words[0].startswith("Best: per-class-thresholds.")


def test_nothing_is_recommended_when_no_gain_is_sure() -> None:
    parts = made(profile(samples.healthy())).parts
    assert len(parts) == 2
    assert parts[1] == NO_GAIN
    assert code(profile(samples.healthy())) == []


def test_without_truth_no_gain_is_claimed_and_the_first_is_to_be_tried() -> None:
    p = profile(samples.binary_logits())
    assert made(p).remark == UNTRIED
    assert table(p).rows == (("prior-matching", "–", "–", "–", "–", "no truth"),)
    assert any(isinstance(part, str) and part.startswith("To try first: prior-matching.") for part in made(p).parts)
    assert code(p) == ["import numpy as np\n\npredicted = scores >= np.float64(-1.0625)"]


def test_where_nothing_can_be_corrected_the_reason_stands_alone() -> None:
    none = Remedy("none", "macro-f1", 0.1, None, None, None, None, False, "No class is ranked better than chance.")
    assert made(profile(samples.all_zero(), remedies=(none,))).parts == ("No class is ranked better than chance.",)
    assert section(profile(samples.labels_only())) is None


def test_pasted_thresholds_are_reached_by_equality_and_keep_every_digit() -> None:
    cuts = (0.1, 1 / 3, None)
    remedy = Remedy("x", "macro-f1", 0.0, 0.5, (0.4, 0.6), cuts, None, True)
    scores = np.array([[0.1, 1 / 3, 0.5], [0.0999999, 0.33333333, 0.4999999]])
    assert run(paste(profile(samples.all_zero()), remedy), scores).tolist() == [[True] * 3, [False] * 3]


def test_one_threshold_for_all_is_one_number() -> None:
    remedy = Remedy("x", "micro-f1", 0.0, 0.5, (0.4, 0.6), (0.2,) * 12, None, True)
    text = paste(profile(samples.all_zero()), remedy)
    assert "[" not in text
    # 0.2 as float32 is a little more than 0.2, and its neighbour below is less: the cut is not rounded to it
    scores = np.array([0.2, np.nextafter(np.float32(0.2), np.float32(0))], np.float32)
    assert run(text, scores).tolist() == [True, False]
    just_above = replace(remedy, thresholds=(0.2000000029802323,) * 12)  # 1e-16 more than float32(0.2)
    assert run(paste(profile(samples.all_zero()), just_above), scores).tolist() == [False, False]


@pytest.mark.parametrize("kind", ["probabilities", "logits"])
def test_pasted_offsets_are_added_to_logits_or_log_probabilities(kind: str) -> None:
    remedy = Remedy("x", "macro-f1", 0.0, 0.5, (0.4, 0.6), None, (-1.0, 0.25, None), True)
    p = np.array([[0.6, 0.2, 0.2], [0.5, 0.25, 0.25], [0.9, 0.05, 0.05]])
    scores = p if kind == "probabilities" else np.log(p) + 3
    # 0.6 / e = 0.221 < 0.2 e^0.25 = 0.257; 0.5 / e = 0.184 < 0.321; 0.9 / e = 0.331 > 0.064
    assert run(paste(profile(samples.healthy(), score_kind=kind), remedy), scores).tolist() == [1, 1, 0]


def test_the_numbers_of_many_classes_are_left_to_a_file() -> None:
    p = profile(samples.named([f"c{i}" for i in range(21)]))
    assert code(p) == []
    assert any(isinstance(part, str) and "--emit-thresholds" in part for part in made(p).parts)
    assert len(code(profile(samples.named([f"c{i}" for i in range(20)])))) == 1


def test_lines_to_paste_are_short() -> None:
    (text,) = code(profile(samples.named([f"c{i}" for i in range(20)])))
    assert max(map(len, text.splitlines())) <= 60
