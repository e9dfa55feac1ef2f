"""Multi-label ARFF: MULAN's XML file beside it, MEKA's `-C n`. Counted by eye."""

from pathlib import Path

import pytest

from imbalance_doctor.errors import DoctorError, InputError, RefusedError, UsageError
from imbalance_doctor.readers._choose import open_batches
from imbalance_doctor.readers._source import Options, Source
from tests.readers.labelled import counted, examined, refused, remarks
from tests.readers.reading import StandardInput, write

HEADER = """@relation '{}'
@attribute x numeric
@attribute joy {{0,1}}
@attribute 'a b' {{0,1}}
@attribute fear {{0,1}}
@data
"""
ROWS = "1,1,0,0\n2,1,1,0\n3,0,0,0\n4,?,1,0\n"
TEXT = HEADER.format("scene") + ROWS
XML = """<?xml version="1.0"?>
<labels xmlns="http://mulan.sourceforge.net/labels">
<label name="fear"></label>{}</labels>"""
NAMES = XML.format('<label name="a b"/><label name="joy"/>')


def test_the_file_beside_names_the_labels_in_its_order(tmp_path: Path) -> None:
    write(tmp_path, NAMES, "scene.xml")
    labels = examined(tmp_path, TEXT, "scene.arff")
    assert [(row.name, row.count, row.unknown) for row in labels.classes] == [
        ("fear", 0, 0),
        ("a b", 2, 0),
        ("joy", 2, 1),
    ]
    assert (labels.n_rows, labels.n_unlabelled, labels.task, labels.layout.kind) == (4, 1, "multilabel", "indicator")
    assert "3 labels named by scene.xml beside it" in remarks(tmp_path, TEXT, "scene.arff")


@pytest.mark.parametrize("name", ["scene-train.arff", "scene_test.arff", "scene.arff"])
def test_the_parts_of_a_split_share_the_file(tmp_path: Path, name: str) -> None:
    write(tmp_path, NAMES, "scene.xml")
    assert list(counted(tmp_path, TEXT, name)) == ["fear", "a b", "joy"]


def test_the_file_can_be_named(tmp_path: Path) -> None:
    path = write(tmp_path, XML.format(""), "other.xml")
    write(tmp_path, NAMES, "scene.xml")
    two = write(tmp_path, XML.format('<label name="joy"><label name="a b"/></label>'), "nested.xml")
    assert counted(tmp_path, TEXT, "scene.arff", labels_xml=str(path)) == {"0": 4, "1": 0}
    assert counted(tmp_path, TEXT, "scene.arff", labels_xml=str(two)) == {"fear": 0, "joy": 2, "a b": 2}


def test_an_attribute_that_is_asked_for_goes_before_the_file_beside(tmp_path: Path) -> None:
    path = write(tmp_path, NAMES, "scene.xml")
    assert counted(tmp_path, TEXT, "scene.arff", label="joy") == {"0": 1, "1": 2}
    said = refused(tmp_path, TEXT, "scene.arff", UsageError, label="joy", labels_xml=str(path))
    assert "both --label and --labels-xml" in said


def test_sparse_rows_hold_the_labels_that_are_1(tmp_path: Path) -> None:
    write(tmp_path, NAMES, "s.xml")
    text = HEADER.format("s") + "{0 5, 1 1}\n{1 1,2 1}\n{}\n{3 1}\n"
    assert counted(tmp_path, text, "s.arff") == {"fear": 1, "a b": 1, "joy": 2}


def test_labels_written_as_words_are_read_as_0_and_1(tmp_path: Path) -> None:
    write(tmp_path, NAMES, "s.xml")
    text = (HEADER.format("s") + ROWS).replace("{0,1}", "{FALSE,TRUE}").replace(",0", ",FALSE").replace(",1", ",TRUE")
    assert counted(tmp_path, text, "s.arff") == {"fear": 0, "a b": 2, "joy": 2}


