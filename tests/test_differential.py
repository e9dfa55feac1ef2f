"""The differential diagnosis: which cause comes first on which evidence, and which does not."""

import math
from dataclasses import replace

import numpy as np
import pytest

from imbalance_doctor.causes._chart import PROOF, SIGN, STRONG, Clue, Suspicion
from imbalance_doctor.differential import Evidence, causes, diagnose, rank
from imbalance_doctor.errors import UsageError
from imbalance_doctor.model import Cause, Diagnosis, HistoryProfile, LabelProfile, PredictionProfile
from imbalance_doctor.plugins import Severity
from imbalance_doctor.predictions.blocks import ScoreBlock, Setting
from imbalance_doctor.predictions.rescue import rescue
from imbalance_doctor.predictions.tally import PredictionTally
from imbalance_doctor.rules._run import run
from tests.build import profile_of
from tests.history.curves import log, printed
from tests.history.healthy import healthy
from tests.rules.predictions.dumps import BINARY, TAGS, calibrated, ignorant, logistic, softmax_of
from tests.zoo.faults import FAULTS
from tests.zoo.judge import profile_of_scores

RARE = profile_of({"0": 980, "1": 20})
SKEWED = profile_of({"0": 900, "1": 90, "2": 10})
EVEN = profile_of({"neg": 12_500, "pos": 12_500})
FALLING = [2.0 * 0.8**i + 0.2 for i in range(12)]
RISING = [0.5 + 0.4 * (1 - 0.8**i) for i in range(12)]
LEARNING = log({"loss": printed(FALLING), "acc": printed(RISING)})
FROZEN = log({"loss": ["7.7364"] * 3, "acc": ["0.4985"] * 3, "val_loss": ["7.6168"] * 3, "val_acc": ["0.5062"] * 3})


def diagnosis(
    labels: LabelProfile | None = None,
    predictions: PredictionProfile | None = None,
    history: HistoryProfile | None = None,
) -> Diagnosis:
    """All rules, then the ranking, as the command does it."""
    findings, _ = run({"labels": labels, "predictions": predictions, "history": history})
    return rank(labels, predictions, history, findings)


def named(found: Diagnosis, name: str) -> Cause:
    return next(cause for cause in found.causes if cause.name == name)


def first(found: Diagnosis) -> tuple[str, str]:
    return found.causes[0].name, found.causes[0].likelihood


def with_remedies(scores, truth, task: str) -> PredictionProfile:
    """A profile whose corrections have been tried too."""
    profile = profile_of_scores(scores, truth, task=task)
    names = tuple(row.name for row in profile.classes)
    tally = PredictionTally(Setting(names, "probabilities", task, 0.5, None, "", True, False))
    tally.update(ScoreBlock(0, np.asarray(scores).reshape(len(truth), -1), truth=np.asarray(truth)))
    return replace(profile, remedies=rescue(tally.sample, tally.setting, "macro-f1"))


# ── dumps, each with one illness ────────────────────────────────────────────────────────────────────────────────────

BELOW_THE_CUT, HAS = calibrated(4000, 0.02, 1.2)
RANKED = profile_of_scores(np.minimum(BELOW_THE_CUT, 0.45), HAS, **BINARY)
BLIND = profile_of_scores(*ignorant(4000, 0.02), **BINARY)
CONSTANT = profile_of_scores(np.full(4000, 0.02), HAS, **BINARY)
GOOD_SCORES, GOOD_TRUTH = calibrated(2000, 0.2, 2.0)
HEALTHY = profile_of_scores(GOOD_SCORES, GOOD_TRUTH, **BINARY)
WEIGHTED = profile_of_scores(49 * BELOW_THE_CUT / (49 * BELOW_THE_CUT + 1 - BELOW_THE_CUT), HAS, **BINARY)
LOGITS_TAKEN = profile_of_scores(np.log(GOOD_SCORES / (1 - GOOD_SCORES)), GOOD_TRUTH, **BINARY)


