"""One small honest file of each format that is read without an extra, made here; the fuzz damages them."""

import gzip
import io
import json
import tarfile
import zipfile
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl

LABELS = [["ok", "spam", "ham"][i * i % 7 % 3] for i in range(60)]
SETS = [["a", "b", "c d"][: i % 4] for i in range(60)]


def _npy(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _npz(**arrays: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)
    return buffer.getvalue()


def _frame(write: str, labels: list) -> bytes:
    buffer = io.BytesIO()
    getattr(pl.DataFrame({"id": range(60), "label": labels}), write)(buffer)
    return buffer.getvalue()


def _text(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _tar(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as file:
        for name, content in members.items():
            header = tarfile.TarInfo(name)
            header.size = len(content)
            file.addfile(header, io.BytesIO(content))
    return buffer.getvalue()


def _stata() -> bytes:
    buffer = io.BytesIO()
    frame = pd.DataFrame({"x": range(60), "label": pd.Categorical(LABELS)})
    frame.to_stata(buffer, write_index=False, time_stamp=datetime(2026, 1, 1))
    return buffer.getvalue()


def _log() -> list[dict[str, float]]:
    return [{"epoch": i, "loss": 0.7 - 0.01 * i, "accuracy": 0.5 + 0.01 * i} for i in range(12)]


_CHANCE = np.random.default_rng(0)
LABEL_FILES: dict[str, bytes] = {
    "column.csv": _text("id,label", *(f"{i},{label}" for i, label in enumerate(LABELS))),
    "quoted.csv": _text('"text","label"', *(f'"a ""b"", {i}","{label}"' for i, label in enumerate(LABELS))),
    "semicolon.csv": _text("id;label", *(f"{i};{label}" for i, label in enumerate(LABELS))),
    "sets.tsv": _text("id\tlabels", *(f"{i}\t{'|'.join(row)}" for i, row in enumerate(SETS))),
    "indicator.csv": _text("a,b,c", *(f"{i % 2},{i % 3 // 2},{i % 5 // 4}" for i in range(60))),
    "labels.lst": _text(*LABELS),
    "counts.txt": _text("[101, 251, 656, 12597]"),
    "rows.jsonl": _text(*(json.dumps({"id": i, "label": row}) for i, row in enumerate(SETS))),
    "rows.json": json.dumps([{"label": label} for label in LABELS]).encode(),
    "counts.json": json.dumps({"ok": 90, "spam": 9, "ham": 1}).encode(),
    "utf16.csv": ("label\n" + "\n".join(LABELS)).encode("utf-16"),
    "column.csv.gz": gzip.compress(_text("label", *LABELS), mtime=0),
    "ids.npy": _npy(np.arange(60) % 3),
    "names.npy": _npy(np.array(LABELS)),
    "matrix.npy": _npy((_CHANCE.random((60, 4)) < 0.3).astype(np.int8)),
    "arrays.npz": _npz(labels=np.arange(60) % 3),
    "rows.parquet": _frame("write_parquet", SETS),
    "rows.arrow": _frame("write_ipc", LABELS),
    "stream.arrows": _frame("write_ipc_stream", SETS),
}
LABEL_FILES |= {
    "sets.svm": _text(*(f"{','.join(str(i % k) for k in (2, 3))} 1:0.5 7:{i}" for i in range(1, 60))),
    "extreme.xc": _text("60 9 5", *(f"{i % 5},{(i + 1) % 5} {i % 9}:1.0" for i in range(60))),
    "tagged.txt": _text(*(f"__label__{label} some words here" for label in LABELS)),
    "nominal.arff": _text(
        *("@relation r", "@attribute x numeric", "@attribute class {ok,spam,ham,'not seen'}", "@data"),
        *(f"{i},{label}" for i, label in enumerate(LABELS)),
    ),
    "tokens.conll": _text(*(f"word{i} NN B-{label}" if i % 9 else "" for i, label in enumerate(LABELS))),
    "instances.json": json.dumps(
        {
            "images": [{"id": i, "file_name": f"{i}.jpg"} for i in range(20)],
            "annotations": [{"id": i, "image_id": i % 20, "category_id": (3, 7)[i % 3 // 2]} for i in range(60)],
            "categories": [{"id": 3, "name": "cat"}, {"id": 7, "name": "dog"}, {"id": 90, "name": "unseen"}],
        }
    ).encode(),
    "labels-idx1-ubyte": b"\0\0\x08\x01" + (60).to_bytes(4, "big") + bytes(i % 3 for i in range(60)),
    "shard.tar": _tar({f"{i:04}.cls": str(i % 3).encode() for i in range(60)}),
    "survey.dta": _stata(),
}
DUMPS: dict[str, bytes] = {
    "scores.npy": _npy(_CHANCE.dirichlet(np.ones(4), 60).astype(np.float32)),
    "logits.npz": _npz(logits=_CHANCE.normal(size=(60, 3)), labels=np.arange(60) % 3),
    "scores.csv": _text("id,prob_a,prob_b", *(f"{i},{i / 60:.3f},{1 - i / 60:.3f}" for i in range(60))),
    "predicted.csv": _text("id,prediction,label", *(f"{i},{a},{a}" for i, a in enumerate(LABELS))),
    "scores.jsonl": _text(*(json.dumps({"id": i, "scores": [i / 60, 1 - i / 60]}) for i in range(60))),
}
LOGS: dict[str, bytes] = {
    "log.csv": _text("epoch,loss,accuracy", *(f"{r['epoch']},{r['loss']:.4f},{r['accuracy']:.4f}" for r in _log())),
    "log.jsonl": _text(*(json.dumps(row) for row in _log())),
    "trainer_state.json": json.dumps({"log_history": _log(), "global_step": 12}).encode(),
    "console.log": _text(*(f"Epoch {i}/12 - loss: {0.7 - i / 100:.4f} - acc: {0.5 + i / 100:.4f}" for i in range(12))),
}
WEIGHTS: dict[str, bytes] = {
    "weights.json": json.dumps({"ok": 0.4, "spam": 3.7, "ham": 33.3}).encode(),
    "weights.yaml": _text("class_weights: [0.4, 3.7, 33.3]"),
    "weights.toml": _text("class_weights = [0.4, 3.7, 33.3]"),
    "train.py": _text("import torch", "loss = torch.nn.CrossEntropyLoss(weight=torch.tensor([0.4, 3.7, 33.3]))"),
}


def archive(members: dict[str, bytes]) -> bytes:
    """A zip of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def corpus() -> list[tuple[str, str, bytes]]:
    """(command, file name, content) of every specimen."""
    kinds = {"analyze": LABEL_FILES, "predictions": DUMPS, "history": LOGS, "lint": WEIGHTS}
    return [(command, name, content) for command, files in kinds.items() for name, content in files.items()]


def real(folder: Path, limit: int = 200_000) -> list[tuple[str, str, bytes]]:
    """The same of a folder of real files, those that are not large."""
    commands = {"labels": "analyze", "corpora": "analyze", "predictions": "predictions", "logs": "history"}
    return [
        (command, path.name, path.read_bytes())
        for part, command in commands.items()
        for path in sorted((folder / part).rglob("*"))
        if path.is_file() and path.stat().st_size <= limit
    ]
