"""The ill half of the zoo: every fault beside the nearest healthy dump, which differs in the fault alone."""

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.tree import DecisionTreeClassifier

from tests.zoo import heads, trained
from tests.zoo.heads import sigmoid, softmax
from tests.zoo.specimen import Fault, Specimen
from tests.zoo.trained import EVEN, PREVALENCES, RARE, TAIL, cloud_split, head, logistic, network, shares, tag_split

BINARY = {"task": "binary"}
TAGS = {"task": "sigmoid"}
HARD = {"kind": "labels"}

Pair = tuple[Specimen, Specimen]


def rare(model, distance=3.0, **options) -> Specimen:
    """Probabilities of the rare class."""
    data = cloud_split(RARE, distance)
    return Specimen(model.predict_proba(data.x_test)[:, 1], data.y_test, {**BINARY, **options})


def classes(model, counts, distance, **options) -> Specimen:
    """Probabilities of all classes."""
    data = cloud_split(counts, distance)
    return Specimen(model.predict_proba(data.x_test), data.y_test, options)


def many(scores, **options) -> Specimen:
    return Specimen(scores, tag_split().y_test, {**TAGS, **options})


# nothing learnt


def no_signal() -> Pair:
    data = trained.noise_split(RARE)
    q = trained.clueless_logistic(RARE).predict_proba(data.x_test)[:, 1]
    return Specimen(q, data.y_test, BINARY), rare(logistic(RARE, 3.0))


def no_signal_for_three() -> Pair:
    data = trained.noise_split(TAIL)
    q = trained.clueless_logistic(TAIL).predict_proba(data.x_test)
    return Specimen(q, data.y_test), classes(logistic(TAIL, 2.0), TAIL, 2.0)


def overfit_to_noise() -> Pair:
    """A tree that knows every training row by heart, on features without a signal: certain, and at chance."""
    data, well = trained.noise_split(EVEN), cloud_split(EVEN, 3.0)
    ill = DecisionTreeClassifier(max_depth=12, random_state=0).fit(data.x, data.y)
    healthy = DecisionTreeClassifier(max_depth=12, random_state=0).fit(well.x, well.y)
    return (
        Specimen(_untied(ill.predict_proba(data.x_test)), data.y_test),
        Specimen(_untied(healthy.predict_proba(well.x_test)), well.y_test),
    )


def _untied(q):
    """Leaves with equal votes are broken by a trace of noise, as any average of models would."""
    mixed = 0.999 * q + 0.001 * np.random.default_rng(0).dirichlet(np.ones(q.shape[1]), len(q))
    return mixed / mixed.sum(axis=1, keepdims=True)


def truth_in_another_order() -> Pair:
    well = classes(logistic(EVEN, 2.0), EVEN, 2.0)
    return Specimen(well.scores, np.random.default_rng(0).permutation(well.truth)), well


def answers_drawn_by_lot() -> Pair:
    data = cloud_split(TAIL, 2.0)
    lot = np.random.default_rng(0).choice(3, size=len(data.y_test), p=shares(TAIL))
    return Specimen(lot, data.y_test, HARD), Specimen(logistic(TAIL, 2.0).predict(data.x_test), data.y_test, HARD)


# dead heads


def dead(loss: str) -> Pair:
    x = np.zeros_like(tag_split().x_test)
    return many(trained.dead_head(loss).scores(x)), many(head(loss).scores(tag_split().x_test))


def dead_behind_dropout() -> Pair:
    """What is left of the input is noise of a hundredth of a logit."""
    model, n = trained.dead_head("bce"), len(tag_split().x_test)
    noise = 0.005 * np.random.default_rng(0).standard_normal((n, len(PREVALENCES)))
    return many(sigmoid(model.biases + noise)), many(head("bce").scores(tag_split().x_test))


def dead_softmax() -> Pair:
    """A network that was fed one row again and again."""
    model, data = network(TAIL, 2.0), cloud_split(TAIL, 2.0)
    one = np.repeat(data.x_test[:1], len(data.x_test), axis=0)
    return Specimen(model.predict_proba(one), data.y_test), classes(model, TAIL, 2.0)


