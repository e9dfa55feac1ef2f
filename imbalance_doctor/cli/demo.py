"""`demo`: the 120-label story, from counts to diagnosis to weights."""

import typer

STORY = """\
A BERT with 120 sigmoid outputs, about 55,000 texts, one to a few labels each. The loss falls epoch after epoch,
accuracy per element is above 98 %, and every output is zero. What do the 120 counts say?

"""
EMIT = """
The same as numbers to paste, gentle weights for a fixed 0.5 cut:
  imbalance-doctor weights counts.txt --n-samples 55000 --scheme pos-weight --cap 20 --to pytorch
"""


def command(top: int = typer.Option(6, min=1, help="Classes shown.")) -> int:
    """Show the 120-label story: a multi-label model that answers nothing while its loss keeps falling."""
    from .. import doctor, stories
    from ..labels.layout import Wishes
    from ..plugins import reports
    from ._output import ascii_only, colour, put
    from ._terminal import columns

    counts = {str(index): n for index, n in enumerate(stories.counts_120())}
    request = doctor.LabelRequest(wishes=Wishes(n_samples=stories.N_SAMPLES))
    report = doctor.analyze(counts, request)
    render = reports().find("text").verb
    text = render(report, top=top, width=columns(), colour=colour("auto"), ascii_only=ascii_only())
    put(STORY + text + EMIT, None)
    return 0
