"""Everything one can say about a dump of predictions, its truth and its training labels; the defaults find out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ..labels.layout import Wishes as LabelWishes
from ..predictions.columns import Wishes
from ..readers import _choose
from ..readers._source import Options


@dataclass(frozen=True)
class PredictionRequest:
    """`truth` and `train` are label files, or labels in memory.

    `options` and `wishes` are about the dump, `truth_options` and `truth_wishes` about the truth. `truth_id`: the
    column of ids in the truth where it is named otherwise; `by_position`: join row by row though there are ids.
    `priors`: one per class, by name, or the text of `--prior`. `exact`: rank all rows, in a second pass.
    """

    options: Options = field(default_factory=Options)
    wishes: Wishes = field(default_factory=Wishes)
    truth: Any = None
    truth_options: Options = field(default_factory=Options)
    truth_wishes: LabelWishes = field(default_factory=LabelWishes)
    truth_id: str | None = None
    by_position: bool = False
    train: Any = None
    train_wishes: LabelWishes = field(default_factory=LabelWishes)
    priors: str | Sequence[float] | Mapping[str, float] | None = None
    exact: bool = False
    classes_text: str | None = None

    def with_classes(self) -> "PredictionRequest":
        """With `--classes a,b,c|FILE` turned into names in index order, for dump, truth and training labels alike."""
        names = self.wishes.classes
        if self.classes_text is not None:
            names = _choose.class_names(self.classes_text)
        if names is None:
            return replace(self, classes_text=None)
        return replace(
            self,
            classes_text=None,
            wishes=replace(self.wishes, classes=names),
            truth_wishes=replace(self.truth_wishes, classes=names),
            train_wishes=replace(self.train_wishes, classes=names),
        )
