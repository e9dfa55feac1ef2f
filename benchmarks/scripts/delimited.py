"""Counts, percentiles and pos_weight of several labels in a cell, as usually written."""

import sys

import numpy as np
import pandas as pd
from sklearn.utils.class_weight import compute_class_weight

frame = pd.read_csv(sys.argv[1])
labels = frame["labels"].str.split("|").explode()
counts = labels.value_counts()
print(counts)
print(np.percentile(counts / len(frame), [1, 10, 20, 50, 80, 90, 99]))
print(((len(frame) - counts) / counts).to_dict())
labels = labels.dropna()
classes = np.unique(labels)
print(dict(zip(classes, compute_class_weight(class_weight="balanced", classes=classes, y=labels), strict=True)))