def some_dead_outputs() -> Pair:
    """Labels 4 to 11 have lost their weights, and their constants are below the cut."""
    model, x = head("bce"), tag_split().x_test
    weights = model.weights.copy()
    weights[:, 4:] = 0
    return many(sigmoid(x @ weights + model.biases)), many(model.scores(x))


# collapsed answers


def always_the_majority() -> Pair:
    data = cloud_split(TAIL, 2.0)
    return (
        Specimen(np.zeros(len(data.y_test), int), data.y_test, HARD),
        Specimen(logistic(TAIL, 2.0).predict(data.x_test), data.y_test, HARD),
    )


def always_no() -> Pair:
    data = cloud_split(RARE, 3.0)
    return (
        Specimen(np.zeros(len(data.y_test), int), data.y_test, HARD),
        Specimen(logistic(RARE, 3.0).predict(data.x_test), data.y_test, HARD),
    )


def weights_upside_down() -> Pair:
    """The frequent class weighted up, on features without a signal; the truth is not at hand, the priors are."""
    noise, data, options = trained.noise_split(TAIL), cloud_split(TAIL, 2.0), {"priors": shares(TAIL)}
    ill = LogisticRegression(class_weight={0: 1.0, 1: 0.1, 2: 0.01}).fit(noise.x, noise.y)
    return (
        Specimen(ill.predict_proba(noise.x_test), None, options),
        Specimen(logistic(TAIL, 2.0).predict_proba(data.x_test), None, options),
    )


def first_steps_without_truth() -> Pair:
    """The biases have begun to fall; the truth is not at hand, the priors are."""
    young, grown = first_steps_with_truth()
    options = {**TAGS, "priors": PREVALENCES[2:]}
    return Specimen(young.scores, None, options), Specimen(grown.scores, None, options)


def absolute_error() -> Pair:
    """The constant that minimises an absolute error is 0 for every label below one half."""
    x = tag_split(0.5).x_test
    ill = Specimen(head("absolute", 0.5).scores(x), None, {**TAGS, "priors": PREVALENCES})
    return ill, Specimen(head("bce").scores(tag_split().x_test), None, {**TAGS, "priors": PREVALENCES})


def everything_is_positive() -> Pair:
    """Weighted a hundred times too much, on features without a signal."""
    data = trained.noise_split(RARE)
    q = trained.clueless_logistic(RARE, 3000.0).predict_proba(data.x_test)[:, 1]
    return Specimen(q, data.y_test, BINARY), rare(logistic(RARE, 3.0, "balanced"))


def most_classes_never_trained() -> Pair:
    """The file of labels was cut off: classes 6 to 9 are in the head of the model and were never seen."""
    data = cloud_split(EVEN, 2.0)
    seen = data.y < 6
    model = MLPClassifier((16,), max_iter=1, random_state=0)
    model.partial_fit(data.x[seen], data.y[seen], classes=np.arange(10))
    for _ in range(30):
        model.partial_fit(data.x[seen], data.y[seen])
    return classes(model, EVEN, 2.0), classes(network(EVEN, 2.0), EVEN, 2.0)


# thresholds


def young_boosting() -> Pair:
    return rare(trained.few_stumps(RARE, 3.0)), rare(trained.boosting(RARE, 3.0))


def faint_signal() -> Pair:
    return rare(logistic(RARE, 1.0), 1.0), rare(logistic(RARE, 3.0))


def outvoted_tail() -> Pair:
    """Three classes, softmax, priors of the training: the head wins every row although the scores rank."""
    return (
        classes(trained.few_stumps(TAIL, 2.0), TAIL, 2.0, priors=shares(TAIL)),
        classes(trained.boosting(TAIL, 2.0), TAIL, 2.0, priors=shares(TAIL)),
    )


