"""Every layout is detected from the input alone, said with a reason, and can be overridden."""

import json
from pathlib import Path

import numpy as np
import pytest

import imbalance_doctor
from imbalance_doctor.errors import InputError, UsageError
from imbalance_doctor.labels.layout import KINDS, Wishes, decide
from tests.label_files import counts, lines, question, read

TWENTY = range(20)


# -- the column layout ------------------------------------------------------------------------------------------------


def test_one_label_a_line_is_a_column(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("cat", "dog", "cat"), name="labels.txt", header=False)
    assert labels.layout.kind == "column"
    assert labels.layout.reason == "the only column"
    assert counts(labels) == {"cat": 2, "dog": 1}


@pytest.mark.parametrize("name", ["label", "Label", "class", "target", "y", "category", "species", "y_true"])
def test_a_column_is_taken_for_the_label_by_its_name(tmp_path: Path, name: str) -> None:
    labels = read(tmp_path, lines(f"id,{name},size", "1,cat,7", "2,dog,7", "3,cat,9"))
    assert (labels.layout.kind, labels.layout.column) == ("column", name)
    assert "its name says so" in labels.layout.reason
    assert counts(labels) == {"cat": 2, "dog": 1}


@pytest.mark.parametrize("name", ["given_label", "className", "label_name", "target-id", "Topic 1"])
def test_a_column_is_taken_for_the_label_by_a_word_in_its_name(tmp_path: Path, name: str) -> None:
    labels = read(tmp_path, lines(f"path,{name}", "a/1.png,3", "a/2.png,4", "a/3.png,3"))
    assert labels.layout.column == name
    assert "a word in its name says so" in labels.layout.reason


def test_without_a_telling_name_the_only_column_that_can_be_classes_is_taken(tmp_path: Path) -> None:
    rows = [f"{i},some words about item number {i} which nobody reads,{'good' if i % 3 else 'bad'}" for i in TWENTY]
    labels = read(tmp_path, lines("id,text,verdict", *rows))
    assert labels.layout.column == "verdict"
    assert "the only column that can be classes: 2 distinct values" in labels.layout.reason


def test_the_id_the_text_and_the_path_are_never_taken_for_the_label(tmp_path: Path) -> None:
    rows = [f"{i},img/{i}.png,a sentence of {i} words,{i / 7}" for i in TWENTY]
    asked = question(tmp_path, lines("id,path,text,score", *rows))
    assert "no column looks like labels" in asked
    assert all(name in asked for name in ("'id' (20 distinct", "'path'", "'text'", "'score'", "--label id"))


def test_an_id_that_repeats_is_still_no_label(tmp_path: Path) -> None:
    rows = [f"{i % 4},a,{i}" for i in range(40)]
    asked = question(tmp_path, lines("user_id,x,value", *rows))
    assert "nothing tells which column holds the labels" in asked


def test_two_plausible_columns_are_a_question_and_label_picks_one(tmp_path: Path) -> None:
    text = lines("coarse,fine", *[f"{i % 2},{i % 5}x" for i in TWENTY])
    asked = question(tmp_path, text)
    assert "several columns can be the labels: 'coarse' (2 distinct values in 20 rows), 'fine' (5" in asked
    assert "--label coarse" in asked
    assert len(counts(read(tmp_path, text, label="fine"))) == 5


def test_two_columns_with_telling_names_are_a_question(tmp_path: Path) -> None:
    text = lines("label,target", "a,1", "b,1", "a,2")
    assert "several columns can be the labels" in question(tmp_path, text)


def test_label_names_a_column_by_name_or_by_number_from_1(tmp_path: Path) -> None:
    text = lines("x,size of it,z", "a,big,1", "b,small,1", "c,big,1")
    by_name = read(tmp_path, text, label="size of it")
    by_number = read(tmp_path, text, label="2")
    assert counts(by_name) == counts(by_number) == {"big": 2, "small": 1}
    assert by_name.layout.reason == "as asked"


def test_a_column_named_like_a_number_comes_before_the_column_of_that_number(tmp_path: Path) -> None:
    assert counts(read(tmp_path, lines("2,x", "a,b", "a,c"), label="2", header=True)) == {"a": 2}