@pytest.mark.parametrize(
    ("relation", "names"), [("s: -C 3 -split 5", ["x", "joy", "a b"]), ("s:-C -2", ["a b", "fear"])]
)
def test_meka_writes_the_number_of_labels_into_the_relation(tmp_path: Path, relation: str, names: list[str]) -> None:
    text = HEADER.format(relation) + "1,1,0,0\n0,1,1,0\n"
    assert list(counted(tmp_path, text, "s.arff")) == names


def test_meka_labels_that_cannot_be_are_an_error(tmp_path: Path) -> None:
    assert "says -C 9, there are 4 attributes" in refused(tmp_path, HEADER.format("s: -C 9") + ROWS, "s.arff")
    text = (HEADER.format("s: -C -1") + ROWS).replace("fear {0,1}", "fear {0,1,2}")
    assert "'fear' is named as a label, but does not declare {0,1}" in refused(tmp_path, text, "s.arff")


def test_a_number_other_than_0_and_1_is_named(tmp_path: Path) -> None:
    said = refused(tmp_path, HEADER.format("s: -C 2") + "1,1,0,0\n7,1,1,0\n", "s.arff")
    assert "row 2 of column 'x' holds '7'" in said


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        (NAMES.replace("a b", "anger"), "no attribute 'anger', which scene.xml beside it names"),
        (NAMES.replace("a b", "joy"), "names the label 'joy' twice"),
        (NAMES[:-9], "is not valid XML"),
        (NAMES[:90], "is not valid XML"),
        ("<labels></labels>", "names no labels"),
        ("", "is not valid XML"),
    ],
)
def test_a_file_that_does_not_fit_is_an_error(tmp_path: Path, xml: str, why: str) -> None:
    write(tmp_path, xml, "scene.xml")
    assert why in refused(tmp_path, TEXT, "scene.arff")


def test_an_xml_file_of_something_else_is_only_read_when_named(tmp_path: Path) -> None:
    path = write(tmp_path, "<annotation><label name='x'/></annotation>", "scene.xml")
    assert "can be the labels" in refused(tmp_path, TEXT, "scene.arff")
    assert "names no labels" in refused(tmp_path, TEXT, "scene.arff", labels_xml=str(path))


ENTITIES = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 12))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE labels [<!ENTITY e0 "ha">{ENTITIES}]>',
        '<!DOCTYPE labels [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE labels [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    ],
    ids=["billion laughs", "an outside file", "an outside parameter"],
)
def test_entities_are_refused(tmp_path: Path, doctype: str) -> None:
    write(tmp_path, f'<?xml version="1.0"?>{doctype}<labels><label name="joy">&e11;&x;</label></labels>', "scene.xml")
    assert "declares XML entities" in refused(tmp_path, TEXT, "scene.arff", RefusedError)


def test_a_named_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DoctorError, match="there is no file"):
        counted(tmp_path, TEXT, "scene.arff", labels_xml=str(tmp_path / "none.xml"))


def test_layout_column_reads_one_attribute_whatever_stands_beside(tmp_path: Path) -> None:
    write(tmp_path, NAMES, "scene.xml")
    assert counted(tmp_path, TEXT, "scene.arff", layout="column", label="joy") == {"0": 1, "1": 2}
    assert "several attributes" in refused(tmp_path, TEXT, "scene.arff", layout="column")


def test_an_xml_file_beyond_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imbalance_doctor.readers._mulan.MAX_BYTES", 20)
    xml = write(tmp_path, NAMES, "names.xml")
    assert "more than 20 bytes" in refused(tmp_path, TEXT, "scene.arff", RefusedError, labels_xml=str(xml))


def test_labels_of_standard_input_have_no_file_beside_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, NAMES, "standard input.xml")
    monkeypatch.setattr("sys.stdin", StandardInput(TEXT.encode()))
    source = Source("standard input", None)
    with pytest.raises(InputError, match="several attributes can be the labels"):
        open_batches(source, Options())
