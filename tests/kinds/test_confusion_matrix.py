"""A confusion matrix is computed exactly, its known mistakes are recognised, and none of them earns marks."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import ValidationError
from sklearn import metrics

from gradesmith.kinds.registry import kind_named
from gradesmith.model.outcomes import Status
from gradesmith.notebooks.responses import answered
from gradesmith.rules.scoring import mark

KIND = kind_named("confusion_matrix")
EXAM = {"tp": 270, "fn": 280, "fp": 2000, "tn": 12000}
COMMON = {
    "id": "screening",
    "kind": "confusion_matrix",
    "lecture": "5.4",
    "topics": ["a"],
    "outcomes": ["b"],
    "difficulty": "medium",
    "bloom": "apply",
    "minutes": 7,
    "prompt": "A screening test.",
    "explanation": "So it is.",
    "source": "The exam",
    "classes": ["Disease", "Normal"],
}
ALL = ["accuracy", "class_accuracy", "precision", "recall", "specificity", "f1", "balanced_accuracy"]


def question(counts=EXAM, ask=("accuracy", "precision", "recall", "specificity", "f1"), **changes):
    return KIND.question.model_validate({**COMMON, "counts": counts, "ask": dict.fromkeys(ask, 1), **changes})


def part_of(*given, **changes):
    return KIND.draw(question(*given, **changes), seed=1).parts[0]


def keys_of(*given, **changes):
    return {key.name: key for key in part_of(*given, **changes).key.fields}


def marked(part, **answers):
    """Return status and feedback by quantity, and what was earned."""
    found = mark(part, answered("q01", answers), ())
    return {outcome.check: (outcome.status, outcome.feedback) for outcome in found.outcomes}, found.given


def test_the_exam_problem_has_the_published_values():
    """The quantities of the solved exam problem, computed from the counts and not from rounded values."""
    values = {name: key.value for name, key in keys_of(ask=ALL[:-1]).items()}
    assert values == {
        "accuracy": pytest.approx(0.8433, abs=5e-5),
        "accuracy_of_disease": pytest.approx(0.4909, abs=5e-5),
        "accuracy_of_normal": pytest.approx(0.8571, abs=5e-5),
        "precision": pytest.approx(0.1189, abs=5e-5),
        "recall": pytest.approx(0.4909, abs=5e-5),
        "specificity": pytest.approx(0.8571, abs=5e-5),
        "f1": pytest.approx(0.19149, abs=5e-6),
    }
    assert values["f1"] == 540 / 2820


COUNTS = st.integers(0, 400)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_every_quantity_agrees_with_scikit_learn(tp, fn, fp, tn):
    """On any counts the values are scikit-learn's, and a zero denominator makes a quantity undefined."""
    assume(tp + fn + fp + tn)
    try:
        keys = keys_of({"tp": tp, "fn": fn, "fp": fp, "tn": tn}, ALL)
    except ValidationError:
        assume(False)  # these counts would let a mistake earn marks
    actual = np.repeat([1, 1, 0, 0], [tp, fn, fp, tn])
    predicted = np.repeat([1, 0, 1, 0], [tp, fn, fp, tn])
    undefined = {"zero_division": np.nan}
    oracle = {
        "accuracy": metrics.accuracy_score(actual, predicted),
        "precision": metrics.precision_score(actual, predicted, **undefined),
        "recall": metrics.recall_score(actual, predicted, **undefined),
        "specificity": metrics.recall_score(actual, predicted, pos_label=0, **undefined),
        "f1": metrics.f1_score(actual, predicted, **undefined),
    }
    oracle["accuracy_of_disease"], oracle["accuracy_of_normal"] = oracle["recall"], oracle["specificity"]
    oracle["balanced_accuracy"] = (oracle["recall"] + oracle["specificity"]) / 2
    ours = {name: math.nan if key.value is None else key.value for name, key in keys.items()}
    assert ours == pytest.approx(oracle, nan_ok=True)


def test_a_zero_denominator_is_undefined_and_can_be_answered():
    """Where nothing is predicted positive, precision is "undefined", and a number earns nothing."""
    part = part_of({"tp": 0, "fn": 5, "fp": 0, "tn": 20}, ["precision"])
    assert part.key.fields[0].value is None
    assert marked(part, precision="undefined")[1] == 1
    assert marked(part, precision=0.0)[1] == 0


@pytest.mark.parametrize(
    ("quantity", "answer", "words"),
    [
        ("precision", 270 / 550, "exchanged precision and recall"),
        ("recall", 270 / 2270, "exchanged precision and recall"),
        ("recall", 12000 / 14000, "the other class as the positive one"),
        ("specificity", 270 / 550, "the other class as the positive one"),
        ("specificity", 12000 / 12280, "read the matrix transposed"),
        ("f1", (270 / 550 + 270 / 2270) / 2, "arithmetic mean"),
        ("accuracy", 2280 / 14550, "error rate"),
    ],
)
def test_known_mistakes_are_recognised(quantity, answer, words):
    """A classic mistake earns nothing and is called by its name."""
    outcomes, _ = marked(part_of(), **{quantity: round(answer, 4)})
    status, feedback = outcomes[quantity]
    assert status is Status.FAILED
    assert words in feedback


