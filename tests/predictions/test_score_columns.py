"""Which columns are scores where the user says so, and the rarer forms in which nobody does."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.dumps import examined, predicted, question, table

N = 40
RNG = np.random.default_rng(7)
SHARES = RNG.dirichlet(np.ones(3), N).round(6)
NAMES = ("cat", "dog", "owl")
WINNERS = [NAMES[i] for i in SHARES.argmax(axis=1)]
COUNTS = {name: WINNERS.count(name) for name in NAMES}
LISTS = [json.dumps(row) for row in SHARES.tolist()]
IDS = [f"r{i}" for i in range(N)]


def lines(**columns: list) -> str:
    rows = zip(*columns.values(), strict=True)
    return "".join(json.dumps(dict(zip(columns, row, strict=True))) + "\n" for row in rows)


def test_a_column_of_lists_is_scores_when_it_is_named_as_such(tmp_path: Path) -> None:
    dump = lines(id=IDS, vector=SHARES.tolist(), other=(1 - SHARES).tolist())
    for said in ({"scores": "vector"}, {"label": "vector"}):
        found = examined(tmp_path, dump, name="dump.jsonl", **said)
        assert list(predicted(found).values()) == list(COUNTS.values())
        assert found.profile.layout.columns == ("vector",)


def test_a_column_of_fractions_named_with_label_is_a_score_and_one_of_words_is_an_answer(tmp_path: Path) -> None:
    dump = table(("first", SHARES[:, 0]), ("answer", WINNERS))
    score = examined(tmp_path, dump, label="first")
    assert score.profile.score_kind == "probabilities"
    assert predicted(score)["1"] == int((SHARES[:, 0] >= 0.5).sum())
    assert predicted(examined(tmp_path, dump, label="answer")) == COUNTS
    assert predicted(examined(tmp_path, dump, label="answer", kind="labels")) == COUNTS


def test_scores_named_one_by_one_are_classes_by_their_own_names(tmp_path: Path) -> None:
    dump = table(*zip(NAMES, SHARES.T, strict=True))
    assert predicted(examined(tmp_path, dump, scores="cat,dog,owl")) == COUNTS
    one = examined(tmp_path, dump, scores="dog")
    assert list(predicted(one).values())[-1] == int((SHARES[:, 1] >= 0.5).sum())
    bare = examined(tmp_path, table(*zip("abc", SHARES.T, strict=True), header=False), header=False, scores="1,2,3")
    assert list(predicted(bare).values()) == list(COUNTS.values())
    assert "there is no column" in question(tmp_path, dump, scores="cat,emu")


def test_the_long_layout_takes_the_columns_that_are_named(tmp_path: Path) -> None:
    pairs = [("who", np.repeat(IDS, 3)), ("what", NAMES * N), ("how", SHARES.ravel()), ("much", SHARES.ravel() / 2)]
    said = {"layout": "long", "id": "who"}
    found = examined(tmp_path, table(*pairs), scores="how", label="what", **said)
    assert predicted(found) == COUNTS
    assert "one row per 'who' and 'what', scored by 'how'" in found.profile.layout.reason
    assert predicted(examined(tmp_path, table(*pairs[:3]), **said)) == COUNTS
    asked = question(tmp_path, table(*pairs), **said)
    assert "the long layout needs a column of ids, one of classes and one of scores" in asked
    assert "--id, --label and --scores" in asked


def test_rows_that_repeat_an_id_without_a_class_or_a_score_are_not_long(tmp_path: Path) -> None:
    dump = table(("id", np.repeat(IDS[:20], 2)), ("prob_cat", SHARES[:, 0]), ("prob_dog", 1 - SHARES[:, 0]))
    assert examined(tmp_path, dump).profile.layout.kind != "long"


def test_of_two_columns_of_lists_the_kind_decides_or_it_is_asked(tmp_path: Path) -> None:
    dump = lines(id=IDS, probs=SHARES.tolist(), logits=np.log(SHARES + 0.001).tolist())
    assert "--scores" in question(tmp_path, dump, name="dump.jsonl")
    for kind, column in (("probabilities", "probs"), ("logits", "logits")):
        found = examined(tmp_path, dump, name="dump.jsonl", kind=kind)
        assert found.profile.layout.columns == (column,)
        assert list(predicted(found).values()) == list(COUNTS.values())


def test_the_list_layout_takes_lists_of_any_name(tmp_path: Path) -> None:
    found = examined(tmp_path, lines(id=IDS, x=SHARES.tolist()), name="dump.jsonl", layout="list")
    assert list(predicted(found).values()) == list(COUNTS.values())


def test_two_columns_that_look_like_scores_of_one_class_are_a_question(tmp_path: Path) -> None:
    dump = table(("id", IDS), ("score_model", SHARES[:, 0]), ("logit", np.log(SHARES[:, 1])))
    assert "--scores" in question(tmp_path, dump)


def test_a_single_score_beside_other_columns_needs_a_name_that_says_so(tmp_path: Path) -> None:
    dump = table(("thing", SHARES[:, 0]), ("weight_kg", range(N)), ("note", ["some text here"] * N))
    assert "--scores" in question(tmp_path, dump)
    found = examined(tmp_path, table(("id", IDS), ("prob_spam", SHARES[:, 0])))
    assert tuple(predicted(found))[-1] == "spam"


@pytest.mark.parametrize(
    ("labels", "lowest", "kind"),
    [(["cat", "dog", "owl", "emu"] * 10, 0.3, "labels"), (["no", "yes"] * 20, 0.1, "probabilities")],
)
def test_a_score_beside_a_label_is_that_of_the_answer_or_of_a_class(
    tmp_path: Path, labels: list[str], lowest: float, kind: str
) -> None:
    scores = np.linspace(lowest, 0.99, N)
    found = examined(tmp_path, table(("label", labels), ("score", scores)))
    assert found.profile.score_kind == kind


def test_confident_answers_of_two_classes_are_a_question(tmp_path: Path) -> None:
    dump = table(("label", ["no", "yes"] * 20), ("score", np.linspace(0.5, 0.99, N)))
    asked = question(tmp_path, dump)
    assert "the confidence in the answer 'label'" in asked
    assert "--label label or --truth label" in asked
