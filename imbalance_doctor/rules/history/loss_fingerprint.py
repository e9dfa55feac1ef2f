"""The loss and the metric together equal what a known wiring fault prints.

Why it matters: a saturated or clipped loss is a straight line in the error rate, loss = C · (1 - accuracy), and the
constant C names the framework and the fault. No weight, threshold or learning rate mends wiring: a hit comes before
every other remedy.

What to do: what the finding says: give the loss logits, remove the second softmax or sigmoid, take the logarithm.

Example: 7.7364 beside 0.4985 and 7.6168 beside 0.5062 are both 15.4249 an error: binary cross-entropy of tf.keras 2 on
raw outputs, the last layer has no activation. Of 20,000 and 5,000 samples these are 10,031 and 2,469 errors, together
the 12,500 positives. 7.7125 alone says nothing: it is 15.4249 · 0.5000 and 15.3332 · 0.5030.

Reference: keras 2.15 backend.py, binary_crossentropy; Keras 3 losses; torch.nn.BCELoss; `history/constants.py`.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ...model import Finding, Fingerprint, HistoryProfile
from ...plugins import Rule, Severity
from ._wording import record, value

RULE = Rule("loss-fingerprint", "IMB304", Severity.ERROR)


def check(history: HistoryProfile) -> Iterator[Finding]:
    """One finding per run and constant, the splits together.

    An error for exact pairs and for clips; a warning for other compatible ones; info for a loss that stands by design.
    """
    from ...history import constants
    from ...history.faults import fault

    wired = [hit for hit in history.fingerprints if fault(hit.name).kind == "wiring"]
    for (run, name), group in groupby(sorted(wired, key=lambda hit: (hit.run, hit.name)), lambda h: (h.run, h.name)):
        hits = list(group)
        known = fault(name)
        sure = any(hit.match == "exact" or "loss_per_error" in hit.expected for hit in hits)
        by_design = name == constants.SELF_ADJUSTING_DICE
        in_run = f"run {run!r}: " if len(history.runs) > 1 else ""
        yield Finding(
            RULE,
            f"{in_run}{' and '.join(map(pair, hits))}: {known.title}; {hits[0].meaning}",
            (),
            {
                "run": run,
                "fingerprint": name,
                "match": "exact" if all(hit.match == "exact" for hit in hits) else "compatible",
                "pairs": [numbers(hit) for hit in hits],
                "errors": total(hits),
            },
            known.remedy,
            Severity.INFO if by_design else None if sure else Severity.WARNING,
        )


def pair(hit: Fingerprint) -> str:
    """One pair as printed and as the fault prints it: "7.7364 @ 0.4985 (record 3, train; expected 7.7364)"."""
    loss, metric = hit.loss, hit.metric
    text = f"{value(loss)} @ {value(metric)}" if loss and metric else value(loss) if loss else ""
    place = record(loss) if loss else ""
    band = f" ± {hit.tolerance:.2g}" if hit.match == "exact" else ", within 0.6 %"
    expected = f"; expected {hit.expected['loss']:.4f}{band}"
    return f"{text} ({place}, {hit.split}{expected})"


def numbers(hit: Fingerprint) -> dict[str, object]:
    """One pair as evidence."""
    return {
        "split": hit.split,
        "record": hit.loss.record if hit.loss else None,
        "loss": hit.loss.value if hit.loss else None,
        "metric": hit.metric.value if hit.metric else None,
        "expected": dict(hit.expected),
        "tolerance": hit.tolerance,
        "errors": hit.errors,
    }


def total(hits: Sequence[Fingerprint]) -> int | None:
    """All errors together, None unless every split's are known."""
    known = [hit.errors for hit in hits if hit.errors is not None]
    return sum(known) if len(known) == len(hits) else None