def test_a_column_that_is_not_there_is_an_error_that_lists_the_columns(tmp_path: Path) -> None:
    asked = question(tmp_path, lines("x,z", "a,1"), label="labl", header=True)
    assert "there is no column 'labl'" in asked
    assert "'x', 'z'" in asked
    assert "there is no column '3'" in question(tmp_path, lines("x,z", "a,1"), label="3", header=True)


def test_measurements_a_metric_report_and_a_table_of_scores_are_questions(tmp_path: Path) -> None:
    measurements = lines("length,width", *[f"{4 + i / 10},{2 + i / 7}" for i in range(30)])
    report = lines("Class,precision,recall", *[f"L{i},0.{i + 10},0.{90 - i}" for i in range(30)])
    scores = lines("dataset,SMOTE,ROS", *[f"set {i},{i / 31},{i / 37}" for i in range(30)])
    assert "no column looks like labels" in question(tmp_path, measurements)
    assert "the column 'Class' does not look like labels" in question(tmp_path, report)
    assert "no column looks like labels" in question(tmp_path, scores)


def test_a_short_report_of_metrics_is_a_question_too(tmp_path: Path) -> None:
    text = lines("class,precision,recall", "cat,0.9,0.8", "dog,0.7,0.75", "cow,0.5,1.0")
    assert "a report of metrics" in question(tmp_path, text)
    assert read(tmp_path, text, label="class", layout="column").n_samples == 3
    text = lines("class,precision,recall,support", "cat,0.9,0.8,7", "dog,0.7,0.75,4", "macro avg,0.8,0.775,11")
    asked = question(tmp_path, text)
    assert "--layout counts" in asked
    assert "--layout column" in asked
    assert counts(read(tmp_path, text, layout="counts")) == {"cat": 7, "dog": 4, "macro avg": 11}


def test_a_column_of_distinct_lines_is_a_question_and_layout_column_reads_it(tmp_path: Path) -> None:
    names = lines(*[f"class {i}" for i in range(30)])
    asked = question(tmp_path, names, name="names.txt", header=False)
    assert "30 of 30 values are distinct" in asked
    assert "--layout column" in asked
    assert read(tmp_path, names, name="names.txt", header=False, layout="column").n_samples == 30


def test_a_regression_target_is_a_question_not_classes(tmp_path: Path) -> None:
    asked = question(tmp_path, lines("id,target", *[f"{i},{i / 8 + 0.1}" for i in range(30)]))
    assert "'target' does not look like labels" in asked


def test_a_map_of_names_to_groups_without_a_header_is_a_question(tmp_path: Path) -> None:
    words = (
        "ash beech birch cedar elm fir hazel holly larch lime maple oak pear pine plum poplar rowan spruce willow yew"
    )
    text = lines(*[f"{name},{'hard' if len(name) % 2 else 'soft'}" for name in words.split()])
    asked = question(tmp_path, text, header=False)
    assert "each name of column '1' can be a sample, or a class of a map" in asked
    assert read(tmp_path, text, header=False, label="2").n_samples == 20


def test_cells_with_the_mark_of_fasttext_are_a_question(tmp_path: Path) -> None:
    text = lines(*["__label__good,what a film", "__label__bad,what a bore"] * 3)
    assert "--input-format fasttext" in question(tmp_path, text, name="train.txt", header=False)
    assert counts(read(tmp_path, text, header=False, label="1")) == {"__label__bad": 3, "__label__good": 3}


def test_nested_values_are_not_labels(tmp_path: Path) -> None:
    spans = lines(*[json.dumps({"text": "x", "label": [[0, 3, "LOC"]]})] * 2)
    assert "nested values" in question(tmp_path, spans, name="a.jsonl", label="label")


def test_a_first_row_that_can_be_a_header_is_a_question(tmp_path: Path) -> None:
    text = lines("positive", "negative", "neutral")
    asked = question(tmp_path, text, name="labels.txt")
    assert "'positive'" in asked
    assert "--header or --no-header" in asked
    assert read(tmp_path, text, name="labels.txt", header=True).n_samples == 2
    assert read(tmp_path, text, name="labels.txt", header=False).n_samples == 3


