"""A label file was written to, cut off or replaced while it was read.

Why it matters: what was counted is a mixture of two states of the file, and belongs to neither. An export that is still
running shows as a file that ends early, with the classes that come last in it missing.

What to do: wait until the program that writes the file is done, or copy it, and count the copy. With `--strict` it is
an error.

Example: a job appends 1,000 rows a minute; the counts stop somewhere inside the last minute.

Reference: POSIX stat(2), st_size, st_mtim and st_ino before and after.
"""

from collections.abc import Iterator

from ...model import Finding, LabelProfile
from ...plugins import Rule, Severity
from ._damage import of

RULE = Rule("changed-while-read", "IMB169", Severity.WARNING)


def check(labels: LabelProfile) -> Iterator[Finding]:
    """One finding over all such inputs."""
    if found := of(labels, "changed"):
        names = ", ".join(damage.source for damage in found)
        yield Finding(
            RULE,
            f"{names} changed while it was read: the counts may mix two states of the file",
            (),
            {"inputs": [damage.source for damage in found]},
            "wait until it is written, or count a copy",
        )
