"""One softmax over the labels and a second head that says how many to take: the top k are the prediction.

Formula:
    -(1/|y|) sum_(i in y) ln softmax(z)_i  -  ln softmax(u)_(min(|y|, M))        M = `max_labels`

    z are the first C outputs, one per label, with targets 1/|y|; u the last M + 1, for 0, 1 ... M labels, the last one
    meaning M or more. A row without labels teaches the second head alone.

Implied threshold:
    None: labels compete for k places. With k right, a label is taken when its q_i is among the k largest, rare or not;
    no label needs to pass 0.5, so a rare one is named where it leads, which sigmoids under BCE never do.

When it helps:
    Many labels, few per row, as in the text classifier of 120 labels that answers nothing: the softmax always ranks,
    and the ranking does not fall to all zero.

When it does not:
    Dense or independent labels: the softmax makes them rivals and forgets how sure it is of each. The count head, too,
    collapses to the most frequent count when it learns nothing; compare with a fixed k. The prior stays in the ranking;
    for balanced recall subtract ln share from z.

Reference:
    Mahajan et al. (2018), Exploring the limits of weakly supervised pretraining, ECCV (targets 1/k); Yang (2001), A
    study of thresholding strategies for text categorization, SIGIR (RCut); V2EX t/825206 for the two heads.
"""

import math

from ..errors import UsageError
from ..model import Recipe, Weights
from ..plugins import Loss

LOSS = Loss("softmax-top-k", {"multilabel": ""})

_BODY = """\
scores, sizes = logits[:, :LABELS], logits[:, LABELS:]
n = @sum(targets, -1)
log_p = @log_softmax(scores, -1)
label_loss = -@sum(targets * log_p, -1) / @where(n > 0, n, 1.0)
places = @cumsum(@ones_like(sizes), -1) - 1
true_place = @abs(places - @clip(n, 0, MAX_LABELS)[:, None]) < 0.5
size_loss = @sum(@where(true_place, -@log_softmax(sizes, -1), 0.0), -1)
loss = label_loss + size_loss
"""


def recipe(weights: Weights, *, max_labels: float | None = None) -> Recipe:
    """The loss of both heads. Raises UsageError when `max_labels` is not a whole number from 1 to the labels.

    Unless given it is four times the labels of a mean row, rounded up. The counts do not say how many labels stand
    together, so there is no floor to state.
    """
    labels = len(weights.classes)
    usual = min(labels, 4 * max(1, math.ceil(sum(weights.counts) / weights.n_samples)))
    asked = usual if max_labels is None else max_labels
    if not (1 <= asked <= labels and asked == int(asked)):
        hint = f"for example --param max_labels={usual}"
        raise UsageError(f"max_labels must be a whole number from 1 to {labels}, not {asked:g}", hint)
    most = int(asked)
    outputs = most + 1
    return Recipe(
        LOSS.name,
        "Softmax over the labels, and over how many of them there are",
        "columns",
        "sample",
        {"LABELS": labels, "MAX_LABELS": most},
        _BODY,
        (None,) * labels,
        None,
        (
            f"The last layer has {labels} + {outputs} outputs: one per label and one for each of 0 ... {most} labels.",
            f"Predict the k labels of the largest scores, k the position of the largest of the last {outputs}, from 0.",
        ),
        f"Logits (N, {labels + outputs}), targets (N, {labels}), 0/1, columns in the order of CLASSES",
    )
