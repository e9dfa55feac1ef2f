"""The dictionary of an SPSS system file: its variables, their widths, missing values and value labels.

Every length is checked against the file and every offset against the dictionary: damage is an error, whatever it is.

Reference: GNU PSPP developers' guide, "System File Format".
"""

import codecs
import struct
from dataclasses import dataclass, field

from ..errors import RefusedError
from ._sav_cursor import MAX_RECORD, Cursor, Pieces
from ._source import Source

MAX_VARIABLES = 1 << 20
"""Elements of a case."""
MAX_LONG = 32_767
"""Bytes of the longest text there can be."""
MAX_TEXT = 255
"""Bytes of a text variable; a longer one is spread over several."""
CODE_PAGES = {65001: "utf-8", 1200: "utf-16", 20127: "ascii", 28591: "latin-1"}


@dataclass
class Variable:
    """`long`: its name where `name` is short for it; `at`: its first element of eight bytes in a case; `width`: bytes
    of text, 0 for a number; `part`: whether it holds a part of a longer text.

    `bounds` are those of a range of missing values; `missing` holds single ones. `labels`: text by value.
    """

    name: bytes
    at: int
    width: int
    missing: tuple[bytes, ...] = ()
    bounds: tuple[float, float] | None = None
    labels: dict[bytes, bytes] = field(default_factory=dict)
    long: bytes = b""
    part: bool = False


@dataclass
class Dictionary:
    """What precedes the cases. `size`: elements of a case; `compression`: 0 none, 1 by codes, 2 by zlib over codes.

    `weight`: the element, from 1, of the variable that weighs the cases, 0 for none.
    """

    order: str
    compression: int
    bias: float
    n_cases: int
    weight: int = 0
    encoding: str | None = None
    size: int = 0
    variables: list[Variable] = field(default_factory=list)
    starts: dict[int, Variable] = field(default_factory=dict)


