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
    asked.add_argument("--rows", type=int, default=10_000_000)
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
