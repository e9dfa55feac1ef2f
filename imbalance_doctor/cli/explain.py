"""`explain`: the documentation of one unit, or of an idea."""

import sys
from typing import Annotated

import typer


def command(
    name: Annotated[str, typer.Argument(help="A code, a rule, a scheme, a loss, a target, a reader, or a topic.")],
) -> int:
    """Explain a code, rule, scheme, loss, target, reader or topic: why it matters, formula, example, reference."""
    from .. import topics
    from ._output import put
    from ._reflow import narrowed
    from ._terminal import columns

    text = topics.explain(name)
    put((narrowed(text, columns()) if sys.stdout.isatty() else text) + "\n", None)
    return 0