def test_class_accuracies_know_their_own_mistakes():
    """Dividing by all cases is told from dividing by the class."""
    outcomes, _ = marked(part_of(ask=["class_accuracy"]), accuracy_of_disease=270 / 14550)
    assert "divided by all cases" in outcomes["accuracy_of_disease"][1]


def test_exchanged_precision_and_recall_earn_none_of_the_two():
    """Everything else right and these two exchanged: three of five points, and both are told why."""
    outcomes, given_points = marked(
        part_of(), accuracy=0.8433, precision=0.4909, recall=0.1189, specificity=0.8571, f1=0.1914
    )
    assert given_points == 3
    for quantity in ("precision", "recall"):
        assert outcomes[quantity][0] is Status.FAILED
        assert "exchanged precision and recall" in outcomes[quantity][1]


@given(COUNTS, COUNTS, COUNTS, COUNTS, st.sampled_from([1e-6, 0.0005, 0.01]))
def test_no_known_mistake_ever_earns_marks(tp, fn, fp, tn, tolerance):
    """Counts are refused where a mistake's value could pass for the right one."""
    try:
        part = part_of({"tp": tp, "fn": fn, "fp": fp, "tn": tn}, ALL, tolerance=tolerance)
    except ValidationError as error:
        why = ("a known mistake earns the marks of", "an answer of 0 would count as right", "without a single case")
        assert any(words in str(error) for words in why)  # noqa: PT017 - it may or may not be refused
        return
    for key in part.key.fields:
        for mistake in key.mistakes:
            outcomes, _ = marked(part, **{key.name: mistake.value})
            assert outcomes[key.name][0] is Status.FAILED


@pytest.mark.parametrize("counts", [{"tp": 5, "fn": 3, "fp": 3, "tn": 9}, {"tp": 7, "fn": 2, "fp": 2, "tn": 7}])
def test_counts_where_a_mistake_would_earn_marks_are_refused(counts):
    """With as many misses as false alarms, precision is recall: such a matrix tests nothing."""
    with pytest.raises(ValidationError, match="a known mistake earns the marks of precision: You exchanged"):
        question(counts)


def test_the_table_can_be_transposed_and_asks_for_the_same():
    """With the predicted classes in rows, misses and false alarms change places and the key does not."""
    rows = KIND.draw(question(), 1)
    columns = KIND.draw(question(layout="predicted_in_rows"), 1)
    assert "| actual ↓ / predicted → | Disease | Normal | Total |" in rows.prompt
    assert "| **Disease** | 270 | 280 | 550 |\n| **Normal** | 2000 | 12000 | 14000 |" in rows.prompt
    assert "| predicted ↓ / actual → | Disease | Normal | Total |" in columns.prompt
    assert "| **Disease** | 270 | 2000 | 2270 |\n| **Normal** | 280 | 12000 | 12280 |" in columns.prompt
    assert "| **Total** | 550 | 14000 | 14550 |" in columns.prompt
    assert rows.parts[0].key == columns.parts[0].key


def test_the_prompt_names_the_positive_class():
    """Students need not guess which class counts as positive."""
    assert "The positive class is **Disease**" in KIND.draw(question(), 1).prompt


def test_a_judgement_is_a_part_of_its_own():
    """The judgement in words has its own name, rubric and points, exact to the tenth."""
    rubric = [{"text": "one", "points": 0.1}, {"text": "two", "points": 0.2}]
    judgement = {"prompt": "Use it?", "points": 0.3, "rubric": rubric}
    numbers, words = KIND.draw(question(judgement=judgement), 1).parts
    assert (numbers.name, numbers.points) == ("", 5)
    assert (words.name, words.points, words.interaction.type) == ("judgement", Fraction(3, 10), "text")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"points": 7}, "add up to 5, not to 7"),
        ({"ask": {"accuracy": 0}}, "greater than 0"),
        ({"ask": {}}, "at least 1 item"),
        ({"ask": {"kappa": 1}}, "kappa"),
        ({"counts": {**EXAM, "tp": -1}}, "greater than or equal to 0"),
        ({"classes": ["Ill", "Ill"]}, "call the classes by different words"),
        ({"classes": ["+", "-"]}, "call the classes by different words"),
        ({"judgement": {"points": 2, "rubric": [{"text": "one", "points": 1}]}}, "rubric's points add up to 1, not"),
    ],
)
def test_a_matrix_that_makes_no_sense_is_refused(changes, message):
    """Points that do not add up, classes that can't be told apart and counts below nothing are errors."""
    with pytest.raises(ValidationError, match=message):
        KIND.question.model_validate(
            {**COMMON, "counts": EXAM, "ask": dict.fromkeys(ALL[2:6], 1) | {"accuracy": 1}, **changes}
        )
