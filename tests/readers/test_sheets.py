"""Workbooks and statistics files: one sheet, exact cells, value labels as class names."""

import builtins
import datetime
import zipfile

import pandas as pd
import pytest

from imbalance_doctor.readers import stata
from tests.readers.folders import asked, counted, examined, put

LABELS = ["ok", "spam", "ok", "01", "NA"]


def workbook(path, **sheets):
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("python_calamine")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_text_is_exact_and_whole_numbers_have_no_point(tmp_path):
    rows = [["id", "label"], *([i, label] for i, label in enumerate(LABELS))]
    path = workbook(tmp_path / "labels.xlsx", train=rows)
    assert counted(path, label="label") == {"01": 1, "NA": 1, "ok": 2, "spam": 1}
    numbers = workbook(tmp_path / "n.xlsx", train=[["label"], [1.0], [2], [1]])
    assert counted(numbers) == {"1": 2, "2": 1}


def test_merged_cells_and_formulas_without_a_value_are_noted(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    path = workbook(tmp_path / "labels.xlsx", train=[["id", "label"], *([i, "ab"[i % 2]] for i in range(10))])
    assert "merged" not in examined(path, label="label")[1]
    book = openpyxl.load_workbook(path)
    book.active["B8"] = '=IF(A8>3,"a","b")'
    book.active.merge_cells("B2:B4")
    book.save(path)
    labels, note = examined(path, label="label")
    assert labels.n_missing == 3
    assert "in 2 places" in note
    assert "1 formulas were never calculated" in note


def test_of_several_sheets_one_is_named(tmp_path):
    path = workbook(tmp_path / "b.xlsx", train=[["label"], ["a"], ["b"]], test=[["label"], ["c"], ["c"]])
    said = asked(path)
    assert "train" in said
    assert "--sheet" in said
    assert counted(path, sheet="test") == {"c": 2}
    assert "train" in asked(path, sheet="tset")


def test_a_workbook_that_unpacks_without_end_is_refused_before_it_is_read(tmp_path, monkeypatch):
    from imbalance_doctor.readers import excel

    path = workbook(tmp_path / "b.xlsx", train=[["label"], *(["a"] for _ in range(5000))])
    monkeypatch.setattr(excel, "MAX_UNPACKED", 10_000)
    assert asked(path)


def test_a_damaged_workbook_is_refused(tmp_path):
    path = workbook(tmp_path / "b.xlsx", train=[["label"], ["a"]])
    assert asked(put(tmp_path / "cut.xlsx", path.read_bytes()[:-200]))
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<broken")
        archive.writestr("[Content_Types].xml", "<x/>")
    assert asked(tmp_path / "x.xlsx")


def test_stata_value_labels_are_the_classes_used_or_not(tmp_path):
    path = tmp_path / "s.dta"
    column = pd.Categorical(["low", "high", "low"], categories=["low", "mid", "high"])
    pd.DataFrame({"grade": column}).to_stata(path, write_index=False)
    assert list(counted(path).items()) == [("low", 2), ("mid", 0), ("high", 1)]


def test_stata_codes_without_labels_stay_codes(tmp_path):
    path = tmp_path / "s.dta"
    pd.DataFrame({"grade": [1, 2, 2]}).to_stata(path, write_index=False)
    assert counted(path) == {"1": 1, "2": 2}
    assert asked(put(tmp_path / "cut.dta", path.read_bytes()[:200]))


@pytest.mark.parametrize("version", [114, 117, 118, 119])
def test_stata_missing_values_are_missing_whatever_the_version(tmp_path, version):
    path = tmp_path / "s.dta"
    frame = pd.DataFrame({"row": [1.5, 2.5, 3.5, 4.5], "grade": [1.0, None, 2.0, 2.0]})
    frame.to_stata(path, write_index=False, version=version, value_labels={"grade": {1: "low", 2: "high", 3: "none"}})
    from tests.readers.folders import examined

    labels, _ = examined(path, label="grade")
    assert [(row.name, row.count) for row in labels.classes] == [("low", 1), ("high", 2), ("none", 0)]
    assert labels.n_missing == 1


def test_stata_labels_of_missing_values_are_no_classes(tmp_path):
    path = tmp_path / "s.dta"
    dot_a = 2_147_483_622  # how a set of value labels writes .a
    frame = pd.DataFrame({"grade": [1.0, None, 2.0, 2.0]})
    frame.to_stata(path, write_index=False, value_labels={"grade": {1: "low", 2: "high", dot_a: "refused"}})
    assert counted(path) == {"low": 1, "high": 2}


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_the_parts_in_which_a_stata_file_is_read_change_nothing(tmp_path, monkeypatch, size):
    monkeypatch.setattr(stata, "BATCH_ROWS", size)
    path = tmp_path / "s.dta"
    grades = [1.0, 2.0, None, 2.0, 40_000.0]
    frame = pd.DataFrame({"row": [1.5, 2.5, 3.5, 4.5, 5.5], "grade": grades, "word": ["a", "", "b", "b", "b"]})
    frame.to_stata(path, write_index=False)
    assert counted(path, label="grade") == {"1": 1, "2": 2, "40000": 1}
    assert counted(path, label="word") == {"a": 1, "b": 3}
    assert examined(path, label="2")[0].n_missing == 1


def test_a_stata_file_of_too_many_cells_is_refused_unless_one_column_fits(tmp_path, monkeypatch):
    monkeypatch.setattr(stata, "MAX_CELLS", 5)
    path = tmp_path / "s.dta"
    pd.DataFrame({"row": [1.5, 2.5, 3.5, 4.5], "grade": [1, 2, 2, 2]}).to_stata(path, write_index=False)
    assert "more than 5 cells | name one column with --label" in asked(path)
    assert counted(path, label="grade") == {"1": 1, "2": 3}


def test_a_stata_file_without_rows_is_refused(tmp_path):
    path = tmp_path / "s.dta"
    pd.DataFrame({"grade": pd.Series([], dtype=float)}).to_stata(path, write_index=False)
    assert "no rows" in asked(path)


def test_cells_of_a_workbook_that_is_not_excel_s_are_read_too(tmp_path):
    pytest.importorskip("python_calamine")
    rows = [["label"], ["01"], ["a"], ["01"]]
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="s">{cells}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    assert counted(tmp_path / "a.ods") == {"01": 2, "a": 1}


def test_spss_value_labels_are_the_classes(tmp_path):
    pyreadstat = pytest.importorskip("pyreadstat")
    path = tmp_path / "s.sav"
    frame = pd.DataFrame({"grade": [1.0, 2.0, 2.0]})
    pyreadstat.write_sav(frame, str(path), variable_value_labels={"grade": {1: "low", 2: "high", 3: "none"}})
    assert list(counted(path).items()) == [("low", 1), ("high", 2), ("none", 0)]


@pytest.mark.parametrize(
    ("module", "name", "extra"), [("python_calamine", "a.xlsx", "excel"), ("PIL", "a.png", "image")]
)
def test_a_missing_extra_is_named_with_what_to_install(tmp_path, monkeypatch, module, name, extra):
    if extra == "excel":
        workbook(tmp_path / name, train=[["label"], ["a"]])
    else:
        pytest.importorskip("PIL.Image").new("L", (4, 4)).save(tmp_path / name)
    real = builtins.__import__

    def absent(wanted, *rest):
        if wanted.split(".")[0] == module:
            raise ImportError(wanted)
        return real(wanted, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    assert f"imbalance-doctor[{extra}]" in asked(tmp_path / name)


def test_a_sheet_without_anything_and_a_workbook_without_rows_are_refused(tmp_path):
    assert asked(workbook(tmp_path / "a.xlsx", train=[]))
    path = workbook(tmp_path / "b.xlsx", train=[["label"], ["a"], ["b"], ["a"]], notes=[])
    assert counted(path) == {"a": 2, "b": 1}


def test_a_sheet_without_a_header_is_asked_about_or_told(tmp_path):
    path = workbook(tmp_path / "a.xlsx", train=[["a"], ["b"], ["a"], [None]])
    assert counted(path, header=False) == {"a": 2, "b": 1}


def test_value_labels_that_do_not_cover_the_values_are_not_used_and_that_is_said(tmp_path):
    pyreadstat = pytest.importorskip("pyreadstat")
    from tests.readers.folders import examined

    path = tmp_path / "s.sav"
    frame = pd.DataFrame({"grade": [1.0, 2.0, 2.0]})
    pyreadstat.write_sav(frame, str(path), variable_value_labels={"grade": {1: "low"}})
    labels, _ = examined(path)
    assert [row.name for row in labels.classes] == ["1", "2"]
    assert asked(put(tmp_path / "cut.sav", path.read_bytes()[:100]))


def test_idle_rows_at_the_end_are_no_samples_and_every_type_of_cell_has_a_text(tmp_path):
    rows = [["id", "label"], [1, "a"], [2, True], [3, 1.5], [4, None], [None, None], ["", ""]]
    path = workbook(tmp_path / "a.xlsx", train=rows)
    from tests.readers.folders import examined

    labels, _ = examined(path, label="label", header=True)
    assert {row.name: row.count for row in labels.classes} == {"1.5": 1, "a": 1, "true": 1}
    assert labels.n_missing >= 1


def test_a_column_named_twice_is_named(tmp_path):
    assert "label" in asked(workbook(tmp_path / "a.xlsx", train=[["label", "label"], ["a", "b"]]), header=True)


def test_whether_the_first_row_is_a_header_is_asked_where_both_are_possible(tmp_path):
    assert "--header" in asked(workbook(tmp_path / "a.xlsx", train=[["cat"], ["dog"], ["bird"]]))
    assert counted(workbook(tmp_path / "b.xlsx", train=[["cat"], ["dog"], ["cat"]])) == {"cat": 2, "dog": 1}
    assert asked(workbook(tmp_path / "c.xlsx", train=[["cat"]]))


def test_a_workbook_with_a_member_twice_is_refused(tmp_path):
    path = workbook(tmp_path / "b.xlsx", train=[["label"], ["a"], ["b"]])
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", b"again")
    assert "or one twice" in asked(path)


def test_an_interrupt_while_a_workbook_is_read_is_no_damage(tmp_path, monkeypatch):
    path = workbook(tmp_path / "b.xlsx", train=[["label"], ["a"]])

    def interrupted(_):
        raise KeyboardInterrupt

    monkeypatch.setattr("python_calamine.load_workbook", interrupted)
    with pytest.raises(KeyboardInterrupt):
        counted(path)


def test_a_blank_sheet_that_is_named_is_refused(tmp_path):
    path = workbook(tmp_path / "b.xlsx", train=[["label"], ["a"], ["b"]], blank=[[""], [""]])
    assert "sheet blank is empty" in asked(path, sheet="blank")


@pytest.mark.parametrize("name", ["species", "kind of animal"])
def test_the_index_that_a_data_frame_writes_leaves_the_first_row_a_header(tmp_path, name):
    rows = [[None, name], [0, "cat"], [1, "dog"], [2, "cat"]]
    assert counted(workbook(tmp_path / "b.xlsx", train=rows), label=name) == {"cat": 2, "dog": 1}


def test_a_first_row_with_a_number_or_a_text_twice_is_no_header(tmp_path):
    for first in (["ox", 3], ["ox", "ox"]):
        path = workbook(tmp_path / "b.xlsx", train=[first, ["ox", 4], ["ass", 4]])
        assert counted(path, label="1") == {"ass": 1, "ox": 2}


def test_dates_are_labels_by_their_iso_text(tmp_path):
    days = [datetime.date(2024, 1, 31), datetime.date(2024, 1, 31), datetime.date(2023, 12, 1)]
    path = workbook(tmp_path / "b.xlsx", train=[["label"], *([day] for day in days)])
    assert counted(path) == {"2023-12-01": 1, "2024-01-31": 2}
