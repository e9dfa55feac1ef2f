"""The embedded engine for predictions: one tally counts a block while the next one is read.

numpy lets go of the interpreter in its loops, so reading and counting overlap; the blocks are counted in their order,
whatever the machine, and so the last digit of a sum is the same everywhere.
"""

from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from ..predictions.blocks import ScoreBlock, Setting
from ..predictions.tally import PredictionTally
from .local import Progress


def tally_blocks(blocks: Iterable[ScoreBlock], setting: Setting, progress: Progress | None = None) -> PredictionTally:
    """The tally of all blocks. Calls `progress` with the rows read so far after each."""
    tally = PredictionTally(setting)
    running: Future[None] | None = None
    rows = 0
    with ThreadPoolExecutor(1) as worker:
        for block in blocks:
            if running is not None:
                running.result()
            running = worker.submit(tally.update, block)
            rows += block.n
            if progress is not None:
                progress(rows)
        if running is not None:
            running.result()
    return tally
