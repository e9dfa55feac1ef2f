"""Truth beside prediction: by id where both have ids, else by position; classes by name, else by index, else asked."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.predictions.joining import Join
from imbalance_doctor.predictions.truth import RowLabels
from tests.dumps import examined, predicted, question, table

N = 60
RNG = np.random.default_rng(4)
NAMES = ("cat", "dog", "owl")
TRUTH = RNG.integers(0, 3, N)
LABELS = [NAMES[i] for i in TRUTH]
SCORES = np.eye(3)[TRUTH] * 0.7 + 0.1
IDS = [f"img{i}" for i in range(N)]
ORDER = RNG.permutation(N)
SHUFFLED = table(("id", [IDS[i] for i in ORDER]), ("label", [LABELS[i] for i in ORDER]))


def dump(names: tuple[str, ...] = NAMES, ids: list[str] | None = IDS, scores: np.ndarray = SCORES) -> str:
    columns = [(f"prob_{n}", column) for n, column in zip(names, scores.T, strict=True)]
    return table(*([("id", ids)] if ids else []), *columns)


def test_rows_are_joined_by_id_whatever_their_order(tmp_path: Path) -> None:
    found = examined(tmp_path, dump(), SHUFFLED)
    assert found.profile.truth.accuracy == 1.0
    assert found.profile.truth.joined_by == "id 'id'"


def test_ids_of_another_name_are_named(tmp_path: Path) -> None:
    truth = SHUFFLED.replace("id,label", "filename,label")
    assert examined(tmp_path, dump(), truth).profile.truth.joined_by == "id 'id' = 'filename'"
    found = examined(tmp_path, dump(), SHUFFLED.replace("id,label", "who,label"), id="id", truth_id="who")
    assert found.profile.truth.accuracy == 1.0


def test_without_ids_on_both_sides_rows_are_joined_by_position(tmp_path: Path) -> None:
    found = examined(tmp_path, dump(ids=None), table(("label", LABELS)), truth_layout="column")
    assert found.profile.truth.joined_by == "position"
    assert found.profile.truth.accuracy == 1.0
    assert examined(tmp_path, dump(), table(("label", LABELS))).profile.truth.joined_by == "position"


@pytest.mark.parametrize("n", [1, N - 1, N + 1])
def test_lengths_must_be_equal_by_position(tmp_path: Path, n: int) -> None:
    asked = question(tmp_path, dump(ids=None), table(("label", (LABELS * 2)[:n])), truth_layout="column")
    assert f"the truth {n}" in asked or "one class" in asked or "none is in both" in asked


def test_ids_that_disagree_are_never_joined_by_position(tmp_path: Path) -> None:
    other = SHUFFLED.replace("img", "pic")
    asked = question(tmp_path, dump(), other)
    assert "60 of 60 ids of the dump are not in the truth: 'img0', 'img1', 'img2'" in asked
    assert "--by-position" in asked
    assert examined(tmp_path, dump(), other, by_position=True).profile.truth.joined_by == "position"


def test_a_truth_for_a_part_of_the_rows_is_taken_when_the_id_was_named(tmp_path: Path) -> None:
    part = "\n".join(SHUFFLED.splitlines()[:41]) + "\n"
    assert "20 of 60 ids" in question(tmp_path, dump(), part)
    found = examined(tmp_path, dump(), part, id="id")
    assert found.profile.truth.n_joined == 40
    assert found.profile.n_samples == N
    assert any("20 of 60 rows have no truth" in note for note in found.profile.layout.notes)


def test_more_truth_than_predictions_is_said(tmp_path: Path) -> None:
    found = examined(tmp_path, dump(), SHUFFLED + "extra1,cat\nextra2,dog\n")
    assert "2 of 62 rows of the truth have no prediction" in found.profile.layout.notes


def test_an_id_twice_in_the_truth_is_an_error(tmp_path: Path) -> None:
    assert "'img0' occurs twice" in question(tmp_path, dump(), SHUFFLED + "img0,dog\n")


def test_columns_are_matched_by_name_not_by_place(tmp_path: Path) -> None:
    order = [2, 0, 1]
    found = examined(tmp_path, dump(tuple(NAMES[i] for i in order), scores=SCORES[:, order]), SHUFFLED)
    assert found.profile.truth.accuracy == 1.0
    assert list(predicted(found)) == ["owl", "cat", "dog"], "the order of the file is the model's"
    declared = examined(
        tmp_path, dump(tuple(NAMES[i] for i in order), scores=SCORES[:, order]), SHUFFLED, classes=NAMES
    )
    assert list(predicted(declared)) == list(NAMES)
    assert declared.profile.layout.columns == ("prob_cat", "prob_dog", "prob_owl")
    assert predicted(declared) == dict(zip(NAMES, np.bincount(TRUTH).tolist(), strict=True))


def test_a_matrix_is_matched_by_index_only(tmp_path: Path) -> None:
    assert examined(tmp_path, SCORES, TRUTH).profile.truth.accuracy == 1.0
    assert examined(tmp_path, SCORES, TRUTH.astype(np.float32)).profile.truth.accuracy == 1.0
    assert "--classes 1,2,3" in question(tmp_path, SCORES, TRUTH + 1)
    assert examined(tmp_path, SCORES, TRUTH + 1, classes=("1", "2", "3")).profile.truth.accuracy == 1.0
    labels = table(("label", LABELS))
    assert "--classes" in question(tmp_path, SCORES, labels)
    assert examined(tmp_path, SCORES, labels, classes=NAMES).profile.truth.accuracy == 1.0
    assert "none is in both" in question(tmp_path, dump(ids=None), TRUTH)
    assert examined(tmp_path, dump(ids=None), TRUTH, classes=NAMES).profile.truth.accuracy == 1.0


def test_classes_on_one_side_only_are_said(tmp_path: Path) -> None:
    truth = table(("id", IDS), ("label", ["emu" if i < 3 else label for i, label in enumerate(LABELS)]))
    found = examined(tmp_path, dump(), truth)
    assert found.profile.truth.n_joined == N - 3
    notes = "; ".join(found.profile.layout.notes)
    assert "the truth has 1 class that the dump lacks, with 3 labels that nothing can answer: 'emu'" in notes
    only = table(("id", IDS), ("label", ["cat" if label == "owl" else label for label in LABELS]))
    assert "no row of 1 class: 'owl'" in "; ".join(examined(tmp_path, dump(), only).profile.layout.notes)


def test_predicted_labels_have_the_classes_of_both_sides(tmp_path: Path) -> None:
    answers = table(("id", IDS), ("label", ["cat"] * N))
    found = examined(tmp_path, answers, SHUFFLED)
    assert predicted(found) == {"cat": N, "dog": 0, "owl": 0}
    assert found.profile.never_predicted == ("dog", "owl")
    assert "share no class" in question(tmp_path, TRUTH, table(("label", LABELS)))
    assert examined(tmp_path, TRUTH, table(("label", LABELS)), classes=NAMES).profile.truth.accuracy == 1.0


BINARY = (TRUTH == 0).astype(int)
SCORE = np.where(BINARY == 1, 0.8, 0.3)


@pytest.mark.parametrize(
    ("column", "labels", "positive"),
    [
        ("prob", ["1" if b else "0" for b in BINARY], "1"),
        ("prob", ["true" if b else "false" for b in BINARY], "true"),
        ("prob", ["positive" if b else "negative" for b in BINARY], "positive"),
        ("prob", ["spam" if b else "ham" for b in BINARY], "spam"),
        ("prob", ["z" if b else "a" for b in BINARY], "z"),
        ("prob_a", ["a" if b else "z" for b in BINARY], "a"),
        ("prob", ["1"] * N, "1"),
    ],
)
def test_one_score_is_that_of_the_positive_class(tmp_path: Path, column: str, labels: list[str], positive: str) -> None:
    found = examined(tmp_path, table((column, SCORE)), table(("label", labels)), truth_layout="column")
    assert found.profile.classes[1].name == positive
    assert found.profile.classes[1].predicted == BINARY.sum()
    assert found.profile.truth.n_joined == N


def test_one_score_for_three_true_classes_is_an_error(tmp_path: Path) -> None:
    assert "one column of scores" in question(tmp_path, SCORE, TRUTH)
    assert "--classes red,OTHER" in question(tmp_path, SCORE, table(("label", ["red"] * N)), truth_layout="column")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-1, 3), min_size=1, max_size=30), st.lists(st.integers(1, 7), min_size=1, max_size=8))
def test_blocks_of_any_size_get_the_truth_of_their_rows(codes: list[int], sizes: list[int]) -> None:
    truth = RowLabels(("a", "b", "c", "d"), True, len(codes), "", np.array(codes, dtype=np.int32))
    join = Join(truth, ("d", "b", "a"), dense=False)
    cells = Join(truth, ("d", "b", "a"), dense=True)
    expected = [{0: 2, 1: 1, 2: -1, 3: 0, -1: -1}[code] for code in codes]
    got: list[int] = []
    while len(got) < len(codes):
        n = min(sizes[len(got) % len(sizes)], len(codes) - len(got))
        dense, known = cells.of(n, None)
        part = join.of(n, None)[0].tolist()
        for row, code in enumerate(part):
            assert dense[row].tolist() == [code == 0, code == 1, code == 2]
            assert known is None or known[row].all() == (code >= 0)
        got += part
    assert got == expected
    join.finish()
