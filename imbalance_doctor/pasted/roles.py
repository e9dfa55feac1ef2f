"""What a parameter of a loss or a model does with the weights it is given, and what the loss divides by.

The names are those of the frameworks; the facts about each were found by running it or reading its source.
"""

import re
from collections.abc import Collection, Mapping

from ..model import Role

LOSSES: Mapping[str, Role] = {
    "cross-entropy": "class-weight",
    "weighted-cross-entropy": "class-weight",
    "bce-weight": "weight-per-label",
    "bce-pos-weight": "pos-weight",
    "bce-pair": "pair",
    "focal": "focal-alpha",
    "class-balanced-focal": "class-weight",
    "logit-adjusted": "offset",
    "balanced-softmax": "offset",
}
"""What may be named with --loss, and what numbers do there."""

FRAMEWORKS = (
    "pytorch", "lightning", "hf-trainer", "keras", "sklearn", "xgboost", "lightgbm", "catboost", "mmpretrain", "mmseg",
    "mmdet", "paddle", "monai", "flair", "ludwig", "jax",
)  # fmt: skip

DIVIDE = {"pytorch", "lightning", "hf-trainer", "paddle", "mmseg", "ludwig"}
"""Their cross entropy divides by the sum of the weights of the batch."""
SCALE_MATTERS = {"keras", "sklearn", "xgboost", "catboost", "mmpretrain", "mmdet", "monai", "flair"}
"""They divide class weights by the number of samples, or set them against a regularisation in absolute units."""
ABSENT_MEANS_ONE = {"keras", "sklearn", "lightgbm", "flair"}
"""A class without a key gets the weight 1, and nothing is said."""

POSITIVE = {"pos_weight", "pos_weights", "positive_weight", "scale_pos_weight"}
BY_CLASS = {
    "class_weight", "class_weights", "cls_weight", "cls_weights", "classes_weights", "label_weights", "ce_weight",
    "ce_weights", "weights_per_class",
}  # fmt: skip
PLAIN = {"weight", "weights"}
ALPHA = {"alpha", "focal_alpha", "alphas"}
NAMED = POSITIVE | BY_CLASS | PLAIN | {"focal_alpha", "loss_weights"}
"""Names under which weights stand where no loss is named beside them."""

_IMPORTS = {
    "torch": "pytorch",
    "pytorch_lightning": "lightning",
    "transformers": "hf-trainer",
    "tensorflow": "keras",
    "optax": "jax",
}
_OWN_NAMES = (("xgb", "xgboost"), ("lgb", "lightgbm"), ("catboost", "catboost"))
_OWN_KEYS = {
    "mmseg": {"decode_head", "loss_decode", "auxiliary_head"},
    "mmdet": {"bbox_head", "roi_head", "rpn_head"},
    "ludwig": {"output_features"},
    "lightning": {"class_path"},
    "hf-trainer": {"per_device_train_batch_size", "gradient_accumulation_steps"},
}
_SCIKIT = re.compile(
    r"logisticregression|randomforest|extratrees|decisiontree|histgradientboosting|ridgeclassifier|sgdclassifier|"
    r"perceptron|passiveaggressive|(linear|nu)?svc$|balancedbagging"
)


def plain(name: str) -> str:
    """A parameter's name in snake case and small letters.

    >>> plain("classWeight"), plain("--class-weights"), plain("CLASS_WEIGHT")
    ('class_weight', 'class_weights', 'class_weight')
    """
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return snake.replace("-", "_").strip("_").lower()


def squeezed(name: str) -> str:
    """A callee's name without anything but letters and digits.

    >>> squeezed("torch.nn.CrossEntropyLoss"), squeezed("binary_cross_entropy")
    ('crossentropyloss', 'binarycrossentropy')
    """
    return re.sub(r"[^a-z0-9]", "", name.rsplit(".", 1)[-1].lower())


def is_loss(callee: str) -> bool:
    """Whether a name is that of a loss."""
    name = squeezed(callee)
    return any(part in name for part in ("loss", "criterion", "crossentropy", "bce", "nll", "focal"))


def meaning(callee: str, parameter: str, framework: str = "", sigmoid: bool = False) -> tuple[Role, str] | None:
    """What numbers under this parameter of this callee do, and the loss: (role, loss), None where they are no weights.

    `sigmoid`: `use_sigmoid=True` stands beside it, which in mmseg and mmdet makes a pos-weight of `class_weight`.
    """
    name, word = squeezed(callee), plain(parameter)
    focal = "focal" in name
    bce = "bce" in name or "binarycrossentropy" in name or "multilabelsoftmargin" in name
    cross = not bce and ("crossentropy" in name or "nll" in name or name in ("ce", "celoss"))
    if word in POSITIVE:
        return "pos-weight", "" if word == "scale_pos_weight" else "bce-pos-weight"
    if focal and word in ALPHA:
        return "focal-alpha", "focal"
    if word == "focal_alpha":
        return "focal-alpha", "focal"
    if sigmoid and framework in ("mmseg", "mmdet") and word in BY_CLASS:
        return "pos-weight", "bce-pos-weight"
    if word == "loss_weights" and framework == "flair":
        return "class-weight", ""
    if word in BY_CLASS | PLAIN and (bce or (sigmoid and word in BY_CLASS)):
        return "weight-per-label", "bce-weight"
    if word in BY_CLASS:
        return "class-weight", "cross-entropy" if cross else "focal" if focal else ""
    if word in PLAIN and is_loss(callee):
        return "class-weight", "cross-entropy" if cross else "focal" if focal else ""
    return None


def framework_of(callee: str, imported: tuple[str, ...] = ()) -> str:
    """The framework a call belongs to: by its own name, by the module before it, else the first one imported."""
    name, modules = squeezed(callee), callee.lower().split(".")[:-1]
    for start, framework in _OWN_NAMES:
        if name.startswith(start) or start in modules or framework in modules:
            return framework
    if _SCIKIT.match(name):
        return "sklearn"
    known = [imported_framework(module) for module in (*modules, *imported)]
    if modules and modules[-1] in ("nn", "f", "functional") and not any(known):
        return "pytorch"
    if name == "fit":
        return "keras" if not any(known) or "keras" in known else ""
    return next(filter(None, known), "")


def imported_framework(module: str) -> str:
    """The framework of a module's top name, "" for any other."""
    top = module.split(".")[0].lower()
    return _IMPORTS.get(top, "keras" if top == "tf" else top if top in FRAMEWORKS else "")


def framework_of_keys(keys: Collection[str]) -> str:
    """The framework whose configurations have such keys, "" for none."""
    return next((framework for framework, own in _OWN_KEYS.items() if own & set(keys)), "")


def divides(role: Role, loss: str, framework: str) -> bool | None:
    """Whether the loss divides by the weights, so that their scale cancels; None when it is not known."""
    if role != "class-weight":
        return False
    if framework == "lightgbm" or (framework in DIVIDE and loss.endswith("cross-entropy")):
        return True
    return False if framework in SCALE_MATTERS or "focal" in loss else None
