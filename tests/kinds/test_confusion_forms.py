"""Confusion matrices of many classes, of groups, drawn from ranges and asked backwards; scikit-learn is the oracle."""

from __future__ import annotations

import math
import random
import warnings

import numpy as np
import pytest
from fairlearn import metrics as fairness
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sklearn import metrics

from gradesmith.errors import CannotDraw
from gradesmith.kinds.confusion_matrix.asking import (
    fields_of_groups,
    fields_of_matrix,
    quantities_of_groups,
    quantities_of_matrix,
)
from gradesmith.kinds.confusion_matrix.matrices import BINARY, CLASSWISE, OVERALL, Matrix
from gradesmith.kinds.confusion_matrix.recovery import GIVABLE, PLACES, fits, is_unique, told, with_count
from gradesmith.kinds.registry import kind_named
from gradesmith.rules.variants import flaws
from tests.kinds.marking import both, no_mistake_earns, right_fields
from tests.kinds.test_confusion_matrix import COMMON, EXAM

KIND = kind_named("confusion_matrix")
THREE = {"classes": ["Cat", "Dog", "Hen"], "matrix": [[40, 9, 3], [12, 70, 2], [1, 6, 20]]}
SEEDS = st.integers(0, 2**48)


def question(**changes):
    counts = {} if {"matrix", "groups"} & changes.keys() else {"counts": EXAM}
    return KIND.question.model_validate({**COMMON, **counts, **changes})


def draw(seed=1, **changes):
    return KIND.draw(question(**changes), seed)


def values(**changes):
    return {key.name: key.value for key in draw(**changes).parts[0].key.fields}


# The oracle


def random_matrices(count, size, seed):
    """Draw matrices of small counts, of which many have an empty row or column."""
    chance = np.random.default_rng(seed)
    counts = chance.integers(0, chance.choice([2, 3, 60], count)[:, None, None], (count, size, size))
    return counts[counts.sum((1, 2)) > 0]


def labels(counts, first=0):
    """Return actual and predicted labels, one pair for each cell, with the counts as weights."""
    size = len(counts)
    return np.repeat(np.arange(size), size) + first, np.tile(np.arange(size), size) + first, counts.ravel()


