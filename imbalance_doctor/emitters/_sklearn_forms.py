"""The fixed code around the literals of the scikit-learn target."""

BY_LABEL = """\
assert len(CLASS_WEIGHT) == len(CLASSES), "one weight per class"

# LogisticRegression(class_weight=CLASS_WEIGHT)
"""
BY_ROW = """\
assert len(CLASS_WEIGHT) == len(CLASSES), "one weight per class"

# Not as class_weight=, which looks for a label such as "01" under the integer 1; a weight per row:
# LogisticRegression().fit(X, y, sample_weight=[CLASS_WEIGHT[label] for label in y])
"""
BY_COLUMN = """\
assert len(CLASS_WEIGHT) == len(CLASSES), "one dict per column of Y, in the order of CLASSES"

# An estimator for each label:
# [LogisticRegression(class_weight=w).fit(X, Y[:, i]) for i, w in enumerate(CLASS_WEIGHT)]
# A multi-output tree or forest takes the list whole, but multiplies the weights of a row's labels.
"""

IMPORTS = "from sklearn.model_selection import FixedThresholdClassifier\n"

CUT = """\


# The estimator is trained without weights. Its posterior is cut here, where the offset has evidence
# for and against in balance; predict_proba stays what it was.
def with_cut(estimator):
    \"\"\"An estimator that predicts the class at index 1 from the posterior THRESHOLD on.\"\"\"
    return FixedThresholdClassifier(
        estimator, threshold=THRESHOLD, pos_label=POSITIVE, response_method="predict_proba"
    )


# with_cut(LogisticRegression()).fit(X, y)
"""
CUTS = """\
assert len(THRESHOLDS) == len(CLASSES), "one threshold per column of Y, in the order of CLASSES"


# The estimators are trained without weights. Each posterior is cut where the offset has evidence
# for and against in balance; predict_proba stays what it was.
def with_cut(estimator, threshold):
    \"\"\"An estimator that predicts a label from that posterior on, for a column of 0 and 1.\"\"\"
    return FixedThresholdClassifier(estimator, threshold=threshold, response_method="predict_proba")


# An estimator for each label:
# [with_cut(LogisticRegression(), t).fit(X, Y[:, i]) for i, t in enumerate(THRESHOLDS)]
"""
ARGMAX = """\
assert len(LOG_PRIOR) == len(CLASSES), "one offset per class"


# The estimator is trained without weights. Its columns stand in the order of classes_, so that the
# offsets are looked up by label.
def predict(estimator, X):
    \"\"\"The label whose posterior is largest after division by exp(LOG_PRIOR), for every row.\"\"\"
    offsets = np.array([LOG_PRIOR[label] for label in estimator.classes_.tolist()])
    # Up to a factor, which the largest does not feel: nothing overflows.
    scores = estimator.predict_proba(X) * np.exp(offsets.min() - offsets)
    return estimator.classes_[scores.argmax(axis=1)]


# predict(LogisticRegression().fit(X, y), X_new)
"""
