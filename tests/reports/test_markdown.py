"""The Markdown report, read back by a Markdown parser."""

import re

import pytest
from markdown_it import MarkdownIt

from imbalance_doctor.reports._safe import shown
from imbalance_doctor.reports.markdown import fenced, render
from tests.awkward import NAMES
from tests.build import profile_of_sets
from tests.reports import prediction_samples, samples
from tests.v2ex import COUNTS

PARSER = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table").enable("strikethrough")
AWKWARD = (
    *NAMES,
    "a|b\\|c\\\\",
    "*star* _under_ ~~gone~~ `code` ![img](x)",
    "<img src=x onerror=y>",
    "&lt; &amp;",
    "$x$",
)


def tables(text: str) -> list[list[list[str]]]:
    """Every table as rows of cell texts, as a reader sees them."""
    found: list[list[list[str]]] = []
    in_table = False
    for token in PARSER.parse(text):
        if token.type in ("table_open", "table_close"):
            in_table = token.type == "table_open"
            found += [[]] if in_table else []
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type == "inline" and in_table:
            found[-1][-1].append("".join(child.content for child in token.children or ()))
    return found


def test_every_class_name_is_one_cell_that_reads_as_the_name() -> None:
    header, *rows = tables(render(samples.named(AWKWARD), show_all=True))[0]
    assert {len(row) for row in rows} == {len(header)}
    drawn = {int(row[0]): row[1] for row in rows}
    assert drawn == {i: shown(name).strip() for i, name in enumerate(AWKWARD)}


def test_names_bring_no_html_emphasis_link_or_image() -> None:
    kinds = set()
    for token in PARSER.parse(render(samples.named(AWKWARD), show_all=True)):
        kinds |= {token.type, *(child.type for child in token.children or ())}
    assert not kinds & {"html_block", "html_inline", "em_open", "link_open", "image", "s_open", "code_inline"}


def test_html_is_escaped_and_web_addresses_do_not_link() -> None:
    text = render(samples.named(["<script>alert(1)</script>", "https://x.example www.x.example"]))
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert "://" not in text
    assert "www." not in text


def test_the_picture_stands_in_a_fence_longer_than_any_run() -> None:
    assert fenced("a ```` b").startswith("`````text\n")
    picture = [t.content for t in PARSER.parse(render(samples.long_tail(COUNTS))) if t.type == "fence"]
    assert len(picture) == 1
    assert "█" in picture[0]


def test_it_says_what_the_terminal_report_says() -> None:
    text = render(samples.two_classes())
    for part in (
        "## 2 classes · 1,000 samples · binary · ratio 19 : 1",
        "- rows: 1,000 = 1,000 counted + 0 missing + 0 ignored + 0 rejected",
        "- **warning** IMB111 imbalanced-shape: The rarest class",
        "  - → Follow the prescription",
        "1. Start the last layer's bias",
        "   - cost: Needs validation samples",
        "- avoid: stacking a sampler",
        "- threshold: Fire fraud at F\\*/2",
        "| 1 | fraud | 50 | 5.000 % | 0.05000 | -2.944 | 19.00 | medium |",
        "2 rules skipped, not passed: no history or predictions.",
    ):
        assert part in text


def test_a_balanced_set_is_told_that_nothing_is_needed() -> None:
    assert "\n**Balanced: no action needed.**\n" in render(samples.report(samples.profile("abc", (10, 10, 10))))


def test_classes_left_out_are_a_row_of_the_table() -> None:
    header, *rows = tables(render(samples.long_tail(COUNTS)))[0]
    assert len(rows) == 22
    assert [row[1] for row in rows if row[0] == ""] == ["… 50 classes not shown (--all)"] * 2
    assert {len(row) for row in rows} == {len(header)}


def test_ascii_output_keeps_every_sign_as_an_entity() -> None:
    report = samples.named(["日本語", "plain"])
    text = render(report, ascii_only=True)
    assert text.isascii()
    assert [row[1] for row in tables(text)[0][1:]] == ["plain", "日本語"]


@pytest.mark.parametrize("labels", [("a", "b"), ("b|", "日|本")])
def test_co_occurring_classes_make_a_table(labels: tuple[str, str]) -> None:
    text = render(samples.report(profile_of_sets([(labels, 50), (labels[:1], 30), ((), 20)])))
    assert [labels[0], labels[1], "50"] in [row[:3] for table in tables(text) for row in table]
    assert not re.search(r"(?m)^(::|##\[)", text)


def test_predictions_are_told_as_in_the_terminal() -> None:
    text = render(prediction_samples.all_zero())
    for part in (
        "## collapsed: all zero — 0 of 55,000 rows have a score at 0.5 or above; the truth has 37,393 positives",
        "55,010 rows · 12 classes · sigmoid probabilities cut at 0.5 · truth for 55,000",
        "- rows: 55,010 = 55,000 judged + 10 with NaN or infinity",
        "- **error** IMB201 all-zero-collapse: No score of 55,000 rows",
        "| prior-matching | 0.1192 | 0 | +0.1192 | +0.1124 to +0.1260 | truth |",
        "| 0 | topic-00 | 12,597 | 0 | 0 | 0 | 0.7211 | 75.5 |",
        "| cell accuracy | 0.9433 | 0.9433, all zero |",
        "- all zero: 55,000 (100 %)",
    ):
        assert part in text


def test_numbers_to_paste_stand_in_a_block_of_python() -> None:
    (code,) = [
        t for t in PARSER.parse(render(prediction_samples.all_zero())) if t.type == "fence" and t.info == "python"
    ]
    assert code.content.splitlines()[-1] == "predicted = scores >= thresholds"


def test_names_in_the_picture_of_scores_stay_in_its_fence() -> None:
    awkward = ["```", "~~~", "a\nb", *NAMES]
    fences = [t for t in PARSER.parse(render(prediction_samples.named(awkward), show_all=True)) if t.type == "fence"]
    assert [len(t.content.splitlines()) for t in fences] == [len(awkward) + 1]
