"""CoNLL columns, a token a line; what is in them is counted by eye."""

from pathlib import Path

import pytest

from imbalance_doctor.readers import conll
from tests.readers.labelled import counted, examined, in_small_blocks, refused, remarks
from tests.readers.reading import chosen, write

NER = """-DOCSTART- -X- -X- O

EU NNP B-NP B-ORG
rejects VBZ B-VP O
German JJ B-NP B-MISC

Peter NNP B-NP B-PER
Blackburn NNP I-NP I-PER

"""
UNIVERSAL = """# sent_id = 1
# text = Vámonos al mar
1-2\tVámonos\t_\t_\t_\t_\t_\t_\t_\t_
1\tVamos\tir\tVERB\t_\t_\t0\troot\t_\t_
2\tnos\tnosotros\tPRON\t_\t_\t1\tobj\t_\t_
3\tmar\tmar\tNOUN\t_\t_\t1\tobl\t_\t_
3.1\tx\tx\tVERB\t_\t_\t_\t_\t_\t_

# newpar
1\t#\t#\tSYM\t_\t_\t0\troot\t_\t_
"""


def test_a_token_is_a_sample_and_the_last_column_its_label(tmp_path: Path) -> None:
    labels = examined(tmp_path, NER, "eng.train", input_format="conll")
    found = {row.name: row.count for row in labels.classes}
    assert found == {"B-MISC": 1, "B-ORG": 1, "B-PER": 1, "I-PER": 1, "O": 1}
    assert (labels.n_rows, labels.task, labels.layout.column) == (5, "multiclass", "4")


def test_a_column_is_named_by_its_number(tmp_path: Path) -> None:
    assert counted(tmp_path, NER, "a.conll", label="2") == {"JJ": 1, "NNP": 3, "VBZ": 1}
    assert "there is no column '5'" in refused(tmp_path, NER, "a.conll", label="5")


def test_the_place_in_an_entity_goes_on_request(tmp_path: Path) -> None:
    text = "a B-X\nb I-X\nc E-X\nd S-Y-z\ne O\nf X-B\n"
    assert counted(tmp_path, text, "a.bio", strip_bio=True) == {"O": 1, "X": 3, "X-B": 1, "Y-z": 1}
    assert counted(tmp_path, text, "a.bio")["S-Y-z"] == 1


def test_the_share_of_o_is_said(tmp_path: Path) -> None:
    said = remarks(tmp_path, NER, "a.conll")
    assert "5 tokens in 2 sentences" in said
    assert "O is on 1 of them (20.0 %)" in said
    assert "O is on" not in remarks(tmp_path, NER, "a.conll", label="3")


def test_columns_apart_by_tabs_may_hold_spaces_and_nothing(tmp_path: Path) -> None:
    labels = examined(tmp_path, "New York\tB-LOC\nis\tO\nbig\t\n", "a.conll")
    assert {row.name: row.count for row in labels.classes} == {"B-LOC": 1, "O": 1}
    assert (labels.n_rows, labels.n_missing) == (3, 1)


def test_a_quote_is_a_token_like_any_other(tmp_path: Path) -> None:
    assert counted(tmp_path, '" O\nx, B-A\n" O\n', "a.conll") == {"B-A": 1, "O": 2}


def test_a_line_of_another_width_before_a_sentence_is_a_comment_if_it_starts_with_a_hash(tmp_path: Path) -> None:
    text = "#\tn-tv.de vom 26.02.2005\t[2005]\n1\tSchartau\tB-PER\tO\n2\t#\tO\tO\n\n# x\n#\t#\tO\tO\n"
    assert counted(tmp_path, text, "a.conll", label="3") == {"B-PER": 1, "O": 2}
    assert "line 4 ('#\\tx') has 2 columns" in refused(tmp_path, "#\ta\tb\n1\tA\tO\tO\n2\tB\tO\tO\n#\tx\n", "a.conll")


