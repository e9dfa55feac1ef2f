"""SPSS files, written by ReadStat (pyreadstat) and, for other machines' order of bytes, by hand."""

import builtins
import contextlib
import random
import struct
import zlib

import pandas as pd
import pytest

from imbalance_doctor.errors import DoctorError
from imbalance_doctor.readers import _sav_cursor, _sav_dictionary, spss
from tests.readers.folders import asked, counted, examined, put

WAYS = ({}, {"row_compress": True}, {"compress": True})
"""Cases stored as they are, by codes, and by codes inside zlib (.zsav)."""
GRADES = {0: "fail", 1: "pass", 2: "merit", 9: "void", 99: "refused"}


def written(path, frame, **more):
    pytest.importorskip("pyreadstat").write_sav(frame, str(path), **more)
    return path


def survey(path, n=3000, **more):
    """`n` rows of five columns, with a row in each seven that has no grade, and a column of long texts."""
    grades = [None if i % 7 == 0 else float(i * i % 3) for i in range(n)]
    frame = pd.DataFrame(
        {
            "row": [float(i) for i in range(n)],
            "the_grade_of_the_pupil": grades,
            "town": [["Åre", "Bor", "somewhere far away"][i % 3] for i in range(n)],
            "essay": ["x" * (200 + i % 300) for i in range(n)],
            "after": [i % 2 + 0.5 for i in range(n)],
        }
    )
    labels = {"the_grade_of_the_pupil": GRADES}
    return written(path, frame, variable_value_labels=labels, **more), frame


@pytest.mark.parametrize("how", WAYS, ids=["plain", "codes", "zlib"])
def test_every_cell_is_what_was_written_however_the_cases_are_stored(tmp_path, how):
    path, frame = survey(tmp_path / "s.sav", **how)
    grades = frame["the_grade_of_the_pupil"]
    expected = {name: int((grades == code).sum()) for code, name in GRADES.items()}
    assert list(counted(path, label="the_grade_of_the_pupil").items()) == list(expected.items())
    assert counted(path, label="town") == {"Bor": 1000, "somewhere far away": 1000, "Åre": 1000}
    assert counted(path, label="after") == {"0.5": 1500, "1.5": 1500}
    labels, _ = examined(path, label="the_grade_of_the_pupil")
    assert labels.n_missing == grades.isna().sum()


def test_long_texts_are_said_not_to_be_read_and_do_not_shift_what_follows(tmp_path):
    path, frame = survey(tmp_path / "s.sav", n=200)
    assert frame["essay"].str.len().max() == 399
    _, notes = examined(path, label="after")
    assert "more than 255 bytes" in notes
    assert "essay" not in asked(path, label="nothing")


def test_declared_missing_values_are_missing_and_their_labels_no_classes(tmp_path):
    ranges = {"the_grade_of_the_pupil": [2, {"lo": 90, "hi": 99}]}
    path, frame = survey(tmp_path / "s.sav", missing_ranges=ranges)
    grades = frame["the_grade_of_the_pupil"]
    labels, _ = examined(path, label="the_grade_of_the_pupil")
    assert {c.name: c.count for c in labels.classes} == {
        "fail": (grades == 0).sum(),
        "pass": (grades == 1).sum(),
        "void": 0,
    }
    assert labels.n_missing == grades.isna().sum() + (grades == 2).sum()


@pytest.mark.parametrize("unknown", ["n.a.", "unknown "], ids=["short", "eight"])
@pytest.mark.parametrize("town", ["Bor", "somewhere far away"], ids=["short", "long"])
def test_texts_can_be_declared_missing_too(tmp_path, town, unknown):
    frame = pd.DataFrame({"town": [town, unknown, town, "Åre"]})
    path = written(tmp_path / "s.sav", frame, missing_ranges={"town": [unknown]})
    labels, _ = examined(path)
    assert {c.name: c.count for c in labels.classes} == {town: 2, "Åre": 1}
    assert labels.n_missing == 1


