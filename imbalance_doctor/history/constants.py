"""The constants: what a known fault, or a model that learnt nothing, makes a loss print.

A loss that a fault has saturated is a straight line in the error rate e = 1 - accuracy: `Line`, loss = intercept +
slope · e. A lone number names no fault: 7.7125 is printed by tf.keras 2 at accuracy 0.5000 when every error is a missed
positive, and at 0.4970 when every error is a false alarm. The pair (loss, accuracy) tells them apart.

A loss whose model ignores its input stands on a floor, whatever the accuracy: `floors`, computed from the class counts
where they are known. Logarithms are natural, losses are means over samples.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from ..labels.boundary import all_positive_f1
from ..labels.floors import floors as table_of_floors
from ..model import ClassCounts

LN2 = math.log(2)
EPSILON_32 = 2.0**-23
"""The gap below 1 in single precision is this or half of it: 1 - 1e-7 is stored as 1 - 2^-23."""

SOFT = 0.006
"""The band of "compatible", relative: what partial batches and running averages explain."""
SHARP = 0.001
"""The widest interval, relative, in which a hit is called exact."""
CLIPPED = 10.0
"""A slope from here on is a clip: a log loss that charges this much for every error is certain of all of them."""

KERAS_2 = "keras2-bce"
KERAS_3 = "keras3-bce"
TORCH = "torch-bce"
CATEGORICAL = "categorical-saturation"
RAW_SPARSE = "sparse-ce-on-raw-outputs"
HARD = "hard-outputs"
DOUBLE_SOFTMAX = "softmax-before-cross-entropy"
DOUBLE_SIGMOID = "sigmoid-before-bce-with-logits"
NLL = "nll-on-probabilities"
ZERO = "one-unit-softmax"
UNIFORM = "uniform-output"
PRIOR = "prior-entropy"
ONE_CLASS_DICE = "one-class-dice"
SELF_ADJUSTING_DICE = "self-adjusting-dice"

CLASSES_WITHOUT_COUNTS = (*range(2, 11), 20, 100, 1000)
"""Numbers of classes that are tried where no label file says how many there are. ln K is dense for larger K."""


@dataclass(frozen=True)
class Line:
    """loss = intercept + slope · (1 - accuracy). `fault` is its name; `classes` the K it is for, where it has one."""

    fault: str
    intercept: float
    slope: float
    classes: int | None = None

    @property
    def name(self) -> str:
        """The fault, with the number of classes where the constant depends on it."""
        return self.fault if self.classes is None else f"{self.fault}-{self.classes}"

    def loss(self, error: float) -> float:
        """What the fault prints at an error rate."""
        return self.intercept + self.slope * error


@dataclass(frozen=True)
class Clip:
    """What a clipped log loss charges for a 1 that is answered 0 and for a 0 that is answered 1."""

    name: str
    false_negative: float
    false_positive: float

    @property
    def lines(self) -> tuple[Line, ...]:
        """One line where both cost the same, else one per side."""
        if self.false_negative == self.false_positive:
            return (Line(self.name, 0.0, self.false_negative),)
        return (
            Line(f"{self.name}-false-negatives", 0.0, self.false_negative),
            Line(f"{self.name}-false-positives", 0.0, self.false_positive),
        )


CLIPS: tuple[Clip, ...] = (
    Clip(KERAS_2, -math.log(1e-7 + 1e-7), -math.log(EPSILON_32 + 1e-7)),
    Clip(KERAS_3, -math.log(1e-7), -math.log(EPSILON_32)),
    Clip(TORCH, 100.0, 100.0),
    Clip("log-loss-float64", -math.log(2.0**-52), -math.log(2.0**-52)),
    Clip("log-loss-1e-15", -math.log(1e-15), -math.log(1e-15)),
    Clip("xgboost-logloss", -math.log(1e-16), -math.log(1e-16)),
    *(Clip(f"log-loss-1e-{n}", n * math.log(10), n * math.log(10)) for n in (5, 6, 8, 10, 12)),
)
"""Sources: keras 2.15 backend.py (clips to 1e-7, then adds 1e-7 again); Keras 3 and Keras 1 (clip only); torch BCELoss
(logarithms are held at -100); scikit-learn log_loss (eps of the dtype: single precision prints what Keras 3 charges a
false positive); LightGBM kEpsilon and scikit-learn before 1.3 (1e-15); XGBoost (1e-16); hand-written ones (the rest).
"""


def lines(counts: ClassCounts | None, *, categorical: bool = False) -> tuple[Line, ...]:
    """Every line to compare a (loss, accuracy) pair with, in the order in which equals are preferred.

    `categorical`: whether the log speaks of a softmax, where 16.1181 is a saturated softmax and not a missing sigmoid.
    """
    many = categorical or (counts is not None and counts.task == "multiclass")
    found = [line for clip in CLIPS for line in clip.lines]
    if many:
        found = [
            Line(CATEGORICAL, 0.0, line.slope) if line.name == f"{KERAS_3}-false-negatives" else line for line in found
        ]
    found.append(Line(HARD, 0.0, 1.0))
    for k in class_numbers(counts):
        found.append(Line(RAW_SPARSE, math.log(k), -math.log(1e-7), k))
        found.append(Line(DOUBLE_SOFTMAX, double_softmax(k)[0], 1.0, k))
    found.append(Line(DOUBLE_SIGMOID, double_sigmoid(1.0), LN2 - double_sigmoid(1.0)))
    found.append(Line(NLL, -1.0, 1.0))
    found.append(Line(ZERO, 0.0, 0.0))
    return tuple(found)


def class_numbers(counts: ClassCounts | None) -> Iterable[int]:
    """The numbers of classes K that come into question."""
    if counts is None:
        return CLASSES_WITHOUT_COUNTS
    return (len(counts.names),) if len(counts.names) > 1 and counts.task != "multilabel" else ()


def double_softmax(k: int) -> tuple[float, float]:
    """Cross-entropy of softmax(softmax(z)) on K classes, saturated: (right, wrong) = ln(e + K - 1) - 1 and + 0."""
    wrong = math.log(math.e + k - 1)
    return wrong - 1, wrong


def double_sigmoid(p: float) -> float:
    """The least that BCE-with-logits of sigmoid(z) can print at prevalence p: (1-p) ln 2 + p ln(1 + 1/e)."""
    return (1 - p) * LN2 + p * math.log1p(math.exp(-1))


def one_class_dice(k: int) -> float:
    """Dice loss, mean over K classes, of a model that answers one class everywhere that is there: 1 - 1/K at best."""
    return 1 - 1 / k


SELF_ADJUSTING_FLOORS = (0.8, 1 / 3)
"""The least of self-adjusting Dice (Li et al. 2020) at p = 0.5: in a widespread PyTorch port, and with alpha 1, gamma
1. Its minimum lies at p = 1 / (1 + alpha), so standing there is its design."""


def floors(counts: ClassCounts | None) -> dict[str, float]:
    """Losses of a model that ignores its input, by name. Without counts ln K alone, for the usual numbers of classes.

    With counts the table of `labels.floors`: `<loss>-prior` is the best constant under that loss, `<loss>-uniform` the
    output 1/K or 0.5. `prior-entropy` is the plain one, mean_k H(p_k) where a sample may carry several labels.
    """
    if counts is None:
        return {f"{UNIFORM}-{k}": math.log(k) for k in CLASSES_WITHOUT_COUNTS}
    if not counts.n_assignments or not counts.n_samples:
        return {}
    losses = table_of_floors(counts, None, None)["losses"]
    plain = "bce_mean" if counts.task == "multilabel" else "cross_entropy"
    named = {PRIOR: losses[plain]["prior"], UNIFORM: losses[plain]["uniform"]}
    for loss, row in losses.items():
        named |= {f"{loss.replace('_', '-')}-{predictor}": row[predictor] for predictor in ("prior", "uniform")}
    found: dict[str, float] = {}
    for name, value in named.items():
        # several losses share a floor, and a floor of 0 is that of labels without anything to learn
        if value is not None and value > 0 and value not in found.values():
            found[name] = value
    return found


def constant_answers(counts: ClassCounts | None) -> dict[str, dict[str, float]]:
    """What accuracy and F1 print for a model that always gives the same answer, by answer.

    The answers are the class names, or "all zero" for label sets. Keys: `accuracy` (of the label cells for label
    sets), `macro_f1` = 2p / (1 + p) / K, `weighted_f1`, and `f1` of the second of two classes.
    """
    if counts is None or not counts.n_samples or not counts.n_assignments:
        return {}
    if counts.task == "multilabel":
        accuracy = table_of_floors(counts, None, None)["metrics"]["element_accuracy"]["all_zero"]
        return {} if accuracy is None else {"all zero": {"accuracy": accuracy}}
    total, k = counts.n_assignments, len(counts.names)
    found = {}
    for index, (name, n) in enumerate(zip(counts.names, counts.counts, strict=True)):
        if not n or n == total:
            continue
        f1 = all_positive_f1(n, total - n)
        found[name] = {"accuracy": n / total, "macro_f1": f1 / k, "weighted_f1": f1 * n / total}
        if k == 2 and index == 1:
            found[name]["f1"] = f1
    return found
