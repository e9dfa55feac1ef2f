"""The priors of the classes as a user types them: numbers in class order, or a file of names and numbers."""

import math
from collections.abc import Mapping, Sequence

from ..errors import InputError
from .classes import match

SUM_TOLERANCE = 0.01


def parse(text: str, where: str) -> Sequence[float] | dict[str, float]:
    """Numbers in class order, or numbers by class name: JSON, or lines of a number or of name, separator and number.

    Raises InputError, naming `where`, for anything else.
    """
    stripped = text.strip()
    if stripped[:1] in "[{" and stripped:
        return _json(stripped, where)
    if "\n" not in stripped and "," in stripped and _numbers(stripped.split(",")):
        return [float(part) for part in stripped.split(",")]
    lines = [line.strip() for line in stripped.splitlines() if line.strip()]
    if _numbers(lines):
        return [float(line) for line in lines]
    named: dict[str, float] = {}
    for number, line in enumerate(lines, 1):
        name, value = _cut(line)
        if not _numbers([value]):
            if number == 1:
                continue  # a header
            raise InputError(f"{where}: line {number} is not a class and its prior: {line[:60]!r}", _HINT)
        named[name] = float(value)
    if not named:
        raise InputError(f"{where} holds no priors: {text[:60]!r}", _HINT)
    return named


_HINT = "give probabilities such as 0.9,0.1 in class order, or lines such as 'cat,0.9'"


def _cut(line: str) -> tuple[str, str]:
    at = max(line.rfind(mark) for mark in ",;\t ")
    return line[: max(at, 0)].strip().strip('"'), line[at + 1 :].strip()


def _numbers(parts: Sequence[str]) -> bool:
    try:
        return bool(parts) and all(math.isfinite(float(part)) for part in parts)
    except ValueError:
        return False


def _json(text: str, where: str) -> Sequence[float] | dict[str, float]:
    import json

    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where} is not valid JSON: {error}", _HINT) from None
    items = value.values() if isinstance(value, dict) else value
    if not all(isinstance(p, (int, float)) and not isinstance(p, bool) and math.isfinite(p) for p in items):
        raise InputError(f"{where} holds something else than numbers", _HINT)
    return {name: float(p) for name, p in value.items()} if isinstance(value, dict) else [float(p) for p in value]


def in_order(given: Sequence[float] | Mapping[str, float], classes: tuple[str, ...], task: str) -> tuple[float, ...]:
    """One prior per class. Raises InputError for another number of them, a value outside [0, 1], or a wrong sum."""
    if isinstance(given, Mapping):
        found = match(tuple(given), classes)
        values = {to: given[name] for name, to in found.items()}
        if task == "binary" and set(values) == {1}:
            values[0] = 1 - values[1]
        absent = next((name for i, name in enumerate(classes) if i not in values), None)
        if absent is not None:
            raise InputError(f"the class {absent!r} has no prior", f"the priors are of {', '.join(list(given)[:10])}")
        priors = tuple(values[i] for i in range(len(classes)))
    else:
        priors = tuple(given)
        if task == "binary" and len(priors) == 1:
            priors = (1 - priors[0], priors[0])
    if len(priors) != len(classes):
        raise InputError(f"{len(priors):,} priors are given for {len(classes):,} classes", "give one per class")
    if not all(0 <= p <= 1 for p in priors):
        raise InputError(
            f"a prior of {next(p for p in priors if not 0 <= p <= 1):g} is no probability",
            "give shares of the samples; for a file of counts use --train-labels",
        )
    if task != "sigmoid" and abs(math.fsum(priors) - 1) > SUM_TOLERANCE:
        raise InputError(
            f"the priors sum to {math.fsum(priors):.4g}, not to 1", "classes that exclude each other share the samples"
        )
    return priors


def of_counts(
    counts: Mapping[str, int], known: Mapping[str, int], classes: tuple[str, ...], where: str
) -> tuple[float, ...]:
    """The prevalence of each class, 0.0 for one without samples. Raises InputError when no name is a class."""
    found = match(tuple(counts), classes)
    if not found:
        raise InputError(
            f"{where} has classes such as {next(iter(counts), '')!r}, the dump such as {classes[0]!r}: none is in both",
            "name the classes in index order with --classes",
        )
    values = {to: counts[name] / known[name] if known[name] else 0.0 for name, to in found.items()}
    return tuple(values.get(i, 0.0) for i in range(len(classes)))
