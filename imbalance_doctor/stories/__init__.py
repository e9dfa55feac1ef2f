"""The data of the demo: counts of 120 labels on about 55,000 texts, posted in 2021 by a user whose model went dead."""

from importlib.resources import files


def counts_120() -> tuple[int, ...]:
    """Samples per label, in index order."""
    text = (files(__package__) / "labels_120.txt").read_text(encoding="ascii")
    return tuple(int(number) for number in text.replace(",", " ").split())


N_SAMPLES = 55_000
"""The asker wrote "more than 50,000"; the story uses 55,000."""