# -- the delimited layout ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", ["|", ";", ", ", " ", ","])
def test_cells_with_several_labels_are_delimited(tmp_path: Path, separator: str) -> None:
    sets = [("a", "b"), ("b",), ("a", "c"), ("c", "b", "a"), ("c",), ("b", "c"), ("a",)]
    rows = [f"{i}\t{separator.join(s)}" for i, s in enumerate(sets)]
    labels = read(tmp_path, lines("id\tlabels", *rows), name="labels.tsv")
    assert labels.layout.kind == "delimited"
    assert labels.layout.separator == (separator.strip() or " ")
    assert "distinct cells hold labels separated by" in labels.layout.reason
    assert counts(labels) == {"a": 4, "b": 4, "c": 4}
    assert labels.task == "multilabel"


@pytest.mark.parametrize(
    "cells",
    [
        ('["a", "b"]', '["b"]', "[]"),
        ("['a', 'b']", "['b']", "[]"),
        ("['a' 'b']", "['b']", "[]"),
        ("{'a', 'b'}", "{'b'}", "set()"),
    ],
    ids=["json", "python", "numpy", "python-set"],
)
def test_cells_that_are_lists_written_as_text_are_delimited(tmp_path: Path, cells: tuple[str, ...]) -> None:
    quoted = ['"' + cell.replace('"', '""') + '"' for cell in cells]
    labels = read(tmp_path, lines("id,labels", *[f"{i},{cell}" for i, cell in enumerate(quoted)]))
    assert (labels.layout.kind, labels.layout.separator) == ("delimited", "literal")
    assert counts(labels) == {"a": 1, "b": 2}
    assert labels.n_unlabelled == 1


def test_native_lists_are_delimited(tmp_path: Path) -> None:
    rows = [{"labels": ["a", "b"]}, {"labels": []}, {"labels": None}, {"labels": ["b", "b"]}]
    labels = read(tmp_path, lines(*map(json.dumps, rows)), name="labels.jsonl")
    assert labels.layout.kind == "delimited"
    assert "cells are lists" in labels.layout.reason
    assert counts(labels) == {"a": 1, "b": 2}
    assert (labels.n_samples, labels.n_unlabelled, labels.n_missing) == (3, 1, 1)


def test_separator_overrides_what_the_cells_show(tmp_path: Path) -> None:
    text = lines("id,label", "1,a/b", "2,a", "3,b/c/b")
    assert counts(read(tmp_path, text)) == {"a": 1, "a/b": 1, "b/c/b": 1}
    labels = read(tmp_path, text, separator="/")
    assert counts(labels) == {"a": 2, "b": 2, "c": 1}
    assert labels.layout.reason.endswith("as asked")


def test_a_separator_may_be_longer_than_one_character(tmp_path: Path) -> None:
    assert counts(read(tmp_path, lines("id,label", "1,a::b", "2,a"), separator="::")) == {"a": 2, "b": 1}


def test_layout_column_keeps_cells_whole(tmp_path: Path) -> None:
    text = lines("id,labels", "1,a|b", "2,a", "3,b|a", "4,b")
    assert read(tmp_path, text).layout.kind == "delimited"
    assert counts(read(tmp_path, text, layout="column")) == {"a": 1, "a|b": 1, "b": 1, "b|a": 1}


def test_names_with_spaces_and_commas_stay_whole(tmp_path: Path) -> None:
    names = ["Bottle cap", "Glass bottle", "Plastic film", "Can", "Pop tab"]
    text = lines("id,label", *[f"{i},{names[i % 5]}" for i in range(30)])
    assert set(counts(read(tmp_path, text))) == set(names)
    cities = ["Paris, France", "Lima, Peru", "Oslo, Norway"]
    text = lines("id\tlabel", *[f"{i}\t{cities[i % 3]}" for i in range(30)])
    assert set(counts(read(tmp_path, text, name="a.tsv"))) == set(cities)


def test_a_separator_that_does_not_convince_is_a_question_with_both_flags(tmp_path: Path) -> None:
    text = lines("id,label", "1,T-shirt; top", "2,Coat", "3,Bag", "4,Coat")
    asked = question(tmp_path, text)
    assert "'T-shirt; top' can be one label or several separated by ';'" in asked
    assert "--layout column" in asked
    assert "--separator ';'" in asked
    assert counts(read(tmp_path, text, layout="column"))["T-shirt; top"] == 1
    assert counts(read(tmp_path, text, separator=";"))["top"] == 1


