"""How a dump is read: every form in which frameworks and people write predictions, and what is asked."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from imbalance_doctor.examinations.predictions import examine
from imbalance_doctor.examinations.request import PredictionRequest
from imbalance_doctor.readers._choose import Paths
from tests.dumps import examined, predicted, question, table, written
from tests.readers.reading import StandardInput

RNG = np.random.default_rng(20)
N = 40
NAMES = ("cat", "dog", "owl")
TRUTH = RNG.integers(0, 3, N)
PROBABILITIES = RNG.dirichlet(np.ones(3), N)
PROBABILITIES[np.arange(N), TRUTH] += 1
PROBABILITIES /= PROBABILITIES.sum(axis=1, keepdims=True)
LOGITS = np.log(PROBABILITIES) + 3 * RNG.normal(size=(N, 1))
IDS = [f"r{i}" for i in range(N)]
LABELS = [NAMES[i] for i in TRUTH]
ANSWERS = [NAMES[i] for i in PROBABILITIES.argmax(axis=1)]
COUNTS = dict(zip(NAMES, np.bincount(PROBABILITIES.argmax(axis=1), minlength=3).tolist(), strict=True))
BY_INDEX = {str(i): n for i, n in enumerate(COUNTS.values())}


def scores(form: str = "{}", values: np.ndarray = PROBABILITIES) -> list[tuple[str, np.ndarray]]:
    return [(form.format(name), column) for name, column in zip(NAMES, values.T, strict=True)]


@pytest.mark.parametrize(
    "form", ["prob_{}", "p_{}", "score_{}", "y_pred_{}", "pred_proba_{}", "prob[{}]", "p({})", "{}_prob", "{}"]
)
def test_score_columns_are_known_by_a_word_they_share_or_by_their_class(tmp_path: Path, form: str) -> None:
    found = examined(tmp_path, table(*scores(form)))
    assert predicted(found) == COUNTS
    assert (found.profile.score_kind, found.profile.task) == ("probabilities", "softmax")
    assert found.profile.layout.columns == tuple(form.format(name) for name in NAMES)


def test_a_wide_file_has_ids_text_truth_and_answers_beside_its_scores(tmp_path: Path) -> None:
    text = [f"some sentence {i} of the text" for i in range(N)]
    dump = table(("id", IDS), ("text", text), ("true_label", LABELS), ("pred_label", ANSWERS), *scores("prob_{}"))
    found = examined(tmp_path, dump)
    assert predicted(found) == COUNTS
    assert found.profile.truth is not None
    assert found.profile.truth.n_joined == N
    assert found.profile.truth.accuracy == np.mean(np.array(LABELS) == np.array(ANSWERS))


def test_columns_named_by_the_classes_of_the_truth_beside_them_are_scores(tmp_path: Path) -> None:
    dump = table(("sentence", [f"word{i} and more" for i in range(N)]), ("y_true", LABELS), *scores("{}", LOGITS))
    found = examined(tmp_path, dump)
    assert predicted(found) == COUNTS
    assert found.profile.score_kind == "logits"


@pytest.mark.parametrize("name", ["", "Unnamed: 0"])
def test_the_index_of_a_data_frame_is_no_score_and_no_id(tmp_path: Path, name: str) -> None:
    found = examined(tmp_path, table((name, range(N)), *scores()), table(("id", IDS), ("label", LABELS)))
    assert predicted(found) == COUNTS
    assert found.profile.truth is not None
    assert found.profile.truth.joined_by == "position"


def test_a_table_without_header_has_classes_numbered_from_zero(tmp_path: Path) -> None:
    found = examined(tmp_path, table(*scores(), header=False, sep="\t"), TRUTH, name="test_results.tsv")
    assert predicted(found) == BY_INDEX
    assert found.profile.truth is not None


def test_lists_are_read_from_json_lines_from_arrays_and_from_text(tmp_path: Path) -> None:
    lines = "".join(
        json.dumps({"id": i, "logits": row.tolist(), "label": int(t)}) + "\n"
        for i, row, t in zip(IDS, LOGITS, TRUTH, strict=True)
    )
    found = examined(tmp_path, lines, name="dump.jsonl")
    assert predicted(found) == BY_INDEX
    assert found.profile.layout.kind == "list"
    assert found.profile.truth is not None
    assert predicted(examined(tmp_path, json.dumps(PROBABILITIES.tolist()), name="dump.json")) == BY_INDEX
    cells = ['"[' + ", ".join(map(str, row)) + ']"' for row in PROBABILITIES]
    assert predicted(examined(tmp_path, table(("id", IDS), ("probs", cells)))) == BY_INDEX
    printed = ["[" + " ".join(f"{v:.6f}" for v in row) + "]" for row in PROBABILITIES]
    assert predicted(examined(tmp_path, table(("probs", printed)), header=True)) == BY_INDEX


def test_a_row_of_another_length_is_named(tmp_path: Path) -> None:
    asked = question(tmp_path, '{"logits":[1,2.5]}\n' * 10_001 + '{"logits":[1,2,3]}\n', name="dump.jsonl")
    assert "row 10,002" in asked


@pytest.mark.parametrize("dtype", [np.float64, np.float32, np.float16])
def test_a_matrix_is_scores_by_column_in_every_precision(tmp_path: Path, dtype: type) -> None:
    found = examined(tmp_path, PROBABILITIES.astype(dtype), TRUTH)
    assert predicted(found) == BY_INDEX
    assert found.profile.truth is not None
    assert found.profile.layout.kind == "matrix"


def test_the_arrays_of_a_trainer_are_told_apart_by_name(tmp_path: Path) -> None:
    found = examined(tmp_path, {"predictions": LOGITS, "label_ids": TRUTH})
    assert predicted(found) == BY_INDEX
    assert found.profile.truth is not None
    assert found.profile.truth.n_joined == N


def test_an_archive_of_several_arrays_asks_which_and_takes_the_one_that_is_named(tmp_path: Path) -> None:
    arrays = {"a": LOGITS, "b": PROBABILITIES, "labels": TRUTH}
    assert "3 arrays: a, b, labels | say which one with --label" in question(tmp_path, arrays)
    assert examined(tmp_path, arrays, label="b").profile.score_kind == "probabilities"


def test_a_vector_of_floats_is_the_score_of_the_positive_class(tmp_path: Path) -> None:
    found = examined(tmp_path, PROBABILITIES[:, 0].copy(), (TRUTH == 0).astype(np.float64))
    assert found.profile.task == "binary"
    positive = int((PROBABILITIES[:, 0] >= 0.5).sum())
    assert predicted(found) == {"0": N - positive, "1": positive}
    assert predicted(examined(tmp_path, LOGITS[:, :1].copy()))["1"] == (LOGITS[:, 0] >= 0).sum()


def test_a_vector_of_whole_numbers_is_predicted_labels_in_any_type(tmp_path: Path) -> None:
    answers = PROBABILITIES.argmax(axis=1)
    for dtype, capacity in ((np.int64, None), (np.uint8, 256), (np.float32, None)):
        found = examined(tmp_path, answers.astype(dtype), TRUTH)
        assert found.profile.score_kind == "labels"
        assert predicted(found) == BY_INDEX
        assert found.profile.capacity == capacity


def test_only_zeros_in_a_column_of_answers_are_one_side_of_a_binary_answer(tmp_path: Path) -> None:
    for answers in (np.zeros(N, dtype=np.int64), np.zeros(N, dtype=bool)):
        found = examined(tmp_path, answers)
        assert found.profile.task == "binary"
        assert found.profile.all_zero_rows == N
        assert list(predicted(found).values()) == [N, 0]


def test_predicted_and_true_labels_in_one_file(tmp_path: Path) -> None:
    for true, answer in (("label", "prediction"), ("target", "pred"), ("y_true", "y_pred"), ("label", "output")):
        found = examined(tmp_path, table(("id", IDS), (true, LABELS), (answer, ANSWERS)))
        assert predicted(found) == COUNTS
        assert found.profile.truth is not None
        assert found.profile.truth.n_joined == N


def test_an_id_and_a_label_are_predicted_labels(tmp_path: Path) -> None:
    assert predicted(examined(tmp_path, table(("id", IDS), ("label", ANSWERS)))) == COUNTS
    bare = table(("", [f"test-{i}" for i in range(N)]), ("", TRUTH), header=False, sep="\t")
    assert sum(predicted(examined(tmp_path, bare, name="submit.tsv", header=False, label="2")).values()) == N


def test_the_confidence_of_an_answer_is_not_the_score_of_a_class(tmp_path: Path) -> None:
    confidence = PROBABILITIES.max(axis=1)
    found = examined(tmp_path, table(("label", ANSWERS), ("score", confidence)))
    assert found.profile.score_kind == "labels"
    assert predicted(found) == COUNTS
    two = ["POSITIVE" if i % 2 else "NEGATIVE" for i in range(N)]
    sure = np.maximum(confidence, 0.5)
    asked = question(tmp_path, table(("label", two), ("score", sure)))
    assert "--label label or --truth label" in asked
    assert examined(tmp_path, table(("label", two), ("score", sure)), label="label").profile.score_kind == "labels"


def test_an_answer_that_is_the_score_cut_leaves_the_score(tmp_path: Path) -> None:
    score = PROBABILITIES[:, 0]
    dump = table(("target", (TRUTH == 0).astype(int)), ("pred", (score > 0.4).astype(int)), ("prob", score))
    assert examined(tmp_path, dump).profile.task == "binary"
    answers = table(("target", LABELS), ("pred", ANSWERS), ("prob", PROBABILITIES.max(axis=1)))
    assert examined(tmp_path, answers).profile.score_kind == "labels"


def test_the_long_layout_is_put_together_by_sample(tmp_path: Path) -> None:
    order = RNG.permutation(3 * N)
    dump = table(
        ("id", np.repeat(IDS, 3)[order]), ("class", np.array(NAMES * N)[order]), ("score", PROBABILITIES.ravel()[order])
    )
    truth = table(("id", IDS[::-1]), ("label", LABELS[::-1]))
    found = examined(tmp_path, dump, truth)
    assert found.profile.layout.kind == "long"
    assert predicted(found) == COUNTS
    assert found.profile.truth is not None
    assert found.profile.truth.joined_by == "id 'id'"
    assert found.profile.truth.accuracy == np.mean(np.array(LABELS) == np.array(ANSWERS))


def test_an_absent_pair_is_probability_zero_but_never_logit_zero(tmp_path: Path) -> None:
    rows = [("a", "x", 0.9), ("a", "y", 0.1), ("b", "x", 1.0), ("c", "y", 1.0)] * 1
    dump = "id,class,score\n" + "".join(f"{i},{c},{s}\n" for i, c, s in rows * 1)
    found = examined(tmp_path, dump, layout="long")
    assert predicted(found) == {"x": 2, "y": 1}
    assert "2 pairs of sample and class have no score: 0" in found.profile.layout.notes
    assert "2 of 6 pairs" in question(tmp_path, dump.replace("0.9", "-3.5"), layout="long")


def test_a_detector_is_read_by_the_things_it_found(tmp_path: Path) -> None:
    boxes = [{"image_id": i // 4, "category_id": 0, "bbox": [1.5, 2.0, 3.0, 4.0], "score": 0.9} for i in range(N)]
    found = examined(tmp_path, json.dumps(boxes), name="results.json")
    assert predicted(found) == {"0": N}
    assert found.profile.verdict in ("cannot_judge", "healthy")
    assert "10 samples" in found.profile.layout.notes[0]


def test_answers_of_zero_and_one_per_class_are_labels(tmp_path: Path) -> None:
    several = (PROBABILITIES > 0.3).astype(np.int8)
    found = examined(tmp_path, several)
    assert (found.profile.score_kind, found.profile.task) == ("labels", "sigmoid")
    assert list(predicted(found).values()) == several.sum(axis=0).tolist()
    one_hot = examined(tmp_path, np.eye(3, dtype=bool)[TRUTH])
    assert (one_hot.profile.score_kind, one_hot.profile.task) == ("labels", "softmax")
    assert list(predicted(one_hot).values()) == np.bincount(TRUTH).tolist()
    cells = ["|".join(n for n, one in zip(NAMES, row, strict=True) if one) for row in several]
    delimited = examined(tmp_path, table(("id", IDS), ("predicted_labels", cells)))
    assert predicted(delimited) == dict(zip(NAMES, several.sum(axis=0).tolist(), strict=True))


def test_rows_that_do_not_sum_to_one_are_classes_each_for_itself(tmp_path: Path) -> None:
    found = examined(tmp_path, RNG.uniform(size=(N, 3)))
    assert found.profile.task == "sigmoid"
    assert "not to 1" in found.profile.layout.reason


def test_sums_and_scores_slightly_off_are_still_a_softmax(tmp_path: Path) -> None:
    off = np.round(PROBABILITIES, 2)
    off[0] = (1.00001, 1e-5, 0.0)
    assert examined(tmp_path, off).profile.task == "softmax"


def test_what_the_user_says_wins(tmp_path: Path) -> None:
    found = examined(tmp_path, PROBABILITIES, kind="logits", task="sigmoid", threshold=0.7, classes=NAMES)
    assert (found.profile.score_kind, found.profile.task, found.profile.threshold) == ("logits", "sigmoid", 0.7)
    assert predicted(found) == dict(zip(NAMES, (PROBABILITIES >= 0.7).sum(axis=0).tolist(), strict=True))
    both = table(*scores("prob_{}"), *scores("logit_{}", LOGITS))
    assert examined(tmp_path, both, kind="logits").profile.score_kind == "logits"
    assert examined(tmp_path, both, scores="prob_*").profile.score_kind == "probabilities"
    part = examined(tmp_path, both, scores="prob_owl,prob_cat", task="sigmoid")
    assert tuple(predicted(part)) == ("owl", "cat")


ASKED = [
    (table(*scores("prob_{}"), *scores("logit_{}", LOGITS)), {}, "--scores 'prob_*'"),
    (table(("age", range(N)), ("height", np.linspace(1.5, 2, N)), ("income", range(N))), {}, "nothing tells"),
    (table(("value", np.linspace(1, 900, N))), {}, "--kind logits"),
    (table(*scores("{}", 100 * PROBABILITIES)), {}, "percentages"),
    ("\n".join(f"this is sentence {i} of a text" for i in range(N)), {}, "looks like text"),
    (table(("", ["10th", "a"] * 20), ("", TRUTH / 3), ("", ["b", "10th"] * 20), header=False), {}, "--scores"),
    (json.dumps([{"id": i, "scores": {"a": 0.5}} for i in IDS]), {"name": "dump.json"}, "'scores' (nested)"),
    (table(("probs", [f"[{p} 0.5]" for p in PROBABILITIES[:, 0]])), {}, "--header or --no-header"),
    (PROBABILITIES, {"task": "binary"}, "--task binary does not fit 3 columns"),
    (PROBABILITIES, {"task": "multilabel"}, "known: softmax, sigmoid, binary"),
    (PROBABILITIES, {"kind": "scores"}, "known: probabilities, logits, labels"),
    (PROBABILITIES, {"layout": "wide"}, "known: matrix"),
    (PROBABILITIES, {"layout": "vector"}, "leave --layout out"),
    (PROBABILITIES, {"classes": ("a", "b")}, "2 classes are declared, the dump has 3 columns"),
    (RNG.integers(0, 30, (N, 3)), {}, "--kind logits"),
    (table(("pred", ANSWERS)), {"kind": "logits"}, "--scores"),
    (table(*scores("prob_{}")).rstrip() + "\nx,0.1,0.2\n", {}, "row 41"),
]


@pytest.mark.parametrize(("dump", "said", "hint"), ASKED, ids=[hint for _, _, hint in ASKED])
def test_two_readings_or_none_are_a_question_with_the_flag_that_settles_it(
    tmp_path: Path, dump: str | np.ndarray, said: dict, hint: str
) -> None:
    assert hint in question(tmp_path, dump, **said)


def test_bad_scores_are_counted_and_never_raise(tmp_path: Path) -> None:
    bad = PROBABILITIES.copy()
    bad[:2] = np.nan
    bad[2, 0] = np.inf
    found = examined(tmp_path, bad, TRUTH)
    assert found.profile.nan_rows == 3
    assert examined(tmp_path, np.full((N, 3), np.nan)).profile.verdict == "cannot_judge"
    blank = table(*scores("prob_{}")).replace(str(PROBABILITIES[5, 1]), "")
    assert examined(tmp_path, blank).profile.nan_rows == 1


def test_sparse_scores_are_read_in_dense_slices_and_text_is_refused():
    import numpy as np
    import scipy.sparse

    import imbalance_doctor
    from imbalance_doctor.errors import InputError

    chance = np.random.default_rng(0)
    scores = chance.random((200, 4)) * (chance.random((200, 4)) < 0.5)
    dense, sparse = (
        imbalance_doctor.predictions(x, task="sigmoid").profile for x in (scores, scipy.sparse.csr_matrix(scores))
    )
    assert dense.classes == sparse.classes
    with pytest.raises(InputError, match="holds text"):
        imbalance_doctor.predictions(np.array([["a", "b"], ["b", "a"]]))


ARCHIVE = {"predictions": LOGITS, "label_ids": TRUTH}


def test_the_arrays_of_a_compressed_archive_are_told_apart_too(tmp_path: Path) -> None:
    packed = gzip.compress(written(tmp_path / "plain.npz", ARCHIVE).read_bytes())
    found = examined(tmp_path, packed, name="dump.npz.gz")
    assert predicted(found) == BY_INDEX
    assert found.profile.truth is not None
    assert found.profile.truth.n_joined == N


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "compressed"])
def test_of_an_archive_on_standard_input_the_predictions_are_read_and_the_truth_is_said_not_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr("sys.stdin", StandardInput(pack(written(tmp_path / "plain.npz", ARCHIVE).read_bytes())))
    found = examine(Paths(["-"]), PredictionRequest())
    assert predicted(found) == BY_INDEX
    assert found.profile.truth is None
    assert "only 'predictions' is read" in found.sources[0].note


def test_an_archive_with_a_damaged_directory_is_named(tmp_path: Path) -> None:
    whole = written(tmp_path / "plain.npz", ARCHIVE).read_bytes()
    assert "not a whole zip archive" in question(tmp_path, whole[:-30], name="dump.npz")
