"""Workbooks: .xlsx, .xlsb, .xls and .ods, one sheet, whose first row may name the columns.

Cells are what the workbook stores: `01` typed as text stays `01`, the number 1.0 is `1`, a date is its ISO text. A cell
with an error, or with a formula that was never calculated, is empty. The only sheet that holds
anything is read; of several, `--sheet NAME` picks one.

Needs python-calamine: `pip install 'imbalance-doctor[excel]'`.

Example: `imbalance-doctor analyze labels.xlsx --sheet train --label species`
"""

import re
import zipfile
from typing import Any, BinaryIO

from ..batches import Table
from ..errors import InputError, RefusedError
from ..plugins import Reader
from ._folders import some
from ._sheets import table
from ._source import Options, Source

READER = Reader("excel", (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"))
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_UNPACKED = 1 << 30
"""Bytes of all members of a workbook, which is a zip archive, once they are unpacked."""
MAX_MEMBERS = 10_000
CHUNK = 1 << 20
OVERLAP = 64
_NO_VALUE = re.compile(rb"(?:</f>|<f [^<>]{0,40}/>)(?:<v\s*/>|<v></v>)?</c>")


def claims_head(head: bytes) -> bool:
    """Whether the bytes start an old workbook, or an archive with the members of a new one."""
    if head.startswith(OLD):
        return True
    start = head[:65536]
    office = any(mark in start for mark in (b"[Content_Types].xml", b"xl/", b"opendocument.spreadsheet"))
    return head.startswith(b"PK\x03\x04") and office and b"data.pkl" not in start and b".npy" not in start


def read(source: Source, options: Options) -> Table:
    """The rows of a sheet. Raises InputError without python-calamine, for a damaged workbook and to ask which sheet.

    Raises RefusedError for one that unpacks to more than MAX_UNPACKED bytes.
    """
    try:
        import python_calamine
    except ImportError:
        raise InputError(
            f"{source.name}: workbooks need python-calamine", "pip install 'imbalance-doctor[excel]', or save it as CSV"
        ) from None
    file = source.seekable()
    bare = _check(file, source.name) if source.head().startswith(b"PK") else 0
    if bare:
        source.notes.append(f"{bare:,} formulas were never calculated: their cells are empty")
    file.seek(0)
    try:
        book = python_calamine.load_workbook(file)
        sheet = _sheet(book, options, source)
        rows = sheet.to_python(skip_empty_area=False)
    except (InputError, RefusedError):
        raise
    except BaseException as error:  # calamine raises classes of its own, and panics of Rust that are no Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise InputError(
            f"{source.name} cannot be read: {error}", "is it damaged or encrypted? save it as CSV"
        ) from None
    merged = sum(bottom - top for (top, _), (bottom, _) in getattr(sheet, "merged_cell_ranges", None) or ())
    if merged:
        source.notes.append(f"cells are merged over rows: in {merged:,} places only the row above holds the value")
    return table(rows, options, f"{source.name}, sheet {sheet.name}")


def _sheet(book: Any, options: Options, source: Source) -> Any:
    names = list(book.sheet_names)
    if options.sheet is not None:
        if options.sheet not in names:
            raise InputError(f"{source.name} has no sheet {options.sheet!r}", f"its sheets: {some(names, 20)}")
        return book.get_sheet_by_name(options.sheet)
    sheets = [book.get_sheet_by_name(name) for name in names]
    filled = [sheet for sheet in sheets if sheet.height]
    if not filled:
        raise InputError(f"{source.name} is empty", "name the workbook that holds the labels")
    if len(filled) > 1:
        listed = some([repr(sheet.name) for sheet in filled], 20)
        raise InputError(f"{source.name} has {len(filled)} sheets: {listed}", "say which with --sheet NAME")
    if len(names) > 1:
        source.notes.append(f"the sheet {filled[0].name!r} is read, the others are empty")
    return filled[0]


def _check(file: BinaryIO, name: str) -> int:
    """Unpack every member once and count: what the directory of an archive says about sizes may be wrong.

    Returns how many formulas of .xlsx sheets have no value.
    """
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
        if len(members) > MAX_MEMBERS or len({m.filename for m in members}) < len(members):
            raise RefusedError(f"{name} holds {len(members):,} members, or one twice", "save it as CSV")
        unpacked = bare = 0
        for member in members:
            end = b""
            with archive.open(member) as stream:
                while chunk := stream.read(CHUNK):
                    unpacked += len(chunk)
                    if member.filename.startswith("xl/worksheets/"):
                        bare += len(_NO_VALUE.findall(end + chunk)) - len(_NO_VALUE.findall(end))
                        end = chunk[-OVERLAP:]
                    if unpacked > MAX_UNPACKED:
                        raise RefusedError(f"{name} unpacks to more than {MAX_UNPACKED:,} bytes", "save it as CSV")
    except RefusedError:
        raise
    except Exception as error:  # every decompressor has its own class of error
        raise InputError(f"{name} is not a whole workbook: {error}", "copy or save it again") from None
    return bare
