"""Weights built by hand, so that a test of an emitter does not rest on the schemes."""

from imbalance_doctor.model import Task, Weights

SCHEME_OF = {
    "class-weight": "balanced",
    "pos-weight": "pos-weight",
    "pair": "balanced-pair",
    "offset": "logit-adjustment",
    "margin": "ldam-margin",
    "repeat": "repeat-factor",
}
"""A scheme for each kind."""


def sample(
    kind: str = "class-weight",
    task: Task = "multiclass",
    classes: tuple[str, ...] = ("cat", "dog", "bird"),
    values: tuple[float, ...] = (1 / 3, 3.0, 30.0),
    **changes: object,
) -> Weights:
    """Weights of one kind for these classes; `changes` overwrite single fields."""
    n = len(classes)
    counts = tuple(90 // (i + 1) for i in range(n))
    fields: dict[str, object] = {
        "scheme": SCHEME_OF[kind],
        "kind": kind,
        "task": task,
        "classes": classes,
        "counts": counts,
        "n_samples": 200 if task == "multilabel" else sum(counts),
        "values": values,
        "values_negative": tuple(v / 7 for v in values) if kind == "pair" else None,
        "normalisation": "sample-mean" if kind == "class-weight" else "none",
        "sample_mean": 1.25 if kind in ("class-weight", "pos-weight", "pair") else None,
        "max_min_ratio": None if kind == "offset" else 9.0,
        "boundary_after": tuple(0.5 / (i + 1) for i in range(n)),
        "parameters": {"cap": 1e-3, "zero_count": "value=1"},
    }
    return Weights(**{**fields, **changes})  # type: ignore[arg-type]


def binary(kind: str = "class-weight", **changes: object) -> Weights:
    """Weights for the classes no (90 samples) and yes (45 samples)."""
    changes = {"classes": ("no", "yes"), "values": (0.25, 4.0), **changes}
    return sample(kind, "binary", **changes)  # type: ignore[arg-type]
