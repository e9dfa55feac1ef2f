"""The prescription: what is said first, for which counts, metric and family of models."""

import json
import math
import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imbalance_doctor import plugins
from imbalance_doctor.emitters import emit
from imbalance_doctor.errors import UsageError
from imbalance_doctor.labels.profile import build
from imbalance_doctor.labels.tally import LabelTally
from imbalance_doctor.model import LabelProfile, Layout, Prescription
from imbalance_doctor.prescribe import METRICS, MODELS, prescribe
from imbalance_doctor.weighting import apply
from tests.build import profile_of, profile_of_sets
from tests.v2ex import COUNTS

TAIL = [(("tail", "head"), 8), (("head",), 60), (("middle",), 20), ((), 12)]
EVEN_LABELS = [(("a", "b"), 30), (("a",), 25), (("b",), 25), ((), 20)]


def v2ex() -> LabelProfile:
    """120 labels on 55,000 samples, given as counts."""
    counts = Counter({str(i): n for i, n in enumerate(COUNTS)})
    tally = LabelTally(counts=counts, n_rows=len(COUNTS), n_samples=sum(COUNTS))
    return build(tally, Layout("counts", "count"), n_samples=55_000, counts_only=True)


PROFILES: dict[str, LabelProfile] = {
    "balanced pair": profile_of({"a": 500, "b": 500}),
    "ten balanced classes": profile_of({str(i): 600 for i in range(10)}),
    "mild pair": profile_of({"a": 700, "b": 300}),
    "950/50": profile_of({"ham": 950, "spam": 50}),
    "9990/10": profile_of({"0": 9990, "1": 10}),
    "the rare class first": profile_of({"a": 3, "b": 999_997}),
    "60/30/8": profile_of({"a": 60, "b": 30, "c": 8}),
    "90/9/1": profile_of({"a": 90, "b": 9, "c": 1}),
    "harmonic tail": profile_of({str(k): 100_000 // k for k in range(1, 21)}),
    "120 classes": profile_of({str(i): n for i, n in enumerate(COUNTS)}),
    "beyond a thousand": profile_of({"a": 5000, "b": 700, "c": 4}),
    "an empty class": profile_of({"a": 500, "b": 0, "c": 500}),
    "an empty class in a tail": profile_of({"a": 900, "b": 0, "c": 40, "d": 3}),
    "one class": profile_of({"a": 1000}),
    "one class of two": profile_of({"a": 1000, "b": 0}),
    "120 labels": v2ex(),
    "tail of labels": profile_of_sets(TAIL),
    "even labels": profile_of_sets(EVEN_LABELS),
    "one label": profile_of_sets([(("spam",), 10), ((), 90)]),
    "a label on every sample": profile_of_sets([(("a", "b"), 5), (("a", "c"), 40), (("a",), 55)]),
    "no label at all": profile_of_sets([((), 40)], classes=("a", "b")),
}


@pytest.fixture(scope="module", params=PROFILES)
def profile(request):
    return PROFILES[request.param]


def words(prescription: Prescription) -> str:
    """Everything it says, as one text."""
    steps = [text for step in prescription.steps for text in (step.do, step.why, step.cost)]
    avoid = [text for avoid in prescription.avoid for text in (avoid.what, avoid.why)]
    return "\n".join([*steps, *avoid, prescription.threshold_rule])


# ── what is said ────────────────────────────────────────────────────────────────────────────────────────────────────


BCE, CE, LOG = "binary cross entropy", "cross entropy", "log loss"
# fmt: off
FIRST = [  # what it is about: profile, metric, model -> scheme, loss, words of the first step
    ("balanced", "balanced pair", "macro-f1", "network", "none", BCE, "No action needed"),
    ("balanced classes", "ten balanced classes", "macro-f1", "network", "none", CE, "No action needed"),
    ("balanced under costs", "ten balanced classes", "cost", "trees", "none", LOG, "No action needed"),
    ("30 % is mild", "mild pair", "balanced-accuracy", "linear", "none", LOG, "No action needed"),
    ("even labels", "even labels", "macro-f1", "network", "none", BCE, "No action needed"),
    ("one class", "one class", "macro-f1", "network", "none", "none", "Collect samples of another class"),
    ("one class of two", "one class of two", "cost", "trees", "none", "none", "Collect samples of another class"),
    ("no label", "no label at all", "macro-f1", "network", "none", "none", "Collect samples of another class"),
    ("an empty class", "an empty class", "macro-f1", "network", "none", CE, "Remove 'b'"),
    ("a pair", "950/50", "macro-f1", "network", "prior-bias", BCE, "logit for 'spam' with ln(p/(1-p)) = -2.944"),
    ("a rare class", "9990/10", "macro-f1", "network", "prior-bias", BCE, "logit for '1' with ln(p/(1-p)) = -6.907"),
    ("a linear pair", "950/50", "macro-f1", "linear", "none", LOG, "Tune the threshold of 'spam'"),
    ("a pair in trees", "9990/10", "macro-f1", "trees", "none", LOG, "Tune the threshold of '1'"),
    ("recall of both", "950/50", "balanced-accuracy", "network", "logit-adjustment", f"logit-adjusted {BCE}",
     "predict 'spam' from probability 0.05 up"),
    ("recall of both, linear", "950/50", "balanced-accuracy", "linear", "balanced", f"weighted {LOG}",
     "predict 'spam' from probability 0.05 up"),
    ("accuracy", "950/50", "accuracy", "network", "none", BCE, "Keep the plain loss and predict the most probable"),
    ("micro-F1 of one class", "950/50", "micro-f1", "network", "none", BCE, "predict the most probable class"),
    ("ranking", "950/50", "ranking", "network", "prior-bias", BCE, "Initialise the last layer's bias"),
    ("ranking by trees", "950/50", "ranking", "trees", "none", LOG, "Keep the plain loss and judge by AUROC"),
    ("costs", "950/50", "cost", "network", "prior-bias", BCE, "Initialise the last layer's bias"),
    ("costs in trees", "950/50", "cost", "trees", "none", LOG, "act from probability c_FP/(c_FP+c_FN) up"),
    ("classes in a linear model", "harmonic tail", "macro-f1", "linear", "none", LOG, "ln p(c|x) - tau ln(share)"),
    ("too few samples", "60/30/8", "macro-f1", "network", "sqrt", f"weighted {CE}", "Collect more samples of 'c'"),
    ("a softmax at 20", "harmonic tail", "macro-f1", "network", "logit-adjustment", f"logit-adjusted {CE}",
     "Train with the logit-adjusted loss, tau = 1"),
    ("a softmax at 125", "120 classes", "macro-f1", "network", "logit-adjustment", f"logit-adjusted {CE}",
     "Train with the logit-adjusted loss, tau = 1"),
    ("recall of 120 classes", "120 classes", "balanced-accuracy", "network", "logit-adjustment",
     f"logit-adjusted {CE}", "Subtract ln(share) from the logits of the plain model"),
    ("recall of 120 classes, linear", "120 classes", "balanced-accuracy", "linear", "balanced", f"weighted {LOG}",
     "the largest probability divided by its share"),
    ("120 labels", "120 labels", "macro-f1", "network", "prior-bias", BCE,
     "with ln(p/(1-p)) per label, -6.298 for '111' up to -1.214 for '89'"),
    ("120 labels, micro-F1", "120 labels", "micro-f1", "network", "prior-bias", BCE, "ln(p/(1-p)) per label"),
    ("120 labels, micro-F1, linear", "120 labels", "micro-f1", "linear", "none", LOG, "one threshold for all labels"),
    ("recall of 120 labels", "120 labels", "balanced-accuracy", "network", "logit-adjustment",
     f"logit-adjusted {BCE}", "Fire each label at its prevalence, from 0.001836 ('111') to 0.229"),
    ("recall of 120 labels, trees", "120 labels", "balanced-accuracy", "trees", "balanced-pair", f"weighted {LOG}",
     "Fire each label at its prevalence"),
    ("accuracy of 120 labels", "120 labels", "accuracy", "network", "none", BCE, "Keep the plain loss and cut at 0.5"),
]
# fmt: on


@pytest.mark.parametrize(
    ("name", "metric", "model", "scheme", "loss", "first"), [pytest.param(*row[1:], id=row[0]) for row in FIRST]
)
def test_the_counts_the_metric_and_the_model_decide_what_comes_first(name, metric, model, scheme, loss, first):
    got = prescribe(PROFILES[name], metric=metric, model=model)
    assert (got.scheme, got.loss) == (scheme, loss)
    assert first in got.steps[0].do
    assert (got.metric, got.model) == (metric, model)


@pytest.mark.parametrize(
    ("ratio", "scheme", "stages"),
    [
        pytest.param(4, "none", 1, id="4 is mild"),
        pytest.param(5, "sqrt", 1, id="5 may be weighted"),
        pytest.param(9, "sqrt", 1, id="9 may be weighted"),
        pytest.param(10, "logit-adjustment", 2, id="10 is adjusted"),
        pytest.param(100, "logit-adjustment", 2, id="100 is adjusted"),
        pytest.param(101, "logit-adjustment", 3, id="101 may need a second stage"),
    ],
)
def test_a_softmax_network_is_treated_by_the_ratio_of_its_classes(ratio, scheme, stages):
    got = prescribe(profile_of({"a": 50 * ratio, "b": 100, "c": 50}))
    assert got.scheme == scheme
    assert len(got.steps) == stages
    assert ("LDAM" in words(got)) == (ratio > 100)


def test_balanced_data_gets_one_step_and_nothing_to_avoid():
    got = prescribe(PROFILES["ten balanced classes"])
    assert len(got.steps) == 1
    assert "look elsewhere" in got.steps[0].do
    assert got.avoid == ()
    assert got.bias_init == pytest.approx([math.log(0.1)] * 10, rel=1e-15)


def test_one_class_is_refused_with_the_reason():
    step = prescribe(PROFILES["one class"]).steps[0]
    assert "no weights are prescribed" in step.do
    assert "Every sample carries 'a': a constant answer is already perfect" in step.why


def test_an_empty_class_is_settled_before_the_loss_and_its_bias_is_none():
    got = prescribe(PROFILES["an empty class in a tail"])
    assert "Remove 'b' from the model before anything else, or keep the index" in got.steps[0].do
    assert got.bias_init[1] is None
    assert "--scheme logit-adjustment --zero-count exclude --to pytorch" in words(got)


def test_a_label_on_every_sample_is_settled_too():
    got = prescribe(PROFILES["a label on every sample"])
    assert got.steps[0].do == "Remove 'a' from the model before anything else."
    assert "'c', " not in got.steps[0].do
    assert got.bias_init[0] is None


def test_no_weight_creates_information():
    got = prescribe(PROFILES["9990/10"])
    assert "no weight creates information" not in words(got)
    got = prescribe(profile_of({"0": 9991, "1": 9}))
    assert got.steps[0].do.startswith("Collect more samples of '1'")
    # A recall measured on n positives has standard error sqrt(r(1-r)/n): at most 1/6 for 9.
    assert "standard error of up to 0.1667" in got.steps[0].why


def test_too_few_negatives_are_too_few_as_well_where_labels_are_decided_apart():
    got = prescribe(profile_of_sets([(("a", "b"), 50), (("a",), 45), (("b",), 5)]))
    assert got.steps[0].do.startswith("Collect more samples of 'a', ")


# ── the numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_bias_of_120_labels_is_the_log_odds_of_their_prevalence():
    bias = prescribe(PROFILES["120 labels"]).bias_init
    # methods table "multi-label reading, N = 55 000", row bias init, at counts 101 251 656 12597
    by_count = dict(zip(COUNTS, bias, strict=True))
    expected = {101: -6.2981299, 251: -5.3850614, 656: -4.4169287, 12597: -1.2137604}
    assert {count: round(by_count[count], 7) for count in expected} == expected


def test_the_steps_quote_the_numbers_of_the_data():
    text = words(prescribe(PROFILES["120 labels"]))
    # same table: pos_weight 543.55446, threshold under its root .041128, p .0018363636, floor of the mean BCE .0579093
    assert "from 0.6931 to 0.05791" in text
    assert "pos_weight (1-p)/p, 543.6 for '111'" in text
    assert "sqrt((1-p)/p), 23.31 for '111'" in text
    assert "fires at the posterior 0.04113" in text
    assert "fires at the prior 0.001836" in text
    assert "a synthetic replay" in text


def test_counts_alone_need_the_number_of_samples_again():
    assert "--scheme prior-bias --n-samples 55000 --to pytorch" in words(prescribe(PROFILES["120 labels"]))
    assert "--n-samples" not in words(prescribe(PROFILES["tail of labels"]))
    assert "--n-samples" not in words(prescribe(PROFILES["120 classes"]))


@pytest.mark.parametrize(
    ("name", "floor", "who"),
    [
        pytest.param("950/50", "0.95", "always answers 'ham' reaches 0.95 without", id="a constant answer"),
        pytest.param("120 labels", "0.9871", "same labels reaches 0.9871 element by element", id="all zero"),
    ],
)
def test_accuracy_is_reported_beside_that_of_a_model_that_ignores_its_input(name, floor, who):
    step = prescribe(PROFILES[name], metric="accuracy").steps[1]
    assert step.do.startswith(f"Report accuracy beside {floor},")
    assert who in step.why


def test_f1_is_cut_no_lower_than_a_score_without_information_would_be():
    # 2p/(1+p) is the F1 of all positive, half of it the threshold: .0036659952 / 2 for the rarest of the 120
    assert "from 0.001833 up" in words(prescribe(PROFILES["120 labels"]))


# ── what to avoid ───────────────────────────────────────────────────────────────────────────────────────────────────


def avoided(name, **options):
    return " ".join(avoid.what for avoid in prescribe(PROFILES[name], **options).avoid)


def test_a_weight_on_both_terms_is_advised_against_only_for_labels_in_a_network():
    assert "per-label `weight`" in avoided("120 labels")
    assert "per-label `weight`" not in avoided("120 labels", model="linear")
    assert "per-label `weight`" not in avoided("950/50")


def test_the_raw_pos_weight_is_advised_against_for_f1_only():
    assert "raw pos_weight" in avoided("950/50")
    assert "raw pos_weight" in avoided("120 labels", metric="micro-f1")
    assert "raw pos_weight" not in avoided("950/50", metric="balanced-accuracy")


def test_resampling_is_advised_against_where_rare_labels_sit_on_samples_of_frequent_ones():
    together = profile_of_sets([(("rare", "head"), 10), (("head",), 990)], task="multilabel")
    apart = profile_of_sets([(("rare",), 10), (("head",), 900), ((), 90)], task="multilabel")
    for profile in (together, apart):
        changed = replace(profile, measures={**profile.measures, "scumble": 0.1})
        assert "SMOTE" not in words(prescribe(changed))
    strong = replace(apart, measures={**apart.measures, "scumble": 0.25})
    assert "SCUMBLE 0.25" in words(prescribe(strong))


def test_weighted_outputs_are_mapped_back_before_they_are_read_as_probabilities():
    reading = {a.what: a.why for a in prescribe(PROFILES["950/50"], metric="balanced-accuracy", model="linear").avoid}
    assert "logit q = logit output - ln(w1/w0)" in reading["Reading the outputs as probabilities."]


def test_focal_loss_with_alpha_a_quarter_is_advised_against():
    why = {a.what: a.why for a in prescribe(PROFILES["950/50"]).avoid}
    assert "posterior 0.75" in why["Focal loss with the usual alpha = 0.25 as a cure for rare positives."]


# ── laws, over every profile, metric and model ──────────────────────────────────────────────────────────────────────


def every(profile, metrics=METRICS):
    """The prescriptions of a profile for these metrics and all families of models."""
    return [prescribe(profile, metric=metric, model=model) for metric in metrics for model in MODELS]


def test_every_prescription_is_short_finite_and_plain(profile):
    for got in every(profile):
        text = words(got)
        assert got.scheme == "none" or got.scheme in plugins.schemes()
        assert 1 <= len(got.steps) <= 5
        assert len(got.avoid) <= 4
        assert len({step.do for step in got.steps}) == len(got.steps)
        assert len({avoid.what for avoid in got.avoid}) == len(got.avoid)
        assert len(got.bias_init) == len(profile.classes)
        assert all(bias is None or math.isfinite(bias) for bias in got.bias_init)
        assert not re.search(r"\b(nan|inf|None)\b|[*#]{2}|\{|\}", text)
        assert all(step.do.endswith(".") and step.why.endswith(".") for step in got.steps)


@pytest.mark.parametrize("name", [name for name in PROFILES if name != "a label on every sample"])
def test_every_command_it_quotes_works_on_the_data(name):
    for got in every(PROFILES[name]):
        for scheme, options, target in re.findall(r"--scheme (\S+) ([^']*)--to (\w+)'", words(got)):
            cap = re.search(r"--cap (\d+)", options)
            zero = "exclude" if "--zero-count exclude" in options else "refuse"
            weights = apply(PROFILES[name].counts, scheme, cap=float(cap[1]) if cap else None, zero_count=zero)
            assert scheme in emit(target, weights)
            assert target == ("pytorch" if got.model == "network" else "sklearn")


def test_what_auto_emits_is_among_the_steps(profile):
    for got in every(profile):
        assert got.scheme == "none" or f"--scheme {got.scheme} " in "".join(step.do for step in got.steps)


def test_micro_f1_never_takes_the_prior_of_a_label_for_its_threshold(profile):
    for got in every(profile, ["micro-f1"]):
        assert not re.search(r"prior|prevalence|p_c|share", got.threshold_rule)
        if profile.task == "multilabel" and profile.n_present:
            assert got.threshold_rule.startswith("one threshold for all labels at about F*/2")


def test_accuracy_never_recommends_weights(profile):
    for got in every(profile, ["accuracy"]):
        assert got.scheme == "none"
        assert "weighted" not in got.loss
        assert "--scheme" not in words(got)


def test_costs_and_ranking_never_recommend_weights(profile):
    for got in every(profile, ["cost", "ranking"]):
        assert got.scheme in ("none", "prior-bias")
        assert "weighted" not in got.loss


@pytest.mark.parametrize("noun", ["metric", "model"])
def test_an_unknown_name_is_answered_with_the_nearest(noun):
    near = {"metric": "macro_f1", "model": "tree"}[noun]
    with pytest.raises(UsageError, match=f"no {noun} named '{near}'") as complaint:
        prescribe(PROFILES["950/50"], **{noun: near})
    assert {"metric": "macro-f1", "model": "trees"}[noun] in complaint.value.hint


@settings(max_examples=40, deadline=None)
@given(
    counts=st.lists(st.integers(0, 10**12), min_size=1, max_size=8).filter(any),
    metric=st.sampled_from(METRICS),
    model=st.sampled_from(MODELS),
)
def test_any_counts_get_a_prescription_that_fits_in_json(counts, metric, model):
    got = prescribe(profile_of({str(i): n for i, n in enumerate(counts)}), metric=metric, model=model)
    json.dumps([got.scheme, got.bias_init, words(got)], allow_nan=False)
