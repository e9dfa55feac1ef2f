"""Weights in a piece of Python: a snippet, a training script or a configuration. It is parsed, never run.

Read are calls of losses and models with weights among their arguments, configurations written as `dict(...)` or
`{...}`, and, where nothing of the kind is there, names that say they hold weights.
"""

import ast
import textwrap
import warnings
from collections.abc import Iterator, Mapping
from typing import Any

from ..errors import InputError
from ..model import GivenWeights
from . import own, roles
from .constants import ARRAYS, Tensor, UnreadableError, dotted, evaluate, keywords
from .found import Found

MAX_CHARACTERS = 2_000_000
MAX_DEPTH = 100
BRANCHES = (ast.If, ast.Try, ast.For, ast.While, ast.Match, ast.With)
BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")


def read(text: str, name: str) -> Found:
    """The weights in a piece of Python. Raises InputError where it is no Python, or nested beyond reason."""
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"{name} is too long for a script: {len(text):,} characters", "cut out the weights")
    reading = Reading()
    try:
        tree = parsed(text)
        reading.imported = (roles.framework_of_keys(argument_names(tree)), *imports(tree))
        reading.block(tree.body, branch=False)
        if not reading.found.weights:
            own.add(reading.found, text, reading.names)
        reading.fall_back()
    except (RecursionError, MemoryError):
        raise InputError(f"{name} is nested too deeply to be read", "cut out the weights") from None
    except (SyntaxError, ValueError) as error:
        line = f" in line {error.lineno}" if isinstance(error, SyntaxError) and error.lineno else ""
        raise InputError(f"{name} is not Python{line}: {str(error).split(' (')[0]}", "give it a whole line") from None
    return reading.found