def outvoted() -> PredictionProfile:
    """Three classes that are told apart, the frequent one ahead by its prior: the rare ones are never answered."""
    scores, truth = softmax_of(3000, (0.96, 0.02, 0.02), 1.4)
    logits = np.log(scores)
    logits[:, 0] += 2.0
    e = np.exp(logits)
    return profile_of_scores(e / e.sum(axis=1, keepdims=True), truth, (0.96, 0.02, 0.02))


def shifted() -> PredictionProfile:
    """A good model whose ids start at 1."""
    scores, truth = softmax_of(1500, (0.25,) * 4, 3.0)
    return profile_of_scores(np.roll(scores, 1, axis=1), truth)


def tail_at_chance(alive: bool = False) -> PredictionProfile:
    """Ten labels: five frequent ones rank, five rare ones do not (or do)."""
    columns = [calibrated(4000, 0.2 - 0.02 * i, 2.2, seed=i) for i in range(5)]
    rare = calibrated if alive else ignorant
    columns += [rare(4000, 0.02 - 0.002 * i, 2.2 if alive else 0.3, seed=9 + i) for i in range(5)]
    order = [np.random.default_rng(50 + i).permutation(4000) for i in range(10)]
    scores = np.column_stack([q[o] for (q, _), o in zip(columns, order, strict=True)])
    truth = np.column_stack([y[o] for (_, y), o in zip(columns, order, strict=True)])
    return profile_of_scores(scores, truth, **TAGS)


def overfit(turns: bool = True) -> HistoryProfile:
    held_out = [*(1.2 - 0.1 * i for i in range(4)), *(0.8 + 0.15 * i for i in range(8))]
    return log({"loss": printed(FALLING), "acc": printed(RISING), "val_loss": printed(held_out if turns else FALLING)})


def diverged(grows: bool = True) -> HistoryProfile:
    values = [1.0, 0.9, 0.8, 1.4, 4.0, 11.0, 30.0, 35.0] if grows else FALLING
    return log(
        {
            "loss": printed(values),
            "acc": printed([0.6, 0.6, 0.61, 0.6, 0.55, 0.52, 0.5, 0.5, *RISING[:4]][: len(values)]),
        }
    )


# fmt: off
CASES = [  # the cause, evidence on which it is first, near evidence on which it is not
    ("wiring", {"predictions": LOGITS_TAKEN}, {"predictions": HEALTHY}),
    ("wiring", {"history": FROZEN, "labels": EVEN}, {"history": LEARNING, "labels": EVEN}),
    ("unstable-training", {"history": diverged()}, {"history": diverged(False)}),
    ("dead-model", {"predictions": CONSTANT, "labels": RARE}, {"predictions": RANKED, "labels": RARE}),
    ("no-signal", {"predictions": BLIND, "labels": RARE}, {"predictions": RANKED, "labels": RARE}),
    ("prior-bias", {"predictions": outvoted(), "labels": SKEWED}, {"predictions": HEALTHY, "labels": SKEWED}),
    ("threshold", {"predictions": RANKED, "labels": RARE}, {"predictions": BLIND, "labels": RARE}),
    ("over-correction", {"predictions": WEIGHTED, "labels": RARE}, {"predictions": HEALTHY, "labels": RARE}),
    ("undertrained-tail", {"predictions": tail_at_chance()}, {"predictions": tail_at_chance(alive=True)}),
    ("label-mapping", {"predictions": shifted()}, {"predictions": outvoted()}),
    ("overfitting", {"history": overfit()}, {"history": overfit(False)}),
    ("not-imbalance", {"labels": EVEN}, {"labels": RARE}),
]
# fmt: on


