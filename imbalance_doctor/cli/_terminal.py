"""How wide the terminal is."""

import shutil
import sys


def columns() -> int:
    """Width of the terminal, between 60 and 140; 80 when stdout is not one."""
    if not sys.stdout.isatty():
        return 80
    return min(140, max(60, shutil.get_terminal_size().columns))
