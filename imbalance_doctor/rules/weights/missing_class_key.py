"""A class has no weight among the keys.

Why it matters: Keras, scikit-learn, LightGBM and Flair take 1.0 for it and say nothing. Beside weights that are not
scaled to a mean of one, that is a large weight or a tiny one by accident. CatBoost and others stop with an error.

What to do: name every class. Keys must be spelt as the labels are: "1" and "1.0" and " 1" are three classes.

Example: {0: 1, 1: 50} for the classes 0, 1, 2 in Keras: class 2 weighs 1.0, on tf.data too unless its id is the
largest.

Reference: keras-team/keras, issue 23220; scikit-learn, class_weight of a fitted estimator.
"""

from collections.abc import Iterator

from ...model import Finding, GivenProfile
from ...plugins import Rule, Severity
from .._wording import count, quote_all

RULE = Rule("missing-class-key", "IMB415", Severity.ERROR)


def check(weights: GivenProfile) -> Iterator[Finding]:
    """One finding: an error, or a warning where the framework goes on with a weight of 1."""
    missing = weights.missing
    if not missing:
        return
    filled = weights.values is not None
    name = weights.given.framework
    what = f"{count(len(missing), 'class has', 'classes have')} no key: {quote_all(missing)}"
    yield Finding(
        RULE,
        f"{what}; {name} takes 1.0 and says nothing" if filled else what,
        missing[:1000],
        {"missing": len(missing), "keys": len(weights.given.names or ()), "taken": 1.0 if filled else None},
        "name every class, spelt as in the labels",
        Severity.WARNING if filled else None,
    )
