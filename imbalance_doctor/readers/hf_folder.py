"""A data set of Hugging Face on disk, as `Dataset.save_to_disk` writes it: Arrow shards and their features.

`state.json` lists the shards, `dataset_info.json` holds the features, with the class names of a ClassLabel; its label
-1 is missing. A folder of several splits, as `DatasetDict.save_to_disk` writes it, is a question.

Example: `imbalance-doctor analyze emotion/train`

Reference: huggingface.co/docs/datasets, datasets.arrow_dataset.Dataset.save_to_disk.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..batches import Table
from ..errors import InputError
from ..plugins import Reader
from . import arrow_ipc
from ._folders import require_folder, some
from ._records import DECODER
from ._source import Options, Source
from ._text import text_pieces
from ._typed import class_names

if TYPE_CHECKING:
    import polars as pl

READER = Reader("hf-dataset", ())
STATE, INFO, SPLITS = "state.json", "dataset_info.json", "dataset_dict.json"
MAX_JSON = 1 << 26


def claims_folder(path: Path) -> bool:
    """Whether it has the files that save_to_disk writes."""
    return ((path / STATE).is_file() and (path / INFO).is_file()) or (path / SPLITS).is_file()


def read(source: Source, options: Options) -> Table:
    """The rows of all shards. Raises InputError for a damaged folder and to ask which split is meant."""
    folder = require_folder(source)
    if not (folder / STATE).is_file() and (folder / SPLITS).is_file():
        splits = _strings(_json(folder / SPLITS).get("splits"))
        known = [split for split in splits or () if _plain(split) and (folder / split).is_dir()]
        if not known:
            raise InputError(f"{folder / SPLITS} names no split that is there", "save the data set again")
        raise InputError(
            f"{source.name} has the splits {some(known, 20)}", f"name one, for example {folder / known[0]}"
        )
    state = _json(folder / STATE)
    shards = state.get("_data_files")
    names = [s.get("filename") if isinstance(s, dict) else None for s in shards] if isinstance(shards, list) else []
    if not names or not all(isinstance(name, str) and _plain(name) for name in names):
        raise InputError(f"{folder / STATE} lists no shards", "save the data set again with save_to_disk")
    if state.get("_indices_data_files"):
        raise InputError(
            f"{source.name} is a selection of rows of its shards", "save it again with dataset.flatten_indices()"
        )
    files = [Source(str(folder / str(name)), folder / str(name), max_bytes=source.max_bytes) for name in names]
    features = _json(folder / INFO).get("features")
    known_names = class_names(json.dumps({"info": {"features": features}}))
    tables = (_shard(file, options, known_names) for file in files)
    first = next(tables)

    def cells(chosen: Sequence[str]) -> Iterator["pl.DataFrame"]:
        yield from first.stream(chosen)
        for file, more in zip(files[1:], tables, strict=True):
            if [(c.name, c.type) for c in more.columns] != [(c.name, c.type) for c in first.columns]:
                raise InputError(f"{file.name} has other columns than {files[0].name}", "save the data set again")
            yield from more.stream(chosen)

    return replace(first, stream=cells)


def _shard(file: Source, options: Options, names: dict[str, tuple[str, ...]]) -> Table:
    found = arrow_ipc.read(file, options)
    return replace(
        found, columns=tuple(replace(c, class_names=names.get(c.name, c.class_names)) for c in found.columns)
    )


def _json(path: Path) -> dict[str, Any]:
    source = Source(str(path), path)
    text = ""
    try:
        for piece in text_pieces(source, Options()):
            text += piece
            if len(text) > MAX_JSON:
                raise InputError(f"{path} is longer than {MAX_JSON:,} characters", "save the data set again")
        document = DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path} is not valid JSON: {error}", "save the data set again") from None
    finally:
        source.close()
    if not isinstance(document, dict):
        raise InputError(f"{path} holds no JSON object", "save the data set again")
    return document


def _strings(value: Any) -> list[str] | None:
    return value if isinstance(value, list) and all(isinstance(item, str) for item in value) else None


def _plain(name: str) -> bool:
    """Whether a name names something in the folder, not elsewhere."""
    return bool(name) and Path(name).name == name and name not in (".", "..") and "\\" not in name and "\0" not in name
