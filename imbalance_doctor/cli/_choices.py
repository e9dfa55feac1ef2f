"""Small checks of option values, each with an error that says what is allowed."""

from collections.abc import Sequence

from ..errors import EXIT_FINDINGS, EXIT_OK, UsageError
from ..model import Report
from ..plugins import Severity, unknown_name


def one_of(option: str, value: str, allowed: Sequence[str]) -> None:
    """Raise UsageError unless `value` is allowed."""
    if value not in allowed:
        raise unknown_name(f"value of {option}", value, list(allowed))


def among(option: str, text: str | None, allowed: Sequence[str]) -> tuple[str, ...]:
    """Comma-separated words, each of them allowed, `all` standing for every one. Raises UsageError otherwise."""
    words = tuple(word.strip() for word in text.split(",")) if text else ()
    for word in words:
        one_of(option, word, [*allowed, "all"])
    return tuple(allowed) if "all" in words else words


def numbers(option: str, text: str, low: float, high: float) -> tuple[float, ...]:
    """Comma-separated numbers between `low` and `high`. Raises UsageError otherwise."""
    try:
        values = tuple(float(part) for part in text.split(","))
    except ValueError:
        values = ()
    if not values or not all(low <= value <= high for value in values):
        raise UsageError(
            f"{option} {text!r} is not a list of numbers between {low:g} and {high:g}", "for example 1,50,99"
        )
    return values


def named_numbers(option: str, texts: Sequence[str]) -> dict[str, float]:
    """Numbers given as NAME=X. Raises UsageError for anything else."""
    found = {}
    for text in texts:
        name, _, value = text.partition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            raise UsageError(f"{option} {text!r} is not a name and a number", "for example --param mu=0.15") from None
    return found


def exit_code(report: Report, fail_on: str) -> int:
    """1 when a finding is at or above `fail_on`, else 0."""
    if fail_on == "never" or report.worst is None:
        return EXIT_OK
    return EXIT_FINDINGS if report.worst.rank >= Severity(fail_on).rank else EXIT_OK
