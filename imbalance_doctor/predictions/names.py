"""What the names of columns say: a score of a class (`prob_cat`, `True_prob`, `p0`), an answer, a truth, an id."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..labels.columns import words

SCORE_WORDS = frozenset(
    """prob probs proba probas probability probabilities logit logits p score scores conf confidence softmax sigmoid
    likelihood""".split()  # noqa: SIM905
)
PROBABILITY_WORDS = frozenset("prob probs proba probas probability probabilities logit logits p sigmoid".split())  # noqa: SIM905
ANSWER_WORDS = frozenset(
    "pred preds predicted prediction predictions yhat hat argmax guess hyp hypothesis answer output".split()  # noqa: SIM905
)
TRUTH_WORDS = frozenset(
    """true truth groundtruth gt gold actual actuals label labels target targets y expected reference annotation
    class classes category""".split()  # noqa: SIM905
)
ID_WORDS = frozenset(
    "id ids idx uuid guid index key filename file path image row rowid sample example".split()  # noqa: SIM905
)
CLASS_WORDS = frozenset("label labels class classes category categories tag tags target targets item".split())  # noqa: SIM905
PLAINLY_TRUE = frozenset("true truth groundtruth gt gold actual".split())  # noqa: SIM905
POSITIVE = frozenset("positive pos 1 true yes label class".split())  # noqa: SIM905
"""What a lone score column is called without naming a class."""
BOX_WORDS = frozenset("bbox bboxes box boxes polygon segmentation mask".split())  # noqa: SIM905
_LEAD = r"(?:y_|pred(?:icted|iction)?_|class_|model_)?"
_WORD = r"prob(?:a|s|as|ability|abilities)?|logits?|p|scores?|conf(?:idence)?|softmax|sigmoid|likelihood|outputs?"
_LOOSE = r"preds?|predicted|predictions?|y_pred|y_hat|yhat"
_PREFIX = re.compile(rf"({_LEAD}(?:{_WORD})|{_LOOSE})(?:[\s_\-.:/|]+|\s*(?=[\[(]))[\[(]?(.+?)[\])]?\Z", re.IGNORECASE)
_SUFFIX = re.compile(rf"(.+?)[\s_\-.:/|]+({_LEAD}(?:{_WORD})|{_LOOSE})\Z", re.IGNORECASE)
_DIGITS = re.compile(r"(prob|proba|p|logit|score|output)(\d+)\Z", re.IGNORECASE)
_TRUE_PREFIX = re.compile(r"((?:y_)?true|truth|gt|gold|actual|labels?|targets?)[\s_\-.:/|]+(.+)\Z", re.IGNORECASE)
_TRUE_SUFFIX = re.compile(r"(.+?)[\s_\-.:/|]+((?:y_)?true|truth|gt|gold|actual|labels?|targets?)\Z", re.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """Columns named alike, with the class each is for. `word` is what they share."""

    word: str
    columns: tuple[str, ...]
    classes: tuple[str, ...]

    @property
    def pattern(self) -> str:
        """A pattern that matches these columns, for --scores."""
        first, name = self.columns[0], self.classes[0]
        return first.replace(name, "*", 1) if not self.word.startswith("…") else "*".join(first.rsplit(name, 1))


def score_groups(columns: Sequence[str]) -> list[Group]:
    """The columns that share a score word, in file order, larger groups first.

    >>> score_groups(["id", "prob_a", "prob_b", "True_prob", "False_prob", "p0", "p1"])[0].classes
    ('a', 'b')
    """
    return _groups(columns, ((_PREFIX, "{} …", 1, 2), (_SUFFIX, "… {}", 2, 1), (_DIGITS, "{}", 1, 2)))


def truth_groups(columns: Sequence[str]) -> list[Group]:
    """The same for columns of truth, one per class: `true_a`, `true_b`."""
    return _groups(columns, ((_TRUE_PREFIX, "{} …", 1, 2), (_TRUE_SUFFIX, "… {}", 2, 1)))


def _groups(columns: Sequence[str], forms: Sequence[tuple[re.Pattern[str], str, int, int]]) -> list[Group]:
    found: dict[str, list[tuple[str, str]]] = {}
    for column in columns:
        for pattern, shown, word, name in forms:
            match = pattern.match(column.strip())
            if match:
                key = shown.format(match.group(word).lower())
                found.setdefault(key, []).append((column, match.group(name).strip()))
                break
    groups = [Group(key, tuple(c for c, _ in pairs), tuple(n for _, n in pairs)) for key, pairs in found.items()]
    return sorted((g for g in groups if len(set(g.classes)) == len(g.classes)), key=lambda g: -len(g.columns))


def says_score(name: str) -> bool:
    """Whether the name is that of a score: `score`, `pred_prob`, `prob_cat`."""
    return bool(words(name) & SCORE_WORDS)


def says_answer(name: str) -> bool:
    """Whether the name is that of a predicted label: `pred`, `predicted_label`, `yhat`."""
    return bool(words(name) & ANSWER_WORDS) and not says_score(name)


def says_truth(name: str) -> bool:
    """Whether the name is that of a true label: `label`, `y_true`, `target`."""
    return bool(words(name) & TRUTH_WORDS) and not words(name) & ANSWER_WORDS and not says_score(name)


def says_id(name: str) -> bool:
    """Whether the name is that of an identifier: `id`, `filename`."""
    return bool(words(name) & ID_WORDS) and not words(name) & (CLASS_WORDS | ANSWER_WORDS | TRUTH_WORDS)


def says_class(name: str) -> bool:
    """Whether the name is that of a class, predicted or true: `label`, `category_id`."""
    return bool(words(name) & CLASS_WORDS)


def says_output(name: str) -> bool:
    """Whether the name is that of what a model returned: `output`, `predictions`."""
    return bool(words(name) & (ANSWER_WORDS | SCORE_WORDS))
