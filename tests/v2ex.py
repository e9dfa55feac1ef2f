"""The 120 label counts posted in V2EX t/825206 (reply of 2021-12-30): a long-tailed multi-label data set.

The author gave the number of samples as "50 to 60 thousand"; 55,000 is the figure the tests use.
"""

from collections.abc import Sequence

COUNTS: tuple[int, ...] = (
    656, 122, 380, 217, 2276, 794, 149, 458, 248, 626, 102, 135, 396, 127, 141, 3431, 161, 687, 352, 157, 1322,
    1887, 423, 313, 994, 880, 125, 138, 295, 473, 263, 106, 1153, 221, 297, 1643, 150, 3083, 218, 403, 277, 258,
    524, 5553, 246, 128, 205, 735, 115, 1089, 159, 201, 438, 1984, 536, 148, 666, 251, 103, 499, 263, 124, 217, 823,
    136, 112, 157, 128, 747, 202, 189, 147, 115, 224, 122, 920, 2176, 235, 247, 1861, 110, 124, 1178, 199, 166, 106,
    457, 3718, 154, 12597, 641, 182, 354, 164, 277, 230, 232, 106, 3445, 979, 1589, 132, 105, 150, 219, 188, 168,
    535, 284, 2137, 1351, 101, 542, 115, 804, 114, 384, 125, 102, 1334,
)  # fmt: skip

N_SAMPLES = 55_000

SELECTED = (101, 251, 656, 12597)
"""The rarest, one near the median, one of the upper quarter and the most frequent count: what the tables print."""


def selected(values: Sequence[float]) -> list[float]:
    """The values at the four selected counts, each of which occurs once."""
    return [values[COUNTS.index(n)] for n in SELECTED]
