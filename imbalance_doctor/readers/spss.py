"""SPSS: .sav and .zsav files, value labels as class names.

A column with value labels has all of them as classes, in the order of their codes, used or not; unless a value has no
label, then the column keeps its codes. Values that the file declares missing are missing.

The suffix .sav is also used for pickles: a file is one of SPSS when its first bytes say so.

Needs pyreadstat: `pip install 'imbalance-doctor[spss]'`.

Example: `imbalance-doctor analyze survey.sav --label outcome`
"""

import warnings
from typing import Any

from ..batches import Table
from ..errors import InputError
from ..plugins import Reader
from ._sheets import labelled
from ._source import Options, Source
from ._typed import damaged

READER = Reader("spss", (".sav", ".zsav"))
STARTS = (b"$FL2@(#)", b"$FL3@(#)")


def claims_head(head: bytes) -> bool:
    """Whether the bytes start a file of SPSS, compressed by it or not."""
    return head.startswith(STARTS)


def read(source: Source, options: Options) -> Table:
    """The columns. Raises InputError without pyreadstat, and for a damaged file."""
    try:
        import pyreadstat
    except ImportError:
        raise InputError(
            f"{source.name}: SPSS files need pyreadstat", "pip install 'imbalance-doctor[spss]', or export it as CSV"
        ) from None
    file: Any = source.seekable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            columns, meta = pyreadstat.read_sav(file, encoding=options.encoding, output_format="dict")
    except Exception as error:  # pyreadstat raises whatever the bytes run into
        raise damaged(source.name, error) from None
    values = [list(column) for column in columns.values()]
    if not values or not values[0]:
        raise InputError(f"{source.name} holds no rows", "name the file that holds the labels")
    return labelled(list(columns), values, meta.variable_value_labels, source.notes)
