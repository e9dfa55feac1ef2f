"""JSON, YAML, TOML, CSV and bare numbers."""

import json

import pytest

from imbalance_doctor.errors import DoctorError, InputError, RefusedError
from imbalance_doctor.model import GivenWeights
from imbalance_doctor.pasted import choose
from tests.awkward import NAMES


def read(text: str, suffix: str = "") -> GivenWeights:
    return choose.read(text, "weights", suffix).choose("weights")


@pytest.mark.parametrize(
    "text",
    [
        "0.3 2 5",
        "0.3,2,5",
        "[0.3, 2, 5]",
        "[0.3 2.  5. ]",
        "0.3\n2\n5\n",
        "(0.3; 2; 5)",
        "3e-1\t2e0\t5",
        "[[0.3], [2], [5]]",
        "tensor([0.3000, 2.0000, 5.0000])",
    ],
)
def test_numbers_as_they_are_pasted_or_printed(text: str) -> None:
    assert read(text).values == (0.3, 2.0, 5.0)


LIGHTNING = """\
model:
  class_path: my.Model
  init_args:
    criterion:
      class_path: torch.nn.CrossEntropyLoss
      init_args:
        weight: [1, 8]
"""


@pytest.mark.parametrize(
    ("text", "suffix", "key", "line"),
    [
        ('{"loss": {"type": "CrossEntropyLoss", "class_weight": [1, 8]}}', "", "loss.class_weight", None),
        ("loss:\n  type: CrossEntropyLoss\n  class_weight: [1, 8]\n", "", "loss.class_weight", 3),
        ("[loss]\ntype = 'CrossEntropyLoss'\nclass_weight = [1.0, 8.0]\n", "", "loss.class_weight", None),
        ("criterion:\n  _target_: torch.nn.CrossEntropyLoss\n  weight: [1, 8]\n", ".yaml", "criterion.weight", 3),
        (
            LIGHTNING,
            ".yaml",
            "model.init_args.criterion.init_args.weight",
            7,
        ),
    ],
)
def test_a_configuration_names_its_loss(text: str, suffix: str, key: str, line: int | None) -> None:
    found = read(text, suffix)
    assert (found.values, found.role, found.loss) == ((1, 8), "class-weight", "cross-entropy")
    assert (found.key, found.line) == (key, line)


def test_ludwig_weighs_by_name() -> None:
    text = "output_features:\n- name: y\n  loss:\n    type: softmax_cross_entropy\n    class_weights: {no: 1, yes: 7}\n"
    found = read(text)
    assert (found.names, found.framework, found.values) == (("no", "yes"), "ludwig", (1, 7))


@pytest.mark.parametrize(
    "text", ["no: 1\n012: 2\n1.0: 3\n12:30: 4\n~: 5\n", '{"no":1,"012":2,"1.0":3,"12:30":4,"~":5}']
)
def test_keys_are_taken_as_they_are_written(text: str) -> None:
    assert read(text).names == ("no", "012", "1.0", "12:30", "~")


def test_hostile_names_come_back_unharmed_from_json_and_yaml() -> None:
    text = json.dumps(dict.fromkeys(NAMES, 1.5))
    assert read(text, ".json").names == NAMES
    kept = tuple(name for name in NAMES if name.isprintable())
    assert read(json.dumps(dict.fromkeys(kept, 1.5), ensure_ascii=False), ".yaml").names == kept


def test_a_table_of_class_and_weight() -> None:
    for text in ("class,weight\na,1\nb,8\n", "a,1\nb,8\n", "label\tclass_weight\na\t1\nb\t8\n"):
        found = read(text, ".csv")
        assert (found.names, found.values) == (("a", "b"), (1, 8))


def test_nan_and_infinity_are_read_so_that_they_can_be_found() -> None:
    for text, suffix in (("[NaN, Infinity]", ".json"), ("w: [.nan, .inf]", ".yaml"), ("weights = [nan, inf]", ".toml")):
        if suffix == ".yaml":
            text = text.replace("w:", "weights:")
        assert list(map(str, read(text, suffix).values)) == ["nan", "inf"]


BOMB = "a: &a [x, x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize("text", [BOMB, "class_weight: &w [1, 2]\n", "class_weight: !!python/tuple [1, 2]\n"])
def test_anchors_aliases_and_tags_of_yaml_are_refused(text: str) -> None:
    with pytest.raises(RefusedError):
        read(text, ".yaml")


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("[" * 10_000_000, ""),
        ("[" * 1_000_000, ".json"),
        ("{a: " * 100_000, ".yaml"),
        ("- " * 500_000, ".yaml"),
        ("? " * 500_000, ".yaml"),
        ("a=" + "[" * 100_000, ".toml"),
        ("a." * 50_000 + "b = 1", ".toml"),
        ('{"a":' * 150 + "1" + "}" * 150, ".json"),
        ('{"a": 1, "a": 2}', ".json"),
        ("a: 1\na: 2\n", ".yaml"),
        ("? [1, 2]\n: 3\n", ".yaml"),
        ("a,1\nb\n", ".csv"),
        ("a,1\na,2\n", ".csv"),
        ("class,weight\n", ".csv"),
        ("a,x\nb,y\n", ".csv"),
        ("{}", ".json"),
        ("[]", ".json"),
        ("null", ".json"),
        ('{"values": [1], "classes": ["a", "b"], "scheme": "balanced"}', ".json"),
        ('{"values": [1], "classes": ["a"], "scheme": "x", "kind": "pair", "values_negative": [1, 2]}', ".json"),
        ('{"values": [1], "classes": ["a"], "scheme": "ldam-margin", "kind": "margin"}', ".json"),
        ("\ud800", ""),
        ("", ""),
        (" \n", ".json"),
    ],
    ids=lambda text: repr(text[:10]),
)
def test_hostile_or_useless_text_is_a_complaint_and_no_crash(text: str, suffix: str) -> None:
    with pytest.raises(DoctorError):
        read(text, suffix)


def test_what_we_emit_ourselves_is_read_back() -> None:
    from imbalance_doctor import emitters, weighting
    from imbalance_doctor.model import ClassCounts

    counts = ClassCounts.of({"a": 90, "b": 9, "no": 1})
    for scheme, role in (("balanced", "class-weight"), ("logit-adjustment", "offset")):
        made = weighting.apply(counts, scheme)
        for target in ("json", "yaml", "toml", "csv", "pytorch", "keras", "sklearn"):
            if target == "sklearn" and role == "offset":
                continue
            found = read(emitters.emit(target, made))
            assert (found.values, found.role) == (made.values, role), (target, scheme)
            assert found.names is None or target == "keras" or found.names == counts.names


def test_the_emitted_pair_has_both_its_sides() -> None:
    from imbalance_doctor import emitters, weighting
    from imbalance_doctor.model import ClassCounts

    made = weighting.apply(ClassCounts.of({"a": 90, "b": 9}, n_samples=1000), "balanced-pair")
    for target in ("json", "yaml", "toml", "csv", "pytorch", "keras"):
        found = read(emitters.emit(target, made))
        assert (found.role, found.values, found.values_negative) == ("pair", made.values, made.values_negative), target


def test_a_starting_bias_is_no_weight() -> None:
    from imbalance_doctor import emitters, weighting
    from imbalance_doctor.model import ClassCounts

    made = weighting.apply(ClassCounts.of({"a": 90, "b": 9}), "prior-bias")
    for target in ("json", "pytorch"):
        with pytest.raises(InputError, match="starting bias"):
            read(emitters.emit(target, made))
