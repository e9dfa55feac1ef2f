"""Plain text with one label per line: the whole line is the label, whatever characters it holds."""

from ..batches import Table
from ..plugins import Reader
from . import delimited
from ._source import Options, Source

READER = Reader("lines", (".labels", ".lst"))


def read(source: Source, options: Options) -> Table:
    """One text column. A blank line is a missing label. Raises InputError for bad encoding."""
    return delimited.table(source, options, one_column=True)
