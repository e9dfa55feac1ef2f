"""What every report format promises, whatever the class names."""

import re

import pytest

from imbalance_doctor import plugins
from tests.awkward import NAMES
from tests.build import profile_of_sets
from tests.reports import diagnosis_samples, history_samples, prediction_samples, samples
from tests.v2ex import COUNTS

FORMATS = sorted(plugins.reports())
REPORTS = {
    "2 classes": samples.two_classes(),
    "120 classes": samples.long_tail(COUNTS),
    "awkward names": samples.named(NAMES),
    "weights": samples.weighted(("yes", "no", "maybe")),
    "nothing": samples.empty(),
    "all zero": prediction_samples.all_zero(),
    "a healthy softmax": prediction_samples.healthy(),
    "predicted labels": prediction_samples.labels_only(),
    "binary logits": prediction_samples.binary_logits(),
    "awkward names of scores": prediction_samples.named(NAMES),
    "a frozen log": history_samples.frozen(),
    "a healthy log": history_samples.healthy(),
    "two broken runs": history_samples.noisy_and_broken(),
    "awkward names of metrics": history_samples.named(NAMES),
    "a diagnosis": diagnosis_samples.all_three(),
    "a diagnosis of labels": diagnosis_samples.labels_alone(),
    "awkward names of causes": diagnosis_samples.named(NAMES),
}


def render(format_: str, report: object, **options: object) -> str:
    return str(plugins.reports()[format_].verb(report, **options))


def test_text_json_and_markdown_are_on_the_shelf() -> None:
    assert {"text", "json", "markdown"} <= set(plugins.reports())


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", REPORTS)
def test_the_same_report_gives_the_same_text_ending_in_one_newline(format_: str, name: str) -> None:
    text = render(format_, REPORTS[name])
    assert text == render(format_, REPORTS[name])
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("name", [name for name in REPORTS if name.startswith("awkward")])
def test_no_control_bidi_or_invisible_character_gets_out(name: str, format_: str, ascii_only: bool) -> None:
    text = render(format_, REPORTS[name], show_all=True, ascii_only=ascii_only)
    assert not re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\ud800-\udfff]", text)
    assert text.isascii() or not ascii_only


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("command", ["::set-output name=x::y", "##[error]x", "  ::warning::x", "a" * 61 + "::error::x"])
def test_no_line_is_a_command_of_a_github_runner(format_: str, command: str) -> None:
    together = samples.report(profile_of_sets([((command, "other"), 50), ((command,), 30)]))
    makers = (samples, prediction_samples, history_samples, diagnosis_samples)
    for report in (together, *(made.named([command, "other"]) for made in makers)):
        for width in (60, 80, 120):
            for line in render(format_, report, width=width).splitlines():
                assert not line.lstrip().startswith("::")
                assert "##[" not in line  # the runner looks for it anywhere in a line


@pytest.mark.parametrize("format_", FORMATS)
def test_a_share_that_is_not_zero_is_never_written_as_zero_per_cent(format_: str) -> None:
    report = samples.report(samples.profile(("common", "rare"), (20_000_000, 1)))
    assert not re.search(r"(?<![\d.])[0.]+ ?%", render(format_, report))
    assert not re.search(r"(?<![\d.])100(\.0+)? ?%", render(format_, report))


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("name", REPORTS)
def test_no_drawing_option_breaks_a_report(format_: str, name: str) -> None:
    for top in (None, 0, 1, 2, 7):
        assert render(format_, REPORTS[name], top=top, width=1)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_report_without_labels_says_what_was_asked(format_: str) -> None:
    assert "history" in render(format_, REPORTS["nothing"])