@pytest.mark.parametrize("long", ["b", "a text of more than eight bytes"], ids=["short", "long"])
def test_texts_have_labels_too(tmp_path, long):
    frame = pd.DataFrame({"kind": ["a", long, long]})
    path = written(tmp_path / "s.sav", frame, variable_value_labels={"kind": {"a": "Apple", long: "Pear", "c": "Plum"}})
    assert list(counted(path).items()) == [("Apple", 1), ("Pear", 2), ("Plum", 0)]


def record(order, kind, *numbers):
    return struct.pack(f"{order}{1 + len(numbers)}i", kind, *numbers)


def by_hand(order="<", *, cases=(1.0, 2.0, 2.0), n_cases=None, page=1252, weight=0, extra=b""):
    """A file of one column `y` with the labels 1 = café, 2 = bar; `page`: its code page."""
    n = len(cases) if n_cases is None else n_cases
    head = b"$FL2" + b"@(#) by hand".ljust(60) + struct.pack(f"{order}5id", 2, 1, 0, weight, n, 100.0)
    head += b"01 Jan 26" + b"00:00:00" + b" " * 64 + b"\0" * 3
    variable = record(order, 2, 0, 0, 0, 0x050800, 0x050800) + b"Y".ljust(8)
    labels = record(order, 3, 2)
    for code, text in ((1.0, b"caf\xe9"), (2.0, b"bar")):
        piece = bytes([len(text)]) + text
        labels += struct.pack(f"{order}d", code) + piece + b" " * (-len(piece) % 8)
    labels += record(order, 4, 1, 1)
    machine = record(order, 7, 3, 4, 8) + struct.pack(f"{order}8i", 1, 0, 0, -1, 1, 1, 2, page)
    data = b"".join(struct.pack(f"{order}d", case) for case in cases)
    return head + variable + labels + machine + extra + record(order, 999, 0) + data


@pytest.mark.parametrize("order", ["<", ">"], ids=["little", "big"])
def test_either_order_of_bytes_and_the_code_page_of_the_file_are_read(tmp_path, order):
    assert list(counted(put(tmp_path / "a.sav", by_hand(order))).items()) == [("café", 1), ("bar", 2)]
    assert counted(put(tmp_path / "b.sav", by_hand(order, n_cases=-1))) == {"café": 1, "bar": 2}


def test_another_encoding_is_named_or_asked_for(tmp_path):
    path = put(tmp_path / "a.sav", by_hand(page=65001))
    said = asked(path)
    assert "--encoding" in said
    assert counted(path, encoding="cp1252") == {"café": 1, "bar": 2}
    assert "no encoding named" in asked(path, encoding="cp9999")
    record_20 = record("<", 7, 20, 1, 12) + b"windows-1252"
    assert counted(put(tmp_path / "b.sav", by_hand(page=65001, extra=record_20))) == {"café": 1, "bar": 2}


def test_a_file_that_ends_within_its_cases_is_an_error_that_names_the_case(tmp_path):
    whole = by_hand()
    assert "case 3, of 3" in asked(put(tmp_path / "a.sav", whole[:-3]))
    assert "case 3, of 3" in asked(put(tmp_path / "b.sav", whole[:-8]))
    assert "case 3" in asked(put(tmp_path / "c.sav", by_hand(n_cases=-1)[:-3]))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda b: b[:64] + b"\7\0\0\0" + b[68:], "order of bytes"),
        (lambda b: b[:72] + b"\7\0\0\0" + b[76:], "compression"),
        (lambda b: b[:176] + b"\x05\0\0\0" + b[180:], "a record of type 5"),
        (lambda b: b[:180] + b"\0\1\0\0" + b[184:], "variable of an unknown kind"),
        (lambda b: b[:180] + b"\x10\0\0\0" + b[184:], "not as wide as it says"),
        (lambda b: b.replace(record("<", 4, 1, 1), record("<", 4, 1, 2)), "variable 2"),
        (lambda b: b.replace(record("<", 4, 1, 1), record("<", 5, 1, 1)), "value labels of no variable"),
        (lambda b: b.replace(record("<", 3, 2), record("<", 3, -2)), "-2"),
        (lambda b: b.replace(record("<", 7, 3, 4, 8), record("<", 7, 3, -4, 8)), "negative length"),
        (lambda b: b.replace(record("<", 7, 3, 4, 8), record("<", 7, 3, 1 << 20, 1 << 20)), "a length of"),
        (lambda b: b[:176] + record("<", 999, 0), "no variables"),
    ],
)
def test_damage_is_named_with_its_place(tmp_path, damage, said):
    message = asked(put(tmp_path / "a.sav", damage(by_hand())))
    assert said in message
    assert "byte" in message


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        (14, b"Z=00300\0\t", "a long text of no variable"),
        (14, b"Y=5\0\t", "a long text of no variable"),
        (21, struct.pack("<i", 1) + b"Y" + struct.pack("<3i", 20, 1, 999), "longer than the record"),
        (21, b"\1\0", "longer than the record"),
        (22, struct.pack("<i", -1), "longer than the record"),
    ],
)
def test_damage_of_what_extends_the_dictionary_is_named(tmp_path, kind, data, said):
    extra = record("<", 7, kind, 1, len(data)) + data
    assert said in asked(put(tmp_path / "a.sav", by_hand(extra=extra)))


