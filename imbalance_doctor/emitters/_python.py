"""The part every emitted Python module shares: a head of comments, then the data as pure literals.

Class names appear in string literals only. A comment holds our own words, numbers, and at most the name of a positive
class that is proven plain.
"""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..model import Weights
from ._literals import filled, number, plain, python_string


@dataclass(frozen=True)
class Form:
    """Fixed code around the data: which imports it needs and what it does with the literals, by their names.

    `vector` is the name of the literal with the values. `one_logit`: a binary model with a single output, that of the
    class at index 1.
    """

    imports: str
    code: str
    vector: str = "WEIGHTS"
    one_logit: bool = False


def module(weights: Weights, target: str, form: Form, end: str = "") -> str:
    """A whole module around a form, `end` being more code for its bottom."""
    about = positive_class(weights) if form.one_logit else ""
    opens = "\n\n" if re.match(r"(#.*\n)*(def|class) ", form.code) else "\n"
    closes = "" if not end else "\n\n" if form.code.splitlines()[-1].startswith(" ") else "\n"
    top = head(weights, target, form.one_logit) + form.imports + "\n" + data(weights, form.vector)
    return f"{top}{opens}{about}{form.code}{closes}{end}"


def head(weights: Weights, target: str, one_logit: bool = False) -> str:
    """The facts as comment lines."""
    return "".join(f"# {line}\n" for line in facts(weights, target, one_logit))


def facts(weights: Weights, target: str, one_logit: bool = False) -> list[str]:
    """Lines: where the numbers come from, on which scale they are and which boundary they imply. Plain ASCII."""
    from .. import __version__

    mean, ratio, cuts = weights.sample_mean, weights.max_min_ratio, weights.boundary_after
    if one_logit:
        mean, ratio, cuts = mean_of_positive(weights), None, cuts[1:]
    sizes = [f"{len(weights.classes)} classes", f"{weights.n_samples} samples"]
    sizes += [f"sample mean {mean:.6g}"] if mean is not None else []
    sizes += [f"max/min ratio {ratio:.6g}"] if ratio is not None else []
    scheme, scale = plain(weights.scheme, "unnamed"), plain(weights.normalisation, "unnamed")
    return [
        f"imbalance-doctor {__version__}, target {target}",
        f"scheme {scheme}, kind {weights.kind}, task {weights.task}, normalisation {scale}",
        ", ".join(sizes),
        *settings(weights.parameters),
        *empty_slots(weights),
        *boundary([cut for cut in cuts if cut is not None], weights.task == "multiclass" and len(cuts) > 2),
    ]


def empty_slots(weights: Weights) -> list[str]:
    """At most one line: a number that is added to a logit does not switch a class off."""
    left_out = weights.parameters.get("zero_count") == "exclude" and weights.kind == "offset"
    n = weights.counts.count(0) if left_out else 0
    return [f"{n} class(es) without samples hold a 0, which is no prior: mask their logits"] if n else []


def unstated(weights: Weights) -> Weights:
    """The same without a boundary, for a target whose loss or sampler has others than these numbers imply."""
    return replace(weights, boundary_after=(None,) * len(weights.classes))


def settings(parameters: Mapping[str, float | str]) -> list[str]:
    """At most one line with the parameters of the scheme."""
    shown = [
        f"{plain(name, 'unnamed')} = {ascii(value) if isinstance(value, str) else number(value)}"
        for name, value in sorted(parameters.items())
    ]
    return [f"parameters: {', '.join(shown)}"] if shown else []


def boundary(cuts: Sequence[float], one_of_several: bool = False) -> list[str]:
    """The posterior at which a 0.5 cut fires; with one of several classes to a sample, what that takes for granted."""
    if not cuts:
        return []
    low, high = f"{min(cuts):.6g}", f"{max(cuts):.6g}"
    cut = "with these numbers a 0.5 cut fires at a true posterior of"
    if low == high:
        return [f"{cut} {low}"]
    shared = ["(the others sharing the rest as counted; to be the largest output less is enough)"]
    return [f"{cut} {low} to {high}, by class", *(shared if one_of_several else [])]


def mean_of_positive(weights: Weights) -> float | None:
    """Mean loss factor over the data of a single output for the class at index 1, None without factors."""
    if weights.kind not in ("pos-weight", "pair"):
        return None
    n0, n1 = weights.counts
    negative = weights.values_negative[1] if weights.values_negative is not None else 1.0
    return (n1 * weights.values[1] + n0 * negative) / (n0 + n1)


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
    return f"# One logit, for the class at index 1, {name}. Its target is 1.0, that of index 0 is 0.0.\n"


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
