"""Calls that leave numbers as they are, or whose result follows from literals: array constructors, `.cuda()`, `sum`."""

import ast
from typing import Any

from .constants import (
    ARRAYS,
    DTYPES,
    FUNCTIONS,
    MAX_NUMBERS,
    SUMMARIES,
    TYPED,
    UNCHANGED,
    Names,
    Tensor,
    UnreadableError,
    dotted,
    evaluate,
    flat,
    keywords,
    mapped,
)

BUILTINS = {"list", "tuple", "float", "int", "float16", "float32", "float64"}


def called(node: ast.Call, names: Names) -> Any:
    """The value of a call. Raises UnreadableError for every call that is not known to be harmless arithmetic."""
    name = (dotted(node.func) or "a call").rsplit(".", 1)[-1]
    if name == "dict" and not node.args:
        return {key: _lenient(value, names) for key, value in keywords(node)}
    if name in ARRAYS and node.args:
        value = evaluate(node.args[0], names)
        kept = value.dtype if isinstance(value, Tensor) else ""
        return Tensor(flat(value), _dtype(node) or TYPED.get(name, kept))
    if name in ("ones", "zeros", "full") and node.args:
        return _filled(name, node, names)
    if name in BUILTINS and len(node.args) == 1:
        return _built(name, evaluate(node.args[0], names))
    if isinstance(node.func, ast.Attribute):
        return _method(name, node, node.func.value, names)
    if name in FUNCTIONS and len(node.args) == 1:
        return mapped(FUNCTIONS[name], evaluate(node.args[0], names))
    if name in SUMMARIES and len(node.args) == 1:
        return _summary(name, evaluate(node.args[0], names))
    raise UnreadableError(f"`{name}(…)` is computed at run time")


def _lenient(node: ast.AST, names: Names) -> Any:
    try:
        return evaluate(node, names)
    except UnreadableError as error:
        return error


def _dtype(node: ast.Call) -> str:
    given = next((value for key, value in keywords(node) if key == "dtype"), None)
    if given is None:
        return ""
    name = given.value if isinstance(given, ast.Constant) else dotted(given).rsplit(".", 1)[-1]
    return DTYPES.get(str(name), str(name))


def _filled(name: str, node: ast.Call, names: Names) -> Tensor:
    shape = evaluate(node.args[0], names)
    sizes = shape if isinstance(shape, list) else [shape]
    total = 1
    for size in sizes:
        total *= size if isinstance(size, int) and 0 <= size <= MAX_NUMBERS else MAX_NUMBERS + 1
    if total > MAX_NUMBERS:
        raise UnreadableError("a shape that is not known here")
    fill = (
        flat(evaluate(node.args[1], names))[:1] if name == "full" and len(node.args) > 1 else (float(name != "zeros"),)
    )
    return Tensor(fill * total, _dtype(node))


def _built(name: str, value: Any) -> Any:
    if name in ("list", "tuple"):
        return list(flat(value))
    try:
        return int(value) if name == "int" else float(value)
    except (TypeError, ValueError, OverflowError):
        raise UnreadableError(f"`{name}` of something that is no number") from None


def _method(name: str, node: ast.Call, owner: ast.AST, names: Names) -> Any:
    """A method of an array, or a function of a module: `w.sum()`, `np.sum(w)`."""
    try:
        value = evaluate(owner, names)
    except UnreadableError:
        if len(node.args) != 1 or name not in {**FUNCTIONS, **SUMMARIES}:
            raise UnreadableError(f"`{dotted(node.func) or name}(…)` is computed at run time") from None
        value = evaluate(node.args[0], names)
        return mapped(FUNCTIONS[name], value) if name in FUNCTIONS else _summary(name, value)
    if name in FUNCTIONS:
        return mapped(FUNCTIONS[name], value)
    if name in SUMMARIES:
        return _summary(name, value)
    if name in DTYPES and isinstance(value, Tensor):
        return Tensor(value.values, DTYPES[name])
    if name in UNCHANGED:
        dtype = next((DTYPES.get(n, n) for n in map(_last, node.args) if n.startswith(("float", "half", "bfloat"))), "")
        return Tensor(value.values, dtype) if dtype and isinstance(value, Tensor) else value
    raise UnreadableError(f"`.{name}(…)` is computed at run time")


def _last(node: ast.AST) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else dotted(node).rsplit(".", 1)[-1]


def _summary(name: str, value: Any) -> float:
    numbers = flat(list(value.values()) if isinstance(value, dict) and name == "len" else value)
    if not numbers:
        raise UnreadableError(f"`{name}` of nothing")
    return SUMMARIES[name](list(numbers))
