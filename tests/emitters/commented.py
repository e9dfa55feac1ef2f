"""The calls that emitted Python shows in comments, to be run as a user would paste them."""


def call(text: str, start: str) -> str:
    """The one commented line of the text that starts so, without its comment sign."""
    (line,) = [row[2:] for row in text.splitlines() if row.startswith(f"# {start}")]
    return line


def run(text: str, start: str, **names: object) -> dict[str, object]:
    """What the module and these names define, `found` being the value of the commented call."""
    namespace: dict[str, object] = dict(names)
    exec(f"{text}found = {call(text, start)}", namespace)  # noqa: S102
    return namespace