def test_label_sets_too_many_and_too_long_for_names_are_still_found_by_the_name_of_their_column(tmp_path: Path) -> None:
    names = ["toxic", "severe_toxic", "obscene", "threat", "insult", "identity_hate"]
    sets = ["|".join(n for j, n in enumerate(names) if i >> j & 1) for i in range(1, 60)]
    labels = read(tmp_path, lines("id,labels", *[f"{i},{s}" for i, s in enumerate(sets)]))
    assert labels.layout.kind == "delimited"
    assert counts(labels) == {n: sum(n in s.split("|") for s in sets) for n in sorted(names)}
    alone = read(tmp_path, lines(*sets), name="sets.txt", header=False)
    assert counts(alone) == counts(labels)


def test_an_empty_cell_is_a_sample_without_labels_until_missing_says_otherwise(tmp_path: Path) -> None:
    text = lines("id,labels", "1,a|b", "2,", '3,""', "4,b|a", "5,a")
    labels = read(tmp_path, text)
    assert (labels.n_samples, labels.n_unlabelled, labels.n_missing) == (5, 2, 0)
    assert any("--missing ''" in note for note in labels.layout.notes)
    labels = read(tmp_path, text, missing=("",))
    assert (labels.n_samples, labels.n_unlabelled, labels.n_missing) == (3, 0, 2)
    assert not labels.layout.notes


# -- the indicator layout ---------------------------------------------------------------------------------------------


def test_columns_of_0_and_1_are_indicators_in_file_order(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("id,comment_text,toxic,hate,9 lives", "1,so bad,1,0,0", "2,fine,0,0,1", "3,ok,1,1,0"))
    assert labels.layout.kind == "indicator"
    assert "3 columns hold only 0 and 1" in labels.layout.reason
    assert counts(labels) == {"toxic": 2, "hate": 1, "9 lives": 1}


def test_integer_names_in_the_header_are_class_names(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("id,10,2,7", "a,1,0,0", "b,0,1,1", "c,1,1,0"))
    assert labels.layout.kind == "indicator"
    assert list(counts(labels).items()) == [("10", 2), ("2", 2), ("7", 1)]
    labels = read(tmp_path, lines("0,1,2", "1,0,0", "0,1,1", "1,1,0"))
    assert (counts(labels), labels.n_samples) == ({"0": 2, "1": 2, "2": 1}, 3)


def test_columns_without_names_are_numbered_from_0_as_those_of_a_matrix(tmp_path: Path) -> None:
    text = lines("1,0,0", "0,1,1", "1,1,0")
    labels = read(tmp_path, text, header=False)
    matrix = imbalance_doctor.analyze(np.array([[1, 0, 0], [0, 1, 1], [1, 1, 0]])).labels
    assert counts(labels) == counts(matrix) == {"0": 2, "1": 2, "2": 1}
    assert any("numbered from 0" in note for note in labels.layout.notes)
    assert counts(read(tmp_path, text, header=False, classes=("a", "b", "c"))) == {"a": 2, "b": 2, "c": 1}


def test_blanks_and_minus_one_are_unknown_and_counted_per_class(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("a,b,c", "1,,0", "0,-1,0", "1,1,", ",,-1"))
    assert (labels.n_samples, labels.n_missing) == (3, 1)
    assert [row.unknown for row in labels.classes] == [0, 2, 1]
    assert labels.counts.known == (3, 1, 2)
    assert counts(labels) == {"a": 2, "b": 1, "c": 0}
    assert labels.n_unlabelled == 0, "0, unknown, 0 may have a label"


def test_missing_names_a_text_that_is_unknown(tmp_path: Path) -> None:
    text = lines("a,b", "1,?", "0,1", "1,0", "0,0")
    assert "--label" in question(tmp_path, text)
    labels = read(tmp_path, text, missing=("?",))
    assert labels.layout.kind == "indicator"
    assert labels.counts.known == (4, 3)


def test_ones_and_blanks_alone_are_a_question(tmp_path: Path) -> None:
    text = lines("a,b,c", "1,,", ",1,1", ",,1")
    asked = question(tmp_path, text)
    assert "a blank can be 0 or unknown" in asked
    assert "--missing ''" in asked
    assert read(tmp_path, text, missing=("",)).counts.known == (1, 1, 2)


