"""What all rules together say on the counts for which thirteen other tools disagree, and on healthy label files."""

import pytest

from imbalance_doctor.rules._run import run
from tests.build import profile_of


def verdicts(counts: dict[str, int]) -> dict[str, str]:
    findings, _ = run({"labels": profile_of(counts)})
    return {f.rule.name: f.evidence.get("band") or str(f.grade) for f in findings}


def lettered(*counts: int) -> dict[str, int]:
    return {f"class {i:02}": n for i, n in enumerate(counts)}


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (lettered(500, 500), {}),
        (lettered(700, 300), {"imbalanced-shape": "mild"}),
        (lettered(900, 100), {"imbalanced-shape": "moderate", "accuracy-trap": "warning"}),
        (
            lettered(950, 50),
            {"imbalanced-shape": "moderate", "accuracy-trap": "warning", "too-few-to-validate": "info"},
        ),
        (
            lettered(990, 10),
            {
                "imbalanced-shape": "moderate",
                "accuracy-trap": "warning",
                "too-few-to-learn": "info",
                "too-few-to-validate": "info",
            },
        ),
        (
            lettered(9990, 10),
            {
                "imbalanced-shape": "extreme",
                "accuracy-trap": "warning",
                "too-few-to-learn": "info",
                "too-few-to-validate": "info",
            },
        ),
        (lettered(*[100] * 10), {}),
        (
            lettered(*(round(1000 / k) for k in range(1, 21))),
            {"imbalanced-shape": "moderate", "too-few-to-validate": "info"},
        ),
        (lettered(500, 500, 0), {"empty-class": "warning"}),
        (lettered(1000, 0), {"single-class": "error", "empty-class": "warning"}),
    ],
    ids=["500/500", "700/300", "900/100", "950/50", "990/10", "9990/10", "10 x 100", "zipf", "500/500/0", "1000/0"],
)
def test_the_verdict_on(counts, expected):
    assert verdicts(counts) == expected
