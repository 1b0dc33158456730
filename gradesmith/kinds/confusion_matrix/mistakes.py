"""The mistakes that learners make with confusion matrices, by the quantity they spoil.

A mistake that leaves a quantity algebraically as it is stands in no table: transposing leaves accuracy and F1, macro
recall is balanced accuracy, and the micro averages and the weighted recall are all the accuracy.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gradesmith.kinds.confusion_matrix.matrices import (
    BINARY,
    OVERALL,
    Formula,
    Matrix,
    Number,
    accuracy,
    base_rate,
    covariance,
    f1,
    false_positive_rate,
    gap,
    mean,
    of_positive,
    precision,
    ratio,
    recall,
    share,
    specificity,
    squared_deviations,
)

Wrong = tuple[Number, str]
Mistakes = tuple[tuple[Formula, str], ...]

EXCHANGED = (
    "You exchanged precision and recall: precision divides by all *predicted* positives, "
    "recall by all *actual* positives."
)
OTHER_CLASS = "You took the other class as the positive one."
TRANSPOSED = "You read the matrix transposed: check whether the rows are the actual or the predicted classes."
ARITHMETIC = "You took the arithmetic mean of precision and recall; F1 is their harmonic mean."
ERROR_RATE = "That is the error rate, the share that is classified wrong."
ALL_CASES = "You divided by all cases; the accuracy of a class divides by the cases that really are of that class."
ALL_CASES_TOO = "You divided by all cases, not by those of this class."
NO_ROOT = "You left out the square root in the denominator."
POOLED = "You pooled the cases of all classes; this average takes one value per class."
WEIGHTED = "You weighted the classes by their sizes; a macro average gives every class the same weight."
UNWEIGHTED = "You gave every class the same weight; this average weights them by their actual cases."
PER_CLASS = "You averaged over the classes; a micro average pools the cases of all classes first."
OF_AVERAGES = "You combined the averaged precision and recall; macro F1 is the mean of the classes' F1 scores."
HITS_ONLY = "That is specificity; the false positive rate is what is left to 1."
AMONG_ALARMS = "You divided by the predicted positives; the false positive rate divides by the actual negatives."
BASE_RATE = "That is the share of cases that *are* positive; the selection rate counts those *predicted* positive."
NEGATIVE = "A gap is the larger value less the smaller one."
QUOTIENT = "You divided; a gap is a difference."
DIFFERENCE = "You took the difference; what is asked is the smaller over the larger."
UPSIDE_DOWN = "You divided the larger by the smaller."
SMALLER_GAP = "You took the smaller of the two gaps; equalised odds asks for the larger."
MEAN_GAP = "You took the mean of the two gaps; equalised odds asks for the larger."


def _arithmetic_f1(m: Matrix, one: int = 0) -> Number:
    return mean((precision(m, one), recall(m, one)))


def _error_rate(m: Matrix) -> Number:
    return share(m.total - sum(m.hits), m.total)


def _without_root(m: Matrix) -> Number:
    return share(covariance(m), squared_deviations(m))


def _f1_of_averages(m: Matrix) -> Number:
    p, r = OVERALL["macro_precision"](m), OVERALL["macro_recall"](m)
    return None if p is None or r is None or not p + r else 2 * p * r / (p + r)


ON_RECALL: Mistakes = (
    (of_positive(precision), EXCHANGED),
    (specificity, OTHER_CLASS),
)
ON_BINARY: Mapping[str, Mistakes] = {
    "accuracy": ((_error_rate, ERROR_RATE),),
    "precision": ((of_positive(recall), EXCHANGED), (lambda m: precision(m, 1), OTHER_CLASS)),
    "recall": ON_RECALL,
    "sensitivity": ON_RECALL,
    "specificity": ((of_positive(recall), OTHER_CLASS), (lambda m: specificity(m.transposed), TRANSPOSED)),
    "f1": ((lambda m: f1(m, 1), OTHER_CLASS), (_arithmetic_f1, ARITHMETIC)),
    "balanced_accuracy": ((OVERALL["macro_precision"], TRANSPOSED),),
    "false_positive_rate": (
        (specificity, HITS_ONLY),
        (lambda m: false_positive_rate(m.other_class), OTHER_CLASS),
        (lambda m: share(m.cells[1][0], m.predicted[0]), AMONG_ALARMS),
    ),
    "selection_rate": ((base_rate, BASE_RATE),),
}
ON_OVERALL: Mapping[str, Mistakes] = {
    "accuracy": ((_error_rate, ERROR_RATE),),
    "balanced_accuracy": ((accuracy, POOLED), (OVERALL["macro_precision"], TRANSPOSED)),
    "mcc": ((_without_root, NO_ROOT),),
    "macro_precision": (
        (OVERALL["macro_recall"], EXCHANGED),
        (OVERALL["weighted_precision"], WEIGHTED),
        (accuracy, POOLED),
    ),
    "macro_recall": ((OVERALL["macro_precision"], EXCHANGED), (accuracy, POOLED)),
    "macro_f1": ((OVERALL["weighted_f1"], WEIGHTED), (accuracy, POOLED), (_f1_of_averages, OF_AVERAGES)),
    "micro_precision": ((OVERALL["macro_precision"], PER_CLASS),),
    "micro_recall": ((OVERALL["macro_recall"], PER_CLASS),),
    "micro_f1": ((OVERALL["macro_f1"], PER_CLASS),),
    "weighted_precision": ((OVERALL["macro_precision"], UNWEIGHTED), (accuracy, POOLED)),
    "weighted_recall": ((OVERALL["macro_recall"], UNWEIGHTED),),
    "weighted_f1": ((OVERALL["macro_f1"], UNWEIGHTED), (accuracy, POOLED)),
}


def in_overall(quantity: str, m: Matrix) -> list[Wrong]:
    """Return what is computed by mistake for a quantity of the whole matrix, each with what to tell."""
    table = {**ON_OVERALL, **ON_BINARY} if m.size == 2 else ON_OVERALL
    return [(formula(m), feedback) for formula, feedback in table.get(quantity, ())]


def in_class(quantity: str, m: Matrix, one: int) -> list[Wrong]:
    """Return what is computed by mistake for a quantity of one class."""
    of_all = share(m.hits[one], m.total)
    if quantity == "accuracy":
        other = [(recall(m, 1 - one), OTHER_CLASS)] if m.size == 2 else []
        return [*other, (precision(m, one), TRANSPOSED), (of_all, ALL_CASES)]
    if quantity == "f1":
        return [(_arithmetic_f1(m, one), ARITHMETIC)]
    return [({"precision": recall, "recall": precision}[quantity](m, one), EXCHANGED), (of_all, ALL_CASES_TOO)]


Groups = Sequence[Matrix]
# What else somebody may compare between groups who was asked for the gap in a rate.
TAKEN_FOR: Mapping[str, tuple[Formula, str]] = {
    "recall": (of_positive(precision), EXCHANGED),
    "precision": (of_positive(recall), EXCHANGED),
    "selection_rate": (base_rate, BASE_RATE),
    "false_positive_rate": (lambda m: share(m.cells[1][0], m.predicted[0]), AMONG_ALARMS),
}


def in_comparison(quantity: str, groups: Groups) -> list[Wrong]:
    """Return what is computed by mistake for a comparison of groups (``recall_gap``, ``selection_rate_ratio``, …)."""
    if quantity == "equalized_odds_gap":
        gaps = [gap(map(BINARY[name], groups)) for name in ("recall", "false_positive_rate")]
        smaller = None if gaps[0] is None or gaps[1] is None else min(gaps[0], gaps[1])
        return [(smaller, SMALLER_GAP), (mean(gaps), MEAN_GAP)]
    rate, _, way = quantity.rpartition("_")
    formula = compared(rate)
    values = [formula(group) for group in groups]
    other = [(COMPARISONS[way](map(TAKEN_FOR[rate][0], groups)), TAKEN_FOR[rate][1])] if rate in TAKEN_FOR else []
    if way == "ratio":
        upright = ratio(values)
        return [(1 / upright if upright else None, UPSIDE_DOWN), (gap(values), DIFFERENCE), *other]
    difference = gap(values)
    return [(None if difference is None else -difference, NEGATIVE), (ratio(values), QUOTIENT), *other]


COMPARISONS: Mapping[str, Callable[..., Number]] = {"gap": gap, "ratio": ratio}


def compared(rate: str) -> Formula:
    """Return the formula of a rate that groups are compared by."""
    return {**OVERALL, **BINARY}[rate]
