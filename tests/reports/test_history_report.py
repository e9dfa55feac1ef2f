"""A training log in the drawn reports: the table of metrics, the fingerprints."""

import math
import re
import time
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from imbalance_doctor.model import Fingerprint, Point
from imbalance_doctor.reports import markdown, terminal
from imbalance_doctor.reports._fingerprints import pair
from imbalance_doctor.reports._metric_table import best
from tests.reports import history_samples, samples
from tests.reports.history_samples import profile, report, series


def flat(text: str) -> str:
    """The words of a text, wherever its lines end."""
    return " ".join(text.split())


def test_the_order_is_verdict_reading_metrics_fingerprints_constants_findings() -> None:
    text = terminal.render(history_samples.frozen())
    words = ["frozen —", "  read ", "  as ", "Metrics", "Fingerprints", "12,500 errors", "tried", "Findings", "IMB301"]
    places = [text.index(word) for word in words]
    assert places == sorted(places)


def test_names_that_are_not_in_the_table_are_accounted_for() -> None:
    text = flat(terminal.render(history_samples.healthy()))
    assert "note line 31 is unfinished and was left out: the log is growing" in text
    assert "aside epoch, step, time: bookkeeping, not judged" in text
    assert "unknown foo: names without a known role, not judged" in text
    assert "samples 20,000 train, 5,000 validation" in flat(terminal.render(history_samples.frozen()))


def test_training_labels_beside_a_log_take_one_line() -> None:
    text = terminal.render(replace(history_samples.frozen(), labels=samples.profile(("neg", "pos"), (90, 10))))
    assert "\n  train    2 classes · 100 samples · binary · ratio 9 : 1\n" in text
    assert "Classes" not in text


def test_a_metric_has_its_course_and_where_it_froze() -> None:
    lines = terminal.render(history_samples.noisy_and_broken(), width=120).splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("Metrics"))
    header, broken, still = (" ".join(line.split()) for line in lines[at + 1 : at + 4])
    assert header == "metric run split n first last best best at course frozen"
    assert broken == "loss lr=0.1 train 6 0.6931 NaN 0.4100 2 ▁▁█××× –"
    assert still == "loss lr=0 train 6 0.6931 0.6931 0.6931 1 ▄▄▄▄▄▄ from 1"


def test_a_learning_rate_that_stays_is_not_called_frozen() -> None:
    text = terminal.render(report(profile({"loss": ("0.7", "0.6", "0.5"), "lr": ("0.001",) * 3})), width=120)
    assert "frozen" not in text


@pytest.mark.parametrize(
    ("name", "role", "expected"),
    [
        ("val_loss", "loss", 0.1),
        ("val_f1", "f1", 0.9),
        ("val_auc", "auc", 0.9),
        ("validation-merror", "other", 0.1),
        ("val_mae", "other", 0.1),
        ("val_mcc", "other", 0.9),
        ("val_oddity", "other", None),
        ("lr", "learning_rate", None),
    ],
)
def test_best_is_the_least_loss_or_error_and_the_largest_score(name: str, role: str, expected: float | None) -> None:
    assert best(series(name, ("0.5", "0.1", "0.9", "0.4"), role=role)) == expected


def test_a_best_value_that_thinning_dropped_has_no_record() -> None:
    one = series("loss", ("0.7", "0.1", "0.3"))
    thinned = replace(one, points=(one.points[0], one.points[2]))
    text = terminal.render(report(replace(profile({"loss": ("0.1",)}), series=(thinned,))), width=120)
    assert re.search(r"loss +train +3 +0\.7 +0\.3 +0\.1 +– ", text)


def test_hundreds_of_metrics_stay_short_and_fast() -> None:
    columns = {f"eval_g{i}_loss": [f"{1 / (1 + e):.4f}" for e in range(200)] for i in range(500)}
    made = report(profile(columns))
    start = time.perf_counter()
    text = terminal.render(made)
    assert time.perf_counter() - start < 2
    assert text.count("\n") < 60
    assert "metrics not shown (--all)" in text
    assert len(re.findall(r"eval_g\d+_loss  ", terminal.render(made, show_all=True))) == 500


