"""Cross entropy with a weight for the class of each sample, the mean taken over the weights of the batch.

Formula:
    sum_i w_(t_i) (-ln softmax(z_i)_(t_i)) / sum_i w_(t_i)        t_i the true class of sample i

    What torch.nn.CrossEntropyLoss(weight=...) computes: the scale of the weights cancels. Keras' `class_weight` divides
    by the number of samples instead, so there the scale acts as a factor of the learning rate. Binary: two logits.

Implied threshold:
    Class a is preferred to b from q_a / q_b = w_b / w_a on; with two classes from the posterior w_0 / (w_0 + w_1) of
    class 1. Balanced weights: from its own prior on, where the others share the rest as their counts do.

When it helps:
    Linear and small models, balanced accuracy or macro recall, a decision by the largest logit.

When it does not:
    Networks that separate their training data, where the effect fades (Byrd and Lipton 2019). In a batch of one sample
    or of one class the weights cancel altogether, also under gradient accumulation. Outputs are no longer posteriors.

Reference:
    PyTorch, torch.nn.CrossEntropyLoss; Elkan (2001), The foundations of cost-sensitive learning, IJCAI.
"""

from ..model import Recipe, Weights
from ..plugins import Loss
from ._largest_logit import by_weight
from ._softmax_floor import entropy

LOSS = Loss("weighted-cross-entropy", {"binary": "balanced", "multiclass": "balanced"})

_BODY = """\
log_p = @take_along_axis(@log_softmax(logits, -1), targets[:, None], -1)[:, 0]
weight = @take(weights, targets)
loss = -@sum(weight * log_p) / @sum(weight)
"""
NOTES = (
    "The mean divides by the weights of the batch, as torch.nn.CrossEntropyLoss(weight=...) does:",
    "their scale cancels, and a batch of one sample or of one class is not weighted at all.",
    "Keras class_weight divides by the batch size instead, so there the scale acts as a learning rate.",
)


def recipe(weights: Weights) -> Recipe:
    """The loss with class weights, one logit per class. The floor is that of the whole data in one batch."""
    return Recipe(
        LOSS.name,
        "Cross entropy over the weights of the batch",
        "indices",
        "batch",
        {"WEIGHTS": weights.values},
        _BODY,
        by_weight(weights),
        entropy([n * w for n, w in zip(weights.counts, weights.values, strict=True)]),
        NOTES,
    )