@pytest.mark.parametrize("size", [2, 3, 5])
def test_the_metrics_of_single_classes_are_those_of_scikit_learn(size):
    """On 10,000 matrices; where scikit-learn divides by zero, the quantity is undefined."""
    matrices = random_matrices(10_000 // 3 + 1, size, seed=size)
    pairs = [labels(counts, number * size) for number, counts in enumerate(matrices)]
    actual, predicted, weights = (np.concatenate(column) for column in zip(*pairs, strict=True))
    oracle = metrics.precision_recall_fscore_support(
        actual, predicted, labels=np.arange(len(matrices) * size), sample_weight=weights, zero_division=np.nan
    )
    for name, expected in zip(("precision", "recall", "f1"), oracle, strict=False):
        formula = CLASSWISE[name]
        found = [
            [math.nan if (value := formula(matrix, one)) is None else float(value) for one in range(size)]
            for matrix in (Matrix(tuple(map(tuple, counts.tolist()))) for counts in matrices)
        ]
        np.testing.assert_allclose(np.ravel(found), expected, equal_nan=True)
        assert np.isnan(expected).any()


def oracle_of_all(counts):
    """Return scikit-learn's value of every quantity of the whole matrix, NaN where a class has none."""
    actual, predicted, weights = labels(counts)
    known = {"labels": np.arange(len(counts)), "sample_weight": weights}
    found = {
        "accuracy": metrics.accuracy_score(actual, predicted, sample_weight=weights),
        "mcc": metrics.matthews_corrcoef(actual, predicted, sample_weight=weights),
    }
    single = metrics.precision_recall_fscore_support(actual, predicted, zero_division=np.nan, **known)
    for way in ("macro", "micro", "weighted"):
        averaged = metrics.precision_recall_fscore_support(
            actual, predicted, average=way, zero_division=np.nan, **known
        )
        for name, value, each in zip(("precision", "recall", "f1"), averaged, single, strict=False):
            matters = {"macro": each, "micro": each[:0], "weighted": each[single[3] > 0]}[way]
            found[f"{way}_{name}"] = math.nan if np.isnan(matters).any() else value
    found["balanced_accuracy"] = math.nan
    if (single[3] > 0).all():
        found["balanced_accuracy"] = metrics.balanced_accuracy_score(actual, predicted, sample_weight=weights)
    if (counts.sum(0) > 0).sum() < 2 or (counts.sum(1) > 0).sum() < 2:
        found["mcc"] = math.nan  # scikit-learn says 0, but there is nothing to correlate
    return found


@pytest.mark.parametrize("size", [2, 3, 4])
def test_the_metrics_of_all_classes_are_those_of_scikit_learn(size):
    """Averages are undefined as soon as a class that counts has no value."""
    undefined = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for counts in random_matrices(80, size, seed=10 + size):
            matrix = Matrix(tuple(map(tuple, counts.tolist())))
            ours = {name: formula(matrix) for name, formula in OVERALL.items()}
            ours = {name: math.nan if value is None else float(value) for name, value in ours.items()}
            assert ours == pytest.approx(oracle_of_all(counts), nan_ok=True)
            undefined += sum(map(math.isnan, ours.values()))
    assert undefined > 10


def test_comparisons_are_those_of_fairlearn():
    """Gaps and ratios between two to four groups."""
    chance = random.Random(3)
    for _ in range(8):
        names = "ABCD"[: chance.randint(2, 4)]
        groups = {name: Matrix(tuple((chance.randint(1, 9), chance.randint(1, 9)) for _ in "ab")) for name in names}
        places = [(0, 0), (0, 1), (1, 0), (1, 1)]
        cells = [(name, a, p) for name, m in groups.items() for a, p in places for _ in range(m.cells[a][p])]
        group, actual, predicted = (np.array(column) for column in zip(*cells, strict=True))
        given = {"y_true": 1 - actual, "y_pred": 1 - predicted, "sensitive_features": group}
        rates = {
            "recall": fairness.true_positive_rate,
            "false_positive_rate": fairness.false_positive_rate,
            "selection_rate": fairness.selection_rate,
            "precision": metrics.precision_score,
            "accuracy": metrics.accuracy_score,
        }
        frame = fairness.MetricFrame(metrics=rates, **given)
        oracle = {f"{name}_gap": value for name, value in frame.difference().items()}
        oracle["selection_rate_ratio"] = fairness.demographic_parity_ratio(**given)
        oracle["equalized_odds_gap"] = fairness.equalized_odds_difference(**given)
        ours = {name: float(next(fields_of_groups(name, groups)).value) for name in oracle}
        assert ours == pytest.approx(oracle)


# No listed mistake is the right answer in disguise


@pytest.mark.parametrize("size", [2, 3])
def test_every_listed_mistake_changes_its_quantity(size):
    """A mistake that algebraically leaves a quantity as it is would refuse every matrix."""
    classes = ("Cat", "Dog", "Hen")[:size]
    for quantity in quantities_of_matrix(classes):
        told_apart = {}
        for counts in random_matrices(40, size, seed=99) + 1:
            for asked in fields_of_matrix(quantity, Matrix(tuple(map(tuple, counts.tolist()))), classes):
                for number, (wrong, _) in enumerate(asked.mistakes):
                    apart = abs(float(wrong) - float(asked.value)) > 1e-9
                    told_apart[asked.name, number] = told_apart.get((asked.name, number), 0) + apart
        assert all(times > 5 for times in told_apart.values()), (quantity, told_apart)


def test_every_quantity_of_groups_has_a_value_and_mistakes_that_change_it():
    """The same for comparisons."""
    matrices = random_matrices(40, 2, seed=5) + 1
    for quantity in quantities_of_groups():
        seen = {}
        for one, other in zip(matrices[::2], matrices[1::2], strict=False):
            groups = {"A": Matrix(tuple(map(tuple, one.tolist()))), "B": Matrix(tuple(map(tuple, other.tolist())))}
            for asked in fields_of_groups(quantity, groups):
                for number, (wrong, _) in enumerate(asked.mistakes):
                    apart = wrong is None or abs(float(wrong) - float(asked.value)) > 1e-9
                    seen[asked.name, number] = seen.get((asked.name, number), 0) + apart
        assert all(times > 4 for times in seen.values()), (quantity, seen)


# Variants


RANGES = {"tp": [1, 400], "fn": [0, 300], "fp": [0, 2000], "tn": [1, 12000]}
MANY = [[[20, 90], [0, 30], [0, 30]], [[0, 30], [20, 90], 5], [[0, 9], [0, 9], [5, 50]]]
SHAPES = [
    {"counts": RANGES, "ask": {"accuracy": 1, "class_accuracy": 2, "precision": 1, "recall": 1, "f1": 2, "mcc": 1}},
    {"counts": RANGES, "ask": dict.fromkeys([*BINARY, *OVERALL], 1), "layout": "drawn"},
    {"counts": {"tp": [0, 3], "fn": [0, 5], "fp": [0, 5], "tn": 9}, "ask": {"precision": 1, "recall": 1}},
    {**THREE, "matrix": MANY, "ask": dict.fromkeys(OVERALL, 1), "layout": "drawn"},
    {**THREE, "matrix": MANY, "ask": {"class_precision": 3, "class_recall": 1, "f1_of_hen": 2}},
    {"groups": {"North": RANGES, "South": RANGES}, "ask": {"recall_gap": 1, "selection_rate_gap": 1, "precision": 2}},
    {"groups": {"A": RANGES, "B": RANGES, "C": RANGES}, "ask": {"equalized_odds_gap": 1, "selection_rate_ratio": 1}},
    {
        "counts": {"tp": [50, 400], "fn": [20, 300], "fp": [20, 300], "tn": [20, 99]},
        "recover": "fn",
        "given": {"recall": 4},
        "ask": {"fn": 2, "precision": 1},
        "layout": "drawn",
    },
]


@settings(max_examples=40)
@given(st.sampled_from(SHAPES), SEEDS)
def test_the_key_earns_all_and_mistakes_earn_nothing(shape, seed):
    """Of every shape, by the rules and in the notebook alike; and a seed stands for one variant for ever."""
    asked = question(**shape)
    variant = KIND.draw(asked, seed)
    (part,) = variant.parts
    assert variant == KIND.draw(asked, seed)
    assert flaws(variant) == ()
    assert part.points == sum(asked.ask.values())
    assert both(variant, right_fields(part)) == part.points
    rounded = {name: value if value == "undefined" else round(value, 4) for name, value in right_fields(part).items()}
    assert both(variant, rounded) == part.points
    assert no_mistake_earns(variant) > 0


def test_ranges_and_layouts_are_drawn():
    """Counts come from their ranges, and both layouts come up."""
    asked = question(**SHAPES[1])
    prompts = [KIND.draw(asked, seed).prompt for seed in range(30)]
    assert len(set(prompts)) == 30
    assert sum("| predicted ↓ / actual → | Disease" in prompt for prompt in prompts) in range(5, 26)


def test_many_classes_by_hand():
    """Three classes, computed on paper."""
    asked = ["class_accuracy", "class_precision", "f1_of_hen", "macro_recall", "mcc"]
    found = values(**THREE, ask=dict.fromkeys(asked, 1))
    assert found == {
        "accuracy_of_cat": pytest.approx(40 / 52),
        "accuracy_of_dog": pytest.approx(70 / 84),
        "accuracy_of_hen": pytest.approx(20 / 27),
        "precision_of_cat": pytest.approx(40 / 53),
        "precision_of_dog": pytest.approx(70 / 85),
        "precision_of_hen": 0.8,
        "f1_of_hen": pytest.approx(40 / 52),
        "macro_recall": pytest.approx((40 / 52 + 70 / 84 + 20 / 27) / 3),
        "mcc": pytest.approx((130 * 163 - 52 * 53 - 84 * 85 - 27 * 25)
                             / math.sqrt((163**2 - 52**2 - 84**2 - 27**2) * (163**2 - 53**2 - 85**2 - 25**2))),
    }  # fmt: skip


def test_the_table_of_three_classes():
    """Rows, columns and totals, either way round."""
    rows = draw(**THREE, ask={"macro_recall": 1}).prompt
    columns = draw(**THREE, ask={"macro_recall": 1}, layout="predicted_in_rows").prompt
    assert "| actual ↓ / predicted → | Cat | Dog | Hen | Total |\n|---|---:|---:|---:|---:|\n" in rows
    assert "| **Dog** | 12 | 70 | 2 | 84 |" in rows
    assert "| **Dog** | 9 | 70 | 6 | 85 |" in columns
    assert "| **Total** | 52 | 84 | 27 | 163 |" in columns
    assert "positive class" not in rows


def test_groups_have_a_table_each_and_gaps():
    """Two groups: a table each, one field for a gap, one for each group otherwise."""
    groups = {"North": {"tp": 80, "fn": 20, "fp": 10, "tn": 40}, "South side": {"tp": 36, "fn": 24, "fp": 12, "tn": 28}}
    variant = draw(groups=groups, ask={"recall_gap": 1, "precision": 1}, explanation="{{ groups.North.tp }}")
    found = {key.name: key.value for key in variant.parts[0].key.fields}
    assert found == {
        "recall_gap": pytest.approx(0.2),
        "precision_of_north": pytest.approx(80 / 90),
        "precision_of_south_side": 0.75,
    }
    assert "Group **North**:\n\n| actual ↓" in variant.prompt
    assert "| **Disease** | 36 | 24 | 60 |" in variant.prompt
    assert variant.explanation == "80"


def test_texts_may_name_counts_and_quantities():
    """Explanations are filled in with what was drawn."""
    explanation = "{{ tp }} of {{ tp + fp }} is {{ '%.4f' % precision }}, n = {{ n }}"
    variant = draw(ask={"precision": 1}, explanation=explanation)
    assert variant.explanation == "270 of 2270 is 0.1189, n = 14550"


# Backwards


def test_a_lost_count_is_hidden_and_asked_for():
    """The cell and the totals it is in are question marks, and the metrics are told as rounded."""
    variant = draw(recover="fn", given={"recall": 3}, ask={"fn": 2, "precision": 1})
    assert "| **Disease** | 270 | ? | ? |\n| **Normal** | 2000 | 12000 | 14000 |\n| **Total** | 2270 | ? | ? |" in (
        variant.prompt
    )
    assert "One count is lost. Known, and rounded, are: recall 0.491." in variant.prompt
    assert "280" not in variant.prompt
    fn, _ = variant.parts[0].key.fields
    assert fn.value == 280
    assert {mistake.value for mistake in fn.mistakes} == {550, 137}
    assert both(variant, {"fn": 280}) == 2
    assert both(variant, {"fn": 281}) == both(variant, {"fn": 550}) == 0


def test_a_lost_count_is_a_whole_number_in_texts():
    """As every other count is, though the key is marked as a decimal."""
    words = {"prompt": "A test.", "explanation": "{{ fn }} of {{ tp + fn }} were missed."}
    variant = draw(recover="fn", given={"recall": 3}, ask={"fn": 2, "precision": 1}, **words)
    assert variant.explanation == "280 of 550 were missed."


def test_a_lost_count_that_does_not_follow_is_refused():
    """With two digits, several numbers of misses have the same recall; specificity says nothing of them."""
    for told_metrics in ({"recall": 2}, {"specificity": 8}):
        with pytest.raises(ValidationError, match="fn does not follow as one whole number from what is given"):
            question(recover="fn", given=told_metrics, ask={"fn": 2})


@settings(max_examples=120)
@given(
    st.lists(st.integers(0, 60), min_size=4, max_size=4),
    st.sampled_from(sorted(PLACES)),
    st.dictionaries(st.sampled_from(GIVABLE), st.integers(1, 4), min_size=1, max_size=2),
)
def test_whether_a_count_follows_agrees_with_trying_all_numbers(counts, count, given_metrics):
    """Looking at the neighbours alone finds what a search through all numbers finds."""
    matrix = Matrix((tuple(counts[:2]), tuple(counts[2:])))
    shown = told(matrix, given_metrics)
    if shown is None:
        assert not is_unique(matrix, count, given_metrics)
        return
    row, column = PLACES[count]
    fitting = [n for n in range(400) if fits(with_count(matrix, count, n), shown, given_metrics)]
    assert matrix.cells[row][column] in fitting
    assert is_unique(matrix, count, given_metrics) == (len(fitting) == 1)


# What is refused


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"counts": EXAM, "matrix": [[1, 2], [3, 4]]}, "exactly one of counts"),
        ({"classes": ["a", "b", "c"]}, "describe two classes, there are 3; write matrix instead"),
        ({**THREE, "matrix": [[1, 2], [3, 4]]}, "3 classes need 3 rows of 3 counts"),
        ({**THREE, "ask": {"recall": 1}}, 'no quantity "recall" here; did you mean .*class_recall'),
        ({"ask": {"recall_gap": 1}}, 'no quantity "recall_gap" here'),
        ({"recover": "fn"}, "go together"),
        ({"recover": "fn", "given": {"mcc": 4}, "ask": {"fn": 1}}, "follows from accuracy"),
        ({"counts": {**EXAM, "tp": [5, 2]}}, "lowest, highest"),
        ({"counts": {"tp": 0, "fn": 0, "fp": 0, "tn": 0}}, "without a single case"),
        ({"counts": {**EXAM, "fp": 280}}, "with these counts a known mistake earns the marks of precision: You exch"),
        ({"counts": {**EXAM, "fn": [5, 5], "fp": [5, 5], "tp": [1, 9]}}, "none of 100 draws makes a sound variant"),
        ({"prompt": "{{ nowhere }}"}, "screening, prompt, line 1"),
    ],
)
def test_what_can_not_be_asked_is_refused(changes, message):
    """With the reason, when the bank is read."""
    with pytest.raises(ValidationError, match=message):
        question(**{"ask": {"precision": 1}, **changes})


def test_ranges_that_rarely_work_are_drawn_again(monkeypatch):
    """Most draws collide here, so that the kind draws on; with few draws allowed it says why it gave up."""
    asked = question(counts={"tp": 50, "fn": [5, 7], "fp": 6, "tn": [80, 99]}, ask={"precision": 1})
    for seed in range(20):
        key = KIND.draw(asked, seed).parts[0].key.fields[0]
        assert all(abs(mistake.value - key.value) > 0.001 for mistake in key.mistakes)
    monkeypatch.setattr("gradesmith.kinds.kind.MOST_DRAWS", 1)
    with pytest.raises(CannotDraw, match=r"none of 1 draws .* You exchanged"):
        [KIND.draw(asked, seed) for seed in range(50)]
