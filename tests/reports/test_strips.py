"""The picture of where the scores lie."""

from dataclasses import replace

import pytest

from imbalance_doctor.model import PredictionProfile, Report
from imbalance_doctor.reports._page import Page
from imbalance_doctor.reports._section import Picture
from imbalance_doctor.reports._strips import Axis, section
from tests.reports import prediction_samples as samples


def profile(report: Report, **changes: object) -> PredictionProfile:
    assert report.predictions is not None
    return replace(report.predictions, **changes)  # type: ignore[arg-type]


def lines(p: PredictionProfile, width: int = 80, ascii_only: bool = False) -> list[str]:
    made = section(p, Page(width, ascii_only), False)
    assert made is not None
    picture = made.parts[0]
    assert isinstance(picture, Picture)
    return ["".join(text for text, _ in line) for line in picture.lines]


def test_a_strip_runs_from_the_smallest_to_the_largest_score() -> None:
    strip, ruler = lines(profile(samples.binary_logits()))
    assert strip == "  yes  " + "─" * 19 + "▒" * 5 + "█" + "▒" * 7 + "─" * 27 + "    │"
    # 64 columns for 6.25: 20 % below -4.4, 1.85 or 18.6 columns from the left; the median -3.9 is 23.7 columns from it
    assert ruler == "       -6.25" + " " * 58 + "0"


def test_probabilities_stand_on_the_scale_of_their_logit_with_the_cut_in_the_middle() -> None:
    axis = Axis(0.001, 0.999, True, 65)
    assert [axis.place(p) for p in (0.0, 0.001, 0.5, 0.999, 1.0)] == [0, 0, 32, 64, 64]
    # logit(0.1) = -2.197 of 6.907 to either side: 32 - 10.2
    assert [axis.place(p) for p in (0.1, 0.9)] == [22, 42]


def test_an_all_zero_collapse_shows_every_score_left_of_the_cut() -> None:
    *strips, ruler = lines(profile(samples.all_zero()))
    cut = strips[0].index("│")
    assert all(strip.index("│") == cut and len(strip) == cut + 1 for strip in strips)
    assert ruler.split() == ["0.001", "0.01", "0.1", "0.5", "0.9", "0.99", "0.999"]
    assert ruler.index("0.5") + 1 == cut


def test_competing_scores_have_no_cut() -> None:
    assert "│" not in "".join(lines(profile(samples.healthy())))


def test_predicted_labels_and_scores_that_are_all_the_same_have_no_picture() -> None:
    assert section(profile(samples.labels_only()), Page(80), False) is None
    assert section(profile(samples.binary_logits(0.25), score_range=(0.25, 0.25)), Page(80), False) is None


def test_scores_outside_0_and_1_are_drawn_as_they_are() -> None:
    p = profile(samples.all_zero(), outside_share=0.2, score_range=(-3.0, 4.0))
    assert lines(p)[-1].split() == ["-3", "0.5", "4"]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_without_unicode_the_strips_keep_their_shape(width: int) -> None:
    p = profile(samples.all_zero())
    plain = "\n".join(lines(p, width, ascii_only=True))
    assert plain.isascii()
    assert plain == "\n".join(lines(p, width)).translate(str.maketrans("─▒█│", "-=#|"))


def test_of_many_classes_the_first_twelve_are_drawn_and_the_rest_on_request() -> None:
    p = profile(samples.named([f"c{i}" for i in range(50)]))
    assert len(lines(p)) == 13
    made, every = section(p, Page(80), False), section(p, Page(80), True)
    assert made is not None
    assert every is not None
    assert made.parts[1].text == "the first 12 classes of the table above; --all draws every one"
    assert len(every.parts) == 1
    assert len(every.parts[0].lines) == 51
