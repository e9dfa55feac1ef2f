"""What is escaped, cut and left alone."""

import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from imbalance_doctor.reports._page import wrap
from imbalance_doctor.reports._safe import NAME_WIDTH, markdown, prose, shown
from imbalance_doctor.visible import visible

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


def test_plain_text_of_any_script_is_left_alone() -> None:
    for text in ("plain", "Ünïcödé", "日本語", "ไทย", "русский", "😀", "a  b", "[/x] [bold]", "C:\\dir", "std::vector"):
        assert visible(text) == text


def test_what_cannot_be_seen_is_written_out() -> None:
    assert visible("a\nb\rc\td") == r"a\nb\rc\td"
    assert visible("\x00\x1b\x7f\x85\xa0\xad") == r"\x00\x1b\x7f\x85\xa0\xad"
    assert (
        visible("\u200b\u2028\u202e\ufeff\u3000\ufe0f\U000e0041") == r"\u200b\u2028\u202e\ufeff\u3000\ufe0f\U000e0041"
    )
    assert visible("\ud800") == r"\ud800"


@given(ANYTHING)
@settings(max_examples=60)
def test_nothing_drawn_is_a_control_format_surrogate_or_separator_character(text: str) -> None:
    for ascii_only in (False, True):
        drawn = visible(text, ascii_only=ascii_only)
        assert {unicodedata.category(c) for c in drawn if c != " "}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
        assert drawn.isascii() or not ascii_only
        assert visible(drawn, ascii_only=ascii_only) == drawn


@given(ANYTHING, st.integers(5, 80))
@settings(max_examples=60)
def test_a_name_takes_no_more_columns_than_it_may(name: str, width: int) -> None:
    assert cell_len(shown(name, width)) <= min(width, NAME_WIDTH)


def test_long_names_that_begin_alike_are_told_apart() -> None:
    one, two = shown("a" * 300), shown("a" * 299 + "b")
    assert one != two
    assert re.fullmatch(r"a{52}…#[0-9a-f]{6}", one)
    assert re.fullmatch(r"a{50}\.{3}#[0-9a-f]{6}", shown("a" * 300, ascii_only=True))
    assert shown("a" * 300, 10) == "a" * 9 + "…"


def test_a_pile_of_combining_marks_ends() -> None:
    assert len(shown("e" + "\u0301" * 1000)) <= NAME_WIDTH


def test_names_whose_edges_would_not_be_seen_are_quoted() -> None:
    assert shown("") == '""'
    assert shown(" a ") == '" a "'
    assert shown("a b") == "a b"


def test_a_name_cannot_begin_a_line_with_two_colons() -> None:
    assert shown("::error::x") == r"\x3a:error::x"
    assert shown("std::vector") == "std::vector"


def test_our_own_signs_are_spelt_out_in_ascii_prose_only() -> None:
    assert prose("a · b → 3 × 4 …", ascii_only=True) == "a - b -> 3 x 4 ..."
    assert prose("a · b → …") == "a · b → …"
    assert shown("a·b", ascii_only=True) == r"a\xb7b"


@given(ANYTHING)
@settings(max_examples=60)
def test_markdown_reads_back_as_the_text(text: str) -> None:
    drawn = visible(text)
    inline = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parseInline(markdown(drawn))
    assert {child.type for child in inline[0].children} <= {"text", "text_special"}
    assert "".join(child.content for child in inline[0].children).strip() == drawn.strip()


def test_markdown_examples() -> None:
    assert markdown("a|b") == "a&#124;b"
    assert markdown("<b>&amp;") == "&lt;b&gt;&amp;amp;"
    assert markdown("*_[x]`~$") == r"\*\_\[x\]\`\~\$"
    assert markdown(r"C:\dir\x1b\*") == r"C:\dir\x1b&#92;\*"
    assert markdown("see https://x.y or www.z") == "see https&#58;//x.y or www&#46;z"


@given(ANYTHING, st.integers(8, 60))
@settings(max_examples=60)
def test_wrapped_lines_fit_and_keep_every_character(text: str, width: int) -> None:
    drawn = visible(text)
    lines = wrap(drawn, width)
    assert max(map(cell_len, lines)) <= width
    if "::" not in drawn:
        assert "".join("".join(lines).split()) == "".join(drawn.split())


def test_a_number_keeps_its_per_cent_sign() -> None:
    assert wrap("aaaa 12.5 % of", 8) == ["aaaa", "12.5 %", "of"]


def test_no_wrapped_line_begins_with_two_colons() -> None:
    for text in ("::error::x", "aaaaaaa ::error::x", "aaaaaaaa::error::x"):
        assert not [line for line in wrap(text, 8) if line.startswith("::")]
    assert wrap("::error::x", 20) == [r"\x3a:error::x"]
