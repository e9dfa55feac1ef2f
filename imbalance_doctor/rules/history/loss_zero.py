"""The loss is exactly zero from the first record on.

Why it matters: a loss of nothing has no gradient, so nothing is learnt. It is zero because it has nothing to compare: a
softmax over one unit is always 1, every label it sees is the same, a mask removes every sample, or the loss is
subtracted from itself.

What to do: one output unit wants a sigmoid and binary cross-entropy. Print the labels and the mask of one batch as they
reach the loss. A loss that falls to zero beside an accuracy of 1 is convergence and is not reported.

Example: categorical cross-entropy on Dense(1, activation="softmax"): 1.1921e-07 for every positive, 0.0 for the rest.

Reference: keras.losses.CategoricalCrossentropy; torch.nn.CrossEntropyLoss with one logit is 0.0.
"""

from collections.abc import Iterator

from ...model import Finding, HistoryProfile, Series
from ...plugins import Rule, Severity
from ._wording import named, record, value

RULE = Rule("loss-zero", "IMB311", Severity.ERROR)


def check(history: HistoryProfile) -> Iterator[Finding]:
    """One finding per split all of whose losses are 0 throughout, unless the metric beside them is nearly perfect.

    A pair of loss 0 and an accuracy that is a fingerprint is that rule's business.
    """
    from ...history import constants
    from ...history.fingerprints import HIGHEST
    from ...history.pairs import by_split, finite, partner, share

    told = {(hit.run, hit.split) for hit in history.fingerprints if hit.name == constants.ZERO}
    for key, group in by_split(history.series).items():
        losses = [series for series in group if series.role == "loss"]
        if key in told or not losses or not all(is_zero(loss) for loss in losses):
            continue
        metric = partner(losses[0], group)
        if metric is not None and share(metric)[-1].value > HIGHEST:
            continue
        last = finite(losses[0])[-1]
        beside = f" beside {metric.name} {value(finite(metric)[-1])}" if metric is not None else ""
        yield Finding(
            RULE,
            f"{named(losses[0], history)} is {value(last)} in all of {losses[0].n:,} records{beside} ({record(last)})",
            (),
            {
                "run": key[0],
                "split": key[1],
                "records": losses[0].n,
                "metric": finite(metric)[-1].value if metric is not None else None,
            },
            "print labels, mask and outputs of one batch as they reach the loss: one output unit wants a sigmoid and "
            "binary cross-entropy, and labels must not all be the same",
        )


def is_zero(loss: Series) -> bool:
    """Whether every value of a loss is zero as printed."""
    from ...history.fingerprints import TINY
    from ...history.pairs import finite

    points = finite(loss)
    return bool(points) and loss.not_finite is None and all(abs(point.value) <= TINY for point in points)
