"""Which lines of CoNLL text are tokens, and what their columns are called."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..errors import InputError
from ._text_lines import Lines, blank

if TYPE_CHECKING:
    import polars as pl

DOCUMENT = "-DOCSTART-"
UNIVERSAL = ("ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC")
_GLOBAL = "# global.columns ="
_RANGE = r"^[0-9]+[-.][0-9]+$"


@dataclass(frozen=True)
class Form:
    """How the lines are split: at tabs or at spaces, the names of the columns, whether this is CoNLL-U."""

    tabs: bool
    names: tuple[str, ...]
    universal: bool = False

    def fields(self, text: "pl.Series") -> "pl.Series":
        """The columns of each line."""
        return text.str.split("\t") if self.tabs else text.str.extract_all(r"[^ \t]+")


def form_of(first: Lines, suffix: str) -> Form | None:
    """The form of a text by its first block, None when that holds no token."""
    text = first.text.filter(~blank(first.text))
    named = text.filter(text.str.starts_with(_GLOBAL))
    universal = suffix in (".conllu", ".conllup") or bool(named.len())
    tokens = text.filter(~(text.str.starts_with(DOCUMENT) | text.str.starts_with("#")))
    tokens = tokens if tokens.len() or universal else text.filter(~text.str.starts_with(DOCUMENT))
    if not tokens.len():
        return None
    names = tuple(named[0].removeprefix(_GLOBAL).split()) if named.len() else UNIVERSAL if universal else ()
    widths = {tabs: Form(tabs, ()).fields(tokens).list.len().unique().to_list() for tabs in (True, False)}
    if names and widths[True] != [len(names)] == widths[False]:
        return Form(False, names, universal)
    tabs = widths[True] != [1] and (len(widths[True]) == 1 or len(widths[False]) > 1) and "\t" in tokens[0]
    width = int(Form(tabs, ()).fields(tokens[:1]).list.len()[0])
    if len(names) != width:
        names = tuple(str(i) for i in range(1, width + 1))
    return Form(tabs, names, universal)


class Tokens:
    """Picks the tokens out of block after block, counting them and their sentences."""

    def __init__(self, name: str, form: Form) -> None:
        self.name, self.form = name, form
        self.n = self.sentences = self.skipped = 0
        self._inside = False
        self._labels: set[str] = set()
        self._doubtful: dict[str, int] = {}

    def of(self, block: Lines) -> "pl.Series":
        """The columns of the tokens of a block. Raises InputError for a line with more or fewer of them."""
        text, width = block.text, len(self.form.names)
        fields = self.form.fields(text)
        marked = text.str.starts_with("#")
        tokens = ~(blank(text) | text.str.starts_with(DOCUMENT))
        fits = fields.list.len() == width
        tokens &= ~marked if self.form.universal else ~marked | fits
        follows = tokens.shift(1, fill_value=self._inside)
        bad = (tokens & ~fits) | (marked & ~fits & follows & (not self.form.universal))
        if bad.any():
            raise self._ragged(block, bad, fields)
        self._doubt(block, fields, tokens & marked & ~follows, tokens)
        self._inside = bool(tokens[-1])
        self.sentences += int((tokens & ~follows).sum())
        if self.form.universal:
            ranges = fields.list.get(0, null_on_oob=True).str.contains(_RANGE).fill_null(False)
            self.skipped += int((tokens & ranges).sum())
            tokens &= ~ranges
        self.n += int(tokens.sum())
        return fields.filter(tokens)

    def finish(self) -> None:
        """Raise InputError for a line that can be a comment: at the start of a sentence, with a tag of its own."""
        for label, line in self._doubtful.items():
            if label not in self._labels:
                raise InputError(
                    f"{self.name}: line {line:,} starts with # and can be a comment, or a token with the tag {label!r}",
                    "take comments out of the file, or end its name in .conllu if every # starts one",
                )

    def _doubt(self, block: Lines, fields: "pl.Series", doubtful: "pl.Series", tokens: "pl.Series") -> None:
        """Remember the last column of what can be a comment, and of what cannot."""
        last = fields.list.get(-1, null_on_oob=True)
        if doubtful.any():
            numbers = block.kept(doubtful)[0]
            for label, line in zip(last.filter(doubtful).to_list(), numbers.to_list(), strict=True):
                self._doubtful.setdefault(label, line)
        if len(self._labels) < 100_000:
            self._labels.update(last.filter(tokens & ~doubtful).unique().to_list())

    def _ragged(self, block: Lines, bad: "pl.Series", fields: "pl.Series") -> InputError:
        at = int(bad.arg_max() or 0)
        n = int(fields.list.len()[at])
        apart = "tabs" if self.form.tabs else "spaces"
        columns = "column" if n == 1 else "columns"
        return block.wrong(
            bad,
            f"has {n} {columns} apart by {apart}, the first token has {len(self.form.names)}",
            "mend the line, or name another format with --input-format",
        )