def test_a_matrix_that_is_one_hot_is_multi_class_and_says_so(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("cat,dog,cow", "1,0,0", "0,1,0", "1,0,0", "0,0,1"))
    assert labels.task == "multiclass"
    assert any(note.startswith("one-hot") for note in labels.layout.notes)
    labels = read(tmp_path, lines("cat,dog,cow", "1,0,0", "0,1,0", "1,0,1", "0,0,1"))
    assert labels.task == "multilabel"
    assert not any(note.startswith("one-hot") for note in labels.layout.notes)
    labels = read(tmp_path, lines("cat,dog,cow", "1,0,0", "0,0,0", "1,0,0", "0,0,1"))
    assert not any(note.startswith("one-hot") for note in labels.layout.notes)
    assert any(note.startswith("one-hot") for note in imbalance_doctor.analyze(np.eye(3)).labels.layout.notes)


def test_one_column_named_label_among_columns_of_0_and_1_is_the_label(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("id,is_female,label", "1,0,1", "2,1,1", "3,0,0"))
    assert (labels.layout.kind, labels.layout.column) == ("column", "label")


def test_a_flag_among_indicators_is_a_question_and_classes_picks_the_columns(tmp_path: Path) -> None:
    text = lines("toxic,hate,split", "1,0,0", "0,1,1", "0,0,1")
    asked = question(tmp_path, text)
    assert "'split' is hardly a class" in asked
    assert "--classes toxic,hate" in asked
    labels = read(tmp_path, text, classes=("toxic", "hate"))
    assert counts(labels) == {"toxic": 1, "hate": 1}
    assert any("split" in note for note in labels.layout.notes)


def test_indicators_beside_a_column_that_can_be_classes_are_a_question_with_both_flags(tmp_path: Path) -> None:
    text = lines("colour,a,b", *[f"{'red' if i % 2 else 'blue'},{i % 2},{i % 3 % 2}" for i in TWENTY])
    asked = question(tmp_path, text)
    assert "--label colour" in asked
    assert "--layout indicator" in asked
    assert list(counts(read(tmp_path, text, layout="indicator"))) == ["a", "b"]


def test_classes_choose_indicator_columns_and_their_order(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("a,b,c", "1,0,1", "0,0,1", "1,1,0"), classes=("c", "a"))
    assert list(counts(labels).items()) == [("c", 2), ("a", 2)]
    asked = question(tmp_path, lines("a,b,c", "1,0,1", "0,0,1"), classes=("a", "x"), layout="indicator")
    assert "there is no indicator column 'x'" in asked


def test_a_column_left_out_takes_with_it_the_samples_that_carry_nothing_else(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("a,b,c", "1,0,1", "0,0,1", "1,1,0", "0,0,0"), ignore=("c",))
    assert counts(labels) == {"a": 2, "b": 1}
    assert (labels.n_samples, labels.n_ignored, labels.n_unlabelled) == (3, 1, 1)


def test_a_cell_that_is_neither_0_nor_1_is_an_error_with_its_row_and_column(tmp_path: Path) -> None:
    asked = question(tmp_path, lines("a,b", "1,0", "0,7"), layout="indicator", classes=("a", "b"))
    assert "row 2 of column 'b' holds '7'" in asked


def test_the_rows_of_a_matrix_can_lie_in_the_cells_of_a_column(tmp_path: Path) -> None:
    text = lines("id,labels", '1,"[0, 1, 1]"', '2,"[0, 0, 0]"', '3,"[1, 0, 0]"')
    labels = read(tmp_path, text)
    assert labels.layout.kind == "indicator"
    assert "each cell is a vector of 3 zeros and ones" in labels.layout.reason
    assert counts(labels) == {"0": 1, "1": 1, "2": 1}
    assert labels.n_unlabelled == 1
    assert counts(read(tmp_path, text, classes=("a", "b", "c"))) == {"a": 1, "b": 1, "c": 1}
    assert counts(read(tmp_path, text, layout="delimited")) == {"0": 3, "1": 2}


