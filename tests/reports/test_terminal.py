"""The terminal report: what it says, how wide it is, and what it looks like."""

import os
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from imbalance_doctor.model import Report
from imbalance_doctor.reports.terminal import render
from tests.awkward import NAMES
from tests.build import profile_of, profile_of_sets
from tests.reports import diagnosis_samples, history_samples, prediction_samples, samples
from tests.v2ex import COUNTS

GOLDEN = Path(__file__).parent / "golden"
UPDATE = bool(os.environ.get("IMBALANCE_DOCTOR_UPDATE"))


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize(
    ("name", "report"),
    [
        pytest.param("two-classes", samples.two_classes(), id="2 classes"),
        pytest.param("long-tail", samples.long_tail(COUNTS), id="120 classes"),
        pytest.param("all-zero", prediction_samples.all_zero(), id="an all-zero collapse"),
        pytest.param("healthy-softmax", prediction_samples.healthy(), id="a healthy softmax"),
        pytest.param("predicted-labels", prediction_samples.labels_only(), id="predicted labels"),
        pytest.param("frozen-log", history_samples.frozen(), id="a frozen log"),
        pytest.param("healthy-log", history_samples.healthy(), id="a healthy log"),
        pytest.param("diagnosis", diagnosis_samples.all_three(), id="a diagnosis of all three"),
    ],
)
def test_the_report_looks_like_the_golden_one(name: str, report: Report, width: int) -> None:
    path = GOLDEN / f"{name}-{width}.txt"
    text = render(report, width=width)
    if UPDATE:
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize(
    "report",
    [
        pytest.param(samples.two_classes(), id="2 classes"),
        pytest.param(samples.long_tail(COUNTS), id="120 classes"),
        pytest.param(samples.named(NAMES), id="awkward names"),
        pytest.param(samples.named(["日本語" * 40, "e\u0301" * 90, "ไทย" * 50, "😀" * 70]), id="wide names"),
        pytest.param(samples.weighted(["日本語" * 40, "b"]), id="weights"),
        pytest.param(prediction_samples.all_zero(), id="an all-zero collapse"),
        pytest.param(prediction_samples.healthy(), id="a healthy softmax"),
        pytest.param(prediction_samples.labels_only(), id="predicted labels"),
        pytest.param(prediction_samples.binary_logits(), id="binary logits"),
        pytest.param(prediction_samples.named(NAMES), id="awkward names of scores"),
        pytest.param(prediction_samples.named(["日本語" * 40, "e\u0301" * 90, "😀" * 70]), id="wide names of scores"),
        pytest.param(history_samples.frozen(), id="a frozen log"),
        pytest.param(history_samples.noisy_and_broken(), id="two broken runs"),
        pytest.param(history_samples.named(NAMES), id="awkward names of metrics"),
        pytest.param(history_samples.named(["日本語" * 40, "e\u0301" * 90, "😀" * 70]), id="wide names of metrics"),
        pytest.param(diagnosis_samples.all_three(), id="a diagnosis of all three"),
        pytest.param(diagnosis_samples.named([*NAMES, "日本語" * 40]), id="awkward names of causes"),
        pytest.param(samples.report(profile_of({"a": 19_000_000, "b": 1})), id="a real profile, binary"),
        pytest.param(
            samples.report(profile_of_sets([(("日" * 70, "b"), 50), (("日" * 70,), 90), (("c",), 7), ((), 3)])),
            id="a real profile, multi-label",
        ),
    ],
)
def test_no_line_is_wider_than_asked_nor_ends_in_spaces(report: Report, width: int, ascii_only: bool) -> None:
    lines = render(report, width=width, ascii_only=ascii_only, show_all=True).split("\n")
    assert max(map(cell_len, lines)) <= width
    assert [line for line in lines if line != line.rstrip()] == []


def test_the_verdict_is_the_first_line() -> None:
    first = render(samples.long_tail(COUNTS)).split("\n", 1)[0]
    assert first == "120 classes · 55,000 samples · multi-label · ratio 124.7 : 1"
    empty = samples.report(samples.profile(("a", "b", "c"), (3, 1, 0)))
    assert render(empty).startswith("3 classes (1 empty) · 4 samples · multi-class\n")


def test_every_row_of_the_input_is_accounted_for() -> None:
    assert "55,012 = 55,000 counted + 10 missing + 0 ignored + 2 rejected" in render(samples.long_tail(COUNTS))


def test_findings_come_before_the_prescription_and_the_severest_first() -> None:
    text = render(samples.two_classes())
    places = [text.index(word) for word in ("warning  IMB111", "info     IMB131", "Prescription", "Classes", "Floors")]
    assert places == sorted(places)


def test_a_balanced_set_is_told_that_nothing_is_needed() -> None:
    balanced = samples.report(samples.profile([str(i) for i in range(10)], [100] * 10))
    assert "\nBalanced: no action needed.\n" in render(balanced)
    assert "Findings" not in render(balanced)


def test_a_set_without_findings_is_not_called_balanced_when_it_is_not() -> None:
    ignored = render(samples.report(samples.profile(("a", "b"), (990, 10))))
    assert "Balanced" not in ignored
    assert "\nNo findings.\n" in ignored


def test_skipped_rules_take_one_line_and_are_not_called_passed() -> None:
    assert render(samples.two_classes()).endswith("\n2 rules skipped, not passed: no history or predictions.\n")


