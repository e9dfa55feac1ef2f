"""The weights as Flair's `loss_weights`: a dict by label.

Where it goes:
    Into the constructor: `TextClassifier(embeddings, label_type=..., label_dictionary=..., loss_weights=LOSS_WEIGHTS)`,
    and so for SequenceTagger.

The trap:
    A label that is not listed weighs 1, and a name that the label dictionary does not know is left out without a word:
    keep the names as they stand in the corpus. Flair's labels are always strings. With multi_label=True the numbers go
    into `weight` of BCEWithLogitsLoss, which scales the positive and the negative term alike and moves no boundary.

It divides by:
    nothing: the loss is a sum, and the trainer divides it by the number of samples. The sample mean of the weights is a
    factor on the learning rate.
"""

from ..model import Weights
from ..plugins import Emitter
from ._labels import per_class
from ._literals import number, python_string
from ._python import head, names, numbers

_BOTH_TERMS = (
    "its loss_weights scale the positive and the negative term of a label alike, so the boundary does not move",
    "use --scheme pos-weight with --to pytorch, as the loss of a model of your own; or --to json for the numbers",
)

EMITTER = Emitter(
    "flair",
    ".py",
    fits={"class-weight": ("binary", "multiclass"), "pos-weight": ("binary",), "pair": ("binary",)},
    refuses={
        **dict.fromkeys(("multilabel", "multilabel offset", "multilabel margin"), _BOTH_TERMS),
        "multilabel repeat": (
            "its sampler, ImbalancedClassificationDatasetSampler, computes its own weights",
            "use --to json for the factors, and repeat the sentences of the corpus",
        ),
        "offset": ("its models take no offset on the logits", "use --scheme balanced"),
        "margin": ("its models take no margin on the logits", "use --scheme balanced"),
        "repeat": (
            "its sampler, ImbalancedClassificationDatasetSampler, computes its own weights",
            "use --scheme power",
        ),
    },
)


def emit(weights: Weights) -> str:
    """A Python module. The keys are strings, whatever they look like."""
    values = per_class(weights)
    rows = (
        f"    {python_string(name)}: {number(v)},  # {n}"
        for name, v, n in zip(weights.classes, values, weights.counts, strict=True)
    )
    top = head(weights, EMITTER.name, weights.kind in ("pos-weight", "pair"))
    table = "\n".join(["LOSS_WEIGHTS = {  # label: weight, number of samples", *rows, "}", USE])
    return top + "\n".join([names(weights), numbers("COUNTS", weights.counts), table])


USE = """\
assert len(LOSS_WEIGHTS) == len(CLASSES), "one weight per class"

# TextClassifier(embeddings, label_type="label", label_dictionary=labels, loss_weights=LOSS_WEIGHTS)
# A name that the dictionary does not know would be left out without a word:
# assert set(LOSS_WEIGHTS) <= set(labels.get_items())
"""
