import inspect
from collections import Counter

import pytest

from imbalance_doctor.plugins import Plugin, readers

SHELF = list(readers().values())


@pytest.mark.parametrize("reader", SHELF, ids=lambda reader: reader.name)
def test_a_reader_takes_a_source_and_options_and_says_what_it_does(reader: Plugin):
    assert list(inspect.signature(reader.verb).parameters) == ["source", "options"]
    assert inspect.getdoc(reader.verb)
    assert reader.summary.endswith((".", "`", "…"))


@pytest.mark.parametrize("reader", SHELF, ids=lambda reader: reader.name)
def test_what_proves_a_format_is_bytes_and_what_suggests_it_is_text(reader: Plugin):
    assert all(isinstance(magic, bytes) and len(magic) >= 4 for magic in reader.card.magic)
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in reader.card.suffixes)
    claims = getattr(reader.module, "claims", None)
    assert claims is None or claims("") is False


def test_no_two_readers_share_a_suffix_or_a_magic():
    for field in ("suffixes", "magic"):
        assert max(Counter(item for reader in SHELF for item in getattr(reader.card, field)).values()) == 1
