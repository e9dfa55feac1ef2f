"""Every score of a label on the row above 0, every other one below: softmax for several labels, without a sigmoid.

Formula:
    ln(1 + sum over the labels not on the row of e^z) + ln(1 + sum over the labels on the row of e^-z)

    The mean over rows. Name the labels with z > 0.

Implied threshold:
    With one label it is binary cross entropy: 0.5. With more it falls with the number of rivals that share the rest of
    the posterior: one label a row and an even rest, 0.5 with 1 rival, 0.35 with 9, 0.21 with 119. None in general.

When it helps:
    Multi-label networks with many labels and few of them on a row, and no wish to tune weights: a row's gradient is
    shared among its labels, however many negatives there are.

When it does not:
    It is not immune to imbalance, as is sometimes said: without signal its best output names nothing, as plain BCE's.
    Nor do its scores give probabilities: s(2z) is right for fixed soft targets only. Never put a sigmoid or softmax
    before it.

Reference:
    Su Jianlin (2020), kexue.fm 7359. Su et al. (2022), ZLPR: a novel loss for multi-label classification,
    arXiv:2208.02955.
"""

import math

from ..model import Recipe, Weights
from ..plugins import Loss
from ._sigmoid_floor import rates
from ._zlpr_floor import even_rest, one_label_floor

LOSS = Loss("zlpr", dict.fromkeys(("multiclass", "multilabel"), ""))

BODY = """\
{on}# exp(FAR) is 0: the labels that a sum leaves out
negative = @softplus(@logsumexp(@where(on, FAR, logits), -1))
positive = @softplus(@logsumexp(@where(on, -logits, FAR), -1))
loss = negative + positive
"""
ON = {"multiclass": "on = @one_hot(targets, logits.shape[-1]) > 0\n", "multilabel": "on = targets > 0.5\n"}
FAR = -1e4
"""Far below any exponent that counts, and still a number in half precision."""


def recipe(weights: Weights) -> Recipe:
    """The loss for any counts.

    With one class per sample its floor is exact; with several it depends on which labels come together, and the notes
    have a bound from the counts alone: 2 ln(1 + sum of sqrt(p (1-p))), by Jensen's inequality at z = ln(p/(1-p)) / 2.
    """
    single = weights.task == "multiclass"
    k = len(weights.classes)
    bound = 2 * math.log1p(math.fsum(math.sqrt(p * rest) for p, rest in rates(weights)))
    notes = ["Name the classes with a score above 0. The scores are not log-odds."]
    if single:
        notes.append(
            f"A score is above 0 from a posterior of {even_rest(k):.4g} on, where the others share the rest evenly."
        )
    else:
        notes.append(f"The best constant output costs at most {bound:.6g}: above it, nothing has been learnt.")
    return Recipe(
        LOSS.name,
        "ZLPR: the scores of the labels on a row above 0, all others below",
        "indices" if single else "columns",
        "sample",
        {"FAR": FAR},
        BODY.replace("{on}", ON[weights.task]),
        (0.5 if k <= 1 + single else None,) * k,
        one_label_floor(weights.counts) if single else None,
        tuple(notes),
    )