def first_steps_with_truth() -> Pair:
    """Ten steps of plain gradient descent on a modest signal, the ten rarer labels."""
    modest, clear = tag_split(1.0), tag_split()
    young = heads.descend(modest.x, modest.y, trained.slope("bce", modest.y), steps=10, rate=1.0)
    return (
        Specimen(young.scores(modest.x_test)[:, 2:], modest.y_test[:, 2:], TAGS),
        Specimen(head("bce").scores(clear.x_test)[:, 2:], clear.y_test[:, 2:], TAGS),
    )


def modest_signal_for_ten_labels() -> Pair:
    modest, clear = tag_split(1.0, 60_000), tag_split()
    return (
        Specimen(head("bce", 1.0).scores(modest.x_test)[:, 2:], modest.y_test[:, 2:], TAGS),
        Specimen(head("bce").scores(clear.x_test)[:, 2:], clear.y_test[:, 2:], TAGS),
    )


# wiring


def logits_as_probabilities() -> Pair:
    z = head("bce").logits(tag_split().x_test)
    return many(z), many(z, kind="logits")


def probabilities_as_logits() -> Pair:
    q = head("bce").scores(tag_split().x_test)
    return many(q, kind="logits"), many(q)


def sigmoid_twice() -> Pair:
    q = head("bce").scores(tag_split().x_test)
    return many(sigmoid(q)), many(q)


def sigmoid_twice_on_one_class() -> Pair:
    well = rare(logistic(RARE, 3.0))
    return Specimen(sigmoid(well.scores), None, BINARY), Specimen(well.scores, None, BINARY)


def softmax_twice() -> Pair:
    well = classes(logistic(EVEN, 3.0), EVEN, 3.0)
    return Specimen(softmax(well.scores), well.truth), well


def softmax_over_one_unit() -> Pair:
    well = rare(logistic(RARE, 3.0))
    return Specimen(softmax(well.scores[:, None])[:, 0], well.truth, BINARY), well


def column_of_the_negatives() -> Pair:
    well = rare(logistic(RARE, 3.0))
    return Specimen(1 - well.scores, well.truth, BINARY), well


def off_by_one() -> Pair:
    well = classes(logistic(EVEN, 2.0), EVEN, 2.0)
    return Specimen(np.roll(well.scores, 1, axis=1), well.truth), well


def ids_sorted_as_text() -> Pair:
    """Twelve classes whose columns come as 0, 1, 10, 11, 2, …: predicted labels only."""
    counts = (300,) * 12
    data = cloud_split(counts, 3.0)
    answers = logistic(counts, 3.0).predict(data.x_test)
    position = np.argsort(sorted(range(12), key=str))
    return Specimen(position[answers], data.y_test, HARD), Specimen(answers, data.y_test, HARD)


def two_columns_swapped() -> Pair:
    well = classes(logistic(EVEN, 3.0), EVEN, 3.0)
    order = [0, 1, 2, 7, 4, 5, 6, 3, 8, 9]
    return Specimen(well.scores[:, order], well.truth), well


def eight_bits_for_three_hundred_classes() -> Pair:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 300, 30_000)
    answers = np.where(rng.random(30_000) < 0.8, truth, rng.integers(0, 300, 30_000))
    wrapped = answers.astype(np.uint8)
    return (
        Specimen(wrapped, truth, {**HARD, "capacity": 256}),
        Specimen(answers.astype(np.uint16), truth, {**HARD, "capacity": 65_536}),
    )


# nothing to judge by


def rows_of_nan() -> Pair:
    """The loss diverged on some batches; the neighbour has lost four rows in a thousand."""
    well = classes(logistic(TAIL, 2.0), TAIL, 2.0)
    few, lots = well.scores.copy(), well.scores.copy()
    few[::250], lots[::20] = np.nan, np.nan
    return Specimen(lots, well.truth), Specimen(few, well.truth)


