"""CoNLL columns: a token a line with its tags in columns, a blank line between sentences; every token is a sample.

Columns stand apart by a tab, or by spaces. The last column holds the labels unless `--label` names one, by number or,
in CoNLL-U, by name. `-DOCSTART-` lines and comments are no tokens, nor are ranges (`3-4`) and empty nodes (`5.1`) of
CoNLL-U. `--strip-bio` takes the place in an entity away: B-PER and I-PER are PER then.
"""

import re
from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from ..batches import Column, Table
from ..errors import InputError
from ..plugins import Reader
from ._conll_form import DOCUMENT, Tokens, form_of
from ._source import Options, Source
from ._text_lines import Lines, lines, table, whole_lines

if TYPE_CHECKING:
    import polars as pl

READER = Reader("conll", (".conll", ".conllu", ".conllup", ".iob", ".iob2", ".bio", ".bioes"))
_TAG = re.compile(r"O|[BIESLU]-\S+")
_PLACE = r"^[BIESLU]-"


def claims(start: str) -> bool:
    """Whether the text starts a document, or sentences apart by blank lines have a tag such as B-PER on each token."""
    if start.lstrip().startswith((DOCUMENT, "# global.columns")):
        return True
    found = [line for line in whole_lines(start) if not line.startswith("#")]
    tags = [line.split()[-1] for line in found]
    tagged = {"O", "B"} <= {tag[0] for tag in tags} or {"O", "S"} <= {tag[0] for tag in tags}
    apart = re.search(r"\n[ \t\r]*\n", start.strip()) is not None
    widths = {len(line.split()) for line in found}
    return tagged and apart and len(widths) == 1 and widths != {1} and all(map(_TAG.fullmatch, tags))


def read(source: Source, options: Options) -> Table:
    """A text column per column of the file, or the last one alone where none is named.

    Raises InputError, with the line, for a token with more or fewer columns than the first one, for a line that can be
    a comment or a token, and for CoNLL-U without `--label`.
    """
    blocks = lines(source, options)
    start: list[Lines] = []
    form = None
    while form is None and (block := next(blocks, None)) is not None:
        start.append(block)
        form = form_of(block, source.suffix)
    if form is None:
        raise InputError(f"{source.name} holds no token", "a token is a line of columns, apart by tabs or spaces")
    if len(set(form.names)) < len(form.names):
        raise InputError(f"{source.name} names two of its columns alike: {', '.join(form.names)}", "rename one")
    if options.label is None and form.universal:
        raise InputError(
            f"{source.name} is CoNLL-U with the columns {', '.join(form.names)}",
            "name the one that holds the labels, for example --label UPOS",
        )
    names = form.names if options.label is not None else form.names[-1:]
    reading = _Reading(Tokens(source.name, form), names, options, source.notes)
    made = table(
        [Column(name, "text") for name in names], reading.frames(chain(start, blocks)), layout="column", typed=False
    )
    assert made is not None
    return made


class _Reading:
    """What is made of the tokens, and the remark about them at the end."""

    def __init__(self, tokens: Tokens, names: tuple[str, ...], options: Options, notes: list[str]) -> None:
        self.tokens, self.names, self.strip, self.notes = tokens, names, options.strip_bio, notes
        asked = options.label or ""
        number = int(asked) if asked.isdecimal() and 1 <= int(asked) <= len(names) else len(names)
        self.label = asked if asked in names else names[number - 1]
        self.outside = 0

    def frames(self, blocks: Iterator[Lines]) -> Iterator["pl.DataFrame"]:
        """The tokens of each block, one column per name."""
        import polars as pl

        form = self.tokens.form
        for block in blocks:
            fields = self.tokens.of(block)
            made = {name: fields.list.get(form.names.index(name)) for name in self.names}
            if self.strip:
                made = {name: column.str.replace(_PLACE, "") for name, column in made.items()}
            self.outside += int((made[self.label] == "O").sum())
            yield pl.DataFrame(made)
        self.tokens.finish()
        self._remark()

    def _remark(self) -> None:
        tokens = self.tokens
        sentences = "1 sentence" if tokens.sentences == 1 else f"{tokens.sentences:,} sentences"
        self.notes.append(f"{tokens.n:,} tokens in {sentences}; each token is a sample")
        if self.outside:
            share = f"{100 * self.outside / tokens.n:.1f} %"
            self.notes.append(f"O is on {self.outside:,} of them ({share}): --ignore-label O counts the others")
        if tokens.skipped:
            self.notes.append(f"{tokens.skipped:,} ranges and empty nodes were left out: they are no tokens")
