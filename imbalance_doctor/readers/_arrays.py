"""The named arrays of an `.npz` or safetensors file, to tell predictions from truth before one of them is read."""

from . import npz, safetensors
from ._source import Source

PREDICTION_KEYS = (
    "predictions", "preds", "pred", "pred_probs", "scores", "probs", "probabilities", "logits", "y_pred", "y_score",
    "y_prob", "y_proba", "outputs", "output",
)  # fmt: skip
TRUTH_KEYS = ("label_ids", "labels", "label", "y_true", "true", "truth", "targets", "target", "y", "y_test")


def names(source: Source) -> tuple[str, ...]:
    """The arrays of a file that can hold several; none for any other, and for a scipy sparse matrix, which is one."""
    if source.folder:
        return ()
    if is_safetensors(source):
        return tuple(safetensors.header(source.open(), source.name))
    head = source.head()
    if not any(head.startswith(magic) for magic in npz.READER.magic):
        return ()
    found = tuple(name.removesuffix(".npy") for name in _members(source) if name.endswith(".npy"))
    return () if {"format", "shape", "data"} <= set(found) else found


def is_safetensors(source: Source) -> bool:
    """Whether the name says so: the format has no mark of its own at its start."""
    return source.suffix in safetensors.READER.suffixes


def _members(source: Source) -> list[str]:
    import zipfile

    file = source.seekable()
    try:
        return zipfile.ZipFile(file).namelist()
    except Exception:  # a damaged directory raises whatever its fields run into: the reader of the file will name it
        return []


def choose(found: tuple[str, ...], keys: tuple[str, ...]) -> str | None:
    """The one array that has one of the names in `keys`, None where none or several have."""
    named = [key for key in keys if key in found]
    return named[0] if len(named) == 1 else None
