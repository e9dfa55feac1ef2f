"""Which columns of a table are scores: named alike, named by their classes, a list, a vector, or one per pair."""

from collections.abc import Sequence
from fnmatch import fnmatchcase

from ..errors import InputError
from ..labels.columns import named, words
from . import names
from .look import Look, nothing, several
from .roles import Roles, Wishes


def find(look: Look, wishes: Wishes, known: frozenset[str], separate: bool) -> Roles | None:
    """The columns of scores, None when the dump holds predicted labels only."""
    if wishes.layout == "long":
        return _long(look, wishes)
    if wishes.scores is not None:
        return _as_asked(look, wishes.scores, known)
    if wishes.label is not None:
        return _label_as_asked(look, wishes)
    if wishes.layout == "column" or wishes.kind == "labels":
        return None
    free = [n for n in look.free if not look.header or not names.says_truth(n) or n in known]
    return (
        _long(look, wishes)
        or _listed(look, wishes, free)
        or _grouped(look, wishes, free)
        or _bare(look, free, known)
        or _single(look, free, separate)
    )


def _as_asked(look: Look, patterns: str, known: frozenset[str]) -> Roles:
    chosen: list[str] = []
    for pattern in [p.strip() for p in patterns.split(",") if p.strip()]:
        found = [n for n in look.all if fnmatchcase(n, pattern) and n not in chosen]
        chosen += found or [named(look.table, pattern, "--scores").name]
    if len(chosen) == 1 and chosen[0] in look.lists:
        return Roles("as asked", tuple(chosen), listed=True)
    groups = [g for g in names.score_groups(chosen) if len(g.columns) == len(chosen)]
    if not look.header or (len(chosen) == 1 and not groups):
        return Roles("as asked", tuple(chosen))
    classes = groups[0].classes if groups and not known >= set(chosen) else tuple(chosen)
    return Roles("as asked", tuple(chosen), classes)


def _label_as_asked(look: Look, wishes: Wishes) -> Roles | None:
    column = named(look.table, wishes.label or "", "--label").name
    if wishes.kind == "labels":
        return None
    if column in look.lists and look.list_fractions(column):
        return Roles("as asked", (column,), listed=True)
    return Roles("as asked", (column,)) if look.fractions(column) else None


def _long(look: Look, wishes: Wishes) -> Roles | None:
    """One row per sample and class: an id that repeats, a class, a score."""
    asked = wishes.layout == "long"
    if not asked and (look.id is None or look.distinct(look.id) > 0.7 * look.head.height or wishes.label):
        return None
    if wishes.scores is not None:
        scores = [named(look.table, wishes.scores, "--scores").name]
    else:
        scores = [n for n in look.free if n in look.numeric and names.says_score(n)]
        scores = scores or [n for n in look.free if asked and look.fractions(n)]
    rest = [n for n in look.free if n not in scores and n not in look.lists]
    if wishes.label is not None:
        classes = [named(look.table, wishes.label, "--label").name]
    else:
        classes = [n for n in rest if names.says_class(n)] or (rest if asked else [])
    if look.id is not None and len(scores) == len(classes) == 1:
        reason = f"one row per {look.id!r} and {classes[0]!r}, scored by {scores[0]!r}"
        return Roles(reason, tuple(scores), label=classes[0])
    if asked:
        raise InputError(
            f"the long layout needs a column of ids, one of classes and one of scores; found {look.listing()}",
            "name them with --id, --label and --scores",
        )
    return None


def _listed(look: Look, wishes: Wishes, free: Sequence[str]) -> Roles | None:
    """A column whose cells are lists of one score per class."""
    lists = [n for n in free if n in look.lists and not words(n) & names.BOX_WORDS]
    if wishes.layout != "list":
        lists = [n for n in lists if names.says_output(n)] or (lists if len(free) == len(lists) else [])
    lists = [n for n in lists if len(look.list_lengths(n)) == 1 and min(look.list_lengths(n)) > 1]
    if len(lists) > 1 and wishes.kind:
        lists = [n for n in lists if wishes.kind[:4] in n.lower()] or lists
    if len(lists) > 1:
        raise several([f"{n!r}" for n in lists], lists[0])
    return Roles("its cells are lists of numbers, one per class", tuple(lists), listed=True) if lists else None


