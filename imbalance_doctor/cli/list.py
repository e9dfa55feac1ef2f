"""`list`: what is on a shelf."""

from typing import Annotated

import typer


def command(
    shelf: Annotated[str, typer.Argument(help="rules, schemes, losses, targets, readers, reports or topics.")],
) -> int:
    """List what is on a shelf: rules, schemes, losses, targets, readers, reports or topics."""
    from .. import topics
    from ._output import put

    put(topics.listing(shelf), None)
    return 0