def test_the_floors_are_put_into_a_sentence() -> None:
    text = " ".join(render(samples.report(profile_of_sets([("ab", 10), ("a", 20), ("", 70)]))).split())
    # p = 0.3 and 0.1: (H(0.3) + H(0.1)) / 2 = (0.610864 + 0.325083) / 2; 1 - (0.3 + 0.1) / 2 = 0.8
    assert "A loss of 0.4680 (mean BCE) with element accuracy 80.00 % means the model learnt only the biases." in text


def test_classes_are_drawn_by_frequency_and_keep_their_index() -> None:
    text = render(samples.report(samples.profile(("rare", "common", "middle"), (1, 100, 10))))
    assert re.findall(r"^ +(\d)  (\w+) ", text, re.MULTILINE)[:3] == [("1", "common"), ("2", "middle"), ("0", "rare")]


def test_a_class_without_samples_has_no_boundary_and_no_infinity() -> None:
    text = render(samples.report(samples.profile(("a", "b", "never"), (30, 10, 0))))
    line = next(line for line in text.splitlines() if "never" in line)
    assert line.split() == ["2", "never", "0", "0", "%", "–", "–", "–", "empty"]
    assert "inf" not in text.replace("infinite", "")
    assert "nan" not in text


def test_ten_thousand_classes_stay_short_and_fast() -> None:
    names = [f"word-{i}" for i in range(10_000)]
    report = samples.report(samples.profile(names, [1_000_000 // (i + 1) for i in range(10_000)]))
    start = time.perf_counter()
    text = render(report)
    assert time.perf_counter() - start < 1
    assert text.count("\n") < 120
    assert "… 4,990 classes not shown (--all)" in text
    assert "word-0 " in text
    assert "word-9999 " in text


def test_every_class_is_drawn_on_request() -> None:
    report = samples.long_tail(COUNTS)
    every = render(report, show_all=True)
    assert len(set(re.findall(r" topic-\d{3} ", every))) == 120
    assert "not shown" not in every
    assert every == render(report, top=None) == render(report, top=120)


def test_markup_in_names_is_drawn_verbatim() -> None:
    text = render(samples.named(NAMES), show_all=True, width=120)
    for name in ("src/[id].tsx", "[/x]", "[red]markup[/red]", "back\\slash", "{x} %s ${y} {{z}}"):
        assert f" {name} " in text


def test_control_and_direction_characters_are_drawn_as_escapes() -> None:
    text = render(samples.named(NAMES), show_all=True, width=120)
    for escaped in (r"\x1b[31mescape", r"\u202eright to left", r"zero\u200bwidth", r"new\nline", r"del\x7f"):
        assert f" {escaped} " in text


def test_colour_adds_escape_sequences_and_nothing_else() -> None:
    report = samples.two_classes()
    coloured = render(report, colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render(report, colour=False)
    assert "\x1b" not in render(report, colour=False)


def test_the_environment_does_not_change_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    report = samples.two_classes()
    plain, coloured = render(report), render(report, colour=True)
    for name, value in {"FORCE_COLOR": "1", "COLUMNS": "33", "TERM": "dumb", "NO_COLOR": "1"}.items():
        monkeypatch.setenv(name, value)
    assert (render(report), render(report, colour=True)) == (plain, coloured)


def test_without_unicode_the_signs_are_spelt_out() -> None:
    text = render(samples.long_tail(COUNTS), ascii_only=True)
    assert text.isascii()
    assert text.startswith("120 classes - 55,000 samples")
    assert "#####" in text


def test_weights_are_drawn_with_the_boundary_they_imply() -> None:
    text = render(samples.weighted(("a", "b")))
    assert "Weights: balanced" in text
    assert re.search(r"# +class +count +weight +boundary after\n +0 +a +3 +0\.6667 +0\.7500\n +1 +b +1 +2\.000", text)


def test_rules_without_training_labels_are_not_told_that_there_are_no_labels() -> None:
    assert render(prediction_samples.all_zero()).endswith("\n1 rule skipped, not passed: no training labels.\n")


def test_predictions_come_in_the_order_of_reading() -> None:
    text = render(prediction_samples.all_zero())
    words = [
        "collapsed",
        "  read ",
        "  truth ",
        "  error ",
        "Rescue",
        "thresholds =",
        "Classes",
        "Measures",
        "Rows and",
    ]
    places = [text.index(word) for word in words]
    assert places == sorted(places)


def test_training_labels_beside_predictions_take_one_line() -> None:
    report = prediction_samples.labels_only()
    text = render(replace(report, labels=samples.profile(("angry", "bored", "calm"), (90, 9, 1))))
    assert "\n  train  3 classes · 100 samples · multi-class · ratio 90 : 1\n" in text
    assert text.count("\nClasses") == 1
    assert "Floors" not in text


def test_a_healthy_dump_without_findings_is_told_that_nothing_is_needed() -> None:
    assert "\nHealthy: no action needed.\n" in render(prediction_samples.healthy())
    silent = replace(prediction_samples.all_zero(), findings=())
    assert "\nNo findings.\n" in render(silent)


def test_ten_thousand_classes_of_scores_stay_short_and_fast() -> None:
    report = prediction_samples.named([f"word-{i}" for i in range(10_000)])
    report = replace(report, findings=())
    start = time.perf_counter()
    text = render(report)
    assert time.perf_counter() - start < 1
    assert text.count("\n") < 120
    assert "… 4,990 classes not shown (--all)" in text
