"""fastText text. The oracle is `Dictionary::readWord` and `getLine` of fastText, worked out by hand."""

from pathlib import Path

import pytest

from imbalance_doctor.errors import UsageError
from imbalance_doctor.readers import fasttext_text
from tests.readers.labelled import counted, examined, in_small_blocks, refused
from tests.readers.reading import chosen, write

TEXT = "__label__tv tv\n__label__apple __label__tv apple tv\nno label here\n__label__apple an apple"


def test_marked_words_are_labels_and_a_line_without_any_is_a_sample_without_labels(tmp_path: Path) -> None:
    labels = examined(tmp_path, TEXT, "train.txt")
    assert {row.name: row.count for row in labels.classes} == {"apple": 2, "tv": 2}
    assert (labels.n_rows, labels.n_unlabelled, labels.task, labels.layout.kind) == (4, 1, "multilabel", "delimited")


def test_lines_of_one_label_each_are_a_single_label_task(tmp_path: Path) -> None:
    text = "__label__good what a film\n__label__bad what, a bore\n" * 9
    assert examined(tmp_path, text, "train.txt").task == "binary"


def test_labels_stand_anywhere_in_a_line_and_words_end_at_any_ascii_space(tmp_path: Path) -> None:
    text = "__label__a\tone\x0b__label__b\ntwo __label__a three\n__label__a\r\n x__label__c __label__ä\u00a0é\n"
    assert counted(tmp_path, text, "a.ft") == {"a": 3, "b": 1, "ä\u00a0é": 1}


def test_a_label_twice_in_a_line_counts_once(tmp_path: Path) -> None:
    assert counted(tmp_path, "__label__a __label__a x\n__label__b y\n", "a.ft") == {"a": 1, "b": 1}


def test_labels_are_exact_text_commas_included(tmp_path: Path) -> None:
    text = "__label__a,b x\n__label__A,b x\n"
    assert counted(tmp_path, text, "a.txt", input_format="fasttext") == {"A,b": 1, "a,b": 1}


def test_blank_lines_are_nothing(tmp_path: Path) -> None:
    assert examined(tmp_path, "__label__a x\n\n  \n__label__b\n\n", "a.ft").n_rows == 2


def test_another_mark_is_named_and_means_fasttext(tmp_path: Path) -> None:
    text = "#good what a film\n#bad #dull what a bore\n+.x nothing\n"
    assert counted(tmp_path, text, "a.txt", label_prefix="#") == {"bad": 1, "dull": 1, "good": 1}
    assert counted(tmp_path, text, "a.txt", label_prefix="+.") == {"x": 1}


@pytest.mark.parametrize("prefix", ["", " ", "a b", "#\t"])
def test_a_mark_has_to_be_one_word(tmp_path: Path, prefix: str) -> None:
    assert "without spaces" in refused(tmp_path, TEXT, "a.txt", UsageError, label_prefix=prefix)


def test_a_mark_for_another_format_is_an_error(tmp_path: Path) -> None:
    said = refused(tmp_path, TEXT, "a.txt", UsageError, label_prefix="#", input_format="csv")
    assert "--label-prefix is for fasttext, not for csv" in said


@pytest.mark.parametrize("line", ["__label__ x", "__label__a __label__", "y __label__ x"])
def test_a_mark_without_a_name_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    said = refused(tmp_path, f"__label__a x\n\n{line}\n", "a.ft")
    assert f"a.ft: line 3 ({line!r}) holds the mark '__label__' without a name" in said


def test_blank_lines_alone_are_an_error(tmp_path: Path) -> None:
    assert "holds no line of text" in refused(tmp_path, "\n \n", "a.ft")


@pytest.mark.parametrize("size", [1, 9, 40])
def test_the_size_of_the_blocks_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    in_small_blocks(monkeypatch, size)
    assert counted(tmp_path, TEXT, "a.ft") == {"apple": 2, "tv": 2}


def test_the_content_is_recognised_whatever_the_name(tmp_path: Path) -> None:
    assert chosen(write(tmp_path, TEXT, "train.txt"))[0] == "fasttext"
    kind, notes = chosen(write(tmp_path, TEXT, "train.csv"))
    assert kind == "fasttext"
    assert "the suffix says csv" in notes[0]


@pytest.mark.parametrize(
    "text",
    [
        "label,text\n__label__a,x\n",
        "__label__a,some text\n__label__b,more\n",
        '"__label__a some text"\n',
        "a line\n__label__a x\n",
        "__label__ x\n",
        "__label__a x\nb\nc\nd\n",
        "",
    ],
)
def test_tables_and_texts_are_not_taken_for_it(text: str) -> None:
    assert not fasttext_text.claims(text)


def test_cells_of_a_table_that_hold_the_mark_are_a_question(tmp_path: Path) -> None:
    said = refused(tmp_path, "__label__a,some text\n__label__b,more text\n" * 3, "a.csv", header=False)
    assert "--input-format fasttext" in said
