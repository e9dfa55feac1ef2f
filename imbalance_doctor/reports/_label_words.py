"""An examination of labels in words: the verdict, and how the input was read."""

from ..model import LabelProfile
from ._numbers import conserved, count, counted, ratio
from ._safe import shown
from ._section import Fact

TASK_WORDS = {"binary": "binary", "multiclass": "multi-class", "multilabel": "multi-label"}
LAYOUT_WORDS = {
    "column": "one label a row",
    "delimited": "several labels in a cell",
    "indicator": "one 0/1 column for each class",
    "long": "one row for each sample-label pair",
    "counts": "counts of classes",
}


def verdict(labels: LabelProfile) -> str:
    """The examination in one line."""
    classes = counted(len(labels.classes), "class")
    empty = len(labels.classes) - labels.n_present
    parts = [f"{classes} ({count(empty)} empty)" if empty else classes, counted(labels.n_samples, "sample")]
    parts.append(TASK_WORDS[labels.task])
    largest_over_smallest = labels.measures.get("imbalance_ratio")
    if largest_over_smallest is not None:
        parts.append(f"ratio {ratio(largest_over_smallest)} : 1")
    return " · ".join(parts)


def reading(labels: LabelProfile) -> list[Fact]:
    """How the labels were understood; every row accounted for."""
    layout = labels.layout
    column = f', column "{shown(layout.column)}"' if layout.column is not None else ""
    split = f', separated by "{layout.separator}"' if layout.separator is not None else ""
    because = f": {layout.reason}" if layout.reason else ""
    understood = ("as", f"{LAYOUT_WORDS[layout.kind]}{column}{split}{because}")
    return [understood, *(("note", note) for note in layout.notes), ("rows", rows(labels))]


def rows(labels: LabelProfile) -> str:
    """The conservation line: no row is lost without a word."""
    pairs = counted(labels.counts.n_assignments, "label assignment")
    if labels.counts_only:
        return f"{counted(labels.n_rows, 'row')} of counts: {counted(labels.n_samples, 'sample')}, {pairs}"
    kinds = [(labels.n_samples, "counted"), (labels.n_missing, "missing"), (labels.n_ignored, "ignored")]
    kinds.append((labels.n_rejected, "rejected"))
    text = conserved(labels.n_rows, kinds)
    if labels.task == "multilabel":
        text += f"; {pairs}, {count(labels.n_unlabelled)} without a label"
    return text
