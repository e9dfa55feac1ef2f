"""The nouns of reading a dump: what the user wishes, and which column plays which part."""

from dataclasses import dataclass

from ..labels.layout import Reading

LAYOUTS = ("matrix", "vector", "column", "list", "long")


@dataclass(frozen=True)
class Wishes:
    """What the user said about the dump. None: find out. `scores` are patterns of column names, comma separated."""

    layout: str | None = None
    scores: str | None = None
    label: str | None = None
    truth: str | None = None
    id: str | None = None
    kind: str | None = None
    task: str | None = None
    threshold: float | None = None
    classes: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Roles:
    """The decision. `scores` are columns of scores, one per class; `classes` their class names, None when unnamed.

    `listed`: the one column of scores holds lists. `label`: the column of predicted labels, where there are no scores,
    or the column of classes in the long layout, which has one column of scores beside it. `labels` reads predicted
    labels: those of the column, or columns of 0 and 1.
    """

    reason: str
    scores: tuple[str, ...] = ()
    classes: tuple[str, ...] | None = None
    listed: bool = False
    label: str | None = None
    labels: Reading | None = None
    truth: tuple[str, ...] = ()
    id: str | None = None

    @property
    def taken(self) -> tuple[str, ...]:
        """The columns of scores and of predicted labels."""
        more = self.labels.columns if self.labels is not None else ()
        return (*self.scores, *([] if self.label is None else [self.label]), *more)

    @property
    def long(self) -> bool:
        """One row per sample and class."""
        return self.label is not None and bool(self.scores)
