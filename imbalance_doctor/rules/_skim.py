"""The cards of rules that cannot run, read from their text: importing them costs more than examining a small file.

A rule lives in the folder of the examination it cannot do without, so where that evidence is absent none of the folder
can run, and all that is wanted is each rule's code, name and needs.
"""

import re
from importlib.resources import files

from ..model import Skipped

_CARD = re.compile(r'^RULE = Rule\(\s*"([^"]+)",\s*"([^"]+)"', re.MULTILINE)
_CHECK = re.compile(r"^def check\(([^)]*)\)", re.MULTILINE)


def skipped(folder: str, at_hand: frozenset[str]) -> list[Skipped]:
    """The rules of a folder, all of them skipped, with the evidence each lacks. Raises ValueError for a broken unit."""
    found = []
    for path in (files(__package__) / folder).iterdir():
        if not path.name.endswith(".py") or path.name.startswith("_"):
            continue
        text = path.read_text(encoding="utf-8")
        card, check = _CARD.search(text), _CHECK.search(text)
        if card is None or check is None:
            raise ValueError(f"rules/{folder}/{path.name} has no card RULE or no verb check")
        names = [part.split(":")[0].strip() for part in check.group(1).split("*")[0].split(",")]
        found.append(Skipped(card.group(2), card.group(1), tuple(n for n in names if n and n not in at_hand)))
    return found