def test_two_columns_of_the_same_name_are_refused(tmp_path):
    again = record("<", 2, 0, 0, 0, 0, 0) + b"Y".ljust(8)
    whole = by_hand(cases=(1.0, 1.0))
    at = whole.index(record("<", 3, 2))
    assert "two columns named 'Y'" in asked(put(tmp_path / "a.sav", whole[:at] + again + whole[at:]))


def test_weights_of_cases_are_not_applied_and_that_is_said(tmp_path):
    _, notes = examined(put(tmp_path / "a.sav", by_hand(weight=1)))
    assert "weighs its cases by 'Y'" in notes
    assert not examined(put(tmp_path / "b.sav", by_hand()))[1]


def test_documents_inside_the_file_are_passed_over(tmp_path):
    documents = record("<", 6, 2) + b"written by hand".ljust(160)
    assert counted(put(tmp_path / "a.sav", by_hand(extra=documents))) == {"café": 1, "bar": 2}


def test_damage_inside_the_compressed_cases_is_an_error(tmp_path):
    path, _ = survey(tmp_path / "s.zsav", n=40, compress=True)
    whole = bytearray(path.read_bytes())
    start = whole.index(struct.pack("<i", 999) + bytes(4)) + 8
    assert "header of the compressed" in asked(put(tmp_path / "a.zsav", bytes(whole[:start]) + bytes(24)))
    whole[start + 40] ^= 0xFF
    assert "compressed cases" in asked(put(tmp_path / "b.zsav", bytes(whole)))


@pytest.mark.parametrize("how", WAYS, ids=["plain", "codes", "zlib"])
def test_a_file_cut_anywhere_is_an_error_and_never_fewer_rows(tmp_path, how):
    path, _ = survey(tmp_path / "s.sav", n=40, **how)
    whole = path.read_bytes()
    cut = tmp_path / "cut.sav"
    trailer = 16 + 8 + 24 if how.get("compress") else 0  # the index of the compressed cases is not needed
    for end in range(8, len(whole) - trailer, 13):
        assert asked(put(cut, whole[:end]), label="town")


@pytest.mark.parametrize("how", WAYS, ids=["plain", "codes", "zlib"])
def test_damaged_bytes_are_answered_never_a_crash(tmp_path, how):
    path, _ = survey(tmp_path / "s.sav", n=40, **how)
    whole, draw = path.read_bytes(), random.Random(5)
    for _ in range(150):
        bad = bytearray(whole)
        for _ in range(draw.randint(1, 6)):
            bad[draw.randrange(8, len(bad))] = draw.randrange(256)
        put(tmp_path / "bad.sav", bytes(bad))
        with contextlib.suppress(DoctorError):
            labels, _ = examined(tmp_path / "bad.sav", label="town", encoding="latin-1")
            assert labels.n_samples == 40 or bad[80:84] != whole[80:84], "no case is lost unless their number is"


def test_what_is_read_is_bounded(tmp_path, monkeypatch):
    path, _ = survey(tmp_path / "s.sav", n=40)
    monkeypatch.setattr(spss, "MAX_CELLS", 100)
    assert "--label" in asked(path)
    assert counted(path, label="town")
    monkeypatch.setattr(_sav_dictionary, "MAX_VARIABLES", 2)
    assert "variables" in asked(path)
    monkeypatch.setattr(_sav_cursor, "MAX_RECORD", 30)
    assert "a length of" in asked(path)


