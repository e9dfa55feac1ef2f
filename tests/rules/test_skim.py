"""What is read from a rule's text is what its module holds."""

import pytest

from imbalance_doctor.model import Skipped
from imbalance_doctor.plugins import rules
from imbalance_doctor.rules._run import FOLDERS, needed
from imbalance_doctor.rules._skim import skipped


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_text_of_every_rule_tells_its_code_name_and_needs(folder: str) -> None:
    imported = {Skipped(p.card.code, p.name, needed(p.verb)) for p in rules(folder).values()}
    assert set(skipped(folder, frozenset())) == imported


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_rule_needs_the_evidence_its_folder_is_named_for(folder: str) -> None:
    assert all(folder in needed(plugin.verb) for plugin in rules(folder).values())


def test_evidence_at_hand_is_not_lacking() -> None:
    assert all("labels" not in rule.needs for rule in skipped("history", frozenset({"labels"})))


def test_the_folders_are_all_the_rules() -> None:
    assert {name for folder in FOLDERS for name in rules(folder)} == set(rules())