def test_a_fingerprint_shows_the_pair_the_expected_numbers_and_what_it_means() -> None:
    text = flat(terminal.render(history_samples.frozen()))
    for part in (
        "clipped BCE of tf.keras 2, -ln(2e-7) an error keras2-bce-false-negatives, exact",
        "train 7.7364 @ 0.4985 in record 3; expected 7.73561 ± 0.0009, 15.42495 an error, 10,031 errors",
        "validation 7.6168 @ 0.5062 in record 3; expected 7.61684 ± 0.0009, 15.42495 an error, 2,469 errors",
        "together 12,500 errors",
        "means the last layer has no activation",
    ):
        assert part in text


def test_without_known_sample_sizes_no_errors_are_counted() -> None:
    made = history_samples.frozen()
    hits = tuple(replace(hit, errors=None) for hit in made.history.fingerprints)
    text = terminal.render(replace(made, history=replace(made.history, fingerprints=hits), findings=()))
    assert "together" not in text
    assert " errors" not in text


@pytest.mark.parametrize(
    ("expected", "match", "tolerance", "told"),
    [
        ({"loss": math.log(2)}, "compatible", 0.004, "expected 0.693147 within 0.6 %"),
        ({"loss": 7.7, "lowest": 7.6, "highest": 7.8}, "compatible", 0.001, "expected between 7.6 and 7.8"),
        ({"loss": -0.5}, "compatible", 0.0, "expected -0.5"),
        ({"macro_f1": 0.3333}, "exact", 0.00005, "expected macro-F1 0.3333 ± 5e-05"),
        ({"accuracy": 0.95}, "exact", 0.001, "expected accuracy 0.95 ± 0.001"),
    ],
)
def test_the_tolerance_is_told(expected: dict, match: str, tolerance: float, told: str) -> None:
    hit = Fingerprint("x", match, "1", "train", Point(4, None, 0.7, 2), None, expected, tolerance, "m")
    assert pair(hit) == f"0.70 in record 4; {told}"


def test_the_constants_that_were_tried_are_named_nearest_first() -> None:
    text = flat(terminal.render(history_samples.frozen()))
    nearest = "keras2-bce-false-negatives 7.7356, keras2-bce-false-positives 7.6896, keras3-bce-false-positives 7.9951"
    assert f"tried, nearest to 7.7364 first: {nearest}" in text
    assert "and 4 more (--all)" in text
    every = flat(terminal.render(history_samples.frozen(), show_all=True))
    assert "torch-bce 50.15" in every
    assert "more (--all)" not in every


def test_a_log_that_matches_nothing_says_so() -> None:
    text = terminal.render(history_samples.healthy())
    assert "No pair of loss and metric equals what a known fault prints." in text
    assert "\nLearning: no action needed.\n" in text


def test_a_log_without_findings_is_not_called_well_when_it_is_not() -> None:
    assert "\nNo findings.\n" in terminal.render(replace(history_samples.frozen(), findings=()))


def test_without_unicode_the_tolerance_and_the_course_are_spelt_out() -> None:
    text = terminal.render(history_samples.frozen(), ascii_only=True)
    assert text.isascii()
    assert "7.73561 +/- 0.0009" in flat(text)
    assert " ::: " in text


def test_markdown_says_what_the_terminal_says() -> None:
    text = markdown.render(history_samples.frozen())
    for part in (
        "## frozen — loss is 7.7364 in every record from 1 on: clipped BCE of tf.keras 2, -ln(2e-7) an error (exact)",
        "- as: csv, written by keras: 3 records of 1 run",
        "| loss | train | 3 | 7.7364 | 7.7364 | 7.7364 | 1 | ▄▄▄ | from 1 |",
        "- **clipped BCE of tf.keras 2, -ln(2e-7) an error** (keras2-bce-false-negatives, exact)",
        "  - together: 12,500 errors",
        "- **error** IMB304 loss-fingerprint",
    ):
        assert part in text
    assert text.index("### Fingerprints") < text.index("### Findings")


def test_the_facts_of_a_fingerprint_are_a_list_inside_its_item() -> None:
    tokens = MarkdownIt("commonmark").parse(markdown.render(history_samples.frozen()))
    facts = [t for t in tokens if t.type == "inline" and t.content.startswith("train: 7.7364")]
    assert [t.level for t in facts] == [5]  # inside list, item, list, item, paragraph
