"""A tensor of another library, to objects in memory."""

from typing import Any

import numpy as np


class Tensor:
    """What a tensor of another library looks like."""

    def __init__(self, values: Any, fault: Exception | None = None) -> None:
        self.values, self.fault = np.asarray(values), fault
        self.ndim, self.shape = self.values.ndim, self.values.shape

    def __array__(self, dtype: Any = None, copy: Any = None) -> np.ndarray:
        if self.fault:
            raise self.fault
        return self.values

    def __iter__(self):
        return map(Tensor, self.values)

    def item(self) -> Any:
        return self.values.item()

    def tolist(self) -> Any:
        return self.values.tolist()