def test_pairs_of_0_and_1_are_a_question(tmp_path: Path) -> None:
    text = lines(*[json.dumps({"labels": row}) for row in ([0, 1], [1, 0])])
    asked = question(tmp_path, text, name="a.jsonl")
    assert "two labels, or a vector" in asked
    assert counts(read(tmp_path, text, name="a.jsonl", layout="delimited")) == {"0": 2, "1": 2}
    assert read(tmp_path, text, name="a.jsonl", layout="indicator").task == "binary"


# -- the long layout --------------------------------------------------------------------------------------------------


def test_ids_that_repeat_without_a_pair_that_repeats_are_the_long_layout(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("image_id,label", "7,cat", "8,dog", "9,cat", "7,dog", "9,cow"))
    assert labels.layout.kind == "long"
    assert "'image_id' repeat" in labels.layout.reason
    assert (labels.n_rows, labels.n_samples) == (5, 3)
    assert counts(labels) == {"cat": 2, "cow": 1, "dog": 2}


def test_ids_and_pairs_that_repeat_are_a_question_with_both_flags(tmp_path: Path) -> None:
    text = lines("image,label", "7,cat", "8,dog", "7,cat", "7,dog")
    asked = question(tmp_path, text)
    assert "--layout column if each row is a sample, --layout long if each row is a pair" in asked
    assert counts(read(tmp_path, text, layout="column")) == {"cat": 2, "dog": 2}
    assert counts(read(tmp_path, text, layout="long")) == {"cat": 1, "dog": 2}


def test_ids_that_do_not_repeat_are_samples(tmp_path: Path) -> None:
    assert read(tmp_path, lines("id,label", "1,cat", "2,dog", "3,cat")).layout.kind == "column"


def test_an_id_names_the_samples_of_the_long_layout(tmp_path: Path) -> None:
    text = lines("who,what,when", "x,cat,1", "y,cat,2", "x,dog,3")
    labels = read(tmp_path, text, id="who", label="what")
    assert labels.layout.kind == "long"
    assert labels.n_samples == 2
    asked = question(tmp_path, text, layout="long", label="what")
    assert "--id COLUMN" in asked
    assert read(tmp_path, lines("who,what", "x,cat", "y,cat", "x,dog"), layout="long", label="what").n_samples == 2


def test_the_id_column_beside_one_other_column_needs_no_label(tmp_path: Path) -> None:
    text = lines("who,what", "x,cat", "y,cat", "x,dog")
    labels = read(tmp_path, text, id="who", header=True)
    assert (labels.layout.column, labels.layout.reason.split(";")[0]) == ("what", "the only column beside the id")
    assert "use --header" in question(tmp_path, text, id="who")


def test_an_id_with_another_layout_only_keeps_its_column_from_being_the_label(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("label,kind", "1,a", "2,b", "3,a"), id="label", layout="column")
    assert counts(labels) == {"a": 2, "b": 1}


# -- the counts layout ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("header", ["class,count", "label,n", "name,frequency", "Category,n_samples", "tag,support"])
def test_classes_beside_a_column_named_for_counts_are_counts(tmp_path: Path, header: str) -> None:
    labels = read(tmp_path, lines(header, "cat,5", "dog,3", "cow,0"))
    assert labels.layout.kind == "counts"
    assert counts(labels) == {"cat": 5, "cow": 0, "dog": 3}
    assert labels.n_samples == 8


def test_counts_come_in_either_order_and_beside_further_columns(tmp_path: Path) -> None:
    assert counts(read(tmp_path, lines("count,class", "5,cat", "3,dog"))) == {"cat": 5, "dog": 3}
    labels = read(tmp_path, lines("class,count,percent", "cat,5,62.5", "dog,3,37.5"))
    assert (labels.layout.kind, counts(labels)) == ("counts", {"cat": 5, "dog": 3})


def test_names_that_occur_once_beside_numbers_larger_than_the_table_is_long_are_counts(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("cat,500", "dog,20"), header=False)
    assert (labels.layout.kind, counts(labels)) == ("counts", {"cat": 500, "dog": 20})
    asked = question(tmp_path, lines("cat,1", "dog,2", "cow,1"), header=False)
    assert "classes with counts, or samples with labels" in asked
    assert "--layout counts, or --layout column --label 2" in asked


def test_files_with_large_class_ids_are_not_counts(tmp_path: Path) -> None:
    text = lines("img_a1.png,700", "img_b2.png,3", "img_c3.png,999")
    assert "--label" in question(tmp_path, text, header=False)


