"""Time whole commands against what a user would run instead: medians of wall time and peak memory, as ratios."""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE / "data"


def zipf(n_classes: int):
    """Probabilities falling as 1 / rank^1.1, shape (n_classes,)."""
    import numpy as np

    p = 1 / np.arange(1, n_classes + 1) ** 1.1
    return p / p.sum()


def generate(scale: float) -> None:
    """Write all files. The big libraries are imported here only, to keep the parent of the timed processes small."""
    import numpy as np
    import polars as pl

    DATA.mkdir(exist_ok=True)
    rng = np.random.default_rng(20260101)
    n = int(20_000_000 * scale)
    y = rng.choice(1000, size=n, p=zipf(1000))
    names = pl.Series(y).cast(pl.String)
    column = pl.DataFrame({"id": np.arange(n), "label": "class_" + names})
    column.write_csv(DATA / "column.csv")
    column.write_parquet(DATA / "column.parquet")
    np.save(DATA / "column.npy", y)
    column.head(1000).write_csv(DATA / "small.csv")
    n = int(3_000_000 * scale)
    sizes = rng.integers(1, 5, n)
    items = pl.Series(rng.choice(120, size=int(sizes.sum()), p=zipf(120))).cast(pl.String)
    rows = pl.DataFrame({"id": np.repeat(np.arange(n), sizes), "labels": "label_" + items})
    joined = rows.group_by("id", maintain_order=True).agg(pl.col("labels").unique(maintain_order=True).str.join("|"))
    joined.write_csv(DATA / "delimited.csv")
    n = int(500_000 * scale)
    matrix = (rng.random((n, 120)) < zipf(120) * 3).astype(np.uint8)
    frame = pl.DataFrame(matrix, schema=[f"label_{i}" for i in range(120)])
    frame.insert_column(0, pl.Series("id", np.arange(n))).write_csv(DATA / "indicator.csv")
    truth = (rng.random((2 * n, 120)) < zipf(120) * 3).astype(np.uint8)
    np.save(DATA / "matrix.npy", truth)
    logits = rng.standard_normal(truth.shape, dtype=np.float32) + 2 * truth - 4
    np.save(DATA / "scores.npy", 1 / (1 + np.exp(-logits)))


def timed(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak resident megabytes of one process. Raises RuntimeError when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):
        raise RuntimeError(f"{command} ended in {code}: {process.stderr.read().decode() if process.stderr else ''}")
    return seconds, usage.ru_maxrss / 1024


def cases() -> dict[str, tuple[list[str], list[str]]]:
    """Name to (our command, the other command)."""
    doctor = [sys.executable, "-m", "imbalance_doctor"]

    def pair(file: str, script: str) -> tuple[list[str], list[str]]:
        path = str(DATA / file)
        return [*doctor, "analyze", path], [sys.executable, str(HERE / "scripts" / script), path]

    scores, truth = str(DATA / "scores.npy"), str(DATA / "matrix.npy")
    judged = [*doctor, "predictions", scores, "--labels", truth]
    imports = [sys.executable, str(HERE / "scripts" / "imports.py")]
    return {
        "csv": pair("column.csv", "column.py"),
        "csv-lean": pair("column.csv", "column_lean.py"),
        "delimited": pair("delimited.csv", "delimited.py"),
        "delimited-lean": pair("delimited.csv", "delimited_lean.py"),
        "indicator": pair("indicator.csv", "indicator.py"),
        "parquet": pair("column.parquet", "column.py"),
        "parquet-lean": pair("column.parquet", "column_lean.py"),
        "npy": pair("column.npy", "column.py"),
        "matrix-npy": pair("matrix.npy", "indicator.py"),
        "predictions": (judged, [sys.executable, str(HERE / "scripts" / "predictions.py"), scores, truth]),
        "small": ([*doctor, "analyze", str(DATA / "small.csv")], imports),
        "help": ([*doctor, "--help"], imports),
    }


def main() -> None:
    """Print one row per case."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full number of rows")
    parser.add_argument("--only", default="", help="comma separated names")
    arguments = parser.parse_args()
    stamp = DATA / f"scale-{arguments.scale:g}"
    if not stamp.exists():  # in a process of its own: a child's peak memory starts at its parent's
        subprocess.run([sys.executable, "-c", f"import run; run.generate({arguments.scale})"], cwd=HERE, check=True)
        stamp.touch()
    print(f"{'case':<15} {'ours s':>8} {'script s':>9} {'ratio':>6}   {'ours MB':>8} {'script MB':>9} {'ratio':>6}")
    for name, (ours, script) in cases().items():
        if arguments.only and name not in arguments.only.split(","):
            continue
        pairs = [(timed(ours), timed(script)) for _ in range(arguments.runs)]
        seconds = [statistics.median(p[i][0] for p in pairs) for i in (0, 1)]
        memory = [statistics.median(p[i][1] for p in pairs) for i in (0, 1)]
        print(
            f"{name:<15} {seconds[0]:>8.2f} {seconds[1]:>9.2f} {seconds[0] / seconds[1]:>6.2f}   "
            f"{memory[0]:>8.0f} {memory[1]:>9.0f} {memory[0] / memory[1]:>6.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
