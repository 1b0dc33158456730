"""What every kind promises: its key earns all, no mistake earns any, draws repeat, and notebooks give answers back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradesmith.kinds.registry import all_kinds
from gradesmith.model.assessments import Form, Limits, Slot
from gradesmith.model.outcomes import Status
from gradesmith.model.runs import CheckRun
from gradesmith.model.submissions import Readability
from gradesmith.notebooks.reading import read_notebook
from gradesmith.notebooks.responses import read_answer
from gradesmith.notebooks.writing import answered_notebook, solutions
from gradesmith.rules.scoring import mark
from gradesmith.rules.variants import flaws
from tests.kinds.marking import InProcess

COMMON = {
    "id": "sample",
    "lecture": "1.1",
    "topics": ["a"],
    "outcomes": ["b"],
    "difficulty": "medium",
    "bloom": "apply",
    "minutes": 3,
    "prompt": "What is it?",
    "explanation": "So it is.",
    "source": "A book",
}
WRONG = [{"text": f"The wrong one of *{word}*", "because": f"Nobody takes {word}."} for word in "abcdef"]
RANGES = {"tp": [0, 90], "fn": [0, 90], "fp": [0, 300], "tn": [0, 900]}
CHECKS = '''\
import pytest


@pytest.mark.check(points=1, visible=True)
def test_two(student):
    """Two doubled."""
    assert student.double(2) == 4


@pytest.mark.check(points=2)
def test_fresh(student, rng):
    """Fresh numbers."""
    assert student.double(7) == 14
'''
SAMPLES = {
    "single_choice": {"kind": "single_choice", "key": r"The right one, $\frac{1}{2}$", "distractors": WRONG},
    "single_choice of numbers": {
        "kind": "single_choice",
        "key": "12 %",
        "distractors": [{"text": f"{number} %", "because": "A slip of the pen."} for number in (3, 7, 40, 55)],
    },
    "multiple_choice by option": {"kind": "multiple_choice", "keys": ["Right", "Also right"], "distractors": WRONG},
    "multiple_choice as a whole": {
        "kind": "multiple_choice",
        "keys": ["Right", "Also right", "Right too"],
        "show_keys": 2,
        "distractors": WRONG,
        "scoring": "all_or_nothing",
    },
    "numeric": {
        "kind": "numeric",
        "prompt": "Divide {{ a }} by {{ b }}.",
        "parameters": {"a": {"integers": [-20, 20]}, "b": {"range": [0.5, 9], "step": 0.25}},
        "compute": "share = a / b\nrest = b - a",
        "answers": [
            {"name": "share", "value": "share", "significant": 3},
            {"name": "rest", "value": "rest if rest > 0 else None", "tolerance": 0.01, "may_be_undefined": True},
        ],
        "require": ["a != 0"],
        "mistakes": [
            {"answer": "share", "value": "b / a", "feedback": "You divided {{ b }} by {{ a }}."},
            {"answer": "rest", "value": "a - b", "feedback": "You subtracted the other way round."},
        ],
    },
    "confusion_matrix": {
        "kind": "confusion_matrix",
        "classes": ["Ill", "Well"],
        "counts": RANGES,
        "ask": {"accuracy": 1, "class_precision": 1, "recall": 1, "f1": 2, "mcc": 1},
        "layout": "drawn",
        "judgement": {"points": 1, "rubric": [{"text": "says why", "points": 1}]},
    },
    "confusion_matrix backwards": {
        "kind": "confusion_matrix",
        "classes": ["Ill", "Well"],
        "counts": {"tp": [50, 90], "fn": [20, 60], "fp": [20, 80], "tn": [100, 300]},
        "recover": "fp",
        "given": {"precision": 4},
        "ask": {"fp": 2, "specificity": 1},
    },
    "code": {
        "kind": "code",
        "points": 3,
        "starter": "def double(x):\n    ...\n",
        "solution": "def double(x):\n    return 2 * x\n",
        "checks": CHECKS,
    },
    "written": {"kind": "written", "rubric": [{"text": "says why", "points": 2}], "answer": "Because."},
}
EVERY_KIND = pytest.mark.parametrize("name", SAMPLES)
SEEDS = st.integers(0, 2**40)
SOME = settings(max_examples=12)


def drawn(name, seed):
    """Draw a sample question."""
    kind = all_kinds()[SAMPLES[name]["kind"]]
    return kind.draw(kind.question.model_validate({**COMMON, **SAMPLES[name]}), seed, InProcess())


def form_of(variant):
    """Return a form of this one variant."""
    slot = Slot(name="q01", variant=variant, rng_seed=1)
    return Form(assessment="quiz", title="Quiz", kind="exam", minutes=5, code="0", items=(slot,), limits=Limits())


def responses(form, answers):
    """Write answers into the notebook as it is handed out, and read it back: a response for each part."""
    found = read_notebook(answered_notebook(form, answers).encode(), form)
    assert found.notes == ()
    (slot,) = form.slots
    cells = {one.id: one for one in found.cells}
    return [read_answer(cells[slot.cell(part.name)], part).response for part in slot.variant.parts]


def passed(part):
    """Return the report of checks that all passed, for code."""
    checks = part.key.checks if part.key.type == "code" else ()
    return [CheckRun(cell="q01", name=one.name, status=Status.PASSED) for one in checks]


def mistakes(part):
    """Yield each answer that is known to be wrong, and which of its quantities."""
    if part.key.type == "choice":
        several = part.interaction.multiple
        for option in part.interaction.options:
            if option.letter not in part.key.letters:
                yield [option.letter] if several else option.letter, "answer"
    elif part.key.type == "fields":
        for field in part.key.fields:
            for mistake in field.mistakes:
                yield {field.name: mistake.value}, field.name


def test_there_is_a_sample_of_every_kind():
    """A kind that nobody draws here is not known to keep what every kind promises."""
    assert {sample["kind"] for sample in SAMPLES.values()} == set(all_kinds())


@EVERY_KIND
@SOME
@given(SEEDS)
def test_the_key_earns_full_marks(name, seed):
    """Written into the notebook as a perfect student would, read back and marked; words wait for a person."""
    form = form_of(drawn(name, seed))
    parts = form.slots[0].variant.parts
    for part, response in zip(parts, responses(form, solutions(form)), strict=True):
        marked = mark(part, response, passed(part))
        assert response.readability is Readability.ANSWERED
        assert marked.given == (None if part.key.type == "text" else part.points)


@EVERY_KIND
@SOME
@given(SEEDS)
def test_no_mistake_earns_marks(name, seed):
    """Each distractor and each declared mistake, typed in, earns nothing and is called by its name."""
    form = form_of(drawn(name, seed))
    for part in form.slots[0].variant.parts:
        for wrong, quantity in mistakes(part):
            cell = form.slots[0].cell(part.name)
            (response, *_) = responses(form, {cell: f"{cell} = {wrong!r}"})
            marked = mark(part, response, ())
            (outcome,) = (one for one in marked.outcomes if one.check == quantity)
            assert (marked.given, outcome.status) == (0, Status.FAILED)
            assert outcome.feedback


@EVERY_KIND
@SOME
@given(SEEDS)
def test_drawing_is_deterministic_and_sound(name, seed):
    """The same seed gives the same variant, which survives being written down and has no flaw."""
    variant = drawn(name, seed)
    assert drawn(name, seed) == variant
    assert type(variant).model_validate_json(variant.model_dump_json()) == variant
    assert flaws(variant) == ()


@EVERY_KIND
@SOME
@given(SEEDS)
def test_a_notebook_gives_back_what_was_written(name, seed):
    """Untouched it is unanswered; answered, every response has the answer's value or its very text."""
    form = form_of(drawn(name, seed))
    assert {one.readability for one in responses(form, {})} == {Readability.EMPTY}
    answers = solutions(form)
    for part, response in zip(form.slots[0].variant.parts, responses(form, answers), strict=True):
        source = answers[form.slots[0].cell(part.name)]
        if part.key.type in {"code", "text"}:
            assert response.text == source
            continue
        names = {}
        exec(source, names)
        assert response.value == names[form.slots[0].cell(part.name)]
