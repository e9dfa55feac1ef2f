"""Label sets of many rows come back as they were put in, whichever way they are held."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor.predictions.label_rows import LabelRows


@settings(max_examples=40, deadline=None)
@given(
    st.integers(1, 40),
    st.lists(st.integers(0, 9), max_size=4),
    st.floats(0, 1),
    st.integers(0, 2**32 - 1),
    st.booleans(),
)
def test_rows_in_any_order_and_numbering_are_the_rows_that_were_added(
    width: int, sizes: list[int], density: float, seed: int, as_pairs: bool
) -> None:
    rng = np.random.default_rng(seed)
    rows = LabelRows()
    blocks = [rng.uniform(size=(n, width)) < density for n in sizes]
    for i, block in enumerate(blocks):
        if as_pairs and i % 2:
            rows.add_pairs(len(block), *np.nonzero(block))
        else:
            rows.add_bits(block)
    whole = np.concatenate([np.zeros((0, width), dtype=bool), *blocks])
    assert len(rows) == len(whole)
    assert rows.counts(width).tolist() == whole.sum(axis=0).tolist()
    at = rng.integers(-1, len(whole), 20) if len(whole) else np.full(3, -1)
    to = rng.permutation(width + 2)[:width] - 1
    expected = np.zeros((len(at), width + 1), dtype=bool)
    for i, row in enumerate(at):
        for label, column in enumerate(to):
            if row >= 0 and column >= 0:
                expected[i, column] = whole[row, label]
    assert (rows.dense(at.astype(np.int64), to.astype(np.int64), width + 1) == expected).all()
    one_each = len(whole) > 0 and (whole.sum(axis=1) == 1).all()
    only = rows.only_labels()
    if one_each:
        assert only.tolist() == whole.argmax(axis=1).tolist()
    elif len(whole):
        assert only is None


def test_few_labels_on_many_classes_are_not_held_as_bits() -> None:
    rows = LabelRows()
    ones = np.zeros((100, 10_000), dtype=bool)
    ones[:, 7] = True
    rows.add_bits(ones)
    assert rows._bits == [None]
    assert rows.only_labels().tolist() == [7] * 100
