"""The fixed code of each Keras form. It names the literals CLASSES, WEIGHTS, … and holds no data."""

from ._python import Form

KERAS = "import keras\n"
OPS = "from keras import ops\n"

CLASS_WEIGHT_USE = """\
assert list(CLASS_WEIGHT) == list(range(len(CLASSES))), "one weight per class, keyed by the index of the output"

# model.fit(..., class_weight=CLASS_WEIGHT), with targets 0 ... K-1 or one-hot, in the order of CLASSES.
# The loss is divided by the batch size: the sample mean above is a factor on the learning rate.
# The validation loss is not weighted: do not compare it with the training loss.
"""

_NOTE = """\
# The last layer has no activation. The mean divides by the number of elements: the sample mean above is a factor
# on the learning rate.
"""
_USE = """\


# model.compile(optimizer, loss=weighted_bce, metrics=[keras.metrics.BinaryAccuracy(threshold=0.0)])
# On logits the cut is 0, not 0.5.
"""

_BCE = """\
def weighted_bce(y_true, y_pred):
    \"\"\"Binary cross entropy from logits, shape (N,), with {factors}.\"\"\"
    y_pred = ops.convert_to_tensor(y_pred)
    y_true = ops.cast(y_true, y_pred.dtype)
    positive = ops.convert_to_tensor(WEIGHTS{index}, dtype=y_pred.dtype)
{negative}    return ops.mean(loss, axis=-1)
"""
_ONE = """\
    loss = positive * y_true * ops.softplus(-y_pred) + (1 - y_true) * ops.softplus(y_pred)
"""
_TWO = """\
    negative = ops.convert_to_tensor(WEIGHTS_NEGATIVE{index}, dtype=y_pred.dtype)
    loss = positive * y_true * ops.softplus(-y_pred) + negative * (1 - y_true) * ops.softplus(y_pred)
"""


def _bce(factors: str, negative: str, one_logit: bool) -> Form:
    code = _BCE.replace("{factors}", factors).replace("{negative}", negative)
    code = code.replace("{index}", "[1:]" if one_logit else "")
    columns = "" if one_logit else "# Logits and targets (N, C), columns in the order of CLASSES.\n"
    return Form(OPS, columns + _NOTE + code + _USE, one_logit=one_logit)


POS_WEIGHT_BINARY = _bce("a factor on the positive term", _ONE, True)
POS_WEIGHT = _bce("a factor on the positive term of each label", _ONE, False)
PAIR_BINARY = _bce("one factor for each of its two terms", _TWO, True)
PAIR = _bce("two factors for each label", _TWO, False)

_ADJUSTED = """\
# The last layer has no activation. Train with this loss, predict from the bare logits: the offset is in the loss only.
def logit_adjusted_loss(y_true, y_pred):
    \"\"\"{what} from logits, shape (N,).\"\"\"
    y_pred = ops.convert_to_tensor(y_pred)
    offset = ops.convert_to_tensor(LOG_PRIOR, dtype=y_pred.dtype)
    return keras.losses.{loss}(y_true, y_pred + offset, from_logits=True)


# model.compile(optimizer, loss=logit_adjusted_loss, metrics=[{metric}])
"""


def _adjusted(what: str, loss: str, metric: str) -> Form:
    code = _ADJUSTED.replace("{what}", what).replace("{loss}", loss).replace("{metric}", metric)
    return Form(KERAS + OPS, code, "LOG_PRIOR")


LOGIT_ADJUSTED = _adjusted(
    "Cross entropy of targets 0 ... K-1", "sparse_categorical_crossentropy", '"sparse_categorical_accuracy"'
)
LOGIT_ADJUSTED_BCE = _adjusted(
    "Binary cross entropy", "binary_crossentropy", "keras.metrics.BinaryAccuracy(threshold=0.0)"
)

LDAM = Form(
    KERAS + OPS,
    """\
# 30 suits logits that are cosines (normalised features and weights), as in the paper; 1 suits plain logits.
SCALE = 30.0


def margin_loss(y_true, y_pred):
    \"\"\"Cross entropy of targets 0 ... K-1 from logits, shape (N,), with the margin of the true class.\"\"\"
    y_pred = ops.convert_to_tensor(y_pred)
    y_true = ops.reshape(ops.cast(y_true, "int32"), (-1,))
    margin = ops.one_hot(y_true, len(MARGINS), dtype=y_pred.dtype) * ops.convert_to_tensor(MARGINS, dtype=y_pred.dtype)
    return keras.losses.sparse_categorical_crossentropy(y_true, SCALE * (y_pred - margin), from_logits=True)


# model.compile(optimizer, loss=margin_loss, metrics=["sparse_categorical_accuracy"])
""",
    "MARGINS",
)

_BIAS = """\
# A start, not a correction: the boundary stays.
# keras.layers.Dense(len(BIAS_INIT{index}), bias_initializer=bias_initializer)
def bias_initializer(shape, dtype=None):
    return ops.reshape(ops.convert_to_tensor(BIAS_INIT{index}, dtype=dtype), shape)
"""

BIAS = Form(OPS, _BIAS.replace("{index}", ""), "BIAS_INIT")

BIAS_BINARY = Form(
    OPS,
    "# With two softmax outputs, which see only the difference: half of each of the two numbers.\n"
    + _BIAS.replace("{index}", "[1:]"),
    "BIAS_INIT",
    one_logit=True,
)
