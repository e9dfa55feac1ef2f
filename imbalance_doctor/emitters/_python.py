"""The part every emitted Python module shares: a head of comments, then the data as pure literals.

Class names appear in string literals only. A comment holds our own words, numbers, and at most the name of a positive
class that is proven plain.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..model import Weights
from ._literals import filled, number, plain, python_string


@dataclass(frozen=True)
class Form:
    """Fixed code around the data: which imports it needs and what it does with the literals, by their names.

    `vector` is the name of the literal with the values. `one_logit` marks a binary model with a single output.
    """

    imports: str
    code: str
    vector: str = "WEIGHTS"
    one_logit: bool = False


def head(weights: Weights, target: str) -> str:
    """Comment lines: where the numbers come from, on which scale they are and which boundary they imply."""
    from .. import __version__

    facts = [f"{len(weights.classes)} classes", f"{weights.n_samples} samples"]
    facts += [f"sample mean {weights.sample_mean:.6g}"] if weights.sample_mean is not None else []
    facts += [f"max/min ratio {weights.max_min_ratio:.6g}"] if weights.max_min_ratio is not None else []
    scheme, scale = plain(weights.scheme, "unnamed"), plain(weights.normalisation, "unnamed")
    lines = [
        f"imbalance-doctor {__version__}, target {target}",
        f"scheme {scheme}, kind {weights.kind}, task {weights.task}, normalisation {scale}",
        ", ".join(facts),
        *settings(weights.parameters),
    ]
    cuts = [cut for cut in weights.boundary_after if cut is not None]
    if cuts:
        low, high = f"{min(cuts):.6g}", f"{max(cuts):.6g}"
        where = low if low == high else f"between {low} and {high}, by class"
        lines.append(
            f"with these numbers a cut at 0.5 fires at a true posterior of {where}".replace("of between", "between")
        )
    return "".join(f"# {line}\n" for line in lines)


def settings(parameters: Mapping[str, float | str]) -> list[str]:
    """At most one line with the parameters of the scheme."""
    shown = [
        f"{plain(name, 'unnamed')} = {ascii(value) if isinstance(value, str) else number(value)}"
        for name, value in sorted(parameters.items())
    ]
    return [f"parameters: {', '.join(shown)}"] if shown else []


def data(weights: Weights, vector: str) -> str:
    """CLASSES, COUNTS, the values under the name `vector`, the negative factors of a pair, and a guard."""
    lines = [names(weights), numbers("COUNTS", weights.counts), numbers(vector, weights.values)]
    if weights.values_negative is not None:
        lines.append(numbers(f"{vector}_NEGATIVE", weights.values_negative))
    guard = f'assert len({vector}) == len(CLASSES), "one number per class, in the order of the outputs"'
    return "\n".join([*lines, guard]) + "\n"


def names(weights: Weights) -> str:
    """The assignment of CLASSES."""
    return filled("CLASSES = [", map(python_string, weights.classes), "]")


def numbers(name: str, values: Iterable[float]) -> str:
    """The assignment of a list of numbers."""
    return filled(f"{name} = [", map(number, values), "]")


def positive_class(weights: Weights) -> str:
    """A comment that says which class a single output is for."""
    name = plain(weights.classes[1], "CLASSES[1]")
    return f"# One logit, for the class at index 1 ({name}): its target is 1.0, that of index 0 is 0.0.\n"


def bias(weights: Weights, form: Form) -> list[float] | None:
    """Bias of the last layer that answers the class frequencies, None where a class has no finite one.

    ln(positives / negatives) per sigmoid output, ln(share) per softmax output.
    """
    positives: Sequence[int] = weights.counts
    if weights.task == "multilabel":
        against: Sequence[int] = weights.negatives
    elif form.one_logit:
        positives, against = weights.counts[1:], weights.counts[:1]
    else:
        against = [sum(weights.counts)] * len(weights.counts)
    if not all(positives) or not all(against):
        return None
    return [math.log(n / m) for n, m in zip(positives, against, strict=True)]
