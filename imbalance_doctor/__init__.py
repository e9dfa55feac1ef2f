"""imbalance-doctor: a doctor for classifiers trained on imbalanced labels.

>>> import imbalance_doctor
>>> found = imbalance_doctor.analyze(["ok"] * 950 + ["fraud"] * 50)
>>> found.weights("balanced").to_dict()
{'fraud': 10.0, 'ok': 0.5263157894736842}
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .api import Analysis, Examination, Lint, Predictions

__version__ = "0.1.0"
__all__ = ["__version__", "analyze", "diagnose", "history", "lint", "predictions"]

# The folders of the same name: imported here and now, they can never again take the place of the functions.
import_module(".predictions", __name__)
import_module(".history", __name__)


def analyze(
    labels: Any,
    *,
    metric: str = "macro-f1",
    model: str = "network",
    layout: str | None = None,
    label: str | None = None,
    classes: "Sequence[str] | str | None" = None,
    n_samples: int | None = None,
    task: Any = None,
    missing: "Sequence[str] | str" = (),
    ignore_label: "Sequence[str] | str" = (),
    **reading: Any,
) -> "Analysis":
    """Examine labels: a path, or an array, Series, data frame, list, list of lists, mapping of counts, sparse matrix.

    `classes`: names in index order, or "a,b,c", or the path of a file with one name a line. `missing` and
    `ignore_label` take one text or several. `reading`: the other reading options of the command line by name:
    separator, id, delimiter, quote, header, encoding, input_format, label_prefix, labels_xml, strip_bio, count, sheet,
    records, max_bytes, strict, and `merge`: the kinds of spelling that make no difference, of case, space, unicode,
    number. Raises a `DoctorError` with a hint when the labels cannot be read in one way.
    """
    from . import doctor
    from .api import Analysis
    from .labels.layout import Wishes
    from .readers._source import MAX_BYTES, Options, with_format

    options = Options(
        label=label,
        layout=layout,
        **{name: reading.pop(name, None) for name in ("input_format", "delimiter", "quote", "header", "encoding")},
        **{name: reading.pop(name, None) for name in ("label_prefix", "labels_xml", "strip_bio", "count", "sheet")},
        records=reading.pop("records", None),
        max_bytes=reading.pop("max_bytes", MAX_BYTES),
    )
    wishes = Wishes(
        layout=layout,
        label=label,
        classes=None if classes is None or isinstance(classes, str) else tuple(map(str, classes)),
        n_samples=n_samples,
        missing=(missing,) if isinstance(missing, str) else tuple(map(str, missing)),
        ignore=(ignore_label,) if isinstance(ignore_label, str) else tuple(map(str, ignore_label)),
        id=reading.pop("id", None),
        separator=reading.pop("separator", None),
        merge=tuple(reading.pop("merge", ())),
    )
    strict = bool(reading.pop("strict", False))
    if reading:
        raise TypeError(f"analyze() got an unexpected keyword argument {next(iter(reading))!r}")
    text = classes if isinstance(classes, str) else None
    request = doctor.LabelRequest(with_format(options), wishes, task, classes_text=text, strict=strict)
    return Analysis(doctor.analyze(labels, request, metric=metric, model=model))


def predictions(
    scores: Any,
    labels: Any = None,
    *,
    train_labels: Any = None,
    prior: "str | Sequence[float] | Mapping[str, float] | None" = None,
    classes: "Sequence[str] | None" = None,
    kind: str | None = None,
    task: str | None = None,
    threshold: float | None = None,
    metric: str = "macro-f1",
    id: str | None = None,  # noqa: A002
    exact: bool = False,
) -> "Predictions":
    """Examine predictions: a path, or an array (n, K) or (n,), tensor, data frame, list; scores or predicted labels.

    `labels`: the truth, `train_labels`: the labels trained on, both anything `analyze` takes. `prior`: one per class
    or by name. `kind`: probabilities, logits or labels; `task`: softmax, sigmoid or binary; `threshold` on the scale
    of the scores; `metric`: what a correction shall gain. `id`: the column that joins scores and truth. `exact`: rank
    all rows, not a histogram of them. Raises a `DoctorError` with a hint when something can be read in two ways.
    """
    from . import doctor
    from .api import Predictions, held
    from .examinations.request import PredictionRequest
    from .plugins import unknown_name
    from .predictions.columns import Wishes
    from .prescribe import METRICS

    if metric not in METRICS:
        raise unknown_name("metric", metric, list(METRICS))
    names = None if classes is None else tuple(map(str, classes))
    request = PredictionRequest(
        wishes=Wishes(id=id, kind=kind, task=task, threshold=threshold, classes=names),
        truth=held(labels),
        train=held(train_labels),
        priors=prior,
        exact=exact,
    )
    return Predictions(doctor.predictions(held(scores), request, metric=metric))


def history(log: Any, labels: Any = None, *, val_labels: Any = None, run: str | None = None) -> "Examination":
    """Examine a training log: the path of a file, or of a folder of event files.

    `labels`, `val_labels`: the labels behind the two splits, anything `analyze` takes; with them the log is compared
    with what a model that learnt nothing would print for these very counts. Raises a `DoctorError` with a hint when
    the file is not a log.
    """
    from . import doctor
    from .api import Examination, held
    from .examinations.history import HistoryRequest

    request = HistoryRequest(labels=held(labels), val_labels=held(val_labels), run=run)
    return Examination(doctor.history(log, request))


def diagnose(
    labels: Any = None,
    predictions: Any = None,
    history: Any = None,
    *,
    truth: Any = None,
    metric: str = "macro-f1",
    model: str = "network",
) -> "Examination":
    """Rank the causes across whatever evidence is given; `truth` belongs to `predictions`.

    Raises a `DoctorError` with a hint when nothing is given or something cannot be read.
    """
    from . import differential
    from .api import Examination, held

    evidence = differential.Evidence(held(labels), held(predictions), held(truth), history)
    return Examination(differential.diagnose(evidence, metric=metric, model=model))


def lint(
    weights: Any,
    labels: Any,
    *,
    loss: str = "",
    framework: str = "",
    key: str | None = None,
    sampler: bool = False,
    dtype: str = "",
    classes: "Sequence[str] | str | None" = None,
    n_samples: int | None = None,
) -> "Lint":
    """Check weights that exist already against the labels they are for.

    `weights`: the path of a text (JSON, YAML, TOML, CSV, a list, Python, which is parsed and never run), or the
    numbers: a list, an array, a tensor, a mapping of class to weight. `labels`: anything `analyze` takes. `loss`: what
    the numbers are for, such as "cross-entropy" or "bce-pos-weight"; `framework`: such as "pytorch" or "keras"; `key`:
    where in the text they stand; `sampler`: whether a weighted sampler is in use too; `dtype`: their type in training.
    Raises a `DoctorError` with a hint when something can be read in two ways.
    """
    from . import doctor
    from .api import Lint, held
    from .examinations.lint import LintRequest
    from .labels.layout import Wishes

    names = None if classes is None or isinstance(classes, str) else tuple(map(str, classes))
    text = classes if isinstance(classes, str) else None
    request = doctor.LabelRequest(wishes=Wishes(classes=names, n_samples=n_samples), classes_text=text)
    return Lint(doctor.lint(weights, held(labels), LintRequest(key, loss, framework, sampler, dtype), request))
