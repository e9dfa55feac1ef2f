"""The HTML report, read back by a parser of HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imbalance_doctor.reports._safe import shown
from imbalance_doctor.reports.html import render
from tests.awkward import NAMES
from tests.build import profile_of_sets
from tests.reports import diagnosis_samples, history_samples, prediction_samples, samples
from tests.reports.html_page import Page
from tests.v2ex import COUNTS

AWKWARD = (
    *NAMES,
    "</bdi></td></table><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\" onmouseover='x' a=\"",
    "&lt;&amp;&#60;",
    "</style><!-- -->",
    "javascript:alert(1)",
    "https://x.example/?a=1&b=2",
    "אבג ABC",
)
MAKERS = {
    "labels": samples.named,
    "weights": samples.weighted,
    "predictions": prediction_samples.named,
    "history": history_samples.named,
    "diagnosis": diagnosis_samples.named,
}
PLAIN = tuple(f"name{i}" for i in range(len(AWKWARD)))


@pytest.mark.parametrize("maker", ["labels", "weights", "predictions"])
def test_the_elements_of_a_page_do_not_depend_on_the_names(maker: str) -> None:
    hostile, tame = (Page(render(MAKERS[maker](names), show_all=True)) for names in (AWKWARD, PLAIN))
    assert hostile.declarations == ["DOCTYPE html"]
    assert hostile.elements == tame.elements


@pytest.mark.parametrize("maker", MAKERS)
def test_names_bring_no_element_and_no_attribute_of_their_own(maker: str) -> None:
    """What is said of a metric depends on its name: which elements there are, but not of which kinds."""
    known = [element for make in MAKERS.values() for element in Page(render(make(PLAIN), show_all=True)).elements]
    for element in Page(render(MAKERS[maker](AWKWARD), show_all=True)).elements:
        assert element in known


@pytest.mark.parametrize("maker", MAKERS)
def test_a_page_runs_nothing_and_fetches_nothing(maker: str) -> None:
    page = Page(render(MAKERS[maker](AWKWARD), show_all=True))
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "iframe", "object", "embed", "link", "img", "a", "form", "base", "svg", "video"}
    attributes = {name for _, found in page.elements for name in found}
    assert attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "scope", "colspan"}
    (style,) = page.texts["style"]
    assert not re.search(r"url\(|@import|expression", style)
    policies = [found["content"] for _, found in page.elements if found.get("http-equiv")]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


@given(st.lists(st.text(max_size=40), min_size=2, max_size=6, unique=True))
def test_any_text_is_a_name_in_its_own_cell(names: list[str]) -> None:
    page = Page(render(samples.named(names), show_all=True))
    assert set(page.texts["bdi"]) == {shown(name) for name in names}
    assert len(page.texts["bdi"]) == len(names)


def test_every_class_name_is_one_cell_that_reads_as_the_name() -> None:
    page = Page(render(samples.named(AWKWARD), show_all=True))
    named = {int(row[0]): row[1] for row in page.rows if row[0].isdigit() and row[1] in page.texts["bdi"]}
    assert named == {i: shown(name) for i, name in enumerate(AWKWARD)}


@pytest.mark.parametrize(
    "report",
    [samples.long_tail(COUNTS), prediction_samples.all_zero(), history_samples.frozen(), diagnosis_samples.all_three()],
    ids=["labels", "predictions", "history", "diagnosis"],
)
def test_every_row_of_a_table_is_as_wide_as_its_head(report: object) -> None:
    rows: list[tuple[str, int]] = []
    for tag, found in Page(render(report)).elements:
        if tag == "tr":
            rows.append(("", 0))
        elif tag in ("th", "td"):
            rows[-1] = (tag, rows[-1][1] + int(found.get("colspan") or 1))
    wide = 0
    for kind, cells in rows:
        wide = cells if kind == "th" else wide
        assert cells == wide > 0


def test_it_says_what_the_terminal_report_says() -> None:
    page = Page(render(samples.two_classes()))
    text = re.sub(r"\s+", " ", page.texts["html"][0])
    for part in (
        "2 classes · 1,000 samples · binary · ratio 19 : 1",
        "1,000 = 1,000 counted + 0 missing + 0 ignored + 0 rejected",
        "IMB111 imbalanced-shape",
        "The rarest class",
        "→ Follow the prescription",
        "Start the last layer's bias",
        "Needs validation samples",
        "stacking a sampler",
        "Fire fraud at F*/2",
        "2 rules skipped, not passed: no history or predictions.",
    ):
        assert part in text
    row = next(row for row in page.rows if row[1] == "fraud")
    assert [cell.strip() for cell in row[:8]] == ["1", "fraud", "50", "5.000 %", "0.05000", "-2.944", "19.00", "medium"]


def test_a_finding_wears_its_grade() -> None:
    page = Page(render(history_samples.frozen()))
    grades = {found.get("class") for tag, found in page.elements if tag == "li"}
    assert "error" in grades


def test_a_balanced_set_is_told_that_nothing_is_needed() -> None:
    page = Page(render(samples.report(samples.profile("abc", (10, 10, 10)))))
    assert "Balanced: no action needed." in page.texts["p"]


def test_the_page_is_the_same_whatever_the_width_of_the_terminal() -> None:
    report = samples.long_tail(COUNTS)
    assert len({render(report, width=width, colour=colour) for width in (20, 80, 300) for colour in (True, False)}) == 1


def test_ascii_output_keeps_every_sign_as_an_entity() -> None:
    text = render(samples.named(["日本語", "plain"]), ascii_only=True)
    assert text.isascii()
    assert set(Page(text).texts["bdi"]) == {"日本語", "plain"}


def test_the_points_of_a_column_of_numbers_are_below_one_another() -> None:
    page = Page(render(samples.long_tail(COUNTS)))
    boundaries = [row[5] for row in page.rows if row[0].isdigit() and len(row) > 6]
    assert len(boundaries) > 9
    assert len({len(cell) for cell in boundaries}) == 1
    assert len({cell.index(".") for cell in boundaries}) == 1


def test_co_occurring_classes_make_a_table() -> None:
    page = Page(render(samples.report(profile_of_sets([(("a|", "<b>"), 50), (("a|",), 30), ((), 20)]))))
    assert ["<b>", "a|", "50"] in [[cell.strip() for cell in row[:3]] for row in page.rows]
