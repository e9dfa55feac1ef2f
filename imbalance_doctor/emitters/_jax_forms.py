"""The fixed code of each JAX form. It names the literals CLASSES, WEIGHTS, … and holds no data."""

from ._python import Form

JAX = "import jax\nfrom jax import numpy as jnp\n"
OPTAX = "import optax\nfrom jax import numpy as jnp\n"
JNP = "from jax import numpy as jnp\n"

_INDICES = """\
    # A negative index would wrap round to the last classes: such rows are left out, as padding.
    used = labels >= 0
    labels = jnp.where(used, labels, 0)
"""

CROSS_ENTROPY = Form(
    OPTAX,
    '''\
# The mean is over rows, so that it is the same for one batch and for the mean of its parts, on one
# device or several. An index beyond the last class makes the loss NaN, not wrong.
def weighted_cross_entropy(logits, labels):
    """Logits (..., K), labels 0 ... K-1 of shape (...), in the order of CLASSES; a scalar."""
'''
    + _INDICES
    + """\
    per_row = optax.softmax_cross_entropy_with_integer_labels(logits, labels)
    weights = jnp.where(used, jnp.asarray(WEIGHTS, dtype=logits.dtype)[labels], 0)
    return jnp.sum(weights * per_row) / jnp.maximum(jnp.sum(used), 1)
""",
)

_BCE = '''\
# The mean divides by the number of elements, so the sample mean above scales the learning rate.
def weighted_bce(logits, targets):
    """{shape}; a scalar."""
    positive = jnp.asarray(WEIGHTS{index}, dtype=logits.dtype)
{negative}    positive = positive * targets * jax.nn.softplus(-logits)
    negative = {factor}(1 - targets) * jax.nn.softplus(logits)
    return jnp.mean(positive + negative)
'''
_NEGATIVE = "    negative = jnp.asarray(WEIGHTS_NEGATIVE{index}, dtype=logits.dtype)\n"


def _bce(one_logit: bool, pair: bool) -> Form:
    shape = "Logits and targets of one shape" if one_logit else "Logits and targets (..., C), 0/1"
    index = "[1]" if one_logit else ""
    code = _BCE.replace("{shape}", shape).replace("{negative}", _NEGATIVE if pair else "")
    code = code.replace("{index}", index).replace("{factor}", "negative * " if pair else "")
    return Form(JAX, code, one_logit=one_logit)


POS_WEIGHT_BINARY = _bce(True, False)
POS_WEIGHT = _bce(False, False)
PAIR_BINARY = _bce(True, True)
PAIR = _bce(False, True)

_ONE_LOGIT = """\
# With one logit: optax.sigmoid_binary_cross_entropy(logit + LOG_PRIOR[1] - LOG_PRIOR[0], target).
"""
_ADJUSTED = (
    '''\
# Train with this loss, predict from the bare logits: the offset is in the loss only.
def logit_adjusted_loss(logits, labels):
    """Logits (..., K), labels 0 ... K-1 of shape (...), in the order of CLASSES; a scalar."""
'''
    + _INDICES
    + """\
    logits = logits + jnp.asarray(LOG_PRIOR, dtype=logits.dtype)
    per_row = optax.softmax_cross_entropy_with_integer_labels(logits, labels)
    return jnp.sum(jnp.where(used, per_row, 0)) / jnp.maximum(jnp.sum(used), 1)
"""
)
LOGIT_ADJUSTED = Form(OPTAX, _ADJUSTED, "LOG_PRIOR")
LOGIT_ADJUSTED_BINARY = Form(OPTAX, _ONE_LOGIT + _ADJUSTED, "LOG_PRIOR")
LOGIT_ADJUSTED_BCE = Form(
    OPTAX,
    '''\
# Train with this loss, predict from the bare logits: the offset is in the loss only.
def logit_adjusted_loss(logits, targets):
    """Logits and targets (..., C), 0/1; a scalar."""
    logits = logits + jnp.asarray(LOG_PRIOR, dtype=logits.dtype)
    return jnp.mean(optax.sigmoid_binary_cross_entropy(logits, targets))
''',
    "LOG_PRIOR",
)

LDAM = Form(
    "import jax\nimport optax\n" + JNP,
    '''\
# 30 suits logits that are cosines (normalised features and weights), as in the paper; 1 suits plain
# logits.
SCALE = 30.0


def margin_loss(logits, labels):
    """Logits (..., K), labels 0 ... K-1 of shape (...), the true one less its margin; a scalar."""
'''
    + _INDICES
    + """\
    margins = jnp.asarray(MARGINS, dtype=logits.dtype)
    logits = SCALE * (logits - jax.nn.one_hot(labels, len(MARGINS), dtype=logits.dtype) * margins)
    per_row = optax.softmax_cross_entropy_with_integer_labels(logits, labels)
    return jnp.sum(jnp.where(used, per_row, 0)) / jnp.maximum(jnp.sum(used), 1)
""",
    "MARGINS",
)

_BIAS = '''\
# flax.linen.Dense(len(BIAS_INIT{index}), bias_init=bias_init), or the same of flax.nnx. It is a start,
# not a correction: the boundary stays where it was.
def bias_init(key, shape, dtype=jnp.float32):
    """An initialiser; the key is not used."""
    return jnp.asarray(BIAS_INIT{index}, dtype=dtype).reshape(shape)
'''
_TWO_LOGITS = """\
# With two outputs and a softmax, which sees only the difference: half of each of the two numbers.
"""
BIAS = Form(JNP, _BIAS.replace("{index}", ""), "BIAS_INIT")
BIAS_BINARY = Form(JNP, _TWO_LOGITS + _BIAS.replace("{index}", "[1:]"), "BIAS_INIT", one_logit=True)
