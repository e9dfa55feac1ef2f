"""The table for a person."""

from imbalance_doctor.emitters import emit
from imbalance_doctor.emitters.text import NAME_WIDTH, columns_of, shown
from tests.awkward import NAMES
from tests.emitters.samples import binary, sample


def test_the_table_has_a_short_head_and_aligned_columns():
    weights = sample(
        values=(0.37037037, 3.7037037, 33.333333),
        boundary_after=(0.947368421, 0.165137615, None),
        parameters={},
        sample_mean=1.0,
        max_min_ratio=90.00000000000001,
    )
    assert emit("text", weights) == (
        "scheme         balanced (class-weight)\n"
        "task           multiclass, 3 classes, 165 samples\n"
        "normalisation  sample-mean\n"
        "sample mean    1\n"
        "max/min ratio  90\n"
        "\n"
        "index  class  count   weight  boundary after\n"
        "    0  cat       90  0.37037        0.947368\n"
        "    1  dog       45   3.7037        0.165138\n"
        "    2  bird      30  33.3333               -\n"
    )


def test_a_pair_has_a_column_for_each_factor():
    text = emit("text", binary("pair", values_negative=(0.5, 1e-9)))
    assert "index  class  count  positive  negative  boundary after" in text
    assert "    1  yes       45         4     1e-09            0.25" in text


def test_parameters_are_shown_with_their_values():
    assert "\nparameters     cap = 0.001, zero_count = value=1\n" in emit("text", sample())


def test_every_awkward_name_keeps_to_its_line_and_column():
    lines = emit("text", sample(classes=NAMES, values=(1.0,) * len(NAMES))).splitlines()
    table = lines[lines.index("") + 1 :]
    assert len(table) == 1 + len(NAMES)
    # The last three columns end at the same place on every line.
    assert len({columns_of(line) for line in table}) == 1


def test_markup_is_left_as_it_is_and_control_characters_are_shown():
    assert shown("[red]x[/red]") == "[red]x[/red]"
    assert shown("\x1b[31mescape") == r"\x1b[31mescape"
    assert shown("\u202eright") == r"\u202eright"


def test_ends_that_cannot_be_seen_are_put_in_quotes():
    assert [shown(""), shown(" a")] == ['""', '" a"']


def test_long_names_are_cut_in_columns_not_characters():
    assert shown("a" * 300) == "a" * 39 + "…"
    assert shown("日" * 300) == "日" * 19 + "…"
    assert shown("e" + "\u0301" * 300).count("\u0301") == NAME_WIDTH - 2
    assert shown("a" * 40) == "a" * 40
