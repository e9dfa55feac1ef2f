"""The weights as a `compute_loss_func` for the Trainer of Hugging Face Transformers, from 4.46 on.

Where it goes:
    In a module beside the training script, `imbalance-doctor weights labels.csv --to hf-trainer > imbalance.py`, then
    `Trainer(..., compute_loss_func=compute_loss_func)`. Sequence and token classification, one label or several.

What is emitted, by kind of scheme:
    class-weight   cross entropy with weights, the label -100 left out
    pos-weight     a BCE whose positive term has a factor, binary with one logit or the difference of two
    pair           a BCE with a factor for each of its two terms
    offset         the loss on logits + LOG_PRIOR, predictions from the bare logits; or the bias of the last layer
    margin         cross entropy with the margin taken from the logit of the true class

The trap:
    With a loss function of one's own the Trainer no longer divides by the steps of gradient accumulation. A function
    that returns a mean makes the loss as many times too large; this one returns the sum over `num_items_in_batch`, the
    items of all steps together. That parameter is mandatory. Weights go by index: `id2label` of the model must be in
    the order of CLASSES. `label_smoothing_factor` has no effect beside it, and the evaluation loss is weighted too.

It divides by:
    the number of items (labels that are not -100; in multi-label samples times labels), never by the weights: their
    sample mean is a factor on the learning rate.
"""

from ..model import Weights
from ..plugins import Emitter
from . import _hf_forms as forms

EMITTER = Emitter("hf-trainer", ".py", fits=forms.FITS, refuses=forms.REFUSES)


def emit(weights: Weights) -> str:
    """A Python module."""
    return forms.emit(weights, EMITTER.name, forms.IMPORTS, forms.FUNCTION)
