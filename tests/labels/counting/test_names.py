"""From cells to classes: by name, by index, out of what a file declares, and nothing that was not declared."""

from pathlib import Path

import pytest

from imbalance_doctor.errors import InputError
from imbalance_doctor.labels.counting.names import Names, naming
from tests.label_files import counts, lines, question, read

NONE: tuple[str, ...] = ()


def test_without_declared_classes_a_cell_names_itself() -> None:
    names = naming(None, None, ("a", "1"), missing={""}, ignored=())
    assert [names.of(cell) for cell in ("a", " a", "01", "1.0", "NA", "None", "nan", "-1")] == [
        "a", " a", "01", "1.0", "NA", "None", "nan", "-1",
    ]  # fmt: skip


def test_cells_that_are_declared_names_are_names() -> None:
    names = naming(None, ("cat", "dog"), ("dog", "cat"), missing=NONE, ignored=NONE)
    assert names.by_index is None
    assert names.of("dog") == "dog"
    with pytest.raises(InputError, match="the label '1' is none of the 2 declared classes"):
        names.of("1")


def test_cells_that_are_whole_numbers_and_no_declared_names_are_indexes() -> None:
    names = naming(None, ("cat", "dog"), ("1", "0"), missing=NONE, ignored=NONE)
    assert names.of("1") == "dog"
    for cell in ("2", "cat", "01", "1.0", "-1", "²", "1" * 5000):
        with pytest.raises(InputError, match="none of the indexes 0 to 1 of the classes"):
            names.of(cell)


def test_declared_numbers_are_names_not_indexes() -> None:
    names = naming(None, ("2", "1", "0"), ("0", "1"), missing=NONE, ignored=NONE)
    assert names.of("2") == "2"


def test_missing_and_ignored_cells_do_not_decide_between_names_and_indexes() -> None:
    names = naming(None, ("cat", "dog"), ("", "?", "void", "1"), missing={"", "?"}, ignored={"void"})
    assert names.of("1") == "dog"
    assert names.of("void") is None


def test_an_ignored_label_may_be_named_by_its_cell_or_by_its_class() -> None:
    for ignored in ("1", "dog"):
        names = naming(None, ("cat", "dog"), ("0", "1"), missing=NONE, ignored={ignored})
        assert names.of_all(["0", "1"]) == ["cat", None]


def test_the_file_says_what_its_indexes_stand_for_and_minus_one_is_missing() -> None:
    names = naming(("neg", "pos"), None, ("0",), missing=NONE, ignored=NONE)
    assert names.of("1") == "pos"
    assert "-1" in names.missing
    assert names.declared == ("neg", "pos")


def test_declared_classes_put_those_of_the_file_in_another_order_without_renaming_them() -> None:
    names = naming(("neg", "pos"), ("pos", "neg"), ("0",), missing=NONE, ignored=NONE)
    assert names.of("0") == "neg"
    assert names.declared == ("pos", "neg")


def test_other_names_for_the_classes_of_the_file_rename_them_in_order() -> None:
    assert naming(("neg", "pos"), ("bad", "good"), ("0",), missing=NONE, ignored=NONE).of("1") == "good"
    with pytest.raises(InputError, match="3 classes are declared, the file names 2 others"):
        naming(("neg", "pos"), ("a", "b", "c"), ("0",), missing=NONE, ignored=NONE)


@pytest.mark.parametrize("both", [(("a", "a"), None), (None, ("b", "a", "b"))])
def test_a_class_declared_twice_is_an_error(both: tuple) -> None:
    with pytest.raises(InputError, match="is declared twice"):
        naming(*both, (), missing=NONE, ignored=NONE)


def test_an_error_shows_only_the_start_of_a_long_label() -> None:
    with pytest.raises(InputError) as caught:
        Names(declared=("a",)).of("x" * 10_000)
    assert len(caught.value.message) < 200


# -- from the command line --------------------------------------------------------------------------------------------


def test_classes_give_the_order_and_keep_those_without_samples(tmp_path: Path) -> None:
    labels = read(tmp_path, lines("label", "b", "a", "b"), header=True, classes=("c", "b", "a"))
    assert list(counts(labels).items()) == [("c", 0), ("b", 2), ("a", 1)]
    assert labels.declared


def test_classes_come_from_a_text_or_from_a_file(tmp_path: Path) -> None:
    names = tmp_path / "names.txt"
    names.write_text("cow\ncat\ndog")
    for text in ("cow,cat,dog", str(names)):
        labels = read(tmp_path, lines("label", "2", "1", "2"), header=True, classes_text=text)
        assert list(counts(labels).items()) == [("cow", 0), ("cat", 1), ("dog", 2)]


def test_a_label_that_is_not_declared_is_an_error_until_it_is_ignored(tmp_path: Path) -> None:
    text = lines("label", "a", "b", "x")
    asked = question(tmp_path, text, header=True, classes=("a", "b"))
    assert "the label 'x' is none of the 2 declared classes" in asked
    assert "--ignore-label" in asked
    labels = read(tmp_path, text, header=True, classes=("a", "b"), ignore=("x",))
    assert (counts(labels), labels.n_ignored) == ({"a": 1, "b": 1}, 1)


@pytest.mark.parametrize("layout", ["column", "delimited", "long", "counts"])
def test_classes_mean_the_same_in_every_layout(tmp_path: Path, layout: str) -> None:
    text, said = {
        "column": (lines("id,label", "1,0", "2,2", "3,2"), {}),
        "delimited": (lines("id,labels", "1,0|2", "2,2", "3,"), {}),
        "long": (lines("id,label", "1,0", "1,2", "2,2"), {}),
        "counts": (lines("class,count", "2,2", "0,1"), {}),
    }[layout]
    labels = read(tmp_path, text, classes=("cow", "cat", "dog"), **said)
    assert labels.layout.kind == layout
    assert list(counts(labels).items()) == [("cow", 1), ("cat", 0), ("dog", 2)]
    asked = question(tmp_path, text, classes=("cow", "cat"), **said)
    assert "the label '2' is none of the indexes 0 to 1 of the classes" in asked
