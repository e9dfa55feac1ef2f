"""`explain`: the documentation of one unit, or of an idea."""

from typing import Annotated

import typer


def command(
    name: Annotated[str, typer.Argument(help="A code, a rule, a scheme, a target, a reader, or a topic.")],
) -> int:
    """Explain a code, rule, scheme, target, reader or topic: why it matters, formula, example, reference."""
    from .. import topics
    from ._output import put

    put(topics.explain(name) + "\n", None)
    return 0
