"""Cross entropy that fades for samples the model already has right; alpha weighs the sides, gamma does not.

Formula:
    -alpha_t (1 - p_t)^gamma ln p_t        p_t the probability of the true side or class, sample by sample

    binary, multi-label   p = sigmoid(z); alpha from a scheme of kind pair, as `--scheme complement-pair`, or one number
                          for the positives, `--param alpha=0.25`, and 1 - alpha for the negatives; mean over elements
    one class per sample  p = softmax(z); alpha from a scheme of class weights; mean over samples, not over alpha

    No alpha unless asked for. It never enters p_t: weights inside the cross entropy that p_t is taken from make it
    p_t^w, and a mean taken before the power makes one p_t for the batch; both stand in well-known repositories.

Implied threshold:
    0.5 without alpha, whatever gamma. alpha_0 / (alpha_0 + alpha_1) with it: 0.75 for alpha 0.25, which weighs the
    positives down. Of two classes a is preferred from q_a / q_b = alpha_b / alpha_a on.

When it helps:
    A flood of easy negatives, as in dense detection: they stop outweighing the hard samples.

When it does not:
    As a correction of the threshold, which is alpha's doing. "alpha = inverse frequency" and gamma do not add up: gamma
    has weighed the easy majority down already. Outputs are not probabilities: gamma 2 pulls 0.01 to 0.154.

    A model that learnt nothing puts out, gamma 2, by prevalence:
        prevalence      0.5    0.1    0.01   0.001
        no alpha        0.5    0.306  0.154  0.0727
        alpha 0.25      0.399  0.227  0.108  0.0503
        alpha 0.75      0.601  0.399  0.214  0.104

Reference:
    Lin et al. (2017), Focal loss for dense object detection, ICCV (gamma 2, alpha 0.25, first bias -ln 99, the sum over
    anchors divided by the positive ones). Charoenphakdee et al. (2021), On focal loss for class-posterior probability
    estimation, CVPR.
"""

from ..errors import UsageError
from ..model import Recipe, Weights
from ..plugins import Loss
from . import _sigmoid_floor, _softmax_floor
from ._largest_logit import by_weight, unweighted

LOSS = Loss(
    "focal",
    {"binary": "uniform", "multiclass": "uniform", "multilabel": "uniform"},
    {"binary": "pair", "multilabel": "pair"},
)

# (1 - p)^gamma as exp(-gamma softplus), or of the log of the other classes: no power of zero, no logarithm of zero.
# -6e4 takes the true class out of a sum of exponentials and fits half precision.
_SIGMOID = """\
positive = @exp(-GAMMA * @softplus(logits)) * @softplus(-logits)
negative = @exp(-GAMMA * @softplus(-logits)) * @softplus(logits)
loss = {1}targets * positive + {0}(1 - targets) * negative
"""
_SOFTMAX = """\
true = @one_hot(targets, logits.shape[-1])
log_p = @log_softmax(logits, -1)
log_others = @logsumexp(@where(true > 0, -6e4, log_p), -1)
modulator = {alpha}@exp(GAMMA * log_others)
loss = -modulator * @sum(true * log_p, -1)
"""
NOTES = ("Outputs are not probabilities: GAMMA pulls them towards the even answer.",)


def recipe(weights: Weights, *, gamma: float = 2.0, alpha: float | None = None) -> Recipe:
    """The loss with per-sample p_t. Raises UsageError for a negative gamma, and an alpha that does not fit."""
    if gamma < 0:
        raise UsageError(f"gamma must be at least 0, not {gamma}", "2 is the value of the paper")
    if alpha is not None:
        check_alpha(alpha, weights)
    return softmax(weights, float(gamma)) if weights.task == "multiclass" else sigmoid(weights, float(gamma), alpha)


def check_alpha(alpha: float, weights: Weights) -> None:
    """Raises UsageError for more than one class, a second alpha, and what is not between 0 and 1."""
    if weights.task == "multiclass":
        raise UsageError("one alpha cannot weigh several classes", "use class weights, such as --scheme balanced")
    if weights.scheme != "uniform":
        raise UsageError(f"--scheme {weights.scheme} gives the alphas already", "leave --scheme or --param alpha out")
    if not 0 < alpha < 1:
        raise UsageError(f"alpha must be between 0 and 1, not {alpha}", "it weighs positives, 1 - alpha negatives")


def softmax(weights: Weights, gamma: float) -> Recipe:
    """One class per sample."""
    plain = weights.scheme == "uniform"
    total = sum(weights.counts)
    masses = [n / total * w for n, w in zip(weights.counts, weights.values, strict=True)]
    return Recipe(
        LOSS.name,
        "Focal loss of a softmax, p_t sample by sample",
        "indices",
        "sample",
        {"GAMMA": gamma} if plain else {"ALPHA": weights.values, "GAMMA": gamma},
        _SOFTMAX.replace("{alpha}", "" if plain else "@take(alpha, targets) * "),
        (unweighted if plain else by_weight)(weights),
        _softmax_floor.focal(masses, gamma),
        NOTES,
    )


def sigmoid(weights: Weights, gamma: float, alpha: float | None) -> Recipe:
    """Labels. `pairs` are the factors of the positive and of the negative term, by label."""
    one = weights.task == "binary"
    pairs = [(1.0, 1.0) if alpha is None else (alpha, 1 - alpha)] * len(weights.classes)
    if weights.values_negative is not None:
        pairs = list(zip(weights.values, weights.values_negative, strict=True))
    constants: dict[str, float | tuple[float, ...]] = {"GAMMA": gamma}
    spelled = {"1": "", "0": ""}
    if weights.values_negative is not None and not one:
        constants = {"ALPHA": weights.values, "ALPHA_NEGATIVE": weights.values_negative, **constants}
        spelled = {"1": "alpha * ", "0": "alpha_negative * "}
    elif pairs[-1] != (1.0, 1.0):
        constants = {"ALPHA": pairs[-1][0], "ALPHA_NEGATIVE": pairs[-1][1], **constants}
        spelled = {"1": "ALPHA * ", "0": "ALPHA_NEGATIVE * "}
    body = _SIGMOID.replace("{1}", spelled["1"]).replace("{0}", spelled["0"])
    sides = zip(pairs[1:] if one else pairs, _sigmoid_floor.rates(weights), strict=True)
    masses = [(a * p, b * rest) for (a, b), (p, rest) in sides]
    focal = _sigmoid_floor.focal
    return Recipe(
        LOSS.name,
        "Focal loss of sigmoids",
        "one-logit" if one else "columns",
        "element",
        constants,
        body,
        _sigmoid_floor.by_class(weights, [b / (a + b) if a + b else None for a, b in pairs[1 if one else 0 :]]),
        _sigmoid_floor.floor(lambda z: focal(z, gamma), lambda z: focal(-z, gamma), masses),
        NOTES,
    )
