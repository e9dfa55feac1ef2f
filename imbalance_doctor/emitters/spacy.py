"""Repeat factors for spaCy's text categorizer, which has no class weights: a corpus reader that repeats the texts.

Where it goes:
    In a module that training loads, `spacy train config.cfg --code imbalance.py`, with
    `[corpora.train] @readers = "repeated_corpus.v1"` and its `path` in the configuration.

The trap:
    Weights are not supported: textcat and textcat_multilabel have no parameter for them, and their gradient is that of
    a squared error. The `threshold` of textcat_multilabel decides what counts as assigned when the scores are
    evaluated; textcat takes the largest score and does not look at it. A category that a text does not name is missing
    in textcat_multilabel and 0 in textcat: give every text all of its categories. Other schemes are refused.

It divides by:
    the size of the batch; the epoch grows to the sum of the factors, rounded at random with a fixed seed.
"""

from ..model import Weights
from ..plugins import Emitter
from ._python import Form, module

_NONE = ("spaCy's text categorizer has no weights of any kind", "use --scheme repeat-factor, which repeats texts")

EMITTER = Emitter(
    "spacy",
    ".py",
    fits={"repeat": ("binary", "multiclass", "multilabel")},
    refuses=dict.fromkeys(
        ("multilabel class-weight", "class-weight", "multiclass pos-weight", "pos-weight", "pair", "offset", "margin"),
        _NONE,
    ),
)

READER = Form(
    "import random\n\nimport spacy\nfrom spacy.training import Corpus\n",
    '''\
# Class weights are not supported natively; this repeats the texts of rare classes instead, each by
# the largest factor of its categories.
FACTOR = dict(zip(CLASSES, REPEAT))


@spacy.registry.readers("repeated_corpus.v1")
def repeated_corpus(path: str, seed: int = 0):
    """A reader of a .spacy file; a category with a value above 0.5 is assigned."""

    def read(nlp):
        draw = random.Random(seed).random
        for example in Corpus(path)(nlp):
            assigned = [name for name, value in example.reference.cats.items() if value > 0.5]
            factor = max([FACTOR[name] for name in assigned], default=1.0)
            for _ in range(int(factor) + (draw() < factor % 1)):
                yield example

    return read
''',
    "REPEAT",
)


def emit(weights: Weights) -> str:
    """A Python module."""
    return module(weights, EMITTER.name, READER)
