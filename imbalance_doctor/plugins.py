"""The shelves: scan a folder of units, look one up by name, say "did you mean" when it is not there.

A unit is a module with a docstring (its documentation), one card (constant metadata, defined here) and one verb
(a function). Nothing is registered: a file that is in the folder is on the shelf.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from types import ModuleType
from typing import Any

from .errors import UsageError


class Severity(StrEnum):
    """How bad a finding is. `error`: what was examined is broken; `warning`: it will bite; `info`: worth knowing."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for warning, 2 for error."""
        return list(Severity).index(self)


@dataclass(frozen=True)
class Reader:
    """Card of a file format. `suffixes` without compression; `magic` are the first bytes that prove the format."""

    name: str
    suffixes: tuple[str, ...]
    magic: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class Rule:
    """Card of a rule. The code never changes meaning; `severity` is the usual one, a finding may lower it."""

    name: str
    code: str
    severity: Severity


@dataclass(frozen=True)
class Scheme:
    """Card of a weighting scheme.

    `kind` says what the numbers do: `class-weight` multiplies the loss of a sample (or of both terms of a label),
    `pos-weight` the positive term only, `pair` the positive and the negative term apart, `offset` is added to the
    logits, `margin` is subtracted from the logit of the true class, `repeat` repeats samples.
    `needs_all_classes`: whether the formula has no value for a class without samples.
    """

    name: str
    kind: str
    needs_all_classes: bool = True


@dataclass(frozen=True)
class Loss:
    """Card of a loss recipe. `schemes` holds, for each task it is for, the scheme whose numbers it takes by default.

    Another scheme of the same kind may be asked for, or of the kind that `kinds` names for the task. "" stands for a
    loss that takes no weights, only the counts.
    """

    name: str
    schemes: Mapping[str, str]
    kinds: Mapping[str, str] = field(default_factory=dict)


TASKS = ("binary", "multiclass", "multilabel")
KINDS = ("class-weight", "pos-weight", "pair", "offset", "margin", "repeat")


@dataclass(frozen=True)
class Emitter:
    """Card of a target: the suffix of the text it emits, and what it can express.

    `fits` holds, for each kind of scheme, the tasks it can express. `refuses` words what it cannot, with the nearest
    thing that works: (why, instead) by scheme, by "task kind" or by kind, the narrowest first. `model` is the family
    of models the target is for, where `--model` is not given.
    """

    name: str
    suffix: str
    fits: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict.fromkeys(KINDS, TASKS))
    refuses: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    model: str = "network"

    def takes(self, scheme: str, kind: str, task: str) -> bool:
        """Whether it can express the numbers of a scheme for a task."""
        return task in self.fits.get(kind, ()) and scheme not in self.refuses


@dataclass(frozen=True)
class ReportFormat:
    """Card of a report format."""

    name: str
    suffix: str


Card = Reader | Rule | Scheme | Loss | Emitter | ReportFormat


@dataclass(frozen=True)
class Plugin:
    """One unit on a shelf."""

    card: Any
    module: ModuleType
    verb: Callable[..., Any]

    @property
    def name(self) -> str:
        """The name a user types."""
        return str(self.card.name)

    @property
    def doc(self) -> str:
        """The module's docstring: what `explain` prints."""
        return (self.module.__doc__ or "").strip()

    @property
    def summary(self) -> str:
        """The first line of the docstring."""
        return self.doc.splitlines()[0] if self.doc else ""


class Shelf(Mapping[str, Plugin]):
    """The units of one folder by name, in the order of their codes or names."""

    def __init__(self, noun: str, plugins: list[Plugin]) -> None:
        ordered = sorted(plugins, key=lambda p: (str(getattr(p.card, "code", "")), p.name))
        self.noun = noun
        self._plugins = {p.name: p for p in ordered}
        if len(self._plugins) != len(plugins):
            raise ValueError(f"two units of the shelf '{noun}' share a name")

    def __getitem__(self, name: str) -> Plugin:
        return self._plugins[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._plugins)

    def __len__(self) -> int:
        return len(self._plugins)

    def find(self, name: str) -> Plugin:
        """The unit of that name or code. Raises UsageError, with the nearest names, when there is none."""
        for plugin in self._plugins.values():
            if name == plugin.name or name.upper() == getattr(plugin.card, "code", None):
                return plugin
        raise unknown_name(self.noun, name, list(self._plugins))


def unknown_name(noun: str, name: str, known: list[str]) -> UsageError:
    """The error for a name that is not on a shelf, with the nearest ones."""
    close = get_close_matches(name, known, n=3, cutoff=0.5)
    listed = f"known: {', '.join(known)}" if len(known) <= 30 else "imbalance-doctor list rules, schemes, targets …"
    hint = f"did you mean {', '.join(close)}?" if close else listed
    return UsageError(f"there is no {noun} named {name!r}", hint)


@cache
def shelf(folder: str, card: str, verb: str, noun: str) -> Shelf:
    """Scan `imbalance_doctor.<folder>` and its sub-folders for modules that hold `card` and `verb`.

    Raises ValueError when a module of the folder lacks one of the two: a broken unit is our bug.
    """
    package = importlib.import_module(f"{__package__}.{folder}")
    plugins = []
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if info.ispkg or info.name.rsplit(".", 1)[1].startswith("_"):
            continue
        module = importlib.import_module(info.name)
        if not hasattr(module, card) or not callable(getattr(module, verb, None)) or not module.__doc__:
            raise ValueError(f"{info.name} needs a docstring, a card {card} and a verb {verb}")
        plugins.append(Plugin(getattr(module, card), module, getattr(module, verb)))
    return Shelf(noun, plugins)


def readers() -> Shelf:
    """The file formats."""
    return shelf("readers", "READER", "read", "reader")


def rules(examination: str = "") -> Shelf:
    """The rules, or those of one examination, in the order of their codes."""
    return shelf(f"rules.{examination}" if examination else "rules", "RULE", "check", "rule")


def schemes() -> Shelf:
    """The weighting schemes."""
    return shelf("schemes", "SCHEME", "weigh", "scheme")


def emitters() -> Shelf:
    """The targets weights can be emitted for."""
    return shelf("emitters", "EMITTER", "emit", "target")


def losses() -> Shelf:
    """The loss recipes."""
    return shelf("losses", "LOSS", "recipe", "loss")


def reports() -> Shelf:
    """The report formats."""
    return shelf("reports", "REPORT", "render", "report format")
