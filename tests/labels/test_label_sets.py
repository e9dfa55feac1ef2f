"""What label sets tell, against mldr's stored measures and a brute-force count over the label matrix."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from imbalance_doctor.labels import label_sets as module
from imbalance_doctor.labels.label_sets import by_size, co_occurrences, pairs, scumble, summary
from imbalance_doctor.labels.measures import measures
from imbalance_doctor.model import ClassCounts
from tests.mldr import DATASETS, Dataset, names_of, sets_of

KEPT = [data for data in DATASETS if data.label_sets is not None]
SMALL = Counter(
    {frozenset("a"): 2, frozenset("ab"): 1, frozenset("ac"): 1, frozenset("b"): 1, frozenset("abc"): 1},
)
"""[[1,0,0],[1,0,0],[1,1,0],[1,0,1],[0,1,0],[1,1,1]] by rows."""


def counts_of(sets: Counter[frozenset[str]], names: tuple[str, ...] | None = None) -> ClassCounts:
    names = names or tuple(sorted({name for labels in sets for name in labels}))
    n = {name: sum(k for labels, k in sets.items() if name in labels) for name in names}
    return ClassCounts.of(n, n_samples=sets.total(), task="multilabel")


def mldr(data: Dataset) -> tuple[ClassCounts, Counter[frozenset[str]]]:
    sets = Counter({frozenset(labels): n for labels, n in sets_of(data)})
    return counts_of(sets, names_of(data)), sets


@pytest.mark.parametrize("data", KEPT, ids=lambda d: d.name)
def test_scumble_and_its_variation_are_mldrs(data: Dataset) -> None:
    value, variation = scumble(*mldr(data))
    assert value == pytest.approx(data.scumble, rel=1e-9)
    assert variation == pytest.approx(data.scumble_cv, rel=1e-9)


@pytest.mark.parametrize("data", KEPT, ids=lambda d: d.name)
def test_the_label_sets_are_counted_as_mldr_counts_them(data: Dataset) -> None:
    counts, sets = mldr(data)
    assert counts.counts == data.counts
    found = summary(counts, sets)
    assert (found["distinct"], found["single"]) == (data.distinct, data.single)
    assert found["most_frequent"]["count"] == data.most_frequent


def test_the_most_frequent_label_set_may_be_the_empty_one() -> None:
    birds = next(d for d in KEPT if d.name == "birds")
    assert summary(*mldr(birds))["most_frequent"] == {"classes": [], "count": 294}


def test_the_small_matrix_has_the_known_measures() -> None:
    found = measures(counts_of(SMALL), SMALL)
    assert found["cardinality"] == pytest.approx(1.6666667, abs=5e-8)
    assert found["density"] == pytest.approx(0.5555556, abs=5e-8)
    assert found["mean_irlbl"] == pytest.approx(1.7222222, abs=5e-8)
    assert found["cvir"] == pytest.approx(0.4363790, abs=5e-8)
    assert found["scumble"] == pytest.approx(0.0323169, abs=6e-8)
    assert found["label_sets"]["distinct"] == 5


def test_labels_that_never_meet_have_a_scumble_of_exactly_0() -> None:
    alone = Counter({frozenset("a"): 90, frozenset("b"): 7, frozenset(): 3})
    found = measures(counts_of(alone), alone)
    assert (found["scumble"], found["scumble_cv"]) == (0.0, None)
    assert found["reasons"]["scumble_cv"] == "SCUMBLE is 0"


def matrix(names: tuple[str, ...], sets: Counter[frozenset[str]]) -> np.ndarray:
    return np.array([[name in labels for name in names] for labels, n in sets.items() for _ in range(n)], dtype=int)


@pytest.mark.parametrize("data", KEPT, ids=lambda d: d.name)
def test_pairs_are_counted_as_the_product_of_the_label_matrix_with_itself(data: Dataset) -> None:
    counts, sets = mldr(data)
    y = matrix(counts.names, sets)
    together = np.triu(y.T @ y, k=1)
    first, second, both = co_occurrences(len(counts.names), by_size(counts.names, sets))
    assert np.array_equal(together[first, second], both)
    assert both.sum() == together.sum()


@pytest.mark.parametrize("data", KEPT, ids=lambda d: d.name)
def test_the_strongest_pairs_are_those_scikit_learns_jaccard_ranks_first(data: Dataset) -> None:
    from sklearn.metrics import jaccard_score

    counts, sets = mldr(data)
    y = matrix(counts.names, sets)
    k = len(counts.names)
    ranked = sorted(
        (jaccard_score(y[:, a], y[:, b]) for a in range(k) for b in range(a) if (y[:, a] & y[:, b]).sum() >= 5),
        reverse=True,
    )
    found, reason = pairs(counts, sets)
    assert found is not None
    assert reason == ""
    assert [pair["jaccard"] for pair in found] == pytest.approx(ranked[:20], rel=1e-12)
    for pair in found:
        a, b = (y[:, counts.names.index(name)] for name in pair["classes"])
        assert pair["count"] == (a & b).sum()
        assert pair["lift"] == pytest.approx((a & b).mean() / (a.mean() * b.mean()), rel=1e-12)


def test_equally_strong_pairs_come_in_order_of_support_then_index() -> None:
    sets = Counter({frozenset("ab"): 5, frozenset("cd"): 9, frozenset("ef"): 5})
    found, _ = pairs(counts_of(sets), sets)
    assert found is not None
    assert [pair["classes"] for pair in found] == [["c", "d"], ["a", "b"], ["e", "f"]]


def test_a_pair_that_meets_less_than_five_times_is_not_listed() -> None:
    sets = Counter({frozenset("ab"): 4, frozenset("cd"): 5})
    found, _ = pairs(counts_of(sets), sets)
    assert found is not None
    assert [pair["classes"] for pair in found] == [["c", "d"]]


@pytest.mark.parametrize(("limit", "value"), [("MAX_PAIRS", 2), ("MAX_LABELS", 2)])
def test_above_the_limits_pairs_are_none_with_a_reason(monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(module, limit, value)
    sets = Counter({frozenset("abc"): 9})
    found = measures(counts_of(sets), sets)
    assert found["pairs"] is None
    assert "pairs" in found["reasons"]
    assert found["scumble"] == 0.0


def test_without_label_sets_the_reason_tells_the_two_cases_apart() -> None:
    unknown = measures(ClassCounts.of([5, 5, 5], n_samples=10), None)
    single = measures(ClassCounts.of([5, 5, 5]), None)
    assert unknown["scumble"] is None
    assert single["scumble"] is None
    assert unknown["reasons"]["scumble"] == "the label sets are not known"
    assert single["reasons"]["scumble"] == "one class a sample"


PRINT = """
import json
from tests.build import profile_of_sets
from tests.mldr import DATASETS, names_of, sets_of
data = next(d for d in DATASETS if d.name == "birds")
profile = profile_of_sets(sets_of(data), names_of(data))
print(json.dumps([profile.measures, profile.floors, profile.percentiles]))
"""


def test_the_hash_seed_changes_no_byte() -> None:
    prints = {
        subprocess.run(
            [sys.executable, "-c", PRINT],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(prints) == 1
    assert json.loads(prints.pop())[0]["label_sets"]["distinct"] == 133
