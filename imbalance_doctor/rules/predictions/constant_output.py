"""The scores do not react to the input; the constant names the loss that trained the dead head.

Why it matters: no threshold, weight or calibration brings back what is not in the scores.

An output is constant when its standard deviation over the rows, in units of the logit, is below 0.0001, or for all
classes together below 1 % of the spread between the classes and nothing ranks. Where priors are known, the constant is
compared with what each loss settles at when it ignores the input: p under plain cross-entropy, 0.5 under balanced
weights or without any training, 0.154 at p = 0.01 under focal loss with gamma 2, 0.321 under the asymmetric loss.

What to do: check that the input reaches the head: learning rate too high or 0, dead ReLU, frozen or unloaded layers,
the same row repeated, features of one value. Then start from a bias of ln(p/(1-p)).

Example: 12 labels with p from 0.01 to 0.1, outputs 0.15 to 0.31 on every row: focal loss that never got past its
constant.

Reference: Lin et al. 2017 (focal), Ridnik et al. 2021 (asymmetric loss); the constants minimise
p L1(q) + (1 - p) L0(q).
"""

from collections.abc import Iterator, Sequence

from ...model import Finding, PredictionProfile, ScoreRow
from ...plugins import Rule, Severity
from .._wording import count, number, quote_all

RULE = Rule("constant-output", "IMB204", Severity.ERROR)


def check(predictions: PredictionProfile) -> Iterator[Finding]:
    """One finding for the verdict constant, or a warning for the classes that are constant while others react."""
    from ...predictions.expected import scored
    from ...predictions.skill import constant_classes
    from . import _due

    p = predictions
    if p.verdict in ("cannot_judge", "miswired"):
        return
    dead = scored(p) if p.verdict == "constant" else constant_classes(p)
    if not dead or (len(dead) == 1 and len(p.classes) == 1):
        return
    whole = p.verdict == "constant"
    outputs = [row.mean_probability or 0.0 for row in dead]
    losses = _losses(p, dead, outputs) if whole or p.task != "softmax" else []
    level = _due.span(outputs)
    what = "every output is" if whole else f"{len(dead):,} of {count(len(scored(p)), 'output')} ({_names(dead)})"
    what += "" if whole else " is" if len(dead) == 1 else " are"
    deviation = max(row.std or 0.0 for row in dead)
    named = f"; this is what a head without input settles at under {' or '.join(losses)}" if losses else ""
    yield Finding(
        RULE,
        f"{what} constant over {count(p.n_samples, 'row')} at {level} (deviation {number(deviation)}){named}",
        tuple(row.name for row in dead),
        {
            "constant": len(dead),
            "outputs": len(scored(p)),
            "lowest": min(outputs),
            "highest": max(outputs),
            "largest_std": deviation,
            "distinct_rows": p.distinct_rows,
            "losses": losses,
        },
        "check that the input reaches the head: learning rate, dead or frozen layers, one row repeated; then start "
        "from a bias of ln(p/(1-p))"
        + ("" if losses else "; --train-labels or --prior lets the constant name its loss"),
        Severity.ERROR if whole else Severity.WARNING,
    )


def _names(rows: Sequence[ScoreRow]) -> str:
    return quote_all(row.name for row in rows)


def _losses(p: PredictionProfile, rows: Sequence[ScoreRow], outputs: Sequence[float]) -> list[str]:
    """The losses that have this constant. Without priors only what needs none: even outputs."""
    from ...predictions.expected import answered, due
    from ._dead_outputs import explain, sigmoid_table, softmax_table

    expected, n = due(p), max(answered(p), 1)
    if expected.source in ("truth", "priors"):
        priors = [(expected.counts[row.index] or 0.0) / n for row in rows]
        inside = [(q, prior) for q, prior in zip(outputs, priors, strict=True) if 0 < prior < 1]
        table = softmax_table if p.task == "softmax" and len(inside) == len(rows) else sigmoid_table
        return explain([q for q, _ in inside], table([prior for _, prior in inside])) if inside else []
    even = 1 / len(rows) if p.task == "softmax" else 0.5
    near = max(abs(q - even) for q in outputs) < 0.01 * even
    return ["balanced weights, or no training at all"] if near else []
