"""The inputs of an examination, each opened anew whenever they are gone through."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..batches import Batches, Matrix
from ..errors import InputError
from ..model import Source as Named
from ..readers import _arrays, _choose, _objects
from ..readers._source import Options, Source

HOLD_SEVERAL = (None, "npz", "safetensors")
"""Formats that can hold several arrays, and the one that is found out."""


@dataclass
class Opened:
    """One input: its name, format and remarks, and its batches. `again`: whether it can be opened once more;
    `changed`: whether its file has changed since."""

    name: str
    format: str
    notes: list[str]
    batches: Batches
    again: bool = True
    changed: Callable[[], bool] = lambda: False

    @property
    def source(self) -> Named:
        """The noun for the report."""
        return Named(self.name, self.format, "; ".join(self.notes))


class Inputs:
    """Paths, or an object in memory. `keys`: names of the array to take from a file that holds several."""

    def __init__(self, inputs: Any, options: Options, keys: tuple[str, ...] = (), flag: str = "--label") -> None:
        self.inputs, self.options, self.keys, self.flag = inputs, options, keys, flag
        self.paths = _objects.as_paths(inputs)
        self._kept: dict[str, Opened] = {}

    def __iter__(self) -> Iterator[Opened]:
        if self.paths is None:
            yield Opened("data", "memory", [], _objects.batches(self.inputs))
            return
        sources = _choose.sources(self.paths, self.options.input_format)
        if not sources:
            raise InputError("no input was named", "name a file, or '-' for standard input")
        for source in sources:
            if source.name in self._kept:
                yield self._kept[source.name]
                continue
            try:
                kind, batches = _choose.open_batches(source, self._options(source))
                kind = f"{kind}, {source.compression}" if source.compression else kind
                yield Opened(source.name, kind, source.notes, batches, not source.is_stdin, source.changed)
            finally:
                source.close()

    def arrays(self) -> tuple[str, ...]:
        """The arrays of the input where it is one file that holds several."""
        if self.paths is None or len(self.paths) != 1 or self.options.input_format not in HOLD_SEVERAL:
            return ()
        sources = _choose.sources(self.paths, self.options.input_format)
        found = _arrays.names(sources[0]) if len(sources) == 1 and not sources[0].is_stdin else ()
        for source in sources:
            source.close()
        return found if len(found) > 1 else ()

    def _options(self, source: Source) -> Options:
        """The options with the format where only the name tells it, and the array to take where there are several."""
        options = self.options
        source.max_bytes = options.max_bytes
        if options.input_format is None and _arrays.is_safetensors(source):
            options = replace(options, input_format="safetensors")
        found = _arrays.names(source) if options.input_format in HOLD_SEVERAL else ()
        if len(found) < 2 or options.label is not None:
            return options
        key = _arrays.choose(found, self.keys)
        if key is None:
            raise InputError(
                f"{source.name} holds {len(found)} arrays: {', '.join(found[:20])}",
                f"say which one with {self.flag} NAME",
            )
        if source.is_stdin:
            source.notes.append(
                f"of the arrays {', '.join(found[:20])} only {key!r} is read: name the file to read more"
            )
        return replace(options, label=key)

    def keep(self, opened: Opened, batches: Batches, columns: Sequence[str]) -> Batches:
        """The batches, held in memory and restricted to these columns where the input cannot be opened again."""
        if opened.again:
            return batches
        if isinstance(batches, Matrix):
            blocks = list(batches.blocks())
            kept: Batches = replace(batches, blocks=lambda: iter(blocks))
        else:
            frames = list(batches.stream(columns))
            kept = replace(batches, stream=lambda names: (frame.select(names) for frame in frames))
        opened.batches = kept
        self._kept[opened.name] = opened
        return kept