def buffer_not_filled() -> Pair:
    """The last third of the rows was never written."""
    well = classes(logistic(TAIL, 2.0), TAIL, 2.0)
    cut = well.scores.copy()
    cut[-len(cut) // 3 :] = 0
    return Specimen(cut, well.truth), well


def a_dozen_rows() -> Pair:
    well = classes(logistic(TAIL, 2.0), TAIL, 2.0)
    return Specimen(well.scores[:12], well.truth[:12]), well


FAULTS: dict[str, Fault] = {
    "no signal, one rare class": Fault(no_signal, "prior_only", ("prior-only-output",)),
    "no signal, three classes": Fault(no_signal_for_three, "prior_only", ("prior-only-output",)),
    "overfit to noise": Fault(overfit_to_noise, "prior_only", ("prior-only-output",)),
    "truth in another order": Fault(truth_in_another_order, "prior_only", ("prior-only-output", "truth-mismatch")),
    "answers drawn by lot": Fault(answers_drawn_by_lot, "prior_only", ("prior-only-output",)),
    "dead head, plain BCE": Fault(lambda: dead("bce"), "constant", ("constant-output",)),
    "dead head, balanced pos_weight": Fault(lambda: dead("balanced"), "constant", ("constant-output",)),
    "dead head, focal loss": Fault(lambda: dead("focal"), "constant", ("constant-output",)),
    "dead head, asymmetric loss": Fault(lambda: dead("asymmetric"), "constant", ("constant-output",)),
    "dead head behind dropout": Fault(dead_behind_dropout, "constant", ("constant-output",)),
    "dead softmax": Fault(dead_softmax, "constant", ("constant-output",)),
    "eight of twelve outputs dead": Fault(some_dead_outputs, "partial", ("constant-output", "partial-collapse")),
    "always the majority": Fault(always_the_majority, "single_class", ("single-class-collapse",)),
    "always no": Fault(always_no, "all_zero", ("all-zero-collapse",)),
    "weights upside down": Fault(weights_upside_down, "single_class", ("single-class-collapse",)),
    "first steps, no truth": Fault(first_steps_without_truth, "all_zero", ("all-zero-collapse",)),
    "first steps, with truth": Fault(first_steps_with_truth, "all_zero", ("all-zero-collapse",)),
    "absolute error, no truth": Fault(absolute_error, "all_zero", ("all-zero-collapse",)),
    "everything is positive": Fault(everything_is_positive, "all_one", ("all-one-collapse",)),
    "four of ten classes never trained": Fault(most_classes_never_trained, "partial", ("partial-collapse",)),
    "three stumps": Fault(young_boosting, "threshold", ("threshold-problem",)),
    "a faint signal": Fault(faint_signal, "threshold", ("threshold-problem",)),
    "the tail is outvoted": Fault(outvoted_tail, "threshold", ("threshold-problem", "prior-bias")),
    "a modest signal, ten labels": Fault(modest_signal_for_ten_labels, "threshold", ("threshold-problem",)),
    "logits as probabilities": Fault(logits_as_probabilities, "miswired", ("not-probabilities",)),
    "probabilities as logits": Fault(probabilities_as_logits, "miswired", ("not-probabilities",)),
    "sigmoid applied twice": Fault(sigmoid_twice, "miswired", ("not-probabilities",)),
    "sigmoid applied twice, one class": Fault(sigmoid_twice_on_one_class, "miswired", ("not-probabilities",)),
    "softmax applied twice": Fault(softmax_twice, "miswired", ("not-probabilities",)),
    "softmax over one unit": Fault(softmax_over_one_unit, "miswired", ("not-probabilities",)),
    "column of the negatives": Fault(column_of_the_negatives, "miswired", ("inverted-ranking",)),
    "classes off by one": Fault(off_by_one, "miswired", ("label-mapping",)),
    "ids sorted as text": Fault(ids_sorted_as_text, "miswired", ("label-mapping",)),
    "two columns swapped": Fault(two_columns_swapped, "miswired", ("label-mapping",)),
    "eight bits for 300 classes": Fault(eight_bits_for_three_hundred_classes, "miswired", ("narrow-dtype",)),
    "rows of NaN": Fault(rows_of_nan, "cannot_judge", ("bad-scores",)),
    "a buffer that was not filled": Fault(buffer_not_filled, "cannot_judge", ("tied-scores",)),
    "a dozen rows": Fault(a_dozen_rows, "cannot_judge", ("too-few-rows",)),
}
