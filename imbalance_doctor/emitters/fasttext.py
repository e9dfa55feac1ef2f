"""Repeat factors for fastText, which has no class weights: a script that repeats the lines of the training file.

Where it goes:
    Between the label file and `fasttext supervised`: `python imbalance.py < train.txt > repeated.txt`.

The trap:
    Weights are not supported: train_supervised has no option for them, and losses differ (`softmax`, `ova`, `hs`), not
    classes. The lines are written next to each other, and fastText reads in order: shuffle them afterwards
    (`shuf repeated.txt`). With `-loss ova` a threshold per label can be put on the output, predict(k=-1, threshold=0).
    A label ends at white space: a class name with a blank in it cannot occur in such a file. Other schemes are refused.

It divides by:
    the number of lines; an epoch grows to the sum of the factors, rounded at random with a fixed seed.
"""

from ..model import Weights
from ..plugins import Emitter
from ._python import Form, module

_NONE = ("fastText has no weights of any kind", "use --scheme repeat-factor, which repeats lines")

EMITTER = Emitter(
    "fasttext",
    ".py",
    fits={"repeat": ("binary", "multiclass", "multilabel")},
    refuses=dict.fromkeys(
        ("multilabel class-weight", "class-weight", "multiclass pos-weight", "pos-weight", "pair", "offset", "margin"),
        _NONE,
    ),
    model="linear",
)

SCRIPT = Form(
    "import random\nimport re\nimport sys\n",
    '''\
# Class weights are not supported natively; this repeats the lines of rare classes instead, each by
# the largest factor of its labels.
FACTOR = dict(zip(CLASSES, REPEAT))
PREFIX = "__label__"
# What ends a word for fastText: other white space belongs to the word.
SPACE = re.compile(r"[ \\t\\n\\v\\f\\r\\0]+")


def repeated(lines, seed=0):
    """Each line as often as its factor says; the fraction is rounded at random."""
    draw = random.Random(seed).random
    for line in lines:
        words = SPACE.split(line)
        names = [word[len(PREFIX) :] for word in words if word.startswith(PREFIX)]
        factor = max([FACTOR[name] for name in names], default=1.0)
        for _ in range(int(factor) + (draw() < factor % 1)):
            yield line


if __name__ == "__main__":
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8", newline="\\n")
    sys.stdout.writelines(repeated(sys.stdin))
''',
    "REPEAT",
)


def emit(weights: Weights) -> str:
    """A Python module."""
    return module(weights, EMITTER.name, SCRIPT)
