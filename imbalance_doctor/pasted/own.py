"""Weights in a script of our own making, where no call takes them: the head of the script says what they are."""

import re
from typing import Any

from .constants import Names, UnreadableError, flat
from .found import Found, SettledError
from .tree import KINDS

HEAD = re.compile(r"^# imbalance-doctor [^\n]*\n# scheme ([\w-]+), kind ([\w-]+)", re.MULTILINE)
VECTORS = ("WEIGHTS", "CLASS_WEIGHT", "LOG_PRIOR")


def add(found: Found, text: str, names: Names) -> None:
    """Add the weights of an emitted script. Raises InputError where it holds a bias, margins or repeat factors."""
    head = HEAD.search(text)
    if head is None:
        return
    scheme, kind = head.groups()
    if kind not in KINDS or scheme == "prior-bias":
        what = "starting bias" if kind == "offset" else kind
        raise SettledError(f"these numbers are a {what} and no weights of a loss", "lint weights, offsets or a pair")
    name = next((name for name in VECTORS if name in names), None)
    if name is None:
        return
    role = "class-weight" if name == "CLASS_WEIGHT" else KINDS[kind]
    facts: dict[str, Any] = {"role": role, "key": name, "line": text[: text.find(f"\n{name} =") + 1].count("\n") + 1}
    classes = names.get("CLASSES")
    if isinstance(classes, list) and not isinstance(names[name], dict):
        facts["names"] = tuple(map(str, classes))
    try:
        facts["values_negative"] = flat(names["WEIGHTS_NEGATIVE"]) if "WEIGHTS_NEGATIVE" in names else None
        if "names" in facts and len(facts["names"]) != len(flat(names[name])):
            raise SettledError("the script has not one number for each of its classes", "emit it again")
    except UnreadableError:
        return
    found.add(names[name], **facts)
