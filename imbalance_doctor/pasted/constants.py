"""The value of a Python expression made of literals, found by looking at it: nothing is ever run.

Known are numbers, lists, dictionaries, the arithmetic of numbers and of arrays, names bound to such values, and the
wrappers that leave numbers as they are: `torch.tensor(...)`, `np.array(...)`, `.cuda()`, `.to(device)`.
"""

import ast
import math
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

MAX_NUMBERS = 1_000_000
WHOLE = 2**63
ARRAYS = {
    "tensor", "Tensor", "FloatTensor", "DoubleTensor", "HalfTensor", "BFloat16Tensor", "LongTensor", "IntTensor",
    "as_tensor", "from_numpy", "array", "asarray", "constant", "to_tensor", "convert_to_tensor", "Parameter", "Series",
}  # fmt: skip
UNCHANGED = {
    "cuda", "cpu", "to", "view", "reshape", "unsqueeze", "squeeze", "flatten", "astype", "type", "detach", "clone",
    "copy", "tolist", "numpy", "contiguous", "requires_grad_", "item", "ravel", "clamp_min",
}  # fmt: skip
DTYPES = {"half": "float16", "float": "float32", "double": "float64", "bfloat16": "bfloat16"}
TYPED = {"HalfTensor": "float16", "BFloat16Tensor": "bfloat16", "LongTensor": "int64", "IntTensor": "int32"}
CONSTANTS = {"inf": math.inf, "Inf": math.inf, "infty": math.inf, "nan": math.nan, "NaN": math.nan}
OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: lambda a, b: float(a) ** float(b),
}
FUNCTIONS: Mapping[str, Callable[[float], float]] = {"log": math.log, "sqrt": math.sqrt, "exp": math.exp, "abs": abs}
SUMMARIES: Mapping[str, Callable[[list[float]], float]] = {
    "sum": math.fsum,
    "mean": lambda x: math.fsum(x) / len(x),
    "max": max,
    "min": min,
    "len": len,
}


class UnreadableError(Exception):
    """An expression that only running it would tell; `reason` says which part."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Tensor:
    """Numbers of an array, flattened."""

    values: tuple[float, ...]
    dtype: str = ""


Names = Mapping[str, Any]
"""Values by dotted name; an UnreadableError where the name is bound to something that cannot be read."""


def dotted(node: ast.AST) -> str:
    """`a.b.c` as text; "" for anything but names and attributes."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else parts[0] if parts else ""


def evaluate(node: ast.AST, names: Names) -> Any:
    """A number, text, bool, None, list, dict or Tensor. Raises UnreadableError for what only running would tell."""
    if isinstance(node, ast.Constant):
        return node.value
    reader = _READERS.get(type(node))
    if reader is None:
        raise UnreadableError(f"`{type(node).__name__}` is computed at run time")
    return reader(node, names)


def _name(node: Any, names: Names) -> Any:
    name = dotted(node)
    if name in names:
        value = names[name]
        if isinstance(value, UnreadableError):
            raise value
        return value
    if name.rsplit(".", 1)[-1] in CONSTANTS:
        return CONSTANTS[name.rsplit(".", 1)[-1]]
    raise UnreadableError(f"`{name or 'an expression'}` is not bound to a literal here")


def _list(node: Any, names: Names) -> list[Any]:
    return [evaluate(item, names) for item in node.elts]


def _dict(node: ast.Dict, names: Names) -> dict[Any, Any]:
    found = {}
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            raise UnreadableError("`**` is resolved at run time")
        name = evaluate(key, names)
        if isinstance(name, (list, dict, Tensor)):
            raise UnreadableError("a key that is no plain value")
        if name in found:
            raise UnreadableError(f"the key {name!r} is there twice")
        try:
            found[name] = evaluate(value, names)
        except UnreadableError as error:
            found[name] = error
    return found


def _unary(node: ast.UnaryOp, names: Names) -> Any:
    value = evaluate(node.operand, names)
    if isinstance(node.op, ast.UAdd):
        return value
    if not isinstance(node.op, ast.USub):
        raise UnreadableError("logic is computed at run time")
    return mapped(lambda x: -x, value)


def mapped(function: Callable[[float], float], value: Any) -> Any:
    """A function of one number, or of each number of an array. Raises UnreadableError for anything else."""
    if isinstance(value, Tensor):
        return Tensor(tuple(number(partial(function, x)) for x in value.values), value.dtype)
    if isinstance(value, (int, float)):
        return number(partial(function, value))
    raise UnreadableError("arithmetic on something that is no number")


def number(compute: Callable[[], float]) -> float:
    """The result of arithmetic, without the numbers that grow without end. Raises UnreadableError where it has none."""
    try:
        value = compute()
    except OverflowError:
        return math.inf
    except (ValueError, ZeroDivisionError, TypeError) as error:
        raise UnreadableError(f"arithmetic: {error}") from None
    if isinstance(value, complex):
        raise UnreadableError("a complex number")
    return as_float(value) if abs(value) > WHOLE else value


