"""Room to work in: under a limit of address space (`ulimit -v`) a library whose thread fails to start aborts or hangs.

So under a tight limit there is one thread, and memory is reserved for one; where not even that fits, it is said before
anything is read.
"""

import os

from ..errors import RefusedError

ROOMY = 1 << 32
"""Bytes of address space from which on nothing is held back."""
LEAST = 500_000_000
"""Bytes below which the start itself fails (measured: at 400 MB now and then, at 500 MB never)."""
FRUGAL = {
    "POLARS_MAX_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "_RJEM_MALLOC_CONF": "background_thread:false,narenas:1",
}
"""What the libraries read when they start: one thread each, one arena of memory."""
M_ARENA_MAX = -8
"""The number of glibc's option; each arena of its own reserves 64 MiB for a thread."""


def fit() -> None:
    """Be frugal under a limit below ROOMY. Raises RefusedError where it is below LEAST."""
    require(LEAST, "the start")
    if (_limit() or ROOMY) >= ROOMY:
        return
    for variable, value in FRUGAL.items():
        os.environ.setdefault(variable, value)
    _one_arena()


def require(n_bytes: int, what: str) -> None:
    """Raise RefusedError where the limit is below `n_bytes`."""
    limit = _limit()
    if limit is not None and limit < n_bytes:
        raise RefusedError(
            f"the address space of this process is limited to {limit:,} bytes, {what} needs {n_bytes:,}",
            "raise the limit: ulimit -v 1100000, or unlimited",
        )


def _limit() -> int | None:
    """Bytes of address space this process may use, None for any number."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return None
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if limit == resource.RLIM_INFINITY else limit


def _one_arena() -> None:
    """Have glibc serve all threads from one arena; other C libraries have no such option."""
    import ctypes

    try:
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)
    except (OSError, AttributeError):
        return
