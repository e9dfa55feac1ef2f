"""`imbalance-doctor` and `python -m imbalance_doctor`."""

import gc
import signal
import sys
from types import FrameType


def main() -> None:
    """Run the command line and leave with its exit code."""
    # Starting makes some hundred thousand objects and no garbage; walking them again and again costs a tenth of it.
    gc.set_threshold(300_000, 20, 20)
    from .cli import run
    from .errors import Terminated

    def end(number: int, frame: FrameType | None) -> None:
        raise Terminated

    signal.signal(signal.SIGTERM, end)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
