"""The numbers behind an examination of a training log, section by section."""

from ..model import HistoryProfile
from . import _fingerprints, _metric_table
from ._page import Page
from ._section import Section


def sections(history: HistoryProfile, page: Page, top: int | None, show_all: bool) -> list[Section]:
    """Metrics and fingerprints; those there is something to say about."""
    drawn = [_metric_table.section(history, page, top, show_all), _fingerprints.section(history, show_all)]
    return [section for section in drawn if section is not None]
