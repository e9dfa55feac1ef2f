"""Names and numbers in a printed line: `loss: 0.69 - acc: 0.5`, `epoch 3 loss=0.2`, `{'loss': 0.5}`, `Loss 0.5 (0.4)`.

All patterns take linear time: names are matched possessively and start at a word's start only.
"""

import re
from collections.abc import Iterator
from itertools import islice

from ..history import names

_WORD = r"[A-Za-z_][\w./@\-]*+(?:'s(?!\w))?+"
_NAME = rf"{_WORD}(?:[ ]{_WORD}){{0,3}}+"
_NUMBER = r"[-+]?+(?:(?:\d++(?:\.\d*+)?+|\.\d++)(?:[eE][-+]?+\d++)?+|(?i:nan|inf(?:inity)?+))(?![\w])"
TOKEN = re.compile(
    rf"(?<![\w./@\-])(?P<name>{_NAME})[\"']?+[ \t]*+(?P<sep>[:=]?+)[ \t]*+[\"'(\[#]{{0,3}}+(?:tensor\()?+"
    rf"(?P<value>{_NUMBER})(?:[ ]?+/[ ]?+(?P<of>\d++)(?![\w.]))?+(?P<percent>%?+)"
)
_SPLIT = re.compile(r"(?<![A-Za-z])(train|training|val|valid|validation|eval|evaluation|dev|test)(?![A-Za-z])", re.I)
MOST = 2_000
"""Numbers looked at in one line: a longer one is data."""
FILLERS = frozenset(
    """average avg mean macro micro weighted binary sparse categorical total top cross entropy learning rate running
    best score multi class roc balanced set the""".split()  # noqa: SIM905
)
CONTEXT = {"train": "", "training": ""}
"""What a word for the split before a name adds to the name: nothing for training, whose names stay as they are."""


def pairs(line: str, context: str = "") -> tuple[dict[str, str], bool]:
    """The names and printed numbers of a line, and whether a metric is among them.

    A word for the split between two of them holds for the names after it: `val: loss 0.6 acc 0.8` is val loss, val acc.
    `context`: such a word on the line before.
    """
    found: dict[str, str] = {}
    metric = False
    for gap, name, separated, value in islice(_tokens(line), MOST):
        context = split_word(gap[-200:], context)
        known = names.understand(name)
        if known.kind == "unknown" and not separated:
            continue
        if known.kind == "metric" and known.split is None and context:
            name = f"{context} {name}"
        if name not in found:
            found[name] = value
            metric = metric or known.kind == "metric"
    return found, metric


def split_word(text: str, otherwise: str = "") -> str:
    """The last word for a split in a text, "" for training."""
    words = _SPLIT.findall(text)
    return CONTEXT.get(words[-1].lower(), words[-1].lower()) if words else otherwise


def _tokens(line: str) -> Iterator[tuple[str, str, bool, str]]:
    """For each number with a name: the text before it, the name, whether a sign stands between, and the number."""
    end = 0
    for match in TOKEN.finditer(line):
        separated = bool(match["sep"])
        gap = line[max(end, match.start() - 200) : match.start()]
        taken = _last_words(match["name"], separated)
        end = match.end()
        if taken is None:
            continue
        before, name = taken
        yield f"{gap} {before}", name, separated, _value(match, name)


def _last_words(name: str, separated: bool) -> tuple[str, str] | None:
    """The words before the name and the name: the last words that mean something, `INFO step` is step."""
    words = [word.strip("'\".-/") for word in name.split(" ")]
    start = len(words)
    while start and (words[start - 1].lower() in FILLERS or _known(words[start - 1])):
        start -= 1
    if start == len(words):
        return ("", " ".join(words)) if separated and len(name) < 100 else None
    if names.key(words[-1]) in (*names.EPOCHS, *names.STEPS):
        start = len(words) - 1
    return " ".join(words[:start]), " ".join(words[start:])


def _known(word: str) -> bool:
    meaning = names.understand(word) if len(word) < 100 else None
    return meaning is not None and (meaning.kind != "unknown" or meaning.split is not None)


def _value(match: "re.Match[str]", name: str) -> str:
    """The number; `9825/10000` beside a metric is a share."""
    value, of = match["value"], match["of"]
    if of and int(of[:18]) and value.isdigit() and names.understand(name).kind == "metric":
        return repr(int(value[:18]) / int(of[:18]))
    return value