def test_a_file_without_rows_is_refused_and_no_library_is_needed(tmp_path, monkeypatch):
    path = written(tmp_path / "s.sav", pd.DataFrame({"grade": pd.Series([], dtype=float)}))
    assert "no rows" in asked(path)
    real = builtins.__import__

    def absent(wanted, *rest):
        if wanted.split(".")[0] == "pyreadstat":
            raise ImportError(wanted)
        return real(wanted, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    assert counted(put(tmp_path / "b.sav", by_hand())) == {"café": 1, "bar": 2}


def coded(*cases, end=b""):
    """The file by hand with its cases behind codes."""
    whole = bytearray(by_hand(cases=(), n_cases=-1))
    whole[72:76] = struct.pack("<i", 1)
    return bytes(whole) + b"".join(cases) + end


def test_cases_may_end_with_a_code_and_what_is_behind_it_is_none(tmp_path):
    # 100 is the bias: 101 and 102 stand for 1 and 2, 0 pads, 252 ends the cases
    cases = bytes([101, 102, 102, 0, 0, 0, 0, 252])
    assert counted(put(tmp_path / "a.sav", coded(cases))) == {"café": 1, "bar": 2}
    assert counted(put(tmp_path / "b.sav", coded(cases, end=bytes([101] * 8)))) == {"café": 1, "bar": 2}


def test_a_label_of_the_variable_itself_is_passed_over(tmp_path):
    plain = record("<", 2, 0, 0, 0, 0x050800, 0x050800) + b"Y".ljust(8)
    labelled = record("<", 2, 0, 1, 0, 0x050800, 0x050800) + b"Y".ljust(8) + struct.pack("<i", 5) + b"Drink".ljust(8)
    path = put(tmp_path / "a.sav", by_hand().replace(plain, labelled))
    assert counted(path) == {"café": 1, "bar": 2}


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (21, struct.pack("<i", 4) + b"GONE" + struct.pack("<4i", 20, 1, 1, 97) [:8] + struct.pack("<i", 1) + b"a"
         + struct.pack("<i", 1) + b"b"),
        (22, struct.pack("<i", 4) + b"GONE" + b"\1" + struct.pack("<i", 8) + b"a".ljust(8)),
    ],
    ids=["labels", "missing values"],
)  # fmt: skip
def test_what_is_said_of_a_column_that_is_not_there_changes_no_other(tmp_path, kind, data):
    extra = record("<", 7, kind, 1, len(data)) + data
    assert counted(put(tmp_path / "a.sav", by_hand(extra=extra))) == {"café": 1, "bar": 2}


def zipped(*pieces, data=None):
    """The file by hand with its codes in zlib streams, one a piece."""
    head = bytearray(by_hand(cases=(), n_cases=3))
    head[0:4], head[72:76] = b"$FL3", struct.pack("<i", 2)
    inside = b"".join(map(zlib.compress, pieces)) if data is None else data
    start = len(head)
    return bytes(head) + struct.pack("<3q", start, start + 24 + len(inside), 0) + inside


CODES = bytes([101, 102, 102, 0, 0, 0, 0, 252])


def test_cases_may_lie_in_several_compressed_pieces_and_an_empty_one_is_no_end(tmp_path):
    assert counted(put(tmp_path / "a.zsav", zipped(CODES[:3], b"", CODES[3:]))) == {"café": 1, "bar": 2}


def test_compressed_cases_that_end_early_are_an_error(tmp_path):
    stored = bytes([101, 253, 0, 0, 0, 0, 0, 0]) + bytes(3)  # a number of eight bytes, three of them there
    assert "end early" in asked(put(tmp_path / "a.zsav", zipped(stored)))
    assert "case 3, of 3" in asked(put(tmp_path / "b.zsav", zipped(CODES[:2])))


def test_compressed_cases_without_end_are_refused(tmp_path):
    assert "more than 1,000 bytes" in asked(put(tmp_path / "a.zsav", zipped(bytes(5000))), max_bytes=1000)