@pytest.mark.parametrize(("name", "evidence", "near"), CASES, ids=[f"{c[0]}-{'-'.join(c[1])}" for c in CASES])
def test_each_cause_is_first_where_it_is_so_and_not_in_the_near_case(name, evidence, near) -> None:
    found = diagnosis(**evidence)
    assert first(found) in {(name, "established"), (name, "likely")}
    cause = found.causes[0]
    assert cause.evidence_for
    assert cause.test
    assert cause.remedy
    other = diagnosis(**near)
    assert not other.causes or other.causes[0].name != name
    assert name not in {c.name for c in other.causes if c.likelihood in ("established", "likely")}


def test_every_cause_has_such_a_case() -> None:
    assert {plugin.card.name for plugin in causes().values()} == {name for name, _, _ in CASES}


def test_wiring_goes_before_what_it_imitates() -> None:
    found = diagnosis(EVEN, None, FROZEN)
    assert first(found) == ("wiring", "established")
    assert found.causes[0].codes == ("IMB304",)
    assert "7.7364" in found.causes[0].evidence_for[0]
    dead = named(found, "dead-model")
    assert dead.likelihood == "possible"
    assert "consequences of wiring" in dead.evidence_against[-1]


def test_balanced_labels_with_a_wiring_fault_are_no_imbalance_problem_and_the_wiring_is_named() -> None:
    found = diagnosis(EVEN, None, FROZEN)
    assert [(c.name, c.likelihood) for c in found.causes[:2]] == [
        ("wiring", "established"),
        ("not-imbalance", "established"),
    ]
    assert found.causes[1].title == "not an imbalance problem"


def test_scores_that_rank_rule_out_that_nothing_was_learnt_whatever_the_log_says() -> None:
    floor = 0.02 * math.log(50) + 0.98 * math.log(50 / 49)
    plateau = log({"loss": printed([floor] * 12, 6), "acc": ["0.9800"] * 12}, RARE.counts)
    alone = diagnosis(RARE, None, plateau)
    assert named(alone, "no-signal").likelihood == "likely"
    ranked = diagnosis(RARE, RANKED, plateau)
    assert named(ranked, "no-signal").likelihood == "unlikely"
    assert first(ranked)[0] == "threshold"


def test_a_loss_within_five_per_cent_of_its_floor_is_taken_for_nothing_learnt() -> None:
    floor = 0.02 * math.log(50) + 0.98 * math.log(50 / 49)
    near = [floor * (1.04 + 2.0 * 0.6**i) for i in range(12)]
    told = named(diagnosis(RARE, None, log({"loss": printed(near, 6)}, RARE.counts)), "no-signal")
    assert told.likelihood == "likely"
    assert any("within 5 %" in text for text in told.evidence_for)
    far = [floor * (0.5 + 2.0 * 0.6**i) for i in range(12)]
    other = diagnosis(RARE, None, log({"loss": printed(far, 6)}, RARE.counts))
    assert not any("within 5 %" in text for cause in other.causes for text in cause.evidence_for)


@pytest.mark.parametrize("verdict", ["miswired", "cannot_judge"])
def test_corrections_tried_on_scores_that_were_wrongly_read_are_not_repeated(verdict: str) -> None:
    tried = with_remedies(np.minimum(BELOW_THE_CUT, 0.45), HAS, "binary")
    gained = [text for cause in diagnosis(RARE, tried).causes for text in cause.evidence_for if "raises" in text]
    assert gained
    told = diagnosis(RARE, replace(tried, verdict=verdict))
    assert not any("raises" in text for cause in told.causes for text in cause.evidence_for)
    assert named(told, "threshold").likelihood not in ("established", "likely")


def test_counts_alone_establish_no_illness() -> None:
    for labels in (RARE, SKEWED):
        assert all(cause.likelihood in ("possible", "unlikely") for cause in diagnosis(labels).causes)


def test_every_piece_of_evidence_names_its_examination_and_findings_their_code() -> None:
    found = diagnosis(RARE, RANKED, LEARNING)
    texts = [text for c in found.causes for text in (*c.evidence_for, *c.evidence_against)]
    assert texts
    assert all(text.startswith(("labels: ", "predictions: ", "history: ")) for text in texts)
    assert all(code in "".join(c.evidence_for) for c in found.causes for code in c.codes)


