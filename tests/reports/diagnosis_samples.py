"""Differential diagnoses built by hand on the other samples."""

from collections.abc import Sequence
from dataclasses import replace

from imbalance_doctor.model import Avoid, Cause, Diagnosis, Prescription, Report, Source, Step
from tests.reports import history_samples, prediction_samples, samples


def all_three() -> Report:
    """Labels, a dump that is all zero, and a log frozen at 7.7364: the wiring is first."""
    labels = samples.profile(("negative", "positive"), (10_000, 10_000))
    dump, log = prediction_samples.all_zero(), history_samples.frozen()
    diagnosis = Diagnosis(
        causes=(
            Cause(
                name="missing-activation",
                title="The last layer has no activation",
                likelihood="established",
                evidence_for=(
                    "loss 7.7364 beside accuracy 0.4985 is 15.4249 an error: clipped BCE of tf.keras 2",
                    "10,031 and 2,469 errors are all positives there are: every one was answered 0",
                ),
                evidence_against=(),
                test="Print the smallest and largest output of the model: outside 0..1 there is no sigmoid.",
                remedy="Give the loss logits, from_logits=True, and the metric BinaryAccuracy(threshold=0.0).",
                codes=("IMB301", "IMB304"),
            ),
            Cause(
                name="threshold",
                title="The threshold is too high for the priors",
                likelihood="possible",
                evidence_for=("no score reaches 0.5, and five of twelve classes rank above chance",),
                evidence_against=("a frozen model has no ranking worth a threshold",),
                test="Move the thresholds on validation data (see the rescue).",
                remedy="Tune the thresholds once the wiring is mended.",
                codes=("IMB201",),
            ),
            Cause(
                name="prior-bias",
                title="The rare class is drowned by its prior",
                likelihood="unlikely",
                evidence_for=(),
                evidence_against=("the labels are balanced: 10,000 and 10,000",),
                test="Compare the loss with its floor.",
                remedy="Adjust the logits by the log prior.",
            ),
        ),
        missing=(),
    )
    prescribed = Prescription(
        metric="macro-f1",
        model="network",
        scheme="none",
        loss="none",
        steps=(
            Step("Mend the wiring: logits into the loss.", "A clipped loss has no gradient; nothing else can help."),
            Step("Train again and examine again.", "All other evidence comes from a model that was never trained."),
        ),
        avoid=(Avoid("class weights", "they scale a gradient of 0"),),
        bias_init=(),
        threshold_rule="",
    )
    return Report(
        "diagnose",
        (Source("train.csv", "csv"), *dump.sources, *log.sources),
        labels,
        dump.predictions,
        log.history,
        prescription=prescribed,
        diagnosis=diagnosis,
        findings=(*dump.findings, *log.findings),
    )


def labels_alone() -> Report:
    """Labels and nothing else: no cause, and two pieces of evidence that would help."""
    missing = (
        ("the model's scores", "imbalance-doctor predictions SCORES --labels TRUTH"),
        ("the training log", "imbalance-doctor history LOG --labels train.csv"),
    )
    return replace(samples.two_classes(), command="diagnose", diagnosis=Diagnosis((), missing))


def named(names: Sequence[str]) -> Report:
    """Awkward names in every text a diagnosis has, and in its examinations."""
    likelihoods = ("likely", "possible", "unlikely")
    causes = tuple(
        Cause(name, name, likelihoods[i % 3], (name, name), (name,), name, name, ("IMB301",))  # type: ignore[arg-type]
        for i, name in enumerate(names)
    )
    log = history_samples.named(names)
    return replace(
        prediction_samples.named(names),
        command="diagnose",
        labels=samples.named(names).labels,
        history=log.history,
        diagnosis=Diagnosis(causes, tuple((name, name) for name in names)),
        findings=log.findings,
    )
