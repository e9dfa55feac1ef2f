"""The loss rests on the number a model prints that learnt nothing from its input.

Why it matters: ln K is the loss of an even output over K classes, the prior entropy that of an output which is the
class frequencies whatever the input, and every weighted loss has such a floor of its own, given by the counts. A small
number on a rare label looks like success and is that floor: a mean BCE of 0.058 over 120 rare labels has learnt the
biases only. A metric that stands still at first and then learns is a remark, not a fault.

What to do: start on the prior floor instead of arriving there, with the output bias at ln(p/(1-p)), so that any further
fall is learning; then raise the learning rate, train longer and check that the inputs reach the model. Weights second.

Example: 120 labels on 55,000 samples: mean BCE 0.0579 is the mean entropy of the labels. With pos_weight (1-p)/p the
floor is 2 (1-p) ln 2, near 1.37; with the pair (1-p, p) it is 2 p (1-p) ln 2, which looks tiny.

Reference: log loss is proper, so its best constant is the prior; the table is `labels.floors` (`explain floors`).
"""

from collections.abc import Iterator

from ...model import Finding, HistoryProfile
from ...plugins import Rule, Severity
from ._wording import named, record, value

RULE = Rule("chance-plateau", "IMB305", Severity.WARNING)


def check(history: HistoryProfile) -> Iterator[Finding]:
    """One finding per loss that rests on a floor, and an info per metric that stood still at first and then learnt."""
    from ...history.courses import plateaus_at_start
    from ...history.faults import fault

    for hit in history.fingerprints:
        known = fault(hit.name)
        if known.kind != "floor" or hit.loss is None or hit.metric is None:
            continue
        floor = hit.expected["loss"]
        in_run = f"run {hit.run!r}: " if len(history.runs) > 1 else ""
        yield Finding(
            RULE,
            f"{in_run}the {hit.split} loss rests at {value(hit.loss)} beside {value(hit.metric)} ({record(hit.loss)}), "
            f"on {floor:.4g}, {known.title}: {known.meaning}",
            (),
            {
                "run": hit.run,
                "split": hit.split,
                "fingerprint": hit.name,
                "match": hit.match,
                "record": hit.loss.record,
                "loss": hit.loss.value,
                "metric": hit.metric.value,
                "floor": floor,
            },
            known.remedy,
        )
    for start in plateaus_at_start(history):
        yield Finding(
            RULE,
            f"{named(start.metric, history)} stood still from {record(start.first)} to {record(start.last)}, near "
            f"{start.first.value:.4g}, and learnt after that",
            (),
            {
                "run": start.metric.run,
                "metric": start.metric.name,
                "from_record": start.first.record,
                "to_record": start.last.record,
                "values": start.values,
            },
            "a prior bias, ln(p/(1-p)), and a warm-up shorten such a start",
            Severity.INFO,
        )
