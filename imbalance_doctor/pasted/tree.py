"""Weights in a document: an object of class to weight, our own artefact, or a training configuration.

A configuration names its losses in many ways (`type`, `class_path`, `_target_`), and weights stand beside the name or
under `init_args`; what such a parameter means is said in `roles`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import InputError
from ..model import Role
from . import roles
from .constants import UnreadableError
from .found import Found, SettledError, as_number

MAX_DEPTH = 100
TYPES = ("type", "class_path", "_target_", "name", "loss_type", "loss_fn", "loss", "criterion")
ARGUMENTS = {"init_args", "dict_kwargs", "params", "kwargs", "args", "arguments", "loss_args", "loss_params"}
KINDS: Mapping[str, Role] = {
    "class-weight": "class-weight",
    "pos-weight": "pos-weight",
    "pair": "pair",
    "offset": "offset",
}
SAMPLERS = ("weightedrandomsampler", "classbalanceddataset", "repeatfactortrainingsampler")

Path = tuple[str, ...]
Lines = Mapping[Path, int]


def read(document: Any, name: str, lines: Lines | None = None) -> Found:
    """The weights in a document of plain values. `lines`: the line of each path, where the format tells.

    Raises InputError for one that is nested beyond reason, and for an artefact that holds no weights of a loss.
    """
    found, lines = Found(), lines or {}
    if isinstance(document, list) and document and not any(isinstance(item, (dict, list)) for item in document):
        found.add(document, role="unknown", key="", line=lines.get(()))
        return found
    if isinstance(document, Mapping) and is_artefact(document):
        _artefact(found, document)
        return found
    sampler = False
    framework = _framework(document)
    for path, mapping, callee in mappings(document, (), ""):
        sampler = sampler or any(isinstance(v, str) and roles.squeezed(v) in SAMPLERS for v in mapping.values())
        _site(found, path, mapping, callee, framework, lines)
    if not found.weights:
        _plain(found, document, lines)
    if sampler:
        from .snippet import sampled

        found.weights = [sampled(weights) for weights in found.weights]
    return found


def is_artefact(document: Mapping[str, Any]) -> bool:
    """Whether it is what `weights --to json` and its like emit."""
    return {"values", "classes", "scheme"} <= set(document) and isinstance(document["values"], list)


def _artefact(found: Found, document: Mapping[str, Any]) -> None:
    kind = str(document.get("kind", ""))
    if kind in ("margin", "repeat") or document["scheme"] == "prior-bias":
        what = "starting bias" if kind == "offset" else kind
        raise SettledError(f"these numbers are a {what} and no weights of a loss", "lint weights, offsets or a pair")
    values, names = document["values"], document["classes"]
    if not isinstance(names, list) or len(names) != len(values):
        raise SettledError("the artefact has not one value for each of its classes", "emit it again")
    parameters = document.get("parameters")
    beta = parameters.get("beta") if isinstance(parameters, Mapping) else None
    beta = float(beta) if isinstance(beta, (int, float)) else None
    facts: dict[str, Any] = {"role": KINDS.get(kind, "unknown"), "key": "values", "beta": beta}
    negative = document.get("values_negative")
    try:
        facts["values_negative"] = tuple(map(as_number, negative)) if isinstance(negative, list) else None
    except UnreadableError as error:
        raise SettledError(f"values_negative: {error.reason}", "emit the artefact again") from None
    if facts["values_negative"] is not None and len(facts["values_negative"]) != len(values):
        raise SettledError("values_negative is not as long as values", "emit the artefact again")
    found.add(values, names=tuple(map(str, names)), **facts)


def mappings(node: Any, path: Path, callee: str) -> Iterator[tuple[Path, Mapping[str, Any], str]]:
    """Every mapping with its path and the name of what it configures. Raises InputError beyond MAX_DEPTH."""
    if len(path) > MAX_DEPTH:
        raise InputError(f"the document is nested more than {MAX_DEPTH} deep", "cut out the weights")
    if isinstance(node, Mapping):
        own = next((str(node[key]) for key in TYPES if isinstance(node.get(key), str)), "")
        last = path[-1] if path else ""
        callee = own or (callee if last in ARGUMENTS else last)
        yield path, node, callee
        for key, value in node.items():
            yield from mappings(value, (*path, str(key)), callee)
    elif isinstance(node, list):
        for i, value in enumerate(node):
            if isinstance(value, (dict, list)):
                yield from mappings(value, (*path, str(i)), callee)


def _site(found: Found, path: Path, mapping: Mapping[str, Any], callee: str, framework: str, lines: Lines) -> None:
    """The weights among the entries of one mapping."""
    own = roles.framework_of(callee, (framework,)) or framework
    sigmoid = mapping.get("use_sigmoid") in (True, "true", "True")
    facts = {k: v if isinstance(v, (int, float)) else None for k, v in ((k, mapping.get(k)) for k in ("gamma", "beta"))}
    for key, value in mapping.items():
        meant = roles.meaning(callee, str(key), own, sigmoid)
        if meant is None or value is None or (isinstance(value, (int, float)) and meant[0] == "class-weight"):
            continue
        at = (*path, str(key))
        found.add(
            value, role=meant[0], loss=meant[1], framework=own, key=".".join(at), line=lines.get(at), **facts
        )  # fmt: skip


def _plain(found: Found, document: Any, lines: Lines) -> None:
    """The document as one object of class to weight, or the one list or object in it that is called weights."""
    if not isinstance(document, Mapping):
        return
    if document and all(isinstance(v, (int, float, str)) and not isinstance(v, bool) for v in document.values()):
        found.add(document, role="unknown", key="", line=lines.get(()))
        return
    for path, mapping, _ in mappings(document, (), ""):
        for key, value in mapping.items():
            if roles.plain(str(key)) in roles.NAMED | {"values"} and isinstance(value, (list, dict)):
                at = (*path, str(key))
                found.add(value, role="unknown", key=".".join(at), line=lines.get(at))


def _framework(document: Any) -> str:
    """The framework a configuration is for, by what only that one has."""
    keys: set[str] = set()
    values: set[str] = set()
    for _, mapping, _ in mappings(document, (), ""):
        keys |= set(map(str, mapping))
        values |= {v for v in mapping.values() if isinstance(v, str)}
    known_by_key = roles.framework_of_keys(keys)
    if known_by_key:
        return known_by_key
    known = (roles.imported_framework(value) for value in sorted(values) if "." in value)
    return next(filter(None, known), "")
