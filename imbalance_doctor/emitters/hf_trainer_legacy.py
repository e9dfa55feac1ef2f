"""The weights as a Trainer of Hugging Face Transformers with its own `compute_loss`, for versions before 4.46.

Where it goes:
    In a module beside the training script, `imbalance-doctor weights labels.csv --to hf-trainer-legacy > imbalance.py`,
    then `ImbalanceTrainer(...)` in place of `Trainer(...)`. From 4.46 on the target hf-trainer is the better one.

What is emitted, by kind of scheme:
    class-weight   cross entropy with weights, the label -100 left out
    pos-weight     a BCE whose positive term has a factor, binary with one logit or the difference of two
    pair           a BCE with a factor for each of its two terms
    offset         the loss on logits + LOG_PRIOR, predictions from the bare logits; or the bias of the last layer
    margin         cross entropy with the margin taken from the logit of the true class

The trap:
    An override without `num_items_in_batch` fails in newer versions, and one that ignores it gets the gradient of
    accumulated steps wrong there. This one takes the number where it is given. Before 4.46 the Trainer divides by the
    steps itself, which is right for batches of one size. Weights go by index: `id2label` of the model must be in the
    order of CLASSES. The evaluation loss is weighted too.

It divides by:
    the number of items (labels that are not -100; in multi-label samples times labels), never by the weights: their
    sample mean is a factor on the learning rate.
"""

from ..model import Weights
from ..plugins import Emitter
from . import _hf_forms as forms

EMITTER = Emitter("hf-trainer-legacy", ".py", fits=forms.FITS, refuses=forms.REFUSES)


def emit(weights: Weights) -> str:
    """A Python module."""
    return forms.emit(weights, EMITTER.name, forms.TRAINER, forms.SUBCLASS)
