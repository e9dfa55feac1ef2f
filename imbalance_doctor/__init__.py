"""imbalance-doctor: a doctor for classifiers trained on imbalanced labels."""

__version__ = "0.1.0"
