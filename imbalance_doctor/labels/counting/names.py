"""From the text of a cell to the name of a class: what is missing, what is left out, what an index stands for."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ...errors import InputError
from ..spelling import folded

INDEX = re.compile(r"(?:0|[1-9][0-9]{0,17})\Z")


@dataclass(frozen=True)
class Names:
    """Which cells are missing or left out, and which class the others name.

    `by_index`: the class of each index when cells hold indexes. `declared`: all classes there may be, in index order.
    `ignored` may hold cells as well as names of classes. `merge`: the kinds of spelling that make no difference; names
    are then those declared, or what folding leaves of them, and `spellings` collects what was met.
    """

    missing: frozenset[str] = frozenset({""})
    ignored: frozenset[str] = frozenset()
    by_index: tuple[str, ...] | None = None
    declared: tuple[str, ...] | None = None
    merge: tuple[str, ...] = ()
    spellings: dict[str, set[str]] = field(default_factory=dict, compare=False)

    @cached_property
    def _folded(self) -> dict[str, str]:
        """The declared name of each folded one. Raises InputError for two declared names that fold to one."""
        found: dict[str, str] = {}
        for name in self.declared or ():
            short = folded(name, self.merge)
            if short in found:
                raise InputError(
                    f"the classes {found[short]!r} and {name!r} are declared, and merging makes them one",
                    "declare one of them, or leave --merge-spellings out",
                )
            found[short] = name
        return found

    @cached_property
    def _declared(self) -> frozenset[str]:
        return frozenset(self.declared or ())

    def of(self, cell: str) -> str | None:
        """The class of a cell that is not missing, None when it is left out. Raises InputError for any other class."""
        if cell in self.ignored:
            return None
        name = cell
        if self.by_index is not None:
            if not INDEX.match(cell) or int(cell) >= len(self.by_index):
                raise self._unknown(cell, f"none of the indexes 0 to {len(self.by_index) - 1:,} of the classes")
            name = self.by_index[int(cell)]
        if name in self.ignored:
            return None
        if self.merge:
            name = self._merged(name)
        if self.declared is not None and name not in self._declared:
            raise self._unknown(name, f"none of the {len(self.declared):,} declared classes")
        return name

    def _merged(self, name: str) -> str:
        short = folded(name, self.merge)
        kept = self._folded.get(short, short)
        self.spellings.setdefault(kept, set()).add(name)
        return kept

    def merged_notes(self) -> tuple[str, ...]:
        """One sentence a class that was met in several spellings, or in another than its name."""
        groups = {kept: sorted(met) for kept, met in sorted(self.spellings.items()) if met != {kept}}
        return tuple(f"merged: {', '.join(map(repr, met))} are counted as {kept!r}" for kept, met in groups.items())

    def of_all(self, cells: Iterable[str]) -> list[str | None]:
        """The class of each cell."""
        return [self.of(cell) for cell in cells]

    def _unknown(self, label: str, why: str) -> InputError:
        return InputError(
            f"the label {label[:60]!r} is {why}", "add it to --classes, or leave it out with --ignore-label"
        )


def naming(
    file_names: tuple[str, ...] | None,
    wanted: tuple[str, ...] | None,
    cells: Sequence[str],
    *,
    missing: Iterable[str],
    ignored: Iterable[str],
    declared: tuple[str, ...] | None = None,
    merge: tuple[str, ...] = (),
) -> Names:
    """How the cells of a column name classes.

    `file_names`: the classes by index, where the file holds them; -1 is missing then, as Hugging Face writes it.
    `declared`: all classes there may be, where the file says so and the cells hold their names.
    `wanted`: the classes of `--classes`: names, or what the indexes in the cells stand for. `cells`: some labels of the
    column, to see which. Raises InputError when a class is declared twice, or as many as the file names are not.
    """
    missing, ignored = frozenset(missing), frozenset(ignored)
    for names in (file_names, declared, wanted):
        if names is not None and len(set(names)) < len(names):
            twice = next(name for i, name in enumerate(names) if name in names[:i])
            raise InputError(f"the class {twice!r} is declared twice", "give each class once, in index order")
    if file_names is not None:
        missing |= {"-1"}
        if wanted is None or set(wanted) & set(file_names):
            return Names(missing, ignored, file_names, wanted or file_names, merge)
        if len(wanted) != len(file_names):
            raise InputError(
                f"{len(wanted):,} classes are declared, the file names {len(file_names):,} others",
                f"it names {', '.join(map(repr, file_names[:10]))}",
            )
        return Names(missing, ignored, wanted, wanted, merge)
    if wanted is None:
        return Names(missing, ignored, declared=declared, merge=merge)
    labels = [cell for cell in cells if cell not in missing and cell not in ignored]
    indexes = labels and all(map(INDEX.match, labels)) and not set(labels) & set(wanted)
    return Names(missing, ignored, wanted if indexes else None, wanted, merge)
