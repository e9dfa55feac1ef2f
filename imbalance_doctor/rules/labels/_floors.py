"""Look-up in the table of what a model that learnt nothing would score."""

from ...model import LabelProfile


def floor(labels: LabelProfile, kind: str, quantity: str, model: str) -> float | None:
    """The floor of one loss or metric for one model that learnt nothing, None where it is not defined."""
    value = labels.floors.get(kind, {}).get(quantity, {}).get(model)
    return None if value is None else float(value)
