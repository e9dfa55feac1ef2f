"""Plain text with one label per line: the whole line is the label, whatever characters it holds."""

from dataclasses import replace

from ..batches import Table
from ..plugins import Reader
from ._source import Options, Source
from .delimited import read as read_delimited

READER = Reader("lines", (".labels", ".lst"))


def read(source: Source, options: Options) -> Table:
    """One text column. A blank line is a missing label. Raises InputError for bad encoding."""
    return read_delimited(source, replace(options, delimiter="\x1f", quote=options.quote or "none"))
