"""The log is too short to judge the course of a run.

Why it matters: with fewer than five values a plateau cannot be told from a slow start, nor noise from a trend. What is
printed the same three times, a NaN, or a pair that equals a known constant are still found.

What to do: log more often (every evaluation or every n steps), or train longer, then look again.

Example: three epochs, loss 1.0957, 1.0711, 1.0328, starting near ln 3 = 1.0986: it moves, and no more can be said.

Reference: AUTOTRAINER and SageMaker Debugger judge over windows of five and more.
"""

from collections.abc import Iterator

from ...model import Finding, HistoryProfile
from ...plugins import Rule, Severity
from .._wording import count

RULE = Rule("too-short", "IMB314", Severity.INFO)


def check(history: HistoryProfile) -> Iterator[Finding]:
    """One info when nothing else could be judged: the verdict is `too_short`."""
    from ...history.pairs import SCORES

    if history.verdict != "too_short":
        return
    judged = [series for series in history.series if series.role in ("loss", *SCORES)]
    longest = max(judged, key=lambda series: series.n)
    yield Finding(
        RULE,
        f"{count(longest.n, 'value')} of {longest.name}, the longest of {count(len(judged), 'metric')}: too few to "
        "tell a plateau from a slow start",
        (),
        {"longest": longest.name, "values": longest.n, "metrics": len(judged)},
        "log every evaluation, or train longer, and look again",
    )
