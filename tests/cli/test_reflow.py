"""Pages of `explain` in a narrow terminal: the same words, sentences filled anew, columns kept."""

import pytest

from imbalance_doctor import topics
from imbalance_doctor.cli._reflow import narrowed
from imbalance_doctor.plugins import emitters, losses, rules, schemes

PAGES = [*emitters(), *losses(), *schemes(), *rules()]

PAGE = """\
The trap:
    The keys have to be the vocabulary of the feature, exactly: where it adds a symbol for unknown labels, give it a
    weight of 0 under that name.

    class-weight   a category feature, with weights by label that are as long as a line can be here, and then somewhat
                   longer
    offset         a threshold
"""


def test_sentences_are_filled_anew_and_columns_are_folded_below_themselves():
    assert narrowed(PAGE, 60) == (
        "The trap:\n"
        "    The keys have to be the vocabulary of the feature,\n"
        "    exactly: where it adds a symbol for unknown labels, give\n"
        "    it a weight of 0 under that name.\n"
        "\n"
        "    class-weight   a category feature, with weights by label\n"
        "                   that are as long as a line can be here,\n"
        "                   and then somewhat longer\n"
        "    offset         a threshold\n"
    )


@pytest.mark.parametrize("width", [60, 80, 120])
def test_every_page_fits_and_keeps_every_word(width):
    for name in PAGES:
        page = topics.explain(name)
        rows = narrowed(page, width).split("\n")
        assert " ".join(rows).split() == page.split()
        assert all(len(row) <= width for row in rows if " " in row.strip()), name


def test_lines_that_end_where_the_sense_does_stay_apart():
    assert narrowed("one short line\nanother short line", 60) == "one short line\nanother short line"
