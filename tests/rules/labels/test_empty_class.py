from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules.labels.empty_class import check
from tests.build import profile_of


def test_every_declared_class_without_samples_is_named_in_class_order():
    (finding,) = check(profile_of({"c": 0, "a": 500, "b": 500, "aa": 0}))
    assert finding.grade is Severity.WARNING
    assert finding.message == '2 of 4 classes have no sample: "c", "aa"'
    assert finding.classes == ("c", "aa")


def test_the_message_names_twenty_and_the_finding_all():
    (finding,) = check(profile_of({"a": 1, **{f"none{i}": 0 for i in range(25)}}))
    assert finding.message.endswith('"none19" and 5 more')
    assert len(finding.classes) == 25


def test_one_sample_is_not_none():
    assert not list(check(profile_of({"a": 500, "b": 1})))
