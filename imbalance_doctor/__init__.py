"""imbalance-doctor: a doctor for classifiers trained on imbalanced labels.

>>> import imbalance_doctor
>>> found = imbalance_doctor.analyze(["ok"] * 950 + ["fraud"] * 50)
>>> found.weights("balanced").to_dict()
{'fraud': 10.0, 'ok': 0.5263157894736842}
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import Analysis

__version__ = "0.1.0"
__all__ = ["__version__", "analyze"]


def analyze(
    labels: Any,
    *,
    metric: str = "macro-f1",
    model: str = "network",
    layout: str | None = None,
    label: str | None = None,
    classes: "list[str] | tuple[str, ...] | None" = None,
    n_samples: int | None = None,
    task: Any = None,
    missing: "list[str] | tuple[str, ...]" = (),
    ignore_label: "list[str] | tuple[str, ...]" = (),
    **reading: Any,
) -> "Analysis":
    """Examine labels: a path, or an array, Series, data frame, list, list of lists, mapping of counts, sparse matrix.

    `reading` takes the other reading options of the command line by name: separator, id, delimiter, quote, header,
    encoding, input_format. Raises a `DoctorError` with a hint when the labels cannot be read in one way.
    """
    from . import doctor
    from .api import Analysis
    from .labels.layout import Wishes
    from .readers._source import Options

    options = Options(
        label=label,
        **{name: reading.pop(name, None) for name in ("input_format", "delimiter", "quote", "header", "encoding")},
    )
    wishes = Wishes(
        layout=layout,
        label=label,
        classes=None if classes is None else tuple(map(str, classes)),
        n_samples=n_samples,
        missing=tuple(missing),
        ignore=tuple(map(str, ignore_label)),
        id=reading.pop("id", None),
        separator=reading.pop("separator", None),
    )
    if reading:
        raise TypeError(f"analyze() got an unexpected keyword argument {next(iter(reading))!r}")
    request = doctor.LabelRequest(options, wishes, task)
    return Analysis(doctor.analyze(labels, request, metric=metric, model=model))
