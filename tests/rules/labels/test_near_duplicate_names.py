import pytest

from imbalance_doctor.rules.labels.near_duplicate_names import check
from tests.build import profile_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cat", "cat"),
        ("cat", "cat "),
        ("cat", "cat\u200b"),
        ("caf\u00e9", "cafe\u0301"),
        ("\ufb01sh", "fish"),
        ("\u210c", "h"),
        ("Straße", "STRASSE"),
        ("big  cat", "big cat"),
        ("big\u00a0cat", "big cat"),
        ("1", "1.0"),
        ("1", "01"),
        ("1", "+1"),
        ("1", "1e0"),
        ("1", "\u0661"),
        ("0", "-0"),
        ("100", "1e2"),
        (".5", "0.50"),
    ],
)
def test_these_are_one_class_to_a_reader(one, other):
    (finding,) = check(profile_of({one: 1200, other: 30, "dog": 50}))
    assert set(finding.classes) == {one, other}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("cat", "cats"),
        ("cafe", "café"),
        ("1", "10"),
        ("1", "-1"),
        ("0.1", "0.10000000000000001"),
        ("9007199254740992", "9007199254740993"),
        ("1" * 40 + "2", "1" * 40 + "3"),
        ("nan", "inf"),
        ("1_0", "10"),
        ("1.2.0", "1.2"),
        ("1e9999999", "1e9999998"),
    ],
)
def test_these_are_two(one, other):
    assert not list(check(profile_of({one: 1200, other: 30})))


def test_groups_are_shown_with_their_counts_and_nothing_is_merged():
    profile = profile_of({"Cat": 1200, "cat": 30, "cat ": 2, "1": 5, "01": 3})
    (finding,) = check(profile)
    assert finding.message == (
        "2 groups of class names differ only in case, spaces, Unicode form or number spelling: "
        '"01" (3) = "1" (5); "Cat" (1,200) = "cat" (30) = "cat " (2)'
    )
    assert finding.evidence == {"groups": 2, "names": 5, "largest_group": 3}
    assert len(profile.classes) == 5
