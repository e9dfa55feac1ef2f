from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.history.frozen_metric import check
from tests.history.curves import log, printed

LOSS = ["1.6564", "1.6410", "1.6251", "1.6103", "1.5977"]


def test_logits_under_a_cut_of_a_half_are_the_first_thing_to_look_for():
    (finding,) = check(log({"loss": LOSS, "acc": ["0.4985"] * 5}))
    assert finding.grade is Severity.ERROR
    assert finding.message == (
        "acc is 0.4985 in 5 records from record 1 to the end, while loss goes from 1.6564 (record 1) to 1.5977 "
        "(record 5)"
    )
    assert "BinaryAccuracy(threshold=0.0)" in finding.remedy


def test_a_metric_on_zero_means_that_nothing_is_answered():
    (finding,) = check(log({"loss": LOSS, "f1": ["0.0000"] * 5}))
    assert finding.evidence["collapsed"]
    assert finding.remedy.startswith("nothing is ever answered")


def test_a_short_stretch_is_a_warning():
    (finding,) = check(log({"loss": LOSS[:3], "acc": ["0.4985"] * 3}))
    assert finding.grade is Severity.WARNING


def test_a_metric_that_moves_a_little_is_not_frozen():
    assert not list(check(log({"loss": LOSS, "acc": printed([0.4985, 0.4986, 0.4985, 0.4984, 0.4985])})))


def test_a_frozen_loss_is_another_rules_business():
    assert not list(check(log({"loss": ["7.7364"] * 5, "acc": ["0.4985"] * 5})))