def _grouped(look: Look, wishes: Wishes, free: Sequence[str]) -> Roles | None:
    """Columns that share a score word: `prob_a`, `prob_b`."""
    if not look.header:
        return None
    groups = [g for g in names.score_groups([n for n in free if n not in look.lists]) if len(g.columns) > 1]
    groups = [g for g in groups if any(look.fractions(c) for c in g.columns) or look.answers(g)]
    if len(groups) > 1 and wishes.kind:
        groups = [g for g in groups if wishes.kind[:4] in g.word] or groups
    if len(groups) > 1:
        raise several([f"{len(g.columns)} columns '{g.word}'" for g in groups], groups[0].pattern)
    if not groups:
        return None
    return Roles(f"{len(groups[0].columns)} columns are named '{groups[0].word}'", groups[0].columns, groups[0].classes)


def _bare(look: Look, free: Sequence[str], known: frozenset[str]) -> Roles | None:
    """Columns named by their class alone, or not at all."""
    classes = [n for n in free if n in known and n in look.numeric] if look.header else []
    if len(classes) > 1 and len(classes) >= len(known) / 2:
        return Roles(f"{len(classes)} columns have the names of classes", tuple(classes), tuple(classes))
    usable = [n for n in free if n in look.numeric and (look.fractions(n) or not names.says_answer(n))]
    fractional = [n for n in usable if look.fractions(n)]
    if len(fractional) < 2 or (look.header and any(names.says_score(n) for n in usable)):
        return None
    strangers = [n for n in free if n not in usable and not names.says_answer(n)]
    outside = [n for n in usable if not look.in_unit(n)]
    if outside and (len(outside) < len(usable) or len(fractional) < len(usable) or strangers):
        raise several([f"{n!r}" for n in usable[:8]], ",".join(usable[:2]))
    if not look.header:
        return Roles(f"{len(usable)} columns of numbers", tuple(usable))
    return Roles(f"{len(usable)} columns of numbers, each named by its class", tuple(usable), tuple(usable))


def _single(look: Look, free: Sequence[str], separate: bool) -> Roles | None:
    """One column of scores, of the positive class."""
    found = [n for n in free if look.scores(n)]
    chosen = [n for n in found if names.says_output(n)] or found
    if len(chosen) > 1:
        raise several([f"{n!r}" for n in chosen[:8]], chosen[0])
    if not chosen:
        return None
    score, rest = chosen[0], [n for n in free if n != chosen[0]]
    answers = [n for n in rest if names.says_answer(n)]
    if any(not look.cuts(score, n) for n in answers):
        return None  # the score of the answer given, not of one class
    if not answers and _scores_an_answer(look, score, separate):
        return None
    others = [n for n in rest if n not in answers]
    if others and not names.says_output(score):
        raise nothing(look)
    classes = [g.classes for g in names.score_groups([score]) if g.classes[0].lower() not in names.POSITIVE]
    reason = f"{score!r} is the only column of scores" if look.header else "a vector of numbers"
    return Roles(reason, (score,), classes[0] if classes and look.header else None)


def _scores_an_answer(look: Look, score: str, separate: bool) -> bool:
    """Whether a score goes with the answer in a column `label` beside it, as `{label, score}` of a pipeline does."""
    beside = [n for n in look.free if n != score and names.says_truth(n) and not words(n) & names.PLAINLY_TRUE]
    if len(beside) != 1 or not look.header or words(score) & names.PROBABILITY_WORDS:
        return False
    label = beside[0]
    if separate or look.distinct(label) > 2:
        return not (label in look.numeric and look.distinct(label) == 2)
    if look.smallest(score) >= 0.5:
        raise InputError(
            f"{score!r} can be the confidence in the answer {label!r}, or the score of a class with {label!r} as truth",
            f"say which with --label {label} or --truth {label}",
        )
    return False
