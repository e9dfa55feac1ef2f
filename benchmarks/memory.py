"""Memory of whole commands on files far larger than memory should be: `python benchmarks/memory.py --rows 100000000`.

Every file holds `--rows` labels of 1,000 classes, in one format, made here and deleted; the peak resident memory of
`analyze` is that of its process. `ids` holds as many distinct values and has to be stopped early. Exit code 1 when a
gate is missed: 400 MB, and for ids 60 seconds as well.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

GATE_MB, GATE_SECONDS = 400, 60
CLASSES = 1_000
BLOCK = 1_000_000


def blocks(rows: int) -> Iterator[np.ndarray]:
    """Class ids in blocks, class k once in every thousand rows, in a shuffled order."""
    order = np.random.default_rng(0).permutation(np.arange(BLOCK) % CLASSES)
    for start in range(0, rows, BLOCK):
        yield order[: min(BLOCK, rows - start)]


def text(line: str, head: str = "") -> Callable[[Path, int], None]:
    """A file of lines, `line` being a format of the class id."""

    def write(path: Path, rows: int) -> None:
        words = np.array([line.format(k) for k in range(CLASSES)], dtype=object)
        with path.open("w", encoding="utf-8") as file:
            file.write(head)
            for ids in blocks(rows):
                file.write("".join(words[ids].tolist()))

    return write


def npy(path: Path, rows: int) -> None:
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, {"descr": "<i2", "fortran_order": False, "shape": (rows,)})
        for ids in blocks(rows):
            file.write(ids.astype("<i2").tobytes())


def idx(path: Path, rows: int) -> None:
    with path.open("wb") as file:
        file.write(b"\0\0\x08\x01" + rows.to_bytes(4, "big"))
        for ids in blocks(rows):
            file.write((ids % 256).astype(np.uint8).tobytes())


def parquet(path: Path, rows: int) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetWriter(path, pa.schema([("label", pa.int16())])) as file:
        for ids in blocks(rows):
            file.write_table(pa.table({"label": ids.astype(np.int16)}, schema=file.schema))


def arrow(path: Path, rows: int) -> None:
    import pyarrow as pa

    schema = pa.schema([("label", pa.int16())])
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as file:
        for ids in blocks(rows):
            file.write_batch(pa.record_batch([pa.array(ids.astype(np.int16))], schema=schema))


def indicator(path: Path, rows: int) -> None:
    """One row in ten, of ten columns: as many cells."""
    lines = np.array([",".join("1" if j == i else "0" for j in range(10)) + "\n" for i in range(10)], dtype=object)
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(f"class {j}" for j in range(10)) + "\n")
        for ids in blocks(rows // 10):
            file.write("".join(lines[ids % 10].tolist()))


def xc(path: Path, rows: int) -> None:
    text("{0} 1:0.5\n", f"{rows} 2 {CLASSES}\n")(path, rows)


def tfrecord(path: Path, rows: int) -> None:
    """tf.train.Example messages with one feature, `label`, an int64; their checksums are those of the reader."""
    from imbalance_doctor.readers._crc_lanes import masked

    def field(number: int, payload: bytes) -> bytes:
        return bytes([number << 3 | 2, len(payload)]) + payload

    def record(k: int) -> bytes:
        value = bytes([k & 127 | 128, k >> 7]) if k > 127 else bytes([k])
        feature = field(1, b"label") + field(2, field(3, field(1, value)))
        message = field(1, field(1, feature))
        size = len(message).to_bytes(8, "little")
        return size + masked(size).to_bytes(4, "little") + message + masked(message).to_bytes(4, "little")

    records = np.array([record(k) for k in range(CLASSES)], dtype=object)
    with path.open("wb") as file:
        for ids in blocks(rows):
            file.write(b"".join(records[ids].tolist()))


def webdataset(path: Path, rows: int) -> None:
    """One row in twenty: a member of a tar archive takes a kilobyte."""
    import io
    import tarfile

    with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as file:
        number = 0
        for ids in blocks(rows // 20):
            for k in ids.tolist():
                number += 1
                data = str(k).encode()
                member = tarfile.TarInfo(f"{number:09d}.cls")
                member.size = len(data)
                file.addfile(member, io.BytesIO(data))


def coco(path: Path, rows: int) -> None:
    """One row in ten, on ten thousand images: an annotation takes ten times as long as a row of text."""
    names = ",".join(f'{{"id": {k}, "name": "class {k}"}}' for k in range(CLASSES))
    images = ",".join(f'{{"id": {i}, "file_name": "{i}.jpg"}}' for i in range(10_000))
    lines = np.array([f'{{"image_id": {k}, "category_id": {k}}},\n' for k in range(CLASSES)], dtype=object)
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{{"categories": [{names}], "images": [{images}], "annotations": [\n')
        for ids in blocks(rows // 10):
            file.write("".join(lines[ids].tolist()))
        file.write('{"image_id": 0, "category_id": 0}]}')


def yolo(path: Path, rows: int) -> None:
    """A thousand files."""
    path.mkdir()
    each = rows // 1000
    lines = np.array([f"{k} 0.5 0.5 0.1 0.1\n" for k in range(CLASSES)], dtype=object)
    for number in range(1000):
        with (path / f"{number}.txt").open("w", encoding="utf-8") as file:
            file.write("".join(lines[np.arange(each) % CLASSES].tolist()))


def masks(path: Path, rows: int) -> None:
    """A hundred square images; a pixel is a row."""
    from PIL import Image

    path.mkdir()
    side = int((rows / 100) ** 0.5)
    for number in range(100):
        pixels = ((np.arange(side * side) + number) % 20).astype(np.uint8).reshape(side, side)
        Image.fromarray(pixels).save(path / f"{number}.png")


def images(path: Path, rows: int) -> None:
    """One file in a thousand rows, in a hundred folders."""
    for k in range(100):
        (path / f"class{k}").mkdir(parents=True)
    for number in range(rows // 1000):
        (path / f"class{number % 100}" / f"{number}.jpg").touch()


def distinct(path: Path, rows: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write("label\n")
        for start in range(0, rows, BLOCK):
            file.write("".join(f"u{i}\n" for i in range(start, min(rows, start + BLOCK))))


FILES: dict[str, tuple[str, Callable[[Path, int], None], list[str]]] = {
    "csv": ("l.csv", text("{0},x\n", "label,other\n"), ["--label", "label"]),
    "lines": ("l.lst", text("class {0}\n"), []),
    "delimited": ("l.tsv", text("7\t{0}|a\n", "id\tlabels\n"), ["--label", "labels", "--separator", "|"]),
    "jsonl": ("l.jsonl", text('{{"label": "{0}"}}\n'), []),
    "json": ("l.json", text('"{0}",\n', "[\n"), []),
    "npy": ("l.npy", npy, []),
    "parquet": ("l.parquet", parquet, []),
    "arrow": ("l.arrow", arrow, []),
    "svmlight": ("l.svm", text("{0} 1:0.5\n"), []),
    "fasttext": ("l.txt", text("__label__{0} some words\n"), ["--input-format", "fasttext"]),
    "conll": ("l.conll", text("word O B-{0}\n"), []),
    "arff": (
        "l.arff",
        text("{0},1\n", "@relation r\n@attribute label string\n@attribute x numeric\n@data\n"),
        ["--label", "label"],
    ),
    "idx": ("l-idx1-ubyte", idx, []),
    "indicator": ("l.csv", indicator, ["--layout", "indicator"]),
    "xc": ("l.xc", xc, []),
    "tfrecord": ("l.tfrecord", tfrecord, ["--label", "label"]),
    "webdataset": ("l.tar", webdataset, []),
    "coco": ("l.json", coco, []),
    "yolo": ("labels", yolo, []),
    "masks": ("masks", masks, []),
    "images": ("images", images, []),
    "ids": ("ids.csv", distinct, ["--label", "label"]),
}


def measured(path: Path, options: list[str]) -> tuple[int, float, float]:
    """Exit code, seconds and peak MB of one command."""
    command = [
        sys.executable,
        "-m",
        "imbalance_doctor",
        "analyze",
        str(path),
        *options,
        "-f",
        "json",
        "--fail-on",
        "never",
    ]
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.execv(command[0], command)
    _, status, usage = os.wait4(child, 0)
    return os.waitstatus_to_exitcode(status), time.perf_counter() - start, usage.ru_maxrss / 1024


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rows", type=int, default=10_000_000, help="several of 10,000")
    asked.add_argument("--only", default=",".join(FILES))
    wanted = asked.parse_args()
    missed = 0
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(f"{wanted.rows:,} rows   exit   seconds   peak MB")
    for name in wanted.only.split(","):
        file, write, options = FILES[name]
        folder = Path(tempfile.mkdtemp(prefix="imbalance-doctor-"))
        try:
            write(folder / file, wanted.rows)
            if name == "json":
                with (folder / file).open("a", encoding="utf-8") as end:
                    end.write('"0"]\n')
            code, seconds, peak = measured(folder / file, options)
        finally:
            shutil.rmtree(folder)
        right = code == (4 if name == "ids" else 0) and peak <= GATE_MB and (name != "ids" or seconds <= GATE_SECONDS)
        missed += not right
        print(f"{name:12s} {code:5d} {seconds:9.1f} {peak:9.0f}{'' if right else '   MISSED'}", flush=True)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
