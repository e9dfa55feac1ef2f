"""Which column holds the labels: candidates by name, by variety and by type; none is taken in silence."""

import shlex

from ..batches import Column, Table
from ..errors import InputError
from .columns import LABEL_WORDS, MANY, OTHER_WORDS, Facts, words

EXACT_NAMES = LABEL_WORDS | {"y_true", "ground_truth", "groundtruth", "true_label", "class_label", "label_ids"}
FORMS = frozenset(["id", "ids", "idx", "index", "name", "text", "string"])
"""Words that name a form of the label: `label_id`, `class_name`."""


def find(table: Table, known: list[Facts]) -> tuple[Column, str]:
    """The label column among those `known`, and why.

    Raises InputError that lists the candidates when none or several are plausible.
    """
    if len(known) == 1:
        return _only(known[0])
    exact = [f for f in known if f.column.name.strip().lower() in EXACT_NAMES]
    by_word = [
        f for f in known if words(f.column.name) & LABEL_WORDS and not words(f.column.name) & (OTHER_WORDS - FORMS)
    ]
    for candidates, why in ((exact, "its name"), (by_word, "a word in its name")):
        plausible = [f for f in candidates if f.plausible]
        if len(plausible) == 1:
            _ask_about_a_report(known, plausible[0])
            return plausible[0].column, f"{why} says so, {plausible[0].distinct:,} distinct values"
        if plausible:
            raise ask(plausible, "several columns can be the labels")
    if exact or by_word:
        raise ask(known, f"the column {(exact or by_word)[0].column.name!r} does not look like labels")
    rest = [f for f in known if f.plausible and not words(f.column.name) & OTHER_WORDS]
    if len(rest) > 1:
        raise ask(rest, "several columns can be the labels")
    if rest and rest[0].n >= MANY and 2 <= rest[0].distinct <= max(2, rest[0].n / 5):
        if table.header is False and not table.typed:
            _ask_about_a_map(known, rest[0])
        return rest[0].column, f"the only column that can be classes: {rest[0].distinct:,} distinct values"
    raise ask(known, "nothing tells which column holds the labels" if rest else "no column looks like labels")


def _ask_about_a_report(known: list[Facts], label: Facts) -> None:
    """Classes, each once, beside nothing but fractions: a report of metrics reads like samples with features."""
    others = [f for f in known if f is not label]
    if label.distinct == label.n > 2 and len(others) > 1 and all(f.fractions for f in others):
        name = shlex.quote(label.column.name)
        raise InputError(
            f"every {label.column.name!r} occurs once beside fractions: a report of metrics, not samples?",
            f"if each row is a sample all the same, use --layout column --label {name}",
        )


def _ask_about_a_map(known: list[Facts], label: Facts) -> None:
    """Names, each once, beside their group: a map of classes reads like samples with labels."""
    for fact in known:
        if fact is not label and fact.all_distinct and not (fact.identifiers or fact.like_text or fact.fractions):
            raise ask([label, fact], f"each name of column {fact.column.name!r} can be a sample, or a class of a map")


def _only(fact: Facts) -> tuple[Column, str]:
    if fact.column.type == "nested":
        raise InputError("the values are nested, not class names", "give labels as text, numbers or flat lists")
    if fact.several or fact.column.type == "list":
        return fact.column, "the only column"
    if fact.like_text:
        raise InputError(
            "the only column looks like text, not class names", "to count whole lines anyway use --layout column"
        )
    if fact.all_distinct or fact.like_measurements:
        kind = "numbers with a fraction: scores or a regression target" if fact.fractions else "ids, a list of names"
        counts = ", --layout counts if they are counts" if fact.integers else ""
        raise InputError(
            f"{fact.distinct:,} of {fact.n:,} values are distinct: this looks like {kind}, not labels",
            f"use --layout column to count them as labels anyway{counts}",
        )
    return fact.column, "the only column"


def ask(candidates: list[Facts], why: str) -> InputError:
    """The question that lists the columns and the flag that picks one."""
    listed = ", ".join(f.described for f in candidates[:12])
    more = f" and {len(candidates) - 12} more" if len(candidates) > 12 else ""
    indicators = ", or use --layout indicator if each 0/1 column is a class" if _binaries(candidates) > 1 else ""
    counts = (
        ", or use --layout counts if these are classes and their counts" if _class_beside_number(candidates) else ""
    )
    first = candidates[0].column.name
    hint = f"name one, for example --label {shlex.quote(first)}{indicators}{counts}"
    return InputError(f"{why}: {listed}{more}", hint)


def _class_beside_number(candidates: list[Facts]) -> bool:
    """Two columns: every value of the first occurs once, the second holds whole numbers."""
    return len(candidates) == 2 and candidates[0].distinct == candidates[0].n > 0 and candidates[1].integers


def _binaries(candidates: list[Facts]) -> int:
    return sum(f.binary for f in candidates)
