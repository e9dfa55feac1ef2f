"""The emitted Spark ML module in local mode: weights joined by label, and thresholds that decide in our class order."""

import os

import pytest

from imbalance_doctor.emitters import emit
from tests.awkward import NAMES, values_for
from tests.emitters.parsing import literals
from tests.emitters.refusals import refusal
from tests.emitters.samples import binary, sample

# Starting Java forks, and where JAX was used before in the same process it warns of that.
pytestmark = pytest.mark.filterwarnings(r"ignore:os\.fork\(\) was called:RuntimeWarning")

PRIOR = (0.9, 0.09, 0.01)
LOG_PRIOR = (-0.10536051565782628, -2.407945608651872, -4.605170185988091)


@pytest.fixture(scope="module")
def spark():
    sql = pytest.importorskip("pyspark.sql")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = sql.SparkSession.builder.master("local[1]").appName("imbalance-doctor")
    builder = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def run(weights):
    found: dict = {}
    exec(emit("spark-ml", weights), found)  # noqa: S102
    return found


@pytest.mark.frameworks
def test_every_awkward_name_gets_its_own_weight_and_its_own_index(spark):
    module = run(sample(classes=NAMES, values=values_for(len(NAMES))))
    rows = spark.createDataFrame([(name,) for name in reversed(NAMES)] + [("stranger",)], "label string")
    found = {row["label"]: row["weight"] for row in module["with_weights"](rows).collect()}
    assert found == {**dict(zip(NAMES, values_for(len(NAMES)), strict=True)), "stranger": None}
    known = rows.filter(rows["label"] != "stranger")
    index = {row["label"]: row["label_index"] for row in module["indexer"].transform(known).collect()}
    assert index == {name: i for i, name in enumerate(NAMES)}


@pytest.mark.frameworks
def test_weighted_rows_train_as_repeated_rows_do(spark):
    from pyspark.ml.classification import LogisticRegression
    from pyspark.ml.linalg import Vectors

    points = [(float(x), "no" if x < 7 else "yes") for x in range(10)] + [(5.0, "yes"), (8.0, "no")]
    module = run(binary("pos-weight", values=(0.5, 3.0)))
    repeated = [(Vectors.dense(x), label) for x, label in points for _ in range(3 if label == "yes" else 1)]
    once = spark.createDataFrame([(Vectors.dense(x), label) for x, label in points], ["features", "label"])
    often = spark.createDataFrame(repeated, ["features", "label"])
    fit = LogisticRegression(labelCol="label_index", regParam=0.1, standardization=False, tol=1e-12, maxIter=500)
    by_weight = fit.setWeightCol("weight").fit(module["with_weights"](module["indexer"].transform(once)))
    by_hand = LogisticRegression(
        labelCol="label_index", regParam=0.1, standardization=False, tol=1e-12, maxIter=500
    ).fit(module["indexer"].transform(often))
    assert by_weight.coefficients[0] == pytest.approx(by_hand.coefficients[0], rel=1e-4)
    assert by_weight.intercept == pytest.approx(by_hand.intercept, rel=1e-4)


@pytest.mark.frameworks
def test_thresholds_name_the_class_whose_posterior_is_most_above_its_prior(spark):
    """A model without features answers the prior; the thresholds make the three classes tie there."""
    from pyspark.ml.classification import LogisticRegression
    from pyspark.ml.linalg import Vectors

    names = ("b", "c", "a")
    module = run(sample("offset", classes=names, values=LOG_PRIOR))
    rows = [("b", 0.0)] * 60 + [("b", 1.0)] * 30 + [("c", 0.0)] * 3 + [("c", 1.0)] * 6 + [("a", 1.0)]
    data = spark.createDataFrame([(Vectors.dense(x), label) for label, x in rows], ["features", "label"])
    indexed = module["indexer"].transform(data)
    fit = LogisticRegression(labelCol="label_index", family="multinomial", tol=1e-12, maxIter=500)
    assert {r["prediction"] for r in fit.fit(indexed).transform(indexed).collect()} == {0.0}
    model = fit.setThresholds(module["THRESHOLDS"]).fit(indexed)
    found = {(r["features"][0], r["prediction"]) for r in model.transform(indexed).collect()}
    # p / prior: at 0 (60/63)/0.9 for b is the largest; at 1 (1/37)/0.01 for a is.
    assert found == {(0.0, 0.0), (1.0, 2.0)}


def test_the_map_is_keyed_by_label_and_the_indexer_is_made_from_the_classes():
    text = emit("spark-ml", sample(classes=("10", "9", "x")))
    assert literals(text)["CLASS_WEIGHT"] == {"10": 1 / 3, "9": 3.0, "x": 30.0}
    assert 'StringIndexerModel.from_labels(CLASSES, inputCol="label", outputCol="label_index")' in text


def test_thresholds_are_the_priors_up_to_a_scale():
    text = emit("spark-ml", sample("offset", values=LOG_PRIOR))
    alone = [line for line in text.splitlines() if "StringIndexerModel" not in line]
    namespace: dict = {}
    exec("\n".join(alone), namespace)  # noqa: S102
    assert namespace["THRESHOLDS"] == pytest.approx([p / 0.9 for p in PRIOR], rel=1e-12)


@pytest.mark.parametrize(
    ("task", "kind", "scheme", "why", "instead"),
    [
        ("multilabel", "pos-weight", "", "one label a row", "a classifier per label"),
        ("multilabel", "class-weight", "", "one label a row", "--to json"),
        ("multilabel", "offset", "", "one label a row", "--to json"),
        ("multilabel", "margin", "", "one label a row", "--to json"),
        ("multilabel", "repeat", "", "one label a row", "--to json"),
        ("multiclass", "offset", "prior-bias", "the intercept to the end", "--scheme balanced"),
        ("multiclass", "margin", "", "no margin", "--scheme balanced"),
        ("multiclass", "repeat", "", "fractions below 1", "--to row-weights"),
    ],
)
def test_a_refusal_gives_the_reason_and_what_works(task, kind, scheme, why, instead):
    error = refusal("spark-ml", task, kind, scheme)
    assert why in error.message
    assert instead in error.hint
