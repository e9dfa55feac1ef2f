"""Clean tables to be polluted, made from a seed: words, numbers and dates, quoted text, labels at any place."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from random import Random

WORDS = ["red", "stone", "river", "old", "light", "north", "paper", "salt", "wind", "iron"]
LABELS = (
    ["cat", "dog", "ox"],
    ["0", "1"],
    ["0.0", "1.0", "2.0", "12.0"],
    ["very good", "good", "poor"],
    ["Größe", "naïve", "plain"],
)


@dataclass(frozen=True)
class Clean:
    """A header and rows of text; `at` is the column of the labels, which is named `label`."""

    header: list[str]
    rows: list[list[str]]
    at: int

    @property
    def truth(self) -> Counter:
        """How often each label occurs."""
        return Counter(row[self.at] for row in self.rows)

    def lines(self, delimiter: str = ",", quote: str = '"', *, every: bool = False) -> list[str]:
        """Header and rows as RFC 4180 writes them, one text a row, without line ends."""
        return [written(row, delimiter, quote, every=every) for row in [self.header, *self.rows]]


def written(row: list[str], delimiter: str = ",", quote: str = '"', *, every: bool = False) -> str:
    """One row."""
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, quotechar=quote, quoting=quoting, lineterminator="\n").writerow(row)
    return out.getvalue().removesuffix("\n")


def table(random: Random, rows: int = 60) -> Clean:
    """A table in which every label occurs often; some text needs quotes in most tables."""
    labels = random.choice(LABELS)
    quoted = random.random() < 0.7
    columns = {
        "id": lambda i: str(1000 + i),
        "date": lambda i: f"{random.randint(1, 12):02}/{random.randint(1, 28):02}/17",
        "time": lambda i: f"{random.randint(1, 12)}:{random.randint(0, 59):02} {random.choice(['AM', 'PM'])}",
        "price": lambda i: f"${random.randint(1, 99)}.{random.randint(0, 99):02}",
        "text": lambda i: _text(random, quoted=quoted),
        "code": lambda i: f"{random.randint(100, 999)}-{random.randint(100, 999)}-{random.randint(1000, 9999)}",
    }
    names = random.sample(list(columns), random.randint(2, 6))
    at = random.randint(0, len(names))
    header = [*names[:at], "label", *names[at:]]
    made = []
    for i in range(rows):
        cells = [columns[name](i) for name in names]
        made.append([*cells[:at], labels[i % len(labels)] if i < 30 else random.choice(labels), *cells[at:]])
    return Clean(header, made, at)


def _text(random: Random, *, quoted: bool) -> str:
    words = " ".join(random.choices(WORDS, k=random.randint(2, 5)))
    if quoted and random.random() < 0.4:
        words = words.replace(" ", ", ", 1)
    return f'{words} 5" wide' if quoted and random.random() < 0.05 else words