def test_a_json_object_of_class_to_count_is_counts(tmp_path: Path) -> None:
    labels = read(tmp_path, '{"dog": 3, "cat": 5, "cow": 0}', name="counts.json")
    assert (labels.layout.kind, counts(labels)) == ("counts", {"cat": 5, "cow": 0, "dog": 3})


def test_a_bare_list_of_numbers_is_counts_when_some_are_larger_than_the_list_is_long(tmp_path: Path) -> None:
    labels = read(tmp_path, "656, 122, 380, 7", name="pasted.txt")
    assert labels.layout.kind == "counts"
    assert counts(labels) == {"0": 656, "1": 122, "2": 380, "3": 7}
    assert "classes are numbered from 0" in labels.layout.notes
    assert counts(read(tmp_path, "[656, 122]", name="pasted.json", classes=("ok", "fraud"))) == {
        "ok": 656,
        "fraud": 122,
    }


def test_a_bare_list_of_class_ids_is_a_column(tmp_path: Path) -> None:
    labels = read(tmp_path, json.dumps([0, 1, 1, 2] * 10), name="ids.json")
    assert (labels.layout.kind, counts(labels)) == ("column", {"0": 10, "1": 20, "2": 10})


@pytest.mark.parametrize("numbers", [[1, 2, 2, 1], [1, 2, 3, 4]])
def test_a_bare_list_that_can_be_either_is_a_question_with_both_flags(tmp_path: Path, numbers: list[int]) -> None:
    asked = question(tmp_path, json.dumps(numbers), name="n.json")
    assert "--layout counts" in asked
    assert "--layout column" in asked
    assert read(tmp_path, json.dumps(numbers), name="n.json", layout="counts").n_samples == sum(numbers)
    assert read(tmp_path, json.dumps(numbers), name="n.json", layout="column").n_samples == 4


def test_a_class_with_two_counts_is_an_error(tmp_path: Path) -> None:
    asked = question(tmp_path, lines("class,count", "cat,5", "dog,3", "cat,1"), layout="counts")
    assert "row 3: the class 'cat' has two counts" in asked
    undecided = question(tmp_path, lines("class,count", "cat,5", "dog,3", "cat,1"))
    assert "--layout counts" in undecided
    assert "--layout column" in undecided


def test_layout_counts_overrides_and_label_names_the_class_column(tmp_path: Path) -> None:
    text = lines("id,name,n", "a,cat,5", "b,dog,3")
    assert counts(read(tmp_path, text, layout="counts", label="name")) == {"cat": 5, "dog": 3}
    assert "name the class column with --label" in question(tmp_path, text, layout="counts")


def test_label_on_a_table_of_counts_does_not_make_samples_of_its_classes(tmp_path: Path) -> None:
    text = lines("class,count", "cat,5", "dog,3")
    assert counts(read(tmp_path, text, label="class")) == {"cat": 5, "dog": 3}
    assert counts(read(tmp_path, text, label="class", layout="column")) == {"cat": 1, "dog": 1}


def test_n_samples_says_how_many_samples_the_counts_are_of(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("class,count", "cat,5", "dog,3"), n_samples=20)
    assert (labels.n_samples, labels.task, labels.counts_only) == (20, "multilabel", False)
    assert read(tmp_path, lines("class,count", "cat,5", "dog,3")).counts_only
    assert "--n-samples" in question(tmp_path, lines("class,count", "cat,5", "dog,3"), n_samples=4)


# -- several inputs ---------------------------------------------------------------------------------------------------


def test_a_class_that_appears_only_in_a_later_shard_is_counted(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("label", "a", "b"), lines("label", "c", "a"), header=True)
    assert counts(labels) == {"a": 2, "b": 1, "c": 1}


def test_further_columns_of_a_later_shard_change_nothing(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("id,label", "1,a", "2,b"), lines("label,x", "a,7", "a,8"))
    assert counts(labels) == {"a": 3, "b": 1}


def test_a_shard_without_the_label_column_is_an_error(tmp_path: Path) -> None:
    asked = question(tmp_path, lines("id,label", "1,a", "2,b", "3,a"), lines("id,other", "1,a"), header=True)
    assert "has no column 'label'" in asked