def dictionary(source: Source) -> tuple[Dictionary, Cursor]:
    """The dictionary, and the cursor at the first case. Raises InputError for a damaged file."""
    cursor = Cursor(source)
    found = _header(cursor)
    while (kind := cursor.integers()[0]) != 999:
        if kind == 2:
            _variable(cursor, found)
        elif kind == 3:
            _labels(cursor, found)
        elif kind == 6:
            cursor.take(80 * cursor.integers()[0])
        elif kind == 7:
            _extension(cursor, found)
        else:
            raise cursor.damaged(f"a record of type {kind}")
    cursor.take(4)
    if not found.variables:
        raise cursor.damaged("there are no variables")
    ends = [variable.at for variable in found.variables[1:]] + [found.size]
    for variable, end in zip(found.variables, ends, strict=True):
        if end - variable.at != max(1, -(-variable.width // 8)):
            raise cursor.damaged(f"the text variable {variable.name!r} is not as wide as it says")
    return found, cursor


def _header(cursor: Cursor) -> Dictionary:
    head = cursor.take(176)
    layout = head[64:68]
    cursor.order = "<" if layout in (b"\2\0\0\0", b"\3\0\0\0") else ">"
    if cursor.order == ">" and layout not in (b"\0\0\0\2", b"\0\0\0\3"):
        raise cursor.damaged("an unknown order of bytes")
    _, _, compression, weight, n_cases, bias = struct.unpack(f"{cursor.order}5id", head[64:92])
    if compression not in (0, 1, 2) or bias != bias or abs(bias) > 1e6:
        raise cursor.damaged("an unknown compression")
    return Dictionary(cursor.order, compression, bias, n_cases, weight)


def _variable(cursor: Cursor, found: Dictionary) -> None:
    width, labelled, n_missing, _, _ = cursor.integers(5)
    name = cursor.take(8).rstrip()
    if not -1 <= width <= MAX_TEXT or labelled not in (0, 1) or n_missing not in (-3, -2, 0, 1, 2, 3):
        raise cursor.damaged("a variable of an unknown kind")
    if labelled:
        (length,) = cursor.integers()
        cursor.take(length + -length % 4)
    if found.size >= MAX_VARIABLES:
        raise RefusedError(f"{cursor.name} has more than {MAX_VARIABLES:,} variables", "export it in parts")
    missing = [cursor.take(8) for _ in range(abs(n_missing))]
    if width >= 0:
        bounds = None
        if n_missing < 0:
            low, high = struct.unpack(f"{cursor.order}2d", missing[0] + missing[1])
            bounds, missing = (low, high), missing[2:]
        variable = Variable(name, found.size, width, tuple(missing), bounds)
        found.variables.append(variable)
        found.starts[found.size] = variable
    found.size += 1


def _labels(cursor: Cursor, found: Dictionary) -> None:
    labels = {}
    for _ in range(_count(cursor)):
        value, length = cursor.take(8), cursor.take(1)[0]
        labels[value] = cursor.take(length + -(length + 1) % 8)[:length]
    if cursor.integers() != (4,):
        raise cursor.damaged("value labels of no variable")
    for index in cursor.integers(_count(cursor)):
        if index - 1 not in found.starts:
            raise cursor.damaged(f"value labels of the variable {index:,}, which is not there")
        found.starts[index - 1].labels |= labels


def _count(cursor: Cursor) -> int:
    (n,) = cursor.integers()
    if not 0 <= n <= MAX_RECORD // 8:
        raise cursor.damaged(f"a number of {n:,}")
    return n


def _extension(cursor: Cursor, found: Dictionary) -> None:
    kind, size, count = cursor.integers(3)
    if size < 0 or count < 0:
        raise cursor.damaged("an extension of a negative length")
    data = cursor.take(size * count)
    if kind == 3 and len(data) == 32 and found.encoding is None:
        page = struct.unpack(f"{cursor.order}8i", data)[7]
        found.encoding = _known(CODE_PAGES.get(page, f"cp{page}"))
    elif kind == 13:
        _rename(found, data)
    elif kind == 14:
        _join(cursor, found, data)
    elif kind == 20:
        found.encoding = _known(data.decode("latin-1").strip("\0 ")) or found.encoding
    elif kind == 21:
        _long_labels(Pieces(cursor, data), found)
    elif kind == 22:
        _long_missing(Pieces(cursor, data), found)


def _known(encoding: str) -> str | None:
    try:
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        return None


def _rename(found: Dictionary, data: bytes) -> None:
    """The long names; the records that follow may use either."""
    names = dict(pair.split(b"=", 1) for pair in data.strip(b"\0").split(b"\t") if b"=" in pair)
    for variable in found.variables:
        variable.long = names.get(variable.name, b"")


def _join(cursor: Cursor, found: Dictionary, data: bytes) -> None:
    """Texts of more than 255 bytes are spread over several variables: none of them can be a label."""
    places = {variable.name: i for i, variable in enumerate(found.variables)}
    for pair in data.split(b"\t"):
        name, mark, digits = pair.strip(b"\0").partition(b"=")
        if not mark:
            continue
        width = int(digits) if digits.isdigit() and len(digits) < 6 else 0
        if name not in places or not MAX_TEXT < width <= MAX_LONG:
            raise cursor.damaged("a long text of no variable")
        at = places[name]
        for variable in found.variables[at : at + -(-width // 252)]:
            variable.part = True


def _named(found: Dictionary) -> dict[bytes, Variable]:
    return {name: v for v in found.variables for name in (v.name, v.long) if name}


def _long_labels(pieces: Pieces, found: Dictionary) -> None:
    """Value labels of texts of more than eight bytes."""
    named = _named(found)
    while pieces.left():
        name, _, n = pieces.text().rstrip(), pieces.integer(), pieces.integer()
        labels = {pieces.text(): pieces.text() for _ in range(n)}
        if name in named:
            named[name].labels |= labels


def _long_missing(pieces: Pieces, found: Dictionary) -> None:
    """Missing values of texts of more than eight bytes, of which eight are stored."""
    named = _named(found)
    while pieces.left():
        name, n, width = pieces.text().rstrip(), pieces.take(1)[0], pieces.integer()
        missing = tuple(pieces.take(width) for _ in range(n))
        if name in named:
            named[name].missing += missing
