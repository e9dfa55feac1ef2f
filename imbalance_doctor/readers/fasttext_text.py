"""fastText text: `__label__sauce __label__cheese how much cheese`; words that start with the mark are the labels.

As fastText itself reads it: words end at ASCII white space, a label may stand anywhere in its line, a line without any
is a sample without labels, a blank line is nothing. Another mark is named with `--label-prefix`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..batches import Column, Table
from ..errors import InputError, UsageError
from ..plugins import Reader
from ._source import Options, Source
from ._text_lines import Lines, blank, lines, table, whole_lines

if TYPE_CHECKING:
    import polars as pl

READER = Reader("fasttext", (".ft", ".fasttext"))
PREFIX = "__label__"
_SPACE = r" \t\r\x0b\x0c"


def claims(start: str) -> bool:
    """Whether the first line and most others start with a labelled word without comma or quote, as cells have them."""
    words = [line.split()[0] for line in whole_lines(start)]
    marked = [word for word in words if word.startswith(PREFIX) and len(word) > len(PREFIX)]
    plain = not any(character in word for word in marked for character in ",;|\"'")
    return bool(words) and words[0] in marked and plain and 2 * len(marked) >= len(words)


def read(source: Source, options: Options) -> Table:
    """One column of lists of labels without their mark.

    Raises InputError, with the line, for a mark without a name; UsageError for a mark that cannot be one.
    """
    prefix = PREFIX if options.label_prefix is None else options.label_prefix
    if not prefix or prefix.split() != [prefix]:
        raise UsageError(f"a label cannot be marked with {prefix!r}", "give a text without spaces, such as __label__")
    made = table([Column("labels", "list")], _frames(source, options, prefix), layout="delimited")
    if made is None:
        raise InputError(f"{source.name} holds no line of text", "name the file that holds the labels")
    return made


def _frames(source: Source, options: Options, prefix: str) -> Iterator["pl.DataFrame"]:
    import polars as pl

    pattern = rf"(?:^|[{_SPACE}]){pl.escape_regex(prefix)}[^{_SPACE}]*"
    for block in lines(source, options):
        numbers, text = block.kept(~blank(block.text))
        words = text.str.extract_all(pattern).alias("labels")
        labels = words.list.eval(pl.element().str.strip_chars_start(" \t\r\x0b\x0c").str.strip_prefix(prefix))
        _check(source.name, block, numbers, labels, prefix)
        yield labels.to_frame()


def _check(name: str, block: Lines, numbers: "pl.Series", labels: "pl.Series", prefix: str) -> None:
    bad = labels.list.contains("")
    if bad.any():
        number = numbers[int(bad.arg_max() or 0)]
        shown = block.text[number - block.first][:60]
        raise InputError(
            f"{name}: line {number:,} ({shown!r}) holds the mark {prefix!r} without a name",
            f"write the label behind it, as in {prefix}sports, or name another mark with --label-prefix",
        )
