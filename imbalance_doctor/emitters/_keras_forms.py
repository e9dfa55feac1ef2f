"""The fixed code of each Keras form. It names the literals CLASSES, WEIGHTS, … and holds no data."""

from ._python import Form

KERAS = "import keras\n"
OPS = "from keras import ops\n"

CLASS_WEIGHT_USE = """\
assert list(CLASS_WEIGHT) == list(range(len(CLASSES))), "one weight per output, keyed by its index"

# model.fit(..., class_weight=CLASS_WEIGHT), with targets 0 ... K-1 or one-hot, in the order of
# CLASSES. The loss is divided by the batch size, so the sample mean above scales the learning rate.
# The validation loss is not weighted: do not compare it with the training loss.
"""

_CUT = """\
# with BinaryAccuracy from keras.metrics: on logits the cut is 0, not 0.5.
"""
_COLUMNS = """\
# Logits and targets (N, C), columns in the order of CLASSES.
"""
_BCE = (
    """\
# The last layer has no activation. The mean divides by the number of elements, so the sample mean
# above scales the learning rate.
def weighted_bce(y_true, y_pred):
    \"\"\"Binary cross entropy from logits, shape (N,), with {factors}.\"\"\"
    y_pred = ops.convert_to_tensor(y_pred)
    y_true = ops.cast(y_true, y_pred.dtype)
    positive = ops.convert_to_tensor(WEIGHTS{index}, dtype=y_pred.dtype)
{body}    return ops.mean(positive + negative, axis=-1)


# model.compile(optimizer, loss=weighted_bce, metrics=[BinaryAccuracy(threshold=0.0)])
"""
    + _CUT
)
_ONE_FACTOR = """\
    positive = positive * y_true * ops.softplus(-y_pred)
    negative = (1 - y_true) * ops.softplus(y_pred)
"""
_TWO_FACTORS = """\
    negative = ops.convert_to_tensor(WEIGHTS_NEGATIVE{index}, dtype=y_pred.dtype)
    positive = positive * y_true * ops.softplus(-y_pred)
    negative = negative * (1 - y_true) * ops.softplus(y_pred)
"""


def _bce(factors: str, body: str, one_logit: bool) -> Form:
    code = _BCE.replace("{factors}", factors).replace("{body}", body)
    code = code.replace("{index}", "[1:]" if one_logit else "")
    return Form(OPS, ("" if one_logit else _COLUMNS) + code, one_logit=one_logit)


POS_WEIGHT_BINARY = _bce("a factor on the positive term", _ONE_FACTOR, True)
POS_WEIGHT = _bce("a positive factor for each label", _ONE_FACTOR, False)
PAIR_BINARY = _bce("a factor on each of its terms", _TWO_FACTORS, True)
PAIR = _bce("two factors for each label", _TWO_FACTORS, False)

_ADJUSTED = """\
{columns}# The last layer has no activation. Train with this loss, predict from the bare logits: the offset
# is in the loss only.
def logit_adjusted_loss(y_true, y_pred):
    \"\"\"{what} from logits, shape (N,).\"\"\"
    y_pred = ops.convert_to_tensor(y_pred)
    y_pred = y_pred + ops.convert_to_tensor(LOG_PRIOR, dtype=y_pred.dtype)
    return keras.losses.{loss}(y_true, y_pred, from_logits=True)


# model.compile(optimizer, loss=logit_adjusted_loss, metrics=[{metric}])
"""
_ONE_LOGIT = """\
# With one logit: binary_crossentropy of y_pred + LOG_PRIOR[1] - LOG_PRIOR[0].
"""


def _adjusted(columns: str, what: str, loss: str, metric: str) -> Form:
    code = _ADJUSTED.replace("{columns}", columns).replace("{what}", what)
    code = code.replace("{loss}", loss).replace("{metric}", metric)
    return Form(KERAS + OPS, code + (_CUT if "Binary" in metric else ""), "LOG_PRIOR")


_INDICES = ("Cross entropy of targets 0 ... K-1", "sparse_categorical_crossentropy", '"sparse_categorical_accuracy"')
LOGIT_ADJUSTED = _adjusted("", *_INDICES)
LOGIT_ADJUSTED_BINARY = _adjusted(_ONE_LOGIT, *_INDICES)
LOGIT_ADJUSTED_BCE = _adjusted(_COLUMNS, "Binary cross entropy", "binary_crossentropy", "BinaryAccuracy(threshold=0.0)")

LDAM = Form(
    KERAS + OPS,
    """\
# 30 suits logits that are cosines (normalised features and weights), as in the paper; 1 suits plain
# logits.
SCALE = 30.0


def margin_loss(y_true, y_pred):
    \"\"\"Cross entropy of targets 0 ... K-1 from logits, the true one less its margin; shape (N,).\"\"\"
    y_pred = ops.convert_to_tensor(y_pred)
    y_true = ops.reshape(ops.cast(y_true, "int32"), (-1,))
    margins = ops.convert_to_tensor(MARGINS, dtype=y_pred.dtype)
    y_pred = SCALE * (y_pred - ops.one_hot(y_true, len(MARGINS), dtype=y_pred.dtype) * margins)
    return keras.losses.sparse_categorical_crossentropy(y_true, y_pred, from_logits=True)


# model.compile(optimizer, loss=margin_loss, metrics=["sparse_categorical_accuracy"])
""",
    "MARGINS",
)

_BIAS = """\
# keras.layers.Dense(len(BIAS_INIT{index}), bias_initializer=bias_initializer)
# It is a start, not a correction: the boundary stays where it was.
def bias_initializer(shape, dtype=None):
    return ops.reshape(ops.convert_to_tensor(BIAS_INIT{index}, dtype=dtype), shape)
"""
_TWO_LOGITS = """\
# With two outputs and a softmax, which sees only the difference: half of each of the two numbers.
"""

BIAS = Form(OPS, _BIAS.replace("{index}", ""), "BIAS_INIT")
BIAS_BINARY = Form(OPS, _TWO_LOGITS + _BIAS.replace("{index}", "[1:]"), "BIAS_INIT", one_logit=True)
