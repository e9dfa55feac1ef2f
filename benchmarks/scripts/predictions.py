"""Per-class report and ranking of a multi-label dump, as usually written."""

import sys

import numpy as np
from sklearn.metrics import average_precision_score, classification_report, roc_auc_score

scores, truth = np.load(sys.argv[1]), np.load(sys.argv[2])
print(classification_report(truth, scores >= 0.5, zero_division=0))
print(roc_auc_score(truth, scores, average=None))
print(average_precision_score(truth, scores, average=None))
