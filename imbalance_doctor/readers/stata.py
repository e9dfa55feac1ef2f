"""Stata: .dta files of version 102 on, value labels as class names.

A column with value labels has all of them as classes, in the order of their codes, used or not; unless a value has no
label, then the column keeps its codes. The labels of `.a` to `.z` are no classes: these values are missing.

Example: `imbalance-doctor analyze survey.dta --label outcome`
"""

import warnings
from typing import Any

from ..batches import Table
from ..errors import InputError
from ..plugins import Reader
from ._sheets import labelled
from ._source import Options, Source
from ._typed import damaged

READER = Reader("stata", (".dta",))
START = b"<stata_dta>"
VERSIONS = range(102, 116)
"""First byte of the versions that have no mark-up."""
MISSING = 2_147_483_621
"""The first code, in a set of value labels, of a missing value: `.`, then `.a` to `.z`."""


def claims_head(head: bytes) -> bool:
    """Whether the bytes start a file with mark-up, or the header of an older one: version, byte order, 1, 0."""
    old = len(head) > 4 and head[0] in VERSIONS and head[1] in (1, 2) and head[2:4] == b"\x01\x00"
    return head.startswith(START) or old


def read(source: Source, options: Options) -> Table:
    """The columns. Raises InputError for a damaged file."""
    import pandas

    read_stata: Any = pandas.read_stata
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with read_stata(source.seekable(), iterator=True, convert_categoricals=False) as reader:
                frame = reader.read()
                sets = reader.value_labels()
                chosen = list(getattr(reader, "_lbllist", frame.columns))
    except Exception as error:  # pandas raises whatever the bytes run into
        raise damaged(source.name, error) from None
    if frame.empty:
        raise InputError(f"{source.name} holds no rows", "name the file that holds the labels")
    names: list[str] = list(map(str, frame.columns))
    labels: dict[str, Any] = {
        name: {code: label for code, label in sets[key].items() if code < MISSING}
        for name, key in zip(names, chosen, strict=True)
        if key in sets
    }
    return labelled(names, [frame.iloc[:, i].tolist() for i in range(len(names))], labels, source.notes)
