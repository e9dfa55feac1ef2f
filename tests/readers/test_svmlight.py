"""svmlight and LIBSVM text. The oracle is scikit-learn's reader, and files small enough to count by eye."""

from collections import Counter
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import dump_svmlight_file, load_svmlight_file

from imbalance_doctor.readers import svmlight
from tests.readers.labelled import counted, examined, in_small_blocks, refused, remarks
from tests.readers.reading import chosen, write

ONE = "# made by hand\n1 1:0.5 3:2\n-1 2:1e-3\n1 7:-4\n1\n"
SEVERAL = "# labels 0 to 2\n1,0 2:2.5   10:-5.2 15:1.5\n2 5:1.0 12:-3\n 2:3.5 11:26\n1,2 20:27\n"


def test_a_line_is_a_sample_and_its_first_word_the_label(tmp_path: Path) -> None:
    labels = examined(tmp_path, ONE, "a.svm")
    assert {row.name: row.count for row in labels.classes} == {"-1": 1, "1": 3}
    assert (labels.n_rows, labels.task, labels.layout.kind) == (4, "binary", "column")


def test_several_labels_stand_apart_by_commas_and_a_line_without_any_is_unlabelled(tmp_path: Path) -> None:
    labels = examined(tmp_path, SEVERAL, "a.libsvm")
    assert {row.name: row.count for row in labels.classes} == {"0": 1, "1": 2, "2": 2}
    assert (labels.n_rows, labels.n_unlabelled, labels.n_missing, labels.task) == (4, 1, 0, "multilabel")


@pytest.mark.parametrize("line", [" 2:3.5 11:26", "2:3.5 11:26", "\t2:3.5"])
def test_a_line_that_starts_with_a_feature_has_no_label(tmp_path: Path, line: str) -> None:
    assert examined(tmp_path, f"1,2 1:1\n{line}\n", "a.svm").n_unlabelled == 1


def test_labels_are_exact_text(tmp_path: Path) -> None:
    assert counted(tmp_path, "1 1:2\n1.0 1:2\n+1 1:2\n01 1:2\n" * 9, "a.svm") == {"+1": 9, "01": 9, "1": 9, "1.0": 9}


def test_comments_query_ids_and_blank_lines_are_no_samples(tmp_path: Path) -> None:
    text = "#1 1:1\n\n3 qid:1 1:0.53 # 1A\n   \n2 qid:1 1:0.13#1B\r\n3 qid:2 1:nan 2:-inf\n   # nothing\n"
    assert counted(tmp_path, text, "a.svmlight") == {"2": 1, "3": 2}


def test_the_counts_are_those_of_scikit_learn(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    x = rng.random((300, 6)) * (rng.random((300, 6)) < 0.4)
    file = BytesIO()
    dump_svmlight_file(x, rng.integers(0, 5, 300), file)
    loaded = Counter(str(int(y)) for y in load_svmlight_file(BytesIO(file.getvalue()))[1])
    assert counted(tmp_path, file.getvalue(), "a.svm") == dict(sorted(loaded.items()))


def test_the_label_sets_are_those_of_scikit_learn(tmp_path: Path) -> None:
    rng = np.random.default_rng(6)
    file = BytesIO()
    dump_svmlight_file(rng.random((200, 3)), rng.random((200, 4)) < 0.3, file, multilabel=True)
    loaded = load_svmlight_file(BytesIO(file.getvalue()), multilabel=True)[1]
    labels = examined(tmp_path, file.getvalue(), "a.svm")
    each = Counter(str(int(y)) for sample in loaded for y in sample)
    assert {row.name: row.count for row in labels.classes} == dict(sorted(each.items()))
    assert labels.n_unlabelled == sum(not sample for sample in loaded)


@pytest.mark.parametrize("size", [1, 7, 30, 200])
def test_the_size_of_the_blocks_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    in_small_blocks(monkeypatch, size)
    assert counted(tmp_path, SEVERAL, "a.svm", layout="delimited") == {"0": 1, "1": 2, "2": 2}
    assert counted(tmp_path, ONE, "a.svm") == {"-1": 1, "1": 3}


def test_several_labels_far_behind_lines_of_one_are_a_question_that_a_layout_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_small_blocks(monkeypatch, 10)
    text = "1 1:0.5\n" * 5 + "2,1 1:1\n"
    assert "line 6 has several labels" in refused(tmp_path, text, "a.svm")
    assert "--layout delimited" in refused(tmp_path, "1 1:0.5\n" * 5 + "7:1 8:1\n", "a.svm")
    assert counted(tmp_path, text, "a.svm", layout="delimited") == {"1": 6, "2": 1}


def test_a_regression_target_is_a_question(tmp_path: Path) -> None:
    text = "".join(f"{i / 7:.4f} 1:{i}\n" for i in range(40))
    assert "regression target" in refused(tmp_path, text, "a.svm")
    assert examined(tmp_path, text, "a.svm", layout="column").n_rows == 40


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("python 2:2.5 10:-5.2\n", 1),
        ("1 1:1\n2 a:1\n", 2),
        ("1 1:1\n\n2 1:x\n", 3),
        ("1 1:1\n2 1\n", 2),
        ("1, 2 1:1\n", 1),
        ("1 1:1\n1,,2 1:1\n", 2),
        ("1 1:1\n1 2:3 qid:4\n", 2),
        ("1 1: 2\n", 1),
    ],
)
def test_a_line_that_is_not_labels_and_features_is_named(tmp_path: Path, text: str, number: int) -> None:
    said = refused(tmp_path, text, "a.svm", input_format="svmlight")
    assert f"a.svm: line {number} (" in said
    assert "is not labels and features" in said


def test_a_file_of_comments_holds_no_sample(tmp_path: Path) -> None:
    assert "holds no sample" in refused(tmp_path, "# nothing\n\n", "a.svm")


def test_that_the_order_of_features_is_not_checked_is_said(tmp_path: Path) -> None:
    assert "the order of the features is not checked" in remarks(tmp_path, "-1 5:2.5 2:-5.2\n", "a.svm")


@pytest.mark.parametrize("text", [ONE, SEVERAL, "2 1:60 2:7\n3 1:61\n"])
def test_the_content_is_recognised_whatever_the_name(tmp_path: Path, text: str) -> None:
    assert chosen(write(tmp_path, text, "train.txt"))[0] == "svmlight"


@pytest.mark.parametrize(
    "text",
    [
        "1 12:30\n2 13:45\n",
        "12:30 13:45\n",
        "a 1:2\n",
        "1\n2\n3\n",
        "1,2\n3,4\n",
        "label text\n1 see 3:16\n",
        "1 1:2\nand so on\n",
        "",
    ],
)
def test_times_words_and_plain_numbers_are_not_taken_for_it(text: str) -> None:
    assert not svmlight.claims(text)
