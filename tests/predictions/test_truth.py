"""The truth from every label layout: one label a row or several, blanks unknown, never counts."""

from pathlib import Path

import numpy as np
import pytest

from tests.dumps import examined, question, table

NAMES = ("a", "b", "c")
ONES = np.array([[1, 0, 1], [0, 0, 0], [1, 1, 0], [0, 1, 0], [0, 0, 1]] * 8)
SCORES = np.where(ONES == 1, 0.9, 0.2)
DUMP = table(*((f"prob_{n}", column) for n, column in zip(NAMES, SCORES.T, strict=True)))
CELLS = ["|".join(n for n, one in zip(NAMES, row, strict=True) if one) for row in ONES]
IDS = [f"s{i}" for i in range(len(ONES))]


def supports(found) -> list[int]:
    return [row.support for row in found.profile.truth.classes]


SEVERAL = {
    "delimited": table(("id", IDS), ("labels", CELLS)),
    "indicator columns": table(*((n, column) for n, column in zip(NAMES, ONES.T, strict=True))),
    "a matrix": ONES.astype(np.int8),
    "a boolean matrix": ONES.astype(bool),
    "lists as text": table(("id", IDS), ("labels", ['"' + str(c.split("|") if c else []) + '"' for c in CELLS])),
}


@pytest.mark.parametrize("form", SEVERAL)
def test_several_labels_a_row_from_every_layout(tmp_path: Path, form: str) -> None:
    said = {"classes": NAMES} if "matrix" in form else {}
    found = examined(tmp_path, DUMP, SEVERAL[form], **said)
    assert found.profile.task == "sigmoid"
    assert supports(found) == ONES.sum(axis=0).tolist()
    assert found.profile.truth.subset_accuracy == 1.0
    assert found.profile.truth.n_joined == len(ONES)


def test_one_row_per_pair_needs_ids_on_both_sides(tmp_path: Path) -> None:
    pairs = [(i, n) for i, cell in zip(IDS, CELLS, strict=True) for n in (cell.split("|") if cell else [""])]
    long = table(("id", [i for i, _ in pairs]), ("label", [n for _, n in pairs]))
    with_ids = table(("id", IDS), *((f"prob_{n}", column) for n, column in zip(NAMES, SCORES.T, strict=True)))
    found = examined(tmp_path, with_ids, long, truth_layout="long")
    assert supports(found) == ONES.sum(axis=0).tolist()
    assert found.profile.truth.subset_accuracy == 1.0
    assert "name it with --id" in question(tmp_path, DUMP, long, truth_layout="long")
    assert "--truth-layout long" in question(tmp_path, with_ids, long, truth_layout="column")


def test_columns_of_truth_beside_the_scores(tmp_path: Path) -> None:
    true = [(f"true_{n}", column) for n, column in zip(NAMES[::-1], ONES.T[::-1], strict=True)]
    scores = [(f"prob_{n}", column) for n, column in zip(NAMES, SCORES.T, strict=True)]
    found = examined(tmp_path, table(*true, *scores))
    assert found.profile.truth.subset_accuracy == 1.0
    assert supports(found) == ONES.sum(axis=0).tolist()


def test_exactly_one_per_row_in_columns_of_zero_and_one_is_what_the_scores_say(tmp_path: Path) -> None:
    one_hot = np.eye(3, dtype=int)[np.arange(40) % 3]
    softmax = np.where(one_hot == 1, 0.8, 0.1)
    assert examined(tmp_path, softmax, one_hot).profile.task == "softmax"
    found = examined(tmp_path, np.where(one_hot == 1, 0.9, 0.4), one_hot)
    assert found.profile.task == "sigmoid"
    assert supports(found) == one_hot.sum(axis=0).tolist()
    beside = table(*((f"true_{i}", one_hot[:, i]) for i in range(3)), *((f"prob_{i}", softmax[:, i]) for i in range(3)))
    assert examined(tmp_path, beside).profile.task == "softmax"


def test_a_blank_cell_is_unknown_and_counts_nowhere(tmp_path: Path) -> None:
    text = table(*((n, [str(v) for v in column]) for n, column in zip(NAMES, ONES.T, strict=True)))
    lines = text.splitlines()
    lines[1] = "," + lines[1].split(",", 1)[1]
    found = examined(tmp_path, DUMP, "\n".join(lines) + "\n")
    assert supports(found) == [int(ONES[1:, 0].sum()), *ONES[:, 1:].sum(axis=0).tolist()]


def test_a_missing_true_label_leaves_its_row_out(tmp_path: Path) -> None:
    true = np.arange(40) % 3
    scores = np.eye(3)[true] * 0.7 + 0.1
    labels = table(("id", range(40)), ("label", ["?" if i < 5 else str(t) for i, t in enumerate(true)]))
    found = examined(tmp_path, scores, labels, missing=("?",))
    assert found.profile.truth.n_joined == 35
    assert found.profile.truth.accuracy == 1.0
    assert found.profile.n_samples == 40


def test_the_truth_is_the_prior_unless_training_labels_or_the_user_say_otherwise(tmp_path: Path) -> None:
    true = np.array([0] * 30 + [1] * 10)
    scores = np.column_stack([1 - true * 0.6 - 0.2, true * 0.6 + 0.2])
    assert examined(tmp_path, scores, true).profile.priors == (0.75, 0.25)
    train = table(("id", range(100)), ("label", [0] * 90 + [1] * 10))
    found = examined(tmp_path, scores, true, train=train)
    assert found.profile.priors == (0.9, 0.1)
    assert found.profile.prior_source == "training labels"
    assert found.labels is not None
    assert found.labels.n_samples == 100
    assert examined(tmp_path, scores, true, train=train, priors="0.5,0.5").profile.priors == (0.5, 0.5)
    assert examined(tmp_path, scores, train="class,count\n0,990\n1,10\n").profile.priors == (0.99, 0.01)


WRONG = [
    ("class,count\n0,20\n1,10\n2,10\n", {}, "the truth: counts of classes say nothing about single rows"),
    (table(("text", [f"a long sentence number {i} of text" for i in range(40)])), {}, "the truth: "),
    (table(("x", range(40)), ("y", range(40))), {}, "--truth "),
    (table(("label", [0, 1] * 20)), {"truth": "labels"}, "--truth takes one of 'label'"),
    (table(("label", [0, 1] * 20)), {"truth_layout": "rows"}, "known: column"),
]


@pytest.mark.parametrize(("labels", "said", "hint"), WRONG, ids=[hint for _, _, hint in WRONG])
def test_a_wrong_truth_is_named_as_the_truth_with_its_own_flags(
    tmp_path: Path, labels: str, said: dict, hint: str
) -> None:
    asked = question(tmp_path, np.full((40, 3), 1 / 3), labels, **said)
    assert hint in asked
    assert " --label" not in asked
