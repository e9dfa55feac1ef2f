from imbalance_doctor.plugins import Severity
from imbalance_doctor.rules._run import run
from imbalance_doctor.rules.history.majority_accuracy import check
from tests.build import profile_of
from tests.history.curves import log

FACES = profile_of(
    {"angry": 3995, "disgust": 436, "fear": 4097, "happy": 7215, "sad": 4830, "surprise": 3171, "neutral": 4965}
)


def test_an_accuracy_that_is_a_class_share_names_the_class():
    (finding,) = check(log({"acc": ["13.9155"] * 89, "val_acc": ["13.6807"] * 89}), FACES)
    assert finding.grade is Severity.WARNING
    assert finding.classes == ("angry",)
    assert finding.message == (
        'the train accuracy stands at 13.9155 (record 89), the score of always answering "angry", 13.92 %'
    )


def test_macro_f1_of_one_class_is_known_too():
    sleep = profile_of({"N2": 17_009, "N1": 2_804, "N3": 5_703, "REM": 6_551, "W": 8_285})
    findings = list(check(log({"accuracy": ["0.42155"], "macro_f1": ["0.11835"]}), sleep))
    assert [(f.evidence["metric"], f.classes) for f in findings] == [("accuracy", ("N2",)), ("macro_f1", ("N2",))]
    assert findings[1].message.endswith('the score of always answering "N2", 0.1186, within 0.6 %')


def test_classes_of_the_same_size_cannot_be_told_apart():
    (finding,) = check(log({"accuracy": ["0.2500"] * 5}), profile_of(dict.fromkeys("abcd", 100)))
    assert finding.classes == ("a", "b", "c", "d")
    assert "of 4 constant answers" in finding.message


def test_an_accuracy_that_only_passes_through_is_none():
    columns = {"accuracy": ["0.1100", "0.1391", "0.2500", "0.4000", "0.5500"]}
    assert not list(check(log(columns), FACES))


def test_without_labels_the_rule_is_skipped():
    _, skipped = run({"history": log({"accuracy": ["0.5000"] * 5})})
    assert ("majority-accuracy", ("labels",)) in {(skip.name, skip.needs) for skip in skipped}
