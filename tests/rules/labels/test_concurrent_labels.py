from dataclasses import replace

import pytest

from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.concurrent_labels import check
from tests.build import profile_of, profile_of_sets


def test_a_rare_label_that_only_comes_with_a_frequent_one_is_said():
    # IRLbl 1 and 10 on each of 10 rows in 100: 1 - sqrt(10) / 5.5 = 0.425 on them, 0.0425 over all
    silent = profile_of_sets([(("a",), 90), (("a", "b"), 10)])
    assert not list(check(silent))
    # IRLbl 1 and 2 on half of the rows would be mild; with 100 to 1 on a quarter it is not
    (finding,) = check(profile_of_sets([((f"rare{i}", "a"), 1) for i in range(25)] + [(("a",), 75)]))
    assert finding.grade is Severity.INFO
    assert finding.evidence["scumble"] == pytest.approx(0.25 * (1 - 10 / 50.5), rel=1e-12)
    assert finding.message == (
        "rare and frequent labels share samples (SCUMBLE 0.2005, over 0.1): repeating or dropping rows moves both "
        "together"
    )


@pytest.mark.parametrize(("scumble", "fires"), [(0.1, False), (0.1001, True), (None, False)])
def test_the_limit_is_a_tenth(scumble, fires):
    profile = replace(profile_of({"a": 5, "b": 5}), measures={"scumble": scumble})
    assert bool(list(check(profile))) is fires
