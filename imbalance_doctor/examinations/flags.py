"""Complaints of the label examination, told with the flags of the command that asked it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ..errors import InputError, UsageError

TRUTH = {
    "layout": "truth-layout",
    "label": "truth",
    "id": "truth-id",
    "header": "truth-header",
    "no-header": "no-truth-header",
    "input-format": "truth-format",
}
TRAINING = {"layout": "train-layout", "label": "train-label"}
"""What the options of `analyze` are called where they are about truth and training labels."""


@contextmanager
def renamed(what: str, flags: Mapping[str, str]) -> Iterator[None]:
    """Say in complaints `what` they are about, and the flags that are meant."""
    try:
        yield
    except (InputError, UsageError) as error:
        hint = re.sub(r"--([a-z-]+)", lambda m: f"--{flags.get(m.group(1), m.group(1))}", error.hint)
        raise type(error)(f"{what}: {error.message}", hint) from None
