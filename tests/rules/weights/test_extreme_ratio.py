"""How many samples one sample weighs."""

from tests.rules.weights.given import findings

NAME = "extreme-ratio"


def test_a_hundredfold_is_worth_knowing_and_a_thousandfold_will_bite() -> None:
    assert not findings(NAME, [1.0, 99.9], [999, 10])
    assert [f.grade for f in findings(NAME, [1.0, 100.0], [1000, 10])] == ["info"]
    assert [f.grade for f in findings(NAME, [1.0, 999.0], [9990, 10])] == ["info"]
    (found,) = findings(NAME, [1.0, 1000.0], [10_000, 10])
    assert (found.grade, found.evidence["ratio"]) == ("warning", 1000.0)


def test_the_longest_tail_of_the_seed_question() -> None:
    (found,) = findings(NAME, [1 / 12597, 1 / 101], [12597, 101])  # methods A.4: 124.723
    assert round(found.evidence["ratio"], 3) == 124.723


def test_of_pos_weights_the_size_counts() -> None:
    (found,) = findings(NAME, [543.55446, 3.3661189], [101, 12597], n_samples=55_000, role="pos-weight")
    assert found.evidence["ratio"] == 543.55446
    assert found.classes == ("0",)


def test_a_class_without_samples_has_no_say() -> None:
    assert not findings(NAME, [1.0, 2.0, 5000.0], [90, 45, 0])
