"""The numbers behind an examination of predictions, section by section."""

from ..model import PredictionProfile
from . import _quality, _rescue, _row_facts, _scores, _strips
from ._page import Page
from ._section import Section


def sections(p: PredictionProfile, page: Page, top: int | None, show_all: bool) -> list[Section]:
    """Rescue, classes, their scores, measures, confusions and rows; those there is something to say about."""
    drawn = [
        _rescue.section(p),
        _scores.section(p, top, show_all),
        _strips.section(p, page, show_all),
        _quality.section(p),
        _quality.confusions(p),
        _row_facts.section(p),
    ]
    return [section for section in drawn if section is not None]
