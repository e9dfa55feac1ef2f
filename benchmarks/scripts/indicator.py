"""Counts, percentiles and pos_weight of 0/1 columns, as usually written."""

import sys

import numpy as np
import pandas as pd
from sklearn.utils.class_weight import compute_class_weight

path = sys.argv[1]
matrix = np.load(path) if path.endswith(".npy") else pd.read_csv(path).drop(columns="id").to_numpy()
counts = matrix.sum(axis=0)
print(np.percentile(counts / len(matrix), [1, 10, 20, 50, 80, 90, 99]))
print((len(matrix) - counts) / counts)
for column in range(matrix.shape[1]):
    print(compute_class_weight(class_weight="balanced", classes=np.array([0, 1]), y=matrix[:, column]))
