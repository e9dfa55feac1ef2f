"""A differential diagnosis in the drawn reports."""

from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from imbalance_doctor.model import Cause, Diagnosis, Source
from imbalance_doctor.reports import markdown, terminal
from imbalance_doctor.reports._diagnosis import NOTHING, paragraphs, verdict
from tests.reports import diagnosis_samples, history_samples


def flat(text: str) -> str:
    """The words of a text, wherever its lines end."""
    return " ".join(text.split())


def test_causes_come_before_everything_else_then_examinations_then_the_prescription() -> None:
    text = terminal.render(diagnosis_samples.all_three())
    words = ["established —", "Causes", "Examinations", "  read ", "Prescription", "Findings"]
    places = [text.index(word) for word in words]
    assert places == sorted(places)
    page = markdown.render(diagnosis_samples.all_three())
    places = [page.index(f"### {title}") for title in ("Causes", "Examinations", "Prescription", "Findings")]
    assert places == sorted(places)


def test_the_first_line_is_the_first_cause_and_how_sure_it_is() -> None:
    text = terminal.render(diagnosis_samples.all_three())
    assert text.startswith("established — The last layer has no activation\nexamined: labels, predictions, history\n")


def test_an_unlikely_first_cause_is_not_announced_as_the_answer() -> None:
    (unlikely,) = [c for c in diagnosis_samples.all_three().diagnosis.causes if c.likelihood == "unlikely"]
    assert verdict(Diagnosis((unlikely,), ())).startswith("no cause stands out — ")
    assert verdict(Diagnosis((), ())) == NOTHING


def test_a_cause_has_evidence_for_and_against_the_test_and_the_remedy() -> None:
    text = flat(terminal.render(diagnosis_samples.all_three()))
    for part in (
        "1 The last layer has no activation missing-activation, established",
        "for loss 7.7364 beside accuracy 0.4985 is 15.4249 an error",
        "for 10,031 and 2,469 errors are all positives there are",
        "test Print the smallest and largest output",
        "remedy Give the loss logits",
        "see IMB301, IMB304",
        "against a frozen model has no ranking worth a threshold",
    ):
        assert part in text


def test_an_unlikely_cause_has_only_its_evidence_until_all_is_asked_for() -> None:
    short, every = (terminal.render(diagnosis_samples.all_three(), show_all=show) for show in (False, True))
    assert "the labels are balanced: 10,000 and 10,000" in short
    assert "Adjust the logits by the log prior." not in short
    assert "Adjust the logits by the log prior." in every


def test_each_examination_is_one_paragraph() -> None:
    labels, predictions, history = paragraphs(diagnosis_samples.all_three())
    assert labels == ("labels", "2 classes · 20,000 samples · binary · ratio 1 : 1. No findings")
    assert predictions[1].startswith("collapsed: all zero — 0 of 55,000 rows")
    assert predictions[1].endswith("2 findings: IMB201 all-zero-collapse (error), IMB212 bad-scores (info)")
    assert history[1].startswith("frozen — loss is 7.7364")
    assert history[1].endswith("IMB301 frozen-training (error), IMB304 loss-fingerprint (error)")


def test_the_tables_are_drawn_on_request_under_the_name_of_their_examination() -> None:
    made = diagnosis_samples.all_three()
    short = terminal.render(made)
    assert "--all draws the tables of each examination" in short
    titles = [
        "Labels: how they were read",
        "Labels: classes",
        "Labels: floors",
        "Predictions: how they were read",
        "Predictions: classes",
        "Log: how it was read",
        "Log: metrics",
        "Log: fingerprints",
    ]
    assert not any(title in short for title in titles)
    every = terminal.render(made, show_all=True)
    places = [every.index(f"\n{title}") for title in titles]
    assert places == sorted(places)
    assert "draws the tables" not in every
    assert every.index("Findings") < places[0]


def test_missing_evidence_is_named_with_its_command() -> None:
    text = terminal.render(diagnosis_samples.labels_alone())
    assert text.startswith(f"{NOTHING}\nexamined: labels · not given: predictions, history\n")
    assert "\n  the training log\n    run  imbalance-doctor history LOG --labels train.csv\n" in text
    assert "- **the training log**\n  - run: imbalance-doctor history LOG" in markdown.render(
        diagnosis_samples.labels_alone()
    )


def test_a_diagnosis_of_a_log_alone_draws_its_metrics_once_and_on_request() -> None:
    log = replace(history_samples.frozen(), command="diagnose", diagnosis=Diagnosis((), ()))
    assert "metric    split" not in terminal.render(log)
    assert terminal.render(log, show_all=True).count("metric    split") == 1


def test_many_sources_and_codes_are_cut_short() -> None:
    made = diagnosis_samples.all_three()
    shards = tuple(Source(f"part-{i}.csv", "csv") for i in range(40))
    text = terminal.render(replace(made, sources=shards))
    assert text.count(" part-") == 6
    assert "34 more sources" in text


@pytest.mark.parametrize("likelihood", ["established", "likely", "possible", "unlikely"])
def test_a_cause_without_evidence_is_a_title_alone(likelihood: str) -> None:
    bare = Cause("x", "A bare title", likelihood, (), (), "", "")
    made = replace(diagnosis_samples.labels_alone(), diagnosis=Diagnosis((bare,), ()))
    assert f"\n  1  A bare title   x, {likelihood}\n\nExaminations" in terminal.render(made)
    assert f"\n1. **A bare title** (x, {likelihood})\n\n### Examinations" in markdown.render(made)


def test_causes_are_one_numbered_list_in_markdown() -> None:
    tokens = MarkdownIt("commonmark").parse(markdown.render(diagnosis_samples.all_three()))
    starts = [i for i, t in enumerate(tokens) if t.type == "ordered_list_open"]
    causes = tokens[starts[0] :]
    depth = 0
    items = 0
    for token in causes:
        depth += token.nesting if token.type.endswith("list_open") or token.type.endswith("list_close") else 0
        items += token.type == "list_item_open" and depth == 1
        if depth == 0:
            break
    assert items == 3
