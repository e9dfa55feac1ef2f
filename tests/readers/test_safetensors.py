"""safetensors: every type of tensor, the one that is meant, and damage."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest

from imbalance_doctor.errors import DoctorError
from imbalance_doctor.readers._choose import Paths, open_batches, sources
from imbalance_doctor.readers._source import Options
from tests.dumps import examined, predicted

NAMES = {"<f8": "F64", "<f4": "F32", "<f2": "F16", "<i8": "I64", "<i4": "I32", "|u1": "U8", "|b1": "BOOL"}


def safetensors(tensors: dict[str, np.ndarray], types: dict[str, str] | None = None, **metadata: str) -> bytes:
    """A file as the format's documentation describes it."""
    header: dict = {"__metadata__": metadata} if metadata else {}
    data = b""
    for name, array in tensors.items():
        raw = array.tobytes()
        dtype = (types or {}).get(name) or NAMES[array.dtype.str]
        header[name] = {"dtype": dtype, "shape": list(array.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    return struct.pack("<Q", len(text)) + text + data


def blocks(path: Path, label: str | None = None) -> np.ndarray:
    (source,) = sources(Paths([str(path)]))
    _, batches = open_batches(source, Options(input_format="safetensors", label=label))
    return np.concatenate(list(batches.blocks()))


@pytest.mark.parametrize("dtype", NAMES)
def test_every_type_is_read_exactly(tmp_path: Path, dtype: str) -> None:
    array = (np.arange(12).reshape(4, 3) % 2).astype(dtype)
    path = tmp_path / "x.safetensors"
    path.write_bytes(safetensors({"other": np.ones(5, np.int64), "x": array}, format="pt"))
    assert (blocks(path, "x") == array).all()
    assert blocks(path, "x").dtype == array.dtype


def test_bfloat16_is_widened_exactly(tmp_path: Path) -> None:
    exact = np.array([[0.5, 1.0, -2.0], [3.140625, 2.0**-100, -0.0]], np.float32)
    half = (exact.view(np.uint32) >> 16).astype("<u2")
    path = tmp_path / "x.safetensors"
    path.write_bytes(safetensors({"x": half}, {"x": "BF16"}))
    assert (blocks(path) == exact).all()


def test_logits_and_labels_of_one_file_are_told_apart(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 3, 50)
    logits = (rng.normal(size=(50, 3)) + 4 * np.eye(3)[truth]).astype(np.float32)
    found = examined(tmp_path, safetensors({"logits": logits, "labels": truth}), name="dump.safetensors")
    assert found.profile.truth is not None
    assert found.profile.truth.accuracy == np.mean(logits.argmax(axis=1) == truth)
    assert list(predicted(found).values()) == np.bincount(logits.argmax(axis=1), minlength=3).tolist()


GOOD = safetensors({"x": np.ones((4, 3))})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x10",
        GOOD[:60],
        GOOD[:-8],
        struct.pack("<Q", 2**40) + GOOD[8:],
        struct.pack("<Q", 4) + b"[[[[",
        struct.pack("<Q", 2) + b"{}",
        struct.pack("<Q", 2) + b"[]",
        struct.pack("<Q", 9) + b'{"x": 12}',
        GOOD.replace(b"[0, 96]", b"[9, 99]")[:-96],
        GOOD.replace(b"[4, 3]", b"[4,-3]"),
        GOOD.replace(b"[4, 3]", b"[9, 9]"),
        GOOD.replace(b"F64", b"F8_"),
        GOOD.replace(b'"x"', b'"y"', 1).replace(b'"shape"', b'"shapf"'),
    ],
)
def test_damage_is_one_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.safetensors"
    path.write_bytes(content)
    with pytest.raises(DoctorError) as caught:
        blocks(path)
    assert caught.value.hint


def test_several_tensors_are_a_question(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    path.write_bytes(safetensors({"a": np.ones((4, 3)), "b": np.ones((4, 3))}))
    with pytest.raises(DoctorError, match="a, b"):
        blocks(path)
