"""What is known of one patient, and the clues it holds: findings and facts, each from one examination."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from ..model import Finding, HistoryProfile, LabelProfile, PredictionProfile
from ..plugins import Severity
from ..predictions.skill import skill

Likelihood = Literal["established", "likely", "possible", "unlikely"]
GRADES: tuple[Likelihood, ...] = ("established", "likely", "possible", "unlikely")
SIGN, STRONG, PROOF = 1, 2, 3
"""What a clue is worth: it fits; hardly anything else explains it; nothing else does."""
WRONGLY_READ = ("miswired", "cannot_judge")
"""Verdicts on predictions after which nothing that was computed from the scores can be relied on."""
EXAMINATIONS = {"1": "labels", "2": "predictions", "3": "history"}


@dataclass(frozen=True)
class Card:
    """Card of a cause. `order`: its place among equals. `imitates`: causes that cannot be judged while this one is
    established, because it looks like them."""

    name: str
    title: str
    order: int
    imitates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clue:
    """One piece of evidence, the examination it comes from, and what it is worth."""

    text: str
    source: str
    strength: int = SIGN
    code: str = ""
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.source}: {self.text}" + (f" ({self.code})" if self.code else "")


@dataclass(frozen=True)
class Suspicion:
    """What speaks for a cause and against it, the test that would settle it, and what to do."""

    pro: tuple[Clue, ...]
    con: tuple[Clue, ...]
    test: str
    remedy: str

    @property
    def likelihood(self) -> Likelihood:
        """Several clues of one examination are worth its strongest: only examinations are independent."""
        up, down = of_each(self.pro), of_each(self.con)
        score = sum(up.values()) - sum(down.values())
        strongest = max(up.values(), default=0)
        contradicted = max(down.values(), default=0)
        if not up or score < SIGN or (contradicted == PROOF and strongest < PROOF):
            return "unlikely"
        if strongest == PROOF and contradicted < STRONG:
            return "established"
        return "likely" if score >= STRONG else "possible"

    @property
    def independent(self) -> int:
        """Examinations that speak for it."""
        return len(of_each(self.pro))


@dataclass(frozen=True)
class Chart:
    """All evidence on one patient; what was not examined is None."""

    labels: LabelProfile | None = None
    predictions: PredictionProfile | None = None
    history: HistoryProfile | None = None
    findings: Sequence[Finding] = ()

    @property
    def scores(self) -> PredictionProfile | None:
        """The predictions, unless they were wrongly read or cannot be judged."""
        p = self.predictions
        return None if p is None or p.verdict in WRONGLY_READ else p

    @property
    def collapsed_unseen(self) -> "tuple[Clue, ...]":
        """Answers that are all alike, where no ranking can be judged: they may have any of several causes."""
        p = self.scores
        return () if p is None or skill(p).judged else self.any("IMB201", "IMB202", "IMB203")

    def told(self, code: str, strength: int = STRONG, *, least: Severity = Severity.INFO) -> tuple[Clue, ...]:
        """The findings of a rule as clues, from a severity on. A finding milder than its rule is worth one less."""
        return tuple(
            Clue(f.message, EXAMINATIONS[code[3]], strength - (f.grade.rank < f.rule.severity.rank), code, f.remedy)
            for f in self.findings
            if f.rule.code == code and f.grade.rank >= least.rank
        )

    def any(self, *codes: str, strength: int = SIGN, least: Severity = Severity.INFO) -> tuple[Clue, ...]:
        """The same for several rules."""
        return tuple(clue for code in codes for clue in self.told(code, strength, least=least))


def of_each(clues: Iterable[Clue]) -> dict[str, int]:
    """The strongest clue of each examination."""
    found: dict[str, int] = {}
    for clue in clues:
        if clue.strength > 0:
            found[clue.source] = max(found.get(clue.source, 0), clue.strength)
    return found


def advice(clues: Sequence[Clue], otherwise: str) -> str:
    """The remedy of the strongest clue that has one."""
    known = [clue for clue in clues if clue.remedy]
    return max(known, key=lambda clue: clue.strength).remedy if known else otherwise
