"""The weights as a column for Spark ML's `weightCol`, or offsets as its `thresholds`.

Where it goes:
    In a module beside the job: `df = with_weights(indexer.transform(df))`, then
    `LogisticRegression(labelCol="label_index", weightCol="weight")`, and so for the tree classifiers.

What is emitted, by kind of scheme:
    class-weight, pos-weight, pair   a create_map expression that adds the column `weight`
    offset                           THRESHOLDS, the priors: Spark predicts the class of the largest p / threshold

The trap:
    StringIndexer numbers the classes by frequency, so that the rare class of two is 1 and ties go by name: thresholds
    in another order decide for the wrong class. The indexer here is made from CLASSES. A label that has no entry in the
    map gets null, and null weights fail. MultilayerPerceptronClassifier has no weightCol, LinearSVC no thresholds.
    `threshold` and `thresholds` must agree. Weights or thresholds: both correct the whole imbalance.

It divides by:
    the sum of the weights in linear models, so that regParam keeps its strength at any scale; trees compare
    minWeightFractionPerNode with it.
"""

from ..model import Weights
from ..plugins import Emitter
from ._labels import per_class
from ._literals import number, python_string
from ._python import head, names, numbers

_SEVERAL = (
    "its classifiers have one label a row",
    "fit a classifier per label; or use --to json for the numbers",
)

EMITTER = Emitter(
    "spark-ml",
    ".py",
    fits={
        "class-weight": ("binary", "multiclass"),
        "pos-weight": ("binary",),
        "pair": ("binary",),
        "offset": ("binary", "multiclass"),
    },
    refuses={
        **dict.fromkeys(("multilabel", "multilabel offset", "multilabel margin", "multilabel repeat"), _SEVERAL),
        "prior-bias": (
            "its linear models fit the intercept to the end, wherever it starts",
            "use --scheme balanced; or --to json for the numbers",
        ),
        "margin": ("its models take no margin on the logits", "use --scheme balanced"),
        "repeat": (
            "its weightCol takes weights, and its samplers fractions below 1",
            "use --scheme power; or --to row-weights, whose column serves as weightCol",
        ),
    },
    model="linear",
)

_INDEXER = """\
# The labels must be strings; cast a column of numbers first.
indexer = StringIndexerModel.from_labels(CLASSES, inputCol="label", outputCol="label_index")
"""

WEIGHT_COLUMN = (
    """\
assert len(CLASS_WEIGHT) == len(CLASSES), "one weight per class"

"""
    + _INDEXER
    + '''

def with_weights(df):
    """The data frame with the weight of each row's label, null for a label that is not listed."""
    table = functions.create_map([functions.lit(x) for item in CLASS_WEIGHT.items() for x in item])
    return df.withColumn("weight", table[functions.col("label")])


# LogisticRegression(labelCol="label_index", weightCol="weight")
'''
)

CUTS = (
    """\
# The class of the largest p / threshold is predicted: what the offset does to a loss, without
# training anew. Their scale does not matter.
THRESHOLDS = [math.exp(z - max(LOG_PRIOR)) for z in LOG_PRIOR]

"""
    + _INDEXER
    + """
# LogisticRegression(labelCol="label_index", thresholds=THRESHOLDS)
"""
)


def emit(weights: Weights) -> str:
    """A Python module."""
    top = head(weights, EMITTER.name, weights.kind in ("pos-weight", "pair"))
    data = names(weights) + "\n" + numbers("COUNTS", weights.counts) + "\n"
    imports = "from pyspark.ml.feature import StringIndexerModel\n"
    if weights.kind == "offset":
        guard = 'assert len(LOG_PRIOR) == len(CLASSES), "one number per class"\n'
        return f"{top}import math\n\n{imports}\n{data}{numbers('LOG_PRIOR', weights.values)}\n{guard}\n{CUTS}"
    rows = (
        f"    {python_string(name)}: {number(float(v))},  # {n}"
        for name, v, n in zip(weights.classes, per_class(weights), weights.counts, strict=True)
    )
    table = "\n".join(["CLASS_WEIGHT = {  # label: weight, number of samples", *rows, "}", WEIGHT_COLUMN])
    return f"{top}{imports}from pyspark.sql import functions\n\n{data}{table}"
