"""A form of three questions, its cells as nbgrader knows them, and gradings of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from gradesmith.gradebook.records import SourceCellRecord
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import AssessmentKind, Form, Limits, Slot
from gradesmith.model.interactions import Choice, Code, Option, Text
from gradesmith.model.keys import Check, ChoiceKey, CodeKey, Criterion, TextKey
from gradesmith.model.outcomes import Mark, Outcome, Progress, Score, Status
from gradesmith.model.people import StudentRecord
from gradesmith.model.questions import Part, Variant
from gradesmith.model.runs import Note
from gradesmith.model.submissions import GradedSubmission, Readability, Response, State

RELEASED = datetime(2026, 3, 1, 9, tzinfo=UTC)
STUDENTS = (
    StudentRecord(id="ada", first_name="Ada", last_name="Lovelace", email="ada@example.org"),
    StudentRecord(id="bob", first_name="Bob", last_name="O'Neill"),
    StudentRecord(id="eve", first_name="=cmd()", last_name="+1"),
)
QUARTER = Fraction(1, 4)


def _slot(name: str, *parts: Part) -> Slot:
    variant = Variant(
        question=f"about-{name}",
        version="1" * 16,
        kind="any",
        seed=1,
        title="",
        prompt="?",
        parts=parts,
        explanation="",
    )
    return Slot(name=name, variant=variant, rng_seed=7)


def _judgement(points: int) -> Part:
    key = TextKey(rubric=(Criterion(text="reasons", points=Fraction(points)),))
    return Part(name="judgement", interaction=Text(), key=key, points=Fraction(points))


@pytest.fixture
def form() -> Form:
    code = CodeKey(
        solution="x = 1",
        source="def test_one(student): ...",
        checks=(Check(name="test_one", title="one", points=Fraction(2, 3)),),
    )
    options = (Option(letter="A", text="yes"), Option(letter="B", text="no"))
    first = _slot("q01", Part(interaction=Code(starter="x ="), key=code, points=Fraction(2)))
    second = _slot(
        "q02",
        Part(interaction=Choice(options=options), key=ChoiceKey(letters=("A",)), points=Fraction(1)),
        _judgement(3),
    )
    return Form(
        assessment="practical-1",
        title="Practical 1",
        kind=AssessmentKind.PRACTICAL,
        minutes=90,
        code="A",
        items=(first, second),
        limits=Limits(),
    )


@pytest.fixture
def cells() -> tuple[SourceCellRecord, ...]:
    def cell(name: str, **more: object) -> SourceCellRecord:
        fields = {"grade_id": name, "cell_type": "code", "source": f"# {name}", "checksum": f"sum of {name}"}
        return SourceCellRecord(**{**fields, **more})

    return (
        cell("setup", locked=True),
        cell("q01", solution=True),
        cell("q01-check", grade=True, locked=True, points=2),
        cell("q02", solution=True),
        cell("q02-check", grade=True, locked=True, points=1),
        cell("q02-judgement", cell_type="markdown", grade=True, solution=True, points=3),
    )


class Ticking:
    """A clock that moves on by a second at each look."""

    def __init__(self) -> None:
        self.now = RELEASED

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gradebook" / "gradebook.db"


@pytest.fixture
def empty(path: Path) -> Iterator[Gradebook]:
    with Gradebook.open(path, course="ml", clock=Ticking(), patience_seconds=0.1) as book:
        yield book


@pytest.fixture
def book(empty: Gradebook, form: Form, cells: tuple[SourceCellRecord, ...]) -> Gradebook:
    """A gradebook with three students and one released practical."""
    empty.register(STUDENTS)
    empty.freeze(form, cells, RELEASED)
    return empty


@pytest.fixture
def run(book: Gradebook) -> int:
    return book.start_run(version="0.1.0", confinement="landlock")


Grade = Callable[..., GradedSubmission]


@pytest.fixture
def graded(form: Form) -> Grade:
    """Make a grading: the code earns a third of its points, the choice is right, the judgement waits."""
    outcome = Outcome(
        cell="q01",
        check="test_one",
        title="one",
        status=Status.FAILED,
        given=Fraction(2, 3),
        maximum=Fraction(2),
        feedback="the sum is off",
        detail="assert 1 == 2",
    )
    marks = (
        Mark(
            cell="q01", given=Fraction(2, 3), maximum=Fraction(2), answered="x = 0", outcomes=(outcome,), feedback="off"
        ),
        Mark(cell="q02", given=Fraction(1), maximum=Fraction(1), answered="A"),
        Mark(cell="q02-judgement", given=None, maximum=Fraction(3)),
    )
    responses = (
        Response(cell="q01", readability=Readability.ANSWERED, text="x = 0"),
        Response(cell="q02", readability=Readability.ANSWERED, text='q02 = "A"', value=["A", 1, None]),
        Response(cell="q02-judgement", readability=Readability.ANSWERED, text="because"),
    )

    def make(student: str = "ada", **changes: object) -> GradedSubmission:
        standard = GradedSubmission(
            student=student,
            assessment=form.assessment,
            form=form.digest,
            submitted=datetime(2026, 3, 2, 12, 30, tzinfo=UTC),
            submission_digest="a" * 64,
            plan_digest="b" * 64,
            state=State.GRADED,
            marks=marks,
            responses=responses,
            notes=(Note(about="repair", cell="q01", message="put back"),),
            score=Score(given=Fraction(5, 3), maximum=Fraction(6), progress=Progress.PENDING_MANUAL),
            confinement="landlock",
            seconds=0.25,
        )
        return standard.but(**changes)

    return make
