"""Where text goes: the answer to stdout or to a file, whole or not at all; talk to stderr."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from ..errors import ClosedPipeError, OutputError
from ._whole_file import whole_file

PIECE = 1 << 20
"""Characters encoded at a time."""


def complain(message: str, hint: str = "") -> None:
    """Print an error and its hint to stderr, control characters made visible."""
    from ..visible import visible

    lines = [f"error: {visible(message)}", *([f"hint: {visible(hint)}"] if hint else [])]
    say("\n".join(lines))


def say(text: str) -> None:
    """Print talk to stderr."""
    try:
        sys.stderr.write(_encodable(text, sys.stderr.encoding) + "\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        pass


def _encodable(text: str, encoding: str | None) -> str:
    encoding = encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def ascii_only() -> bool:
    """Whether stdout cannot show block characters."""
    try:
        "▁█·…".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


def put(text: str, output: Path | None, *, force: bool = False) -> None:
    """Write to `output`, or to stdout when it is None. Raises OutputError when that fails; never a half file."""
    if output is None:
        try:
            for start in range(0, len(text), PIECE):
                sys.stdout.write(_encodable(text[start : start + PIECE], sys.stdout.encoding))
            sys.stdout.flush()
        except BrokenPipeError:
            silence_stdout()
            raise ClosedPipeError("stdout is closed") from None
        except OSError as error:
            silence_stdout()
            raise OutputError(f"stdout could not be written: {error.strerror}") from None
        return
    with whole_file(output, force=force) as file:
        for start in range(0, len(text), PIECE):
            file.write(text[start : start + PIECE].encode("utf-8", "backslashreplace"))


def put_pieces(pieces: Iterable[bytes], output: Path | None, *, force: bool = False) -> None:
    """Write bytes as they come, to `output` or to stdout. Raises OutputError when that fails; never a half file."""
    if output is not None:
        with whole_file(output, force=force) as file:
            for piece in pieces:
                file.write(piece)
        return
    for piece in pieces:
        try:
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            silence_stdout()
            raise ClosedPipeError("stdout is closed") from None
        except OSError as error:
            silence_stdout()
            raise OutputError(f"stdout could not be written: {error.strerror}") from None


def silence_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's last flush does not complain."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def progress() -> Callable[[int], None] | None:
    """Rows read so far, on stderr, from the third second on and only on a terminal."""
    if not sys.stderr.isatty() or os.environ.get("CI"):
        return None
    import time

    start = last = time.monotonic()

    def show(rows: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - start > 2 and now - last > 0.5:
            last = now
            sys.stderr.write(f"\r{rows:,} rows read, {rows / (now - start):,.0f} a second \x1b[K")
            sys.stderr.flush()

    return show


def colour(choice: str) -> bool:
    """Whether stdout gets colour: `always`, `never`, or `auto` (a terminal, and NO_COLOR is not set)."""
    if choice != "auto":
        return choice == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return bool(os.environ.get("FORCE_COLOR") or sys.stdout.isatty()) and not plain
