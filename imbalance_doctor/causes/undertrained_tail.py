"""The frequent classes are learnt, the rare ones are not yet, or cannot be.

Head and tail are judged apart: where the head ranks and the tail is at chance, no threshold helps the tail. More
training from a prior bias, repeated samples or more data do; below ten samples only data does.

Reference: IMB206, IMB219, IMB121; Gupta et al. 2019 (LVIS), repeat factors.
"""

from ..model import TruthRow
from ..plugins import Severity
from ..predictions.skill import skill
from ._chart import PROOF, SIGN, STRONG, Card, Chart, Clue, Suspicion, advice

CAUSE = Card("undertrained-tail", "the tail is under-trained: frequent classes are learnt, rare ones are not", 8)
MOST_FLAT = 0.5
REMEDY = (
    "train longer from an output bias of ln(p/(1-p)), repeat the samples of rare classes (`weights --scheme "
    "repeat-factor`), and collect or merge classes with fewer than ten samples"
)


def weigh(chart: Chart) -> Suspicion:
    """Proved where the more frequent half of the judged classes ranks and the other half does not."""
    pro = [*chart.any("IMB219", strength=STRONG), *chart.any("IMB121", strength=SIGN)]
    halves = _halves(chart)
    con = []
    if halves is not None:
        (head, head_ranked), (tail, tail_ranked) = halves
        text = f"{head_ranked:,} of the {head:,} frequent classes rank, {tail_ranked:,} of the {tail:,} rare ones"
        if (
            2 * head_ranked >= head
            and tail_ranked <= MOST_FLAT * tail
            and tail_ranked / tail < 0.6 * head_ranked / head
        ):
            pro.append(Clue(text, "predictions", PROOF))
        elif 2 * tail_ranked >= tail:
            con.append(Clue(text, "predictions", STRONG))
    else:
        pro += chart.told("IMB206", SIGN, least=Severity.WARNING)
    return Suspicion(
        tuple(pro),
        tuple(con),
        "AUROC of the frequent and of the rare classes apart, at two checkpoints: does the tail still rise while the "
        "head stands?",
        advice([c for c in pro if c.code == "IMB219"], REMEDY),
    )


def _halves(chart: Chart) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """(judged, ranked) of the frequent and of the rare half, by support; None for fewer than four classes."""
    found = skill(chart.scores) if chart.scores is not None else None
    if found is None or len(found.judged) < 4:
        return None
    ranked = {row.index for row in found.ranked}
    rows: list[TruthRow] = sorted(found.judged, key=lambda row: (-row.support, row.index))
    head, tail = rows[: len(rows) // 2], rows[len(rows) // 2 :]
    if tail[0].support == head[0].support:
        return None
    return (len(head), sum(r.index in ranked for r in head)), (len(tail), sum(r.index in ranked for r in tail))
