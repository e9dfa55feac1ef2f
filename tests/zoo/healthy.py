"""The healthy half of the zoo: models that look suspicious to a careless examiner and are not ill."""

from collections.abc import Callable

import numpy as np

from tests.zoo import trained
from tests.zoo.specimen import Specimen
from tests.zoo.trained import EVEN, PREVALENCES, RARE, TAIL, cloud_split, head, logistic, network, shares, tag_split


def probabilities(model, counts, distance, **options) -> Specimen:
    data = cloud_split(counts, distance)
    return Specimen(model.predict_proba(data.x_test), data.y_test, options)


def positives(model, counts, distance, *, truth=True, **options) -> Specimen:
    data = cloud_split(counts, distance)
    q = model.predict_proba(data.x_test)[:, 1]
    return Specimen(q, data.y_test if truth else None, {"task": "binary", **options})


def perfect_answers() -> Specimen:
    y = cloud_split(TAIL, 2.0).y_test
    return Specimen(y, y, {"kind": "labels"})


def perfect_scores() -> Specimen:
    y = cloud_split(TAIL, 2.0).y_test
    return Specimen(np.eye(3)[y], y)


def nothing_to_find() -> Specimen:
    """A detector on a day without a case: it says no, and rightly."""
    data = cloud_split(RARE, 3.0)
    calm = data.y_test == 0
    return Specimen(logistic(RARE, 3.0).predict_proba(data.x_test[calm])[:, 1], data.y_test[calm], {"task": "binary"})


def few_are_due() -> Specimen:
    """Two hundred rows of a class on one in a thousand: none is expected, none is found, no truth."""
    x = cloud_split(RARE, 3.0).x_test[cloud_split(RARE, 3.0).y_test == 0][:200]
    return Specimen(logistic(RARE, 3.0).predict_proba(x)[:, 1], None, {"task": "binary", "priors": (0.999, 0.001)})


def one_class() -> Specimen:
    """A detector of one class: boxes that all carry its name."""
    return Specimen(np.zeros(500, int), None, {"kind": "labels", "classes": ("balloon",)})


def mostly_one_class() -> Specimen:
    """99.2 % of the truth is one class, and the model says so."""
    counts = (5952, 32, 16)
    return probabilities(logistic(counts, 5.0), counts, 5.0)


def network_logits() -> Specimen:
    """Log-probabilities shifted by a number per row, at a temperature of 3: softmax does not mind the shift."""
    data = cloud_split(EVEN, 2.0)
    logs = np.log(network(EVEN, 2.0).predict_proba(data.x_test))
    shift = np.random.default_rng(0).normal(0, 20, (len(logs), 1))
    return Specimen(3 * logs + shift, data.y_test, {"kind": "logits"})


def small_margins() -> Specimen:
    """Ten even classes after three stumps a class: the scores hardly leave 0.1 and their order is right."""
    return probabilities(trained.few_stumps(EVEN, 3.0), EVEN, 3.0)


def tags(**options) -> Specimen:
    return Specimen(
        trained.one_vs_rest().predict_proba(tag_split().x_test), tag_split().y_test, {"task": "sigmoid", **options}
    )


def half_precision() -> Specimen:
    data = cloud_split(TAIL, 2.0)
    return Specimen(logistic(TAIL, 2.0).predict_proba(data.x_test).astype(np.float16), data.y_test)


def thousand_classes() -> Specimen:
    """Fifty rows a class; the answers are spread unevenly, from a few to a hundred."""
    rng = np.random.default_rng(0)
    truth = np.repeat(np.arange(1000), 50)
    wrong = rng.choice(1000, size=len(truth), p=rng.dirichlet(np.full(1000, 2.0)))
    return Specimen(np.where(rng.random(len(truth)) < 0.73, truth, wrong), truth, {"kind": "labels"})


HEALTHY: dict[str, Callable[[], Specimen]] = {
    "logistic regression, ten even classes": lambda: probabilities(logistic(EVEN, 2.0), EVEN, 2.0),
    "logistic regression, a long tail": lambda: probabilities(logistic(TAIL, 2.0), TAIL, 2.0, priors=shares(TAIL)),
    "logistic regression, one rare class": lambda: positives(logistic(RARE, 3.0), RARE, 3.0),
    "the same without truth": lambda: positives(logistic(RARE, 3.0), RARE, 3.0, truth=False),
    "the same with priors": lambda: positives(logistic(RARE, 3.0), RARE, 3.0, truth=False, priors=shares(RARE)),
    "balanced weights": lambda: positives(logistic(RARE, 2.0, "balanced"), RARE, 2.0),
    "linear SGD": lambda: positives(trained.linear_sgd(RARE, 3.0), RARE, 3.0),
    "network": lambda: probabilities(network(TAIL, 2.0), TAIL, 2.0),
    "network, logits": network_logits,
    "forest": lambda: probabilities(trained.forest(EVEN, 3.0), EVEN, 3.0),
    "boosting": lambda: probabilities(trained.boosting(TAIL, 2.0), TAIL, 2.0),
    "boosting, nearly perfect": lambda: probabilities(trained.boosting(TAIL, 6.0), TAIL, 6.0),
    "one-vs-rest tags": tags,
    "one-vs-rest tags, no truth": lambda: Specimen(tags().scores, None, {"task": "sigmoid", "priors": PREVALENCES}),
    "focal head": lambda: Specimen(head("focal").scores(tag_split().x_test), tag_split().y_test, {"task": "sigmoid"}),
    "small margins in the right order": small_margins,
    "half precision": half_precision,
    "perfect answers": perfect_answers,
    "perfect scores": perfect_scores,
    "nothing to find": nothing_to_find,
    "few are due": few_are_due,
    "one class": one_class,
    "mostly one class": mostly_one_class,
    "a thousand classes": thousand_classes,
}
