"""Counts, percentiles and balanced weights of one label column, as usually written."""

import sys

import numpy as np
import pandas as pd
from sklearn.utils.class_weight import compute_class_weight

path = sys.argv[1]
if path.endswith(".parquet"):
    labels = pd.read_parquet(path)["label"]
elif path.endswith(".npy"):
    labels = pd.Series(np.load(path))
else:
    labels = pd.read_csv(path)["label"]
counts = labels.value_counts()
print(counts)
print(np.percentile(counts / counts.sum(), [1, 10, 20, 50, 80, 90, 99]))
classes = np.unique(labels)
print(dict(zip(classes, compute_class_weight(class_weight="balanced", classes=classes, y=labels), strict=True)))
