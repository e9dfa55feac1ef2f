"""What `explain` and `list` say: every unit's own docstring, and the few ideas that belong to no single unit."""

from collections.abc import Callable, Collection, Mapping, Sequence

from . import plugins
from .plugins import Plugin, Shelf, unknown_name

SHELVES: Mapping[str, Callable[[], Shelf]] = {
    "rules": plugins.rules,
    "schemes": plugins.schemes,
    "losses": plugins.losses,
    "targets": plugins.emitters,
    "readers": plugins.readers,
    "reports": plugins.reports,
}

IDEAS: Mapping[str, str] = {
    "boundary": """The implied decision boundary of a class is its prior.

A model trained on an unweighted log loss estimates the posterior q = P(class | x). At q = p, the prevalence of the
class, the evidence is neutral: q / (1 - q) > p / (1 - p) exactly when the likelihood ratio is above 1. So p is the
boundary for balanced accuracy. A cut at 0.5 asks for a likelihood ratio of (1 - p) / p before the class is named.

Under loss weights (w1, w0) for the positive and the negative term, a cut at 0.5 means the posterior w0 / (w0 + w1):
pos-weight w moves it to 1 / (1 + w), and (1 - p) / p moves it to p. A weight on both terms moves nothing.

The boundary depends on the metric: 0.5 for accuracy, p for balanced accuracy, F/2 for the best F1, c_FP / (c_FP + c_FN)
for costs.

Example: p = 0.01. A posterior of 0.20 is twenty times the prior, yet the model answers "no" at 0.5.

Reference: Elkan (2001), The foundations of cost-sensitive learning, Theorem 1; Lipton et al. (2014) for F1.""",
    "prevalence": """Prevalence is not share.

prevalence p = count / samples; share = count / label assignments. With one label a sample they are equal. In
multi-label data they differ by the cardinality, the mean number of labels a sample. Boundary, pos-weight and bias come
from the prevalence; a softmax over the labels wants the share.

Example: 12,597 of 55,000 samples is a prevalence of 0.229; among 85,160 assignments it is a share of 0.148.""",
    "floors": """The floors are what a model that learnt nothing would print.

For given counts every common loss and metric has an exact value for a model that always answers the majority class, all
zero, all one, the prior, or uniform. A training log that stands still on one of these numbers names its own fault: a
mean BCE at mean_k H(p_k) means that only the biases were learnt, ln K means a uniform softmax, an accuracy equal to the
largest share means one class only.

Formula: the best constant under weights a = p w1, b = (1 - p) w0 costs (a + b) H(a / (a + b)), H the entropy in nats.

Example: at p = 0.01 the plain floor is 0.0560; with pos-weight 99 it is 2 (1 - p) ln 2 = 1.3724.""",
    "normalisation": """Weights of the same ratio can train differently: some losses divide by the weights, some do not.

PyTorch's CrossEntropyLoss(weight) divides by the sum of the weights in the batch, so their scale cancels; Keras
class_weight, BCEWithLogitsLoss and every sample_weight do not, so the scale is a factor on the learning rate. Weights
whose mean over the samples is one, sum_c n_c w_c / N = 1, are safe everywhere; scikit-learn's "balanced" has that
property. The emitted text names its normalisation and prints the sample mean.""",
    "class-order": """Class order is the model's index order.

Integers are sorted numerically, other names by code point, indicator columns stay in file order, and names given with
--classes stay as given. Every emitted vector carries the ordered names beside the numbers: a silently permuted vector
trains the wrong class.

Example: '10', '9' and '2' are ordered 2, 9, 10 as integers.""",
}


def explain(name: str) -> str:
    """The documentation of every unit or idea of that name or code. Raises UsageError, with near names, for none."""
    found, known = [IDEAS[name]] if name in IDEAS else [], list(IDEAS)
    for shelf in (make() for make in SHELVES.values()):
        for plugin in shelf.values():
            code = str(getattr(plugin.card, "code", ""))
            known += [plugin.name, *([code] if code else [])]
            if name == plugin.name or (code and name.upper() == code):
                found.append(f"{_heading(plugin, shelf)}\n\n{plugin.doc}")
    if not found:
        raise unknown_name("rule, scheme, loss, target, reader or topic", name, known)
    return "\n\n\n".join(found)


def _heading(plugin: Plugin, shelf: Shelf) -> str:
    card = plugin.card
    severity = f", {card.severity}" if hasattr(card, "severity") else ""
    code = f"{card.code} " if hasattr(card, "code") else ""
    return f"{code}{plugin.name} ({shelf.noun}{severity})"


def listing(shelf: str) -> str:
    """One line per unit of a shelf: code, name, first sentence; of targets a table of what each can express.

    Raises UsageError for an unknown shelf.
    """
    if shelf == "topics":
        return _columns([(name, text.splitlines()[0]) for name, text in IDEAS.items()])
    if shelf not in SHELVES:
        raise unknown_name("shelf", shelf, [*SHELVES, "topics"])
    units = list(SHELVES[shelf]().values())
    if shelf == "targets":
        return _targets(units)
    if shelf == "schemes":
        return _columns([(u.name, u.card.kind, u.summary) for u in units])
    if shelf == "losses":
        return _columns([(u.name, _letters(u.card.schemes), u.summary) for u in units]) + f"\n{KEY}\n"
    return _columns([(f"{u.card.code}  {u.name}" if hasattr(u.card, "code") else u.name, u.summary) for u in units])


LETTERS = {"binary": "b", "multiclass": "m", "multilabel": "l"}
KEY = ", ".join(f"{letter} {task}" for task, letter in LETTERS.items())


def _letters(tasks: Collection[str]) -> str:
    return "".join(letter for task, letter in LETTERS.items() if task in tasks) or "-"


def _targets(units: list[Plugin]) -> str:
    """A row a target, a column a kind of scheme: the tasks it can express, by their letters."""
    rows: list[tuple[str, ...]] = [("target", *plugins.KINDS)]
    for unit in units:
        rows.append((unit.name, *(_letters(unit.card.fits.get(kind, ())) for kind in plugins.KINDS)))
    about = "- is refused, with what to use instead. Kinds: list schemes. More of a target: explain NAME."
    return f"{_columns(rows)}\n{KEY}\n{about}\n"


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(line.rstrip() + "\n" for line in lines)
