"""Class names and weights that break careless writers. Every emitter and every report is fed all of them."""

NAMES: tuple[str, ...] = (
    "plain",
    "",
    " leading and trailing ",
    "quote \" and apostrophe '",
    "back\\slash",
    "new\nline",
    "carriage\rreturn",
    "tab\tstop",
    "comma, semicolon; pipe | and `tick`",
    "[red]markup[/red]",
    "src/[id].tsx",
    "[/x]",
    '"); import os; ("',
    "'''",
    '"""',
    "{x} %s ${y} {{z}}",
    "</script><b>bold</b>",
    "=1+1",
    "+1",
    "-1",
    "@cmd",
    "no",
    "null",
    "~",
    "1e3",
    "012",
    "12:30",
    "true",
    "NA",
    "nan",
    "# comment",
    "::set-output name=x::y",
    "emoji 😀",
    "e\u0301 and \u00e9",
    "\u202eright to left",
    "zero\u200bwidth",
    "\x1b[31mescape",
    "\x85next line \u2028 separator",
    "del\x7f",
    "日本語",
    "a" * 300,
)

VALUES: tuple[float, ...] = (
    1 / 3, 0.1, 1.0, 1e6, 1e-7, 2.0, 123456789.12345678, 543.5544554455446, 5e-324, 1.7976931348623157e308,
)  # fmt: skip


def values_for(n: int) -> tuple[float, ...]:
    """`n` weights that lose their last digit when printed carelessly."""
    return tuple(VALUES[i % len(VALUES)] if i < len(VALUES) else 1 / (i + 3) for i in range(n))