def _binary(node: ast.BinOp, names: Names) -> Any:
    left, right = evaluate(node.left, names), evaluate(node.right, names)
    if isinstance(node.op, ast.Mult) and isinstance(right, list):
        left, right = right, left
    if isinstance(left, list):
        return _lists(node.op, left, right)
    compute = OPERATORS.get(type(node.op))
    if compute is None:
        raise UnreadableError("bit arithmetic")
    if isinstance(left, Tensor) or isinstance(right, Tensor):
        return _arrays(compute, left, right)
    if not (isinstance(left, (int, float)) and isinstance(right, (int, float))):
        raise UnreadableError("arithmetic on something that is no number")
    return number(lambda: compute(left, right))


def _lists(op: ast.operator, left: list[Any], right: Any) -> list[Any]:
    if isinstance(op, ast.Add) and isinstance(right, list):
        made = left + right
    elif (
        isinstance(op, ast.Mult)
        and isinstance(right, int)
        and right <= MAX_NUMBERS
        and len(left) * right <= MAX_NUMBERS
    ):
        made = left * right
    else:
        raise UnreadableError("arithmetic on a list")
    if len(made) > MAX_NUMBERS:
        raise UnreadableError(f"more than {MAX_NUMBERS:,} numbers")
    return made


def _arrays(compute: Callable[[float, float], float], left: Any, right: Any) -> Tensor:
    a, b = (x.values if isinstance(x, Tensor) else flat(x) for x in (left, right))
    n = max(len(a), len(b))
    if {len(a), len(b)} - {1, n}:
        raise UnreadableError("arithmetic on arrays of different lengths")

    def divided(x: float, y: float) -> float:
        try:
            return number(lambda: compute(x, y))
        except UnreadableError:  # an array divides by zero without complaint
            return math.nan if x == 0 or math.isnan(x) else math.copysign(math.inf, x)

    pairs = zip(a * n if len(a) == 1 else a, b * n if len(b) == 1 else b, strict=True)
    dtype = next((x.dtype for x in (left, right) if isinstance(x, Tensor)), "")
    return Tensor(tuple(divided(x, y) for x, y in pairs), "" if dtype.startswith("int") else dtype)


def _condition(node: ast.IfExp, names: Names) -> Any:
    one, other = evaluate(node.body, names), evaluate(node.orelse, names)
    if flat(one) != flat(other):
        raise UnreadableError("a condition decides at run time")
    return one


def _part(node: ast.Subscript, names: Names) -> Any:
    whole = evaluate(node.value, names)
    part = node.slice
    if isinstance(part, ast.Slice):
        ends = [None if end is None else evaluate(end, names) for end in (part.lower, part.upper, part.step)]
        key: Any = slice(*ends)
    else:
        key = evaluate(part, names)
    try:
        found = (whole.values if isinstance(whole, Tensor) else whole)[key]
    except (TypeError, LookupError, ValueError):
        raise UnreadableError("a part that is not there") from None
    if isinstance(found, UnreadableError):
        raise found
    return Tensor(found, whole.dtype) if isinstance(whole, Tensor) and isinstance(found, tuple) else found


def flat(value: Any) -> tuple[float, ...]:
    """The numbers of a number, list, nested lists or Tensor. Raises UnreadableError for anything else in it."""
    numbers: list[float] = []
    stack, steps = [value], 0
    while stack:
        item = stack.pop()
        steps += 1
        if len(numbers) > MAX_NUMBERS or steps + len(stack) > 2 * MAX_NUMBERS:
            raise UnreadableError(f"more than {MAX_NUMBERS:,} numbers")
        if isinstance(item, Tensor):
            numbers.extend(item.values)
        elif isinstance(item, (list, tuple)):
            stack.extend(reversed(item))
        elif isinstance(item, (int, float)) and not isinstance(item, bool):
            numbers.append(as_float(item))
        else:
            raise item if isinstance(item, UnreadableError) else UnreadableError("something that is no number")
    return tuple(numbers)


def as_float(value: float) -> float:
    """A float, infinite where an integer is beyond all floats."""
    try:
        return float(value)
    except OverflowError:
        return math.copysign(math.inf, value)


def _call(node: ast.Call, names: Names) -> Any:
    from .wrappers import called

    return called(node, names)


_READERS: Mapping[type[ast.AST], Callable[[Any, Names], Any]] = {
    ast.Name: _name,
    ast.Attribute: _name,
    ast.List: _list,
    ast.Tuple: _list,
    ast.Dict: _dict,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.IfExp: _condition,
    ast.Subscript: _part,
    ast.Call: _call,
}


def keywords(node: ast.Call) -> Iterable[tuple[str, ast.AST]]:
    """The named arguments of a call."""
    return ((k.arg, k.value) for k in node.keywords if k.arg is not None)