# ── what is missing ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("evidence", "commands"),
    [
        pytest.param(
            {"labels": RARE},
            ["--labels LABELS --predictions DUMP --truth TRUTH", "--labels LABELS --history LOG"],
            id="labels alone",
        ),
        pytest.param(
            {"predictions": profile_of_scores(GOOD_SCORES, **BINARY)},
            [
                "--labels LABELS --predictions DUMP",
                "--predictions DUMP --truth TRUTH",
                "--predictions DUMP --history LOG",
            ],
            id="scores without truth",
        ),
        pytest.param({"labels": RARE, "predictions": RANKED, "history": LEARNING}, [], id="everything"),
    ],
)
def test_missing_evidence_is_named_with_the_one_command_that_supplies_it(evidence, commands) -> None:
    missing = diagnosis(**evidence).missing
    assert [command for _, command in missing] == [f"imbalance-doctor diagnose {flags}" for flags in commands]


def test_predicted_labels_lack_their_scores() -> None:
    answers = profile_of_scores((GOOD_SCORES >= 0.5).astype(int), GOOD_TRUTH, kind="labels")
    texts = [text for text, _ in diagnosis(predictions=answers).missing]
    assert any(text.startswith("scores instead of answers") for text in texts)


def test_nothing_given_names_the_three_flags() -> None:
    with pytest.raises(UsageError) as error:
        diagnose(Evidence())
    assert all(flag in error.value.hint for flag in ("--labels", "--predictions", "--history"))


def test_a_truth_alone_is_no_evidence() -> None:
    with pytest.raises(UsageError, match="without predictions"):
        diagnose(Evidence(labels=["a", "b"] * 20, truth=["a", "b"]))


# ── a focal loss made of a mean ─────────────────────────────────────────────────────────────────────────────────────

ENTROPIES = [1.2 * 0.9**i + 0.1 for i in range(12)]


def mean_focal(gamma: float, alpha: float, spoiled: float = 1.0) -> HistoryProfile:
    values = [alpha * (1 - math.exp(-h)) ** gamma * h * spoiled**i for i, h in enumerate(ENTROPIES)]
    return log({"val_loss": printed(values, 6), "val_cross_entropy_loss": printed(ENTROPIES, 6)})


@pytest.mark.parametrize(("gamma", "alpha"), [(2, 1), (2, 0.25), (1, 1), (5, 0.75)])
def test_a_focal_loss_of_the_mean_follows_its_curve(gamma: float, alpha: float) -> None:
    found = diagnosis(SKEWED, None, mean_focal(gamma, alpha))
    assert first(found) == ("wiring", "established")
    assert f"^{gamma} H" in found.causes[0].evidence_for[0]


def test_a_focal_loss_of_each_sample_does_not() -> None:
    """Two kinds of samples, easy and hard: the mean of the focal losses is not the focal loss of the mean."""
    curves = [(0.9 * 0.93**i + 0.02, 2.5 * 0.97**i) for i in range(12)]
    plain = [0.8 * easy + 0.2 * hard for easy, hard in curves]
    focal = [sum(w * (1 - math.exp(-h)) ** 2 * h for w, h in zip((0.8, 0.2), pair, strict=True)) for pair in curves]
    found = diagnosis(SKEWED, None, log({"val_loss": printed(focal, 6), "val_cross_entropy_loss": printed(plain, 6)}))
    assert not any("focal" in text for cause in found.causes for text in cause.evidence_for)


