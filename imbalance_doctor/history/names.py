"""What the columns of a log mean, by name: the role, the split, or that a column is bookkeeping.

The tables here are the one place to extend. A name is cut into words at signs, digits and capitals; then bookkeeping
that may hold a metric's word (`grad_norm`, `loss_scale`, `best_loss`) is told first, after it the roles in the order of
the table, so that `dice_loss` is a loss, and last the bookkeeping that may stand beside a metric (`epoch_loss` is one).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from ..model import Split

Kind = Literal["metric", "learning_rate", "auxiliary", "unknown"]

ROLES: tuple[tuple[str, str], ...] = (
    (
        "loss",
        "loss losses logloss mlogloss nll bce ce crossentropy cross_entropy softmax_cross_entropy objective cost hinge",
    ),
    ("recall", "balanced_accuracy balanced_acc bacc uar recall sensitivity tpr true_positive_rate"),
    ("other", "aucpr auprc auc_pr pr_auc prauc prc average_precision"),
    ("accuracy", "accuracy acc accuracies top_1 top1 top_5 top5 acc1 acc5"),
    ("f1", "f1 f_1 fscore f_score fbeta f_beta f_measure fmeasure f2 f05"),
    ("auc", "auc auroc roc roc_auc"),
    ("precision", "precision ppv"),
    ("dice", "dice dsc"),
    (
        "other",
        """mcc matthews kappa iou io_u miou jaccard ap map m_ap ap50 ap75 error err merror specificity tnr fpr fnr npv
        mse mae rmse mape r2 brier ece perplexity ppl bleu rouge hamming exact_match false_negative false_positive
        true_negative true_positive ndcg mrr score gmean g_mean csi hd95""",
    ),
)
"""Roles and the words that mean them, in the order in which they are tried; `_` joins words that follow one another."""

SPLITS: tuple[tuple[Split, str], ...] = (
    ("validation", "val valid validation validate eval evaluation dev develop holdout heldout metrics cv"),
    ("test", "test testing tst"),
    ("train", "train training trn tr learn"),
)

FIRM = (
    "num norm runtime second seconds per_second eta scale best lr learning_rate time times memory mem total_flos "
    "throughput label_map count counts weight weights patience duration fps elapsed size grad gradient tokens "
    "momentum timestamp"
)
"""Words of bookkeeping that hold even beside the word of a metric."""
LOOSE = (
    "epoch epochs step steps iter iteration iterations global_step batch n seed fold run trial experiment id date "
    "index wall relative decay wd temperature beta threshold eps gpu ram cpu it progress remaining total version v_num "
    "name mode phase samples params bs rank model architecture stage split"
)
LEARNING_RATES = "lr learning_rate"
EPOCHS = ("epoch", "epochs", "ep")
STEPS = ("step", "global_step", "iteration", "iter", "steps", "trainer_global_step", "iterations", "round", "it")
RUNS = ("run", "run_id", "run_name", "trial", "trial_id", "trial_number", "experiment", "experiment_id", "fold")

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@dataclass(frozen=True)
class Meaning:
    """What a name means. `role` is "" and `split` None where the name does not say."""

    kind: Kind
    role: str = ""
    split: Split | None = None


def words(name: str) -> tuple[str, ...]:
    """The words of a name, in lower case: `valid_0's AUC@2` is valid, 0, s, auc, 2."""
    return tuple(word.lower() for word in _WORD.findall(name[:200]))


def key(name: str) -> str:
    """A name in lower case, its words joined by `_`: `Global Step` is `global_step`."""
    return "_".join(words(name))


def _has(joined: str, listed: str) -> bool:
    """Whether one of the listed words stands in a name, as whole words; digits may be glued to a word or not."""
    return any(f"_{word}_" in joined for word in listed.split())


@lru_cache(maxsize=4096)
def understand(name: str) -> Meaning:
    """The meaning of a column's name."""
    parts = words(name)
    joined = f"_{'_'.join(parts)}_" + _glued(parts)
    split = split_of(parts)
    if _has(joined, LEARNING_RATES):
        return Meaning("learning_rate", "learning_rate", split)
    if _has(joined, FIRM):
        return Meaning("auxiliary", "", split)
    for role, listed in ROLES:
        if _has(joined, listed):
            return Meaning("metric", role, split)
    if _has(joined, LOOSE) or not parts:
        return Meaning("auxiliary", "", split)
    return Meaning("unknown", "", split)


def _glued(parts: tuple[str, ...]) -> str:
    """The words with a digit glued to the one before it (f and 1 are f1), and `m` and `AP` to mAP."""
    pairs = pairwise(parts)
    return "".join(f"{a}{b}_" for a, b in pairs if b.isdigit() or (a == "m" and b == "ap"))


def split_of(parts: tuple[str, ...]) -> Split | None:
    """The split that the words name, the first one that does."""
    for part in parts:
        for split, listed in SPLITS:
            if part in listed.split():
                return split
    return None