def test_a_shard_with_one_more_indicator_is_an_error(tmp_path: Path) -> None:
    asked = question(tmp_path, lines("a,b", "1,0", "0,0"), lines("a,b,c", "1,0,1", "0,1,0"))
    assert "a column 'c' of 0 and 1, the first has not" in asked


def test_lists_in_one_shard_only_are_an_error(tmp_path: Path) -> None:
    first = lines(*[json.dumps({"label": ["a"]})] * 2)
    second = lines(*[json.dumps({"label": "a"})] * 2)
    assert "in only one of them" in question(tmp_path, first, second, name="x.jsonl")


def test_a_table_and_a_matrix_are_not_one_data_set(tmp_path: Path) -> None:
    matrix = tmp_path / "m.npy"
    np.save(matrix, np.array([[1, 0], [0, 1]]))
    table = tmp_path / "t.csv"
    table.write_text(lines("a,b", "1,0", "0,1"))
    for paths in ([matrix, table], [table, matrix]):
        with pytest.raises(InputError):
            imbalance_doctor.analyze(paths)


# -- wishes that cannot be ---------------------------------------------------------------------------------------------


def test_the_layouts_are_those_of_the_command_line() -> None:
    assert KINDS == ("column", "delimited", "indicator", "long", "counts")


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"layout": "colum"}, "there is no layout named 'colum'"),
        ({"separator": ""}, "a separator cannot be empty"),
        ({"separator": "|", "layout": "column"}, "the layout column has no separator"),
        ({"id": "id", "layout": "counts"}, "has no column that names the sample"),
        ({"id": "id", "label": "id"}, "named as label and as id"),
    ],
)
def test_wishes_that_contradict_each_other_are_wrong_usage(tmp_path: Path, said: dict, complaint: str) -> None:
    assert complaint in question(tmp_path, lines("id,label", "1,a", "2,a"), **said)
    with pytest.raises(UsageError):
        read(tmp_path, lines("id,label", "1,a", "2,a"), **said)


@pytest.mark.parametrize("said", [{"layout": "column"}, {"layout": "counts"}, {"separator": "|"}, {"id": "x"}])
def test_a_matrix_has_one_layout_only(said: dict) -> None:
    from imbalance_doctor.readers._objects import batches

    with pytest.raises((InputError, UsageError)):
        decide(batches(np.eye(3)), Wishes(**said))


def test_native_lists_have_no_separator_and_are_no_single_labels(tmp_path: Path) -> None:
    text = lines(*[json.dumps({"id": 1, "label": ["a", "b"]})] * 2)
    for said in ({"separator": "|"}, {"layout": "column"}, {"layout": "long", "id": "id"}):
        assert question(tmp_path, text, name="x.jsonl", **said)


def test_two_spellings_of_one_are_labels_not_a_vector() -> None:
    assert imbalance_doctor.analyze([["1", "1.0"], ["1", "1.0"]]).labels.counts.names == ("1", "1.0")


@pytest.mark.parametrize("name", ["pasted.txt", "pasted.json"])
def test_a_number_without_end_is_named_and_not_read(tmp_path, name):
    asked = question(tmp_path, f"[{'9' * 5000}, 2, 3]", name=name)
    assert "5,000 digits" in asked


# What cannot be read as it was asked to be


@pytest.mark.parametrize(
    ("text", "said", "why"),
    [
        ("id,label\n1,a b\n2,c\n3,d e\n", {"label": "label", "layout": "indicator"}, "hold no vectors of 0 and 1"),
        ("id,label\n1,a\n2,b\n3,c\n", {"label": "label", "layout": "delimited"}, "no separator recurs"),
        ("id,size\n1,a\n2,b\n", {"layout": "indicator"}, "no column holds only 0 and 1"),
        ("a,b\n1,0\n0,1\n", {"ignore": ("a", "b")}, "every class is left out"),
        ("1,0\n0,1\n1,1\n", {"header": False, "layout": "indicator", "classes": ("a", "b", "c")}, "3 classes are decl"),
        ("id\n1\n1\n2\n", {"id": "id", "header": True}, "no column beside the id"),
    ],
)
def test_a_layout_that_the_cells_do_not_have_is_refused(tmp_path: Path, text: str, said: dict, why: str) -> None:
    assert why in question(tmp_path, text, **said)
