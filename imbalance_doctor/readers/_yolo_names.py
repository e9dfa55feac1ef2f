"""The class names beside YOLO labels: `names:` of a data.yaml, classes.txt, or obj.names.

Of the YAML only the nodes are read, so that a name stays the text that is written: no tag is followed, and an alias
stands for its node without being unfolded.
"""

from pathlib import Path
from typing import Any

from ..errors import InputError
from ._labelled import distinct
from ._source import Options, Source
from ._text import text_pieces

LISTS = ("classes.txt", "obj.names")
LEVELS = 3
"""Folders that are looked into: that of the labels and those above it."""
MAX_LENGTH = 10_000_000


def find(folder: Path) -> tuple[tuple[str, ...], str] | None:
    """The class names and the file that holds them, None without such a file. Raises InputError when it is no list."""
    for level in [folder, *folder.absolute().parents][:LEVELS]:
        for path in [*sorted(level.glob("*.yaml")), *sorted(level.glob("*.yml"))]:
            found = _of_yaml(text_of(path), str(path))
            if found is not None:
                return distinct(found, str(path)), str(path)
        for path in [level / name for name in LISTS if (level / name).is_file()]:
            lines = text_of(path).strip().splitlines()
            if not all(line.strip() for line in lines) or not lines:
                raise InputError(f"{path} has an empty line among the class names", "write one name a line")
            return distinct([line.strip() for line in lines], str(path)), str(path)
    return None


def text_of(path: Path) -> str:
    """The text of a small file. Raises InputError when it is longer than MAX_LENGTH, or no text."""
    source = Source(str(path), path)
    text = ""
    try:
        for piece in text_pieces(source, Options()):
            text += piece
            if len(text) > MAX_LENGTH:
                raise InputError(f"{path} is longer than {MAX_LENGTH:,} characters", "is it a label or a names file?")
    finally:
        source.close()
    return text


def _of_yaml(text: str, name: str) -> list[str] | None:
    """The value of the key `names` of the document, None where there is none."""
    import yaml

    if "names" not in text:
        return None
    try:
        document = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        lines = str(error).splitlines() or ["nested too deeply"]
        raise InputError(f"{name} is not valid YAML: {lines[-1].strip()}", "mend it, or give --classes a,b") from None
    if not isinstance(document, yaml.MappingNode):
        return None
    node: Any = next((value for key, value in document.value if key.value == "names"), None)
    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        entries = [(str(key.value), value) for key, value in node.value]
        numbered = all(key.isascii() and key.isdigit() and len(key) < 10 for key, _ in entries)
        entries = sorted(entries, key=lambda entry: int(entry[0])) if numbered else [("", node)]
    else:
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        entries = [(str(i), item) for i, item in enumerate(items)]
    nodes = [entry for _, entry in entries]
    whole = [int(key or -1) for key, _ in entries] == list(range(len(entries)))
    if not whole or not nodes or not all(isinstance(n, yaml.ScalarNode) for n in nodes):
        raise InputError(
            f"{name}: names is no list of class names from index 0 on", "write names: [a, b], or give --classes a,b"
        )
    return [str(n.value) for n in nodes]
