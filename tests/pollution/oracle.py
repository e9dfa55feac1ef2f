"""An independent counter of one column: the csv module of the standard library, told how the file is written."""

import csv
import io
from collections import Counter


def count(content: bytes, label: str, encoding: str = "utf-8-sig", delimiter: str = ",", quote: str = '"') -> Counter:
    """How often each value of the column `label` occurs; rows without it are not counted.

    The header is the first row that holds the name; rows of another length and repeated headers are passed over.
    """
    text = content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quotechar=quote) if any(row)]
    start = next(i for i, row in enumerate(rows) if label in row)
    header = rows[start]
    at = header.index(label)
    return Counter(row[at] for row in rows[start + 1 :] if len(row) == len(header) and row != header and row[at])