def test_a_line_that_can_be_a_comment_or_a_token_is_a_question(tmp_path: Path) -> None:
    assert counted(tmp_path, "a O\n\n# O\nb B-X\n", "a.conll") == {"B-X": 1, "O": 2}
    said = refused(tmp_path, "a O\n\n# newdoc\nb B-X\n", "a.conll")
    assert "line 3 starts with # and can be a comment, or a token with the tag 'newdoc'" in said


def test_conll_u_names_its_columns_and_asks_for_one(tmp_path: Path) -> None:
    assert "--label UPOS" in refused(tmp_path, UNIVERSAL, "a.conllu")
    expected = {"NOUN": 1, "PRON": 1, "SYM": 1, "VERB": 1}
    assert counted(tmp_path, UNIVERSAL, "a.conllu", label="UPOS") == expected
    assert counted(tmp_path, UNIVERSAL, "a.conllu", label="4") == expected
    assert "2 ranges and empty nodes were left out" in remarks(tmp_path, UNIVERSAL, "a.conllu", label="UPOS")


def test_conll_u_plus_declares_its_columns(tmp_path: Path) -> None:
    text = "# global.columns = ID FORM PARSEME:MWE\n1\ta\tX\n2\tb\t*\n"
    for name in ("a.conllup", "a.txt"):
        assert counted(tmp_path, text, name, label="PARSEME:MWE") == {"*": 1, "X": 1}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a O\nb\n", "line 2 ('b') has 1 column apart by spaces, the first token has 2"),
        ("a O\n\nNew York O\n", "line 3 ('New York O') has 3 columns apart by spaces, the first token has 2"),
        ("a\tx\tO\nb\tO\n c\td\te\tf\n", "line 2 ('b\\tO') has 2 columns apart by tabs, the first token has 3"),
    ],
)
def test_a_token_with_another_number_of_columns_is_named(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(tmp_path, text, "a.conll")


@pytest.mark.parametrize("text", ["\n\n", "-DOCSTART- O\n\n"])
def test_a_file_without_tokens_is_an_error(tmp_path: Path, text: str) -> None:
    assert "holds no token" in refused(tmp_path, text, "a.conll")


@pytest.mark.parametrize("size", [1, 20, 64])
def test_the_size_of_the_blocks_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    in_small_blocks(monkeypatch, size)
    assert counted(tmp_path, NER, "a.conll", label="2") == {"JJ": 1, "NNP": 3, "VBZ": 1}
    assert "5 tokens in 2 sentences" in remarks(tmp_path, NER, "a.conll")


def test_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    assert counted(tmp_path, NER.replace("\n", "\r\n"), "a.conll")["O"] == 1


@pytest.mark.parametrize("text", [NER, NER[22:], "a\tB-X\nb\tO\n\nc\tO\n"])
def test_the_content_is_recognised_whatever_the_name(tmp_path: Path, text: str) -> None:
    assert chosen(write(tmp_path, text, "eng.train"))[0] == "conll"


@pytest.mark.parametrize(
    "text",
    ["word,tag\na,O\nb,B-X\n", "a O\nb B-X\n", "O\nB-X\n\nO\n", "to be O\n\nor B-not\nto be\n", "x yes\n\ny no\n", ""],
)
def test_tables_and_texts_are_not_taken_for_it(text: str) -> None:
    assert not conll.claims(text)


def test_conll_u_may_be_written_with_spaces(tmp_path: Path) -> None:
    spaced = UNIVERSAL.replace("\t", "  ")
    assert counted(tmp_path, spaced, "a.conllu", label="UPOS") == counted(tmp_path, UNIVERSAL, "b.conllu", label="UPOS")


def test_columns_named_alike_are_refused(tmp_path: Path) -> None:
    text = "# global.columns = ID FORM FORM\n1\ta\tX\n"
    assert "two of its columns alike" in refused(tmp_path, text, "a.conllup", label="FORM")
