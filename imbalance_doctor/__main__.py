"""`imbalance-doctor` and `python -m imbalance_doctor`."""

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    # Starting makes some hundred thousand objects and no garbage; walking them again and again costs a tenth of it.
    gc.set_threshold(300_000, 20, 20)
    from .cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
