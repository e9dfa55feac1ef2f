from imbalance_doctor.rules.labels.constant_label import check
from tests.build import profile_of, profile_of_sets


def test_a_label_on_every_sample_is_named():
    (finding,) = check(profile_of_sets([(("photo", "cat"), 50), (("photo",), 50)]))
    assert finding.message == '1 of 2 labels is on every sample: "photo"'
    assert finding.classes == ("photo",)


def test_one_sample_without_it_is_a_negative():
    assert not list(check(profile_of_sets([(("photo", "cat"), 50), (("photo",), 50), ((), 1)])))


def test_a_single_class_file_has_its_own_rule():
    assert not list(check(profile_of({"photo": 100})))
    assert not list(check(profile_of_sets([(("photo",), 100)], task="multilabel")))