def test_one_loss_beside_the_log_loss_of_the_dump_is_likely_at_most() -> None:
    h = HEALTHY.truth.log_loss
    assert h
    last = (1 - math.exp(-h)) ** 2 * h
    history = log({"val_loss": printed([last * (3 - 0.2 * i) for i in range(11)], 6)})
    found = diagnosis(None, HEALTHY, history)
    assert first(found) == ("wiring", "likely")
    other = log({"val_loss": printed([1.1 * last * (3 - 0.2 * i) for i in range(11)], 6)})
    assert not any("focal" in text for cause in diagnosis(None, HEALTHY, other).causes for text in cause.evidence_for)


# ── the zoo ─────────────────────────────────────────────────────────────────────────────────────────────────────────

BY_VERDICT = {
    "prior_only": {"no-signal", "label-mapping"},
    "constant": {"dead-model"},
    "threshold": {"threshold", "prior-bias"},
    "miswired": {"wiring", "label-mapping"},
    "partial": {"undertrained-tail", "threshold"},
}


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault.verdict in BY_VERDICT])
def test_an_ill_dump_has_a_likely_cause_and_its_healthy_twin_none_of_these(name: str) -> None:
    ill, well = FAULTS[name].make()
    found, likelihood = first(diagnosis(predictions=ill.profile()))
    assert found in BY_VERDICT[FAULTS[name].verdict]
    assert likelihood in ("established", "likely")
    healthy_causes = diagnosis(predictions=well.profile()).causes
    sure = {cause.name for cause in healthy_causes if cause.likelihood in ("established", "likely")}
    assert sure <= {"not-imbalance", "over-correction"}


def test_rows_in_another_order_are_suspected_before_a_model_that_learnt_nothing() -> None:
    found = diagnosis(predictions=FAULTS["truth in another order"].make()[0].profile())
    assert first(found) == ("label-mapping", "likely")
    assert named(found, "no-signal").likelihood == "possible"


def test_answers_alone_that_are_all_alike_leave_several_causes_possible() -> None:
    found = diagnosis(predictions=FAULTS["always no"].make()[0].profile())
    assert {c.name for c in found.causes if c.likelihood == "possible"} >= {"threshold", "no-signal", "dead-model"}
    assert not [c for c in found.causes if c.likelihood in ("established", "likely")]


@pytest.mark.parametrize("seed", range(0, 200, 2))
def test_a_healthy_log_is_at_most_overfit(seed: int) -> None:
    _, history = healthy(seed)
    sure = {c.name for c in diagnosis(history=history).causes if c.likelihood in ("established", "likely")}
    assert sure <= {"overfitting"}


# ── how clues add up ────────────────────────────────────────────────────────────────────────────────────────────────


def clue(strength: int, source: str = "labels") -> Clue:
    return Clue("seen", source, strength)


@pytest.mark.parametrize(
    ("pro", "con", "grade"),
    [
        pytest.param([], [clue(SIGN)], "unlikely", id="nothing for it"),
        pytest.param([clue(SIGN)], [], "possible", id="one sign"),
        pytest.param([clue(SIGN), clue(SIGN)], [], "possible", id="two signs of one examination are one"),
        pytest.param([clue(SIGN), clue(SIGN, "history")], [], "likely", id="two examinations agree"),
        pytest.param([clue(STRONG)], [clue(SIGN, "history")], "possible", id="a strong clue doubted"),
        pytest.param([clue(PROOF)], [clue(SIGN, "history")], "established", id="a proof stands a doubt"),
        pytest.param([clue(PROOF)], [clue(STRONG, "history")], "possible", id="a proof contradicted"),
        pytest.param([clue(STRONG), clue(STRONG, "history")], [clue(PROOF, "predictions")], "unlikely", id="disproved"),
    ],
)
def test_only_examinations_are_independent(pro, con, grade) -> None:
    assert Suspicion(tuple(pro), tuple(con), "", "").likelihood == grade


def test_findings_keep_their_grade_in_the_fixtures() -> None:
    """The near cases are near: the healthy dump raises no error, the sick ones do."""
    findings, _ = run({"predictions": HEALTHY})
    assert all(f.grade is not Severity.ERROR for f in findings)
    assert logistic(0.0) == 0.5
