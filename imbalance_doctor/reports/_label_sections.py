"""The numbers behind an examination of labels, section by section."""

from ..model import LabelProfile
from . import _classes, _floors, _measures
from ._page import Page
from ._picture import picture
from ._section import Facts, Part, Picture, Remark, Section


def sections(labels: LabelProfile, page: Page, top: int | None, show_all: bool) -> list[Section]:
    """Classes, the long tail, percentiles, measures, pairs and floors; those there is something to say about."""
    table = _classes.class_table(labels, top, show_all)
    drawn = [Section("Classes", _classes.ORDER, (table, *map(Remark, _classes.LEGEND)))]
    if bars := picture(labels.counts.counts, page):
        drawn.append(Section("Long tail", "samples by rank, logarithmic scale", (Picture(tuple(bars)),)))
    if grid := _measures.percentiles(labels):
        method = str(labels.percentiles.get("method", ""))
        drawn.append(Section("Percentiles across classes", method, (grid,)))
    facts, reasons = _measures.measures(labels)
    drawn.append(Section("Measures", "", (Facts(tuple(facts)), *map(Remark, reasons))))
    if grid := _measures.pairs(labels):
        drawn.append(Section("Strongest pairs", "of classes on the same samples", (grid,)))
    if parts := _floor_parts(labels):
        drawn.append(Section("Floors", _floors.TITLE, parts))
    return drawn


def _floor_parts(labels: LabelProfile) -> tuple[Part, ...]:
    grids = [grid for grid in (_floors.losses(labels), _floors.metrics(labels)) if grid]
    if not grids:
        return ()
    meaning = _floors.meaning(labels)
    return (*grids, Remark(_floors.LEGEND), *((meaning,) if meaning else ()))
