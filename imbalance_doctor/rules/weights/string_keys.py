"""Keras looks classes up by integer, and the keys are text.

Why it matters: Keras finds no weight under the integer id of a class and takes 1.0. The loss is that of a training
without weights, and nothing is said.

What to do: key the weights by the index of the output: {0: …, 1: …}.

Example: class_weight={"0": 1, "1": 50}: the same loss as without class_weight.

Reference: keras-team/keras, issues 9186 and 23220; found by running Keras 3.
"""

from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from ._facts import SHOWN

RULE = Rule("string-keys", "IMB417", Severity.ERROR)


def check(weights: GivenProfile) -> Iterator[Finding]:
    """One finding for text keys under Keras."""
    given = weights.given
    if given.framework != "keras" or given.names is None or not given.text_keys:
        return
    pairs = zip(range(SHOWN), weights.values or (), strict=False)
    fixed = ", ".join(f"{i}: {value:.6g}" for i, value in pairs)
    more = ", …" if len(weights.counts.names) > SHOWN else ""
    yield Finding(
        RULE,
        "Keras looks weights up by the integer id of a class: under these text keys it finds none, and weighs nothing",
        (),
        {"keys": list(given.names[:SHOWN])},
        f"key them by index: {{{fixed}{more}}}" if fixed else "key them by the index of the output: 0, 1, …",
    )