def parsed(text: str) -> ast.Module:
    """The syntax tree of a module, of an indented piece of one, or of the arguments of a call.

    Raises SyntaxError, ValueError, RecursionError, MemoryError.
    """
    text = textwrap.dedent(text.replace("\r\n", "\n")).strip("\ufeff\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(text)
        except SyntaxError as error:
            try:
                return ast.parse(f"dict({text})" if text.count("=") else f"({text})")
            except SyntaxError:
                raise error from None


def imports(tree: ast.Module) -> Iterator[str]:
    """The modules that are imported, in order."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def argument_names(tree: ast.Module) -> set[str]:
    """The names of arguments and of keys, as a configuration has them."""
    named = {k.arg for node in ast.walk(tree) if isinstance(node, ast.Call) for k in node.keywords if k.arg}
    keys = (k for node in ast.walk(tree) if isinstance(node, ast.Dict) for k in node.keys)
    return named | {k.value for k in keys if isinstance(k, ast.Constant) and isinstance(k.value, str)}


class Reading:
    """The state of going through a script from top to bottom."""

    def __init__(self) -> None:
        self.found = Found()
        self.names: dict[str, Any] = {}
        self.several: dict[str, list[tuple[Any, int]]] = {}
        self.loose: list[tuple[str, Any, int]] = []
        self.imported: tuple[str, ...] = ()
        self.sampler = False

    def block(self, body: list[Any], *, branch: bool) -> None:
        """Statements in order; `branch` where they may not be run."""
        for statement in body:
            inner = [getattr(statement, name, []) for name in BLOCKS]
            if any(inner):
                for header in ("test", "iter", "subject"):
                    self.calls(getattr(statement, header, None))
                conditional = branch or isinstance(statement, BRANCHES)
                for part in inner:
                    self.block(part, branch=conditional)
                continue
            self.calls(statement)
            self.bind(statement, branch)

    def bind(self, statement: ast.stmt, branch: bool) -> None:
        """Names bound by an assignment, and bare expressions."""
        value = getattr(statement, "value", None)
        if value is None or not isinstance(statement, (ast.Assign, ast.AnnAssign, ast.Expr, ast.Return)):
            return
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        held: Any
        try:
            held = evaluate(value, self.names)
        except UnreadableError as error:
            held = error
        if isinstance(statement, (ast.Expr, ast.Return)):
            if not isinstance(held, (str, UnreadableError, type(None))):
                self.loose.append(("", held, statement.lineno))
            return
        for name in filter(None, (dotted(target) for target in targets if target is not None)):
            earlier = self.several.get(name, []) if branch else []
            self.several[name] = [*earlier, (held, statement.lineno)]
            self.names[name] = held
            self.loose.append((name, held, statement.lineno))

    def calls(self, node: ast.AST | None) -> None:
        """Every call and configuration within a statement."""
        if node is None:
            return
        nodes = [n for n in ast.walk(node) if isinstance(n, (ast.Call, ast.Dict))]
        for inner in sorted(nodes, key=lambda n: (n.lineno, n.col_offset)):
            if isinstance(inner, ast.Call):
                callee = dotted(inner.func)
                self.sampler = self.sampler or callee.endswith("WeightedRandomSampler")
                self.site(callee, dict(keywords(inner)), inner.lineno, self.positional(callee, inner))
            else:
                pairs = zip(inner.keys, inner.values, strict=True)
                texts = {k.value: v for k, v in pairs if isinstance(k, ast.Constant) and isinstance(k.value, str)}
                self.site("", texts, inner.lineno, None)

    def positional(self, callee: str, call: ast.Call) -> ast.AST | None:
        """The argument that is the weight though it is not named: the first of a class, the third of a function."""
        at = 2 if callee.rsplit(".", 1)[-1].islower() else 0
        known = roles.is_loss(callee) and "focal" not in roles.squeezed(callee)
        return call.args[at] if known and len(call.args) > at else None

    def site(self, callee: str, arguments: Mapping[str, ast.AST], line: int, first: ast.AST | None) -> None:
        """One call, or one configuration with its type, and the weights among its arguments."""
        kind = next((self.text(arguments[k]) for k in ("type", "class_path", "_target_", "name") if k in arguments), "")
        callee = kind if callee in ("", "dict") else callee
        framework = roles.framework_of(callee, self.imported)
        sigmoid = self.text(arguments.get("use_sigmoid")) == "True"
        facts = {name: self.scalar(arguments.get(name)) for name in ("gamma", "beta")}
        if first is not None:
            arguments = {**arguments, "weight": arguments.get("weight", first)}
        for name, node in arguments.items():
            meant = roles.meaning(callee, name, framework, sigmoid)
            if meant is None:
                continue
            where = f"{callee}.{name}" if callee else name
            for value, at in self.values(node, getattr(node, "lineno", line)):
                if node is first and not isinstance(value, (Tensor, list, UnreadableError)):
                    continue
                self.found.add(
                    value, role=meant[0], loss=meant[1], framework=framework, key=where, line=at, **facts
                )  # fmt: skip

    def values(self, node: ast.AST, line: int) -> list[tuple[Any, int]]:
        """The value of an argument; all that a name may be bound to, where that depends on a branch."""
        inner = node
        while isinstance(inner, (ast.Call, ast.Attribute, ast.IfExp)) and dotted(inner) not in self.several:
            if isinstance(inner, ast.IfExp):
                inner = inner.body
            elif isinstance(inner, ast.Attribute):
                inner = inner.value
            else:
                wraps = inner.args and dotted(inner.func).rsplit(".", 1)[-1] in ARRAYS
                inner = inner.args[0] if wraps else inner.func
        bound = self.several.get(dotted(inner), [])
        if len(bound) > 1:
            return bound
        try:
            return [(evaluate(node, self.names), line)]
        except UnreadableError as error:
            return [(error, line)]

    def text(self, node: ast.AST | None) -> str:
        """A constant as text, "" for anything else."""
        return str(node.value) if isinstance(node, ast.Constant) else ""

    def scalar(self, node: ast.AST | None) -> float | None:
        """A number, None for anything else."""
        try:
            value = evaluate(node, self.names) if node is not None else None
        except UnreadableError:
            return None
        return float(value) if isinstance(value, (int, float)) and abs(value) < 1e300 else None

    def fall_back(self) -> None:
        """Names that hold weights, or a bare value, where no call takes any; and what is known of the whole script."""
        loose = [] if self.found.weights else self.loose
        framework = roles.framework_of("", self.imported)
        for name, value, line in opened(loose):
            word = roles.plain(name.rsplit(".", 1)[-1])
            if name and not of_weights(word):
                continue
            meant = roles.meaning("", word) or ("unknown", "")
            if not isinstance(value, (int, float)) or meant[0] in ("pos-weight", "focal-alpha"):
                self.found.add(
                    value, role=meant[0], loss=meant[1], framework=framework, key=name, line=line
                )  # fmt: skip
        if self.sampler:
            self.found.weights = [sampled(w) for w in self.found.weights]


def opened(loose: list[tuple[str, Any, int]]) -> Iterator[tuple[str, Any, int]]:
    """The bindings, in place of a bare mapping of arguments its items."""
    for name, value, line in loose:
        items = value if isinstance(value, dict) and not name else {}
        named = [key for key in items if isinstance(key, str) and of_weights(roles.plain(key))]
        yield from ((key, items[key], line) for key in named)
        if not named:
            yield name, value, line


def of_weights(word: str) -> bool:
    """Whether a name says that it holds weights."""
    return word in roles.NAMED or word.endswith(("_weight", "_weights")) or word in ("w", "cw")


def sampled(weights: GivenWeights) -> GivenWeights:
    """The same weights beside a weighted sampler."""
    from dataclasses import replace

    return replace(weights, sampler=True)
