"""The same by someone who reads one column and works on the counts."""

import sys

import numpy as np
import pandas as pd
from sklearn.utils.class_weight import compute_class_weight

path = sys.argv[1]
if path.endswith(".parquet"):
    labels = pd.read_parquet(path, columns=["label"])["label"]
elif path.endswith(".npy"):
    labels = pd.Series(np.load(path))
else:
    labels = pd.read_csv(path, usecols=["label"])["label"]
counts = labels.value_counts().sort_index()
print(np.percentile(counts / counts.sum(), [1, 10, 20, 50, 80, 90, 99]))
classes = np.arange(len(counts))
weights = compute_class_weight(class_weight="balanced", classes=classes, y=classes, sample_weight=counts.to_numpy())
print(dict(zip(counts.index, weights, strict=True)))
