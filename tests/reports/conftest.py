"""A small form with one question of each interaction, and submissions to it, made by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction

import pytest

from gradesmith.model.assessments import AssessmentKind, Form, Limits, Slot
from gradesmith.model.interactions import Choice, Code, Field, Fields, Interaction, Option, Text
from gradesmith.model.keys import (
    Check,
    ChoiceKey,
    CodeKey,
    Criterion,
    FieldKey,
    FieldsKey,
    Key,
    Mistake,
    TextKey,
)
from gradesmith.model.outcomes import Status
from gradesmith.model.questions import Part, Variant
from gradesmith.model.runs import CheckRun, Note
from gradesmith.model.submissions import GradedSubmission, Readability, Response, State
from gradesmith.rules.scoring import mark, total

PARTS: tuple[tuple[str, Interaction, Key, int], ...] = (
    (
        "choice",
        Choice(options=tuple(Option(letter=letter, text=f"option *{letter}*") for letter in "ABCD")),
        ChoiceKey(letters=("C",), reasons={"A": "reason for A", "B": "reason for B", "D": "reason for D"}),
        1,
    ),
    (
        "fields",
        Fields(fields=(Field(name="recall", label="Recall"), Field(name="f1", label="F1 score"))),
        FieldsKey(
            fields=(
                FieldKey(
                    name="recall",
                    value=0.74129,
                    tolerance=0.001,
                    points=Fraction(1),
                    mistakes=(Mistake(value=0.25, feedback="That is *precision*."),),
                ),
                FieldKey(name="f1", value=0.63718, tolerance=0.001, points=Fraction(1)),
            )
        ),
        2,
    ),
    (
        "code",
        Code(starter="def f():\n    ...\n"),
        CodeKey(
            solution="SENTINEL_SOLUTION = 1",
            source="def test_hidden(student):\n    assert student.f() == 'SENTINEL_SOURCE'",
            checks=(
                Check(name="test_shown", title="`f` returns a number", points=Fraction(1), visible=True),
                Check(name="test_hidden", title="f copes with nothing", points=Fraction(3)),
            ),
        ),
        4,
    ),
    (
        "text",
        Text(),
        TextKey(rubric=(Criterion(text="SENTINEL_RUBRIC", points=Fraction(2)),), answer="SENTINEL_ANSWER"),
        2,
    ),
)


def _slot(number: int, name: str, interaction: Interaction, key: Key, points: int) -> Slot:
    variant = Variant(
        question=f"a-{name}",
        version="1",
        kind=name,
        seed=7,
        title=f"The {name} question",
        prompt=f"Prompt of {name} with $x^2$",
        parts=(Part(interaction=interaction, key=key, points=Fraction(points)),),
        explanation=f"Explanation of {name}",
    )
    return Slot(name=f"q{number:02}", variant=variant, rng_seed=1)


@pytest.fixture
def form() -> Form:
    """Return a form with a choice (q01), fields (q02), code (q03) and a text (q04): 9 points."""
    return Form(
        assessment="weekly-1",
        title="Weekly test 1",
        kind=AssessmentKind.WEEKLY_TEST,
        minutes=20,
        code="A",
        items=tuple(_slot(number, *part) for number, part in enumerate(PARTS, start=1)),
        limits=Limits(),
    )


Sit = Callable[..., GradedSubmission]


@pytest.fixture
def sit(form: Form) -> Sit:
    """Return a function that hands in one submission: a letter, two quantities, code with two verdicts, a text."""

    def hand_in(
        student: str = "ada",
        *,
        letter: str = "C",
        quantities: tuple[object, object] = (0.74129, 0.63718),
        code: str = "def f():\n    return 1\n",
        verdicts: tuple[Status | None, Status | None] = (Status.PASSED, Status.PASSED),
        text: str = "Because.",
        notes: tuple[Note, ...] = (),
        state: State = State.GRADED,
    ) -> GradedSubmission:
        answers: dict[str, tuple[str, object]] = {
            "q01": (letter, letter),
            "q02": (f"recall = {quantities[0]}", dict(zip(("recall", "f1"), quantities, strict=True))),
            "q03": (code, None),
            "q04": (text, None),
        }
        runs = [
            CheckRun(cell="q03", name=name, status=status, detail="SENTINEL_DETAIL", raised="KeyError")
            for name, status in zip(("test_shown", "test_hidden"), verdicts, strict=True)
            if status is not None
        ]
        responses, marks = [], []
        for slot in form.slots:
            typed, value = answers[slot.name]
            readability = Readability.ANSWERED if typed else Readability.EMPTY
            response = Response(cell=slot.name, readability=readability, text=typed, value=value)
            responses.append(response)
            marks.append(mark(slot.variant.parts[0], response, runs if slot.name == "q03" else ()))
        return GradedSubmission(
            student=student,
            assessment=form.assessment,
            form=form.digest,
            submitted=datetime(2025, 5, 14, 10, 32, tzinfo=UTC),
            submission_digest="0" * 64,
            plan_digest="1" * 64,
            state=state,
            marks=tuple(marks),
            responses=tuple(responses),
            notes=notes,
            score=total(marks),
        )

    return hand_in
