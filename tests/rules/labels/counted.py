"""Multi-label profiles from counts and a number of samples, without rows."""

from collections import Counter
from collections.abc import Mapping

from imbalance_doctor.labels.profile import build
from imbalance_doctor.labels.tally import LabelTally
from imbalance_doctor.model import LabelProfile, Layout


def multilabel(counts: Mapping[str, int], n_samples: int) -> LabelProfile:
    """The profile of a multi-label counts table with a stated number of samples."""
    tally = LabelTally(Counter(counts), n_rows=len(counts), n_samples=sum(counts.values()))
    return build(tally, Layout("counts"), n_samples=n_samples, task="multilabel", counts_only=True)
