"""What is kept in the zoo: a dump of predictions with what is known about it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from imbalance_doctor.model import PredictionProfile
from tests.zoo.judge import profile_of_scores


@dataclass(frozen=True)
class Specimen:
    """Scores or predicted labels, and the options of `profile_of_scores`."""

    scores: Any
    truth: Any = None
    options: dict[str, Any] = field(default_factory=dict)

    def profile(self) -> PredictionProfile:
        return profile_of_scores(self.scores, self.truth, **self.options)


@dataclass(frozen=True)
class Fault:
    """One way to go wrong: makes the ill dump and the nearest healthy one, and says what must be found in the first."""

    make: Callable[[], tuple[Specimen, Specimen]]
    verdict: str
    rules: tuple[str, ...]
