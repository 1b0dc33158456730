"""A small course to build, break and hand in to; and forms made from it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from gradesmith.bank.loader import Bank, open_bank
from gradesmith.course.directories import CourseDirectory
from gradesmith.diagnostics import Diagnostic, Rejected
from gradesmith.model.assessments import Form
from gradesmith.notebooks.writing import student_notebook
from gradesmith.workflows.assemble import make_form

REPOSITORY = Path(__file__).parent.parent

# How long an example takes says how busy the machine is, and nothing about what is tried.
settings.register_profile("gradesmith", deadline=None)
settings.load_profile("gradesmith")

COURSE = """\
title: A small course
id: small-course
units:
  - number: 1
    title: Beginnings
    lectures:
      - {number: "1.1", title: Counting, topics: [counting]}
      - {number: "1.2", title: Judging, topics: [judging]}
  - number: 2
    title: Endings
    lectures: []
topics:
  counting: How to count
  judging: How to judge
outcomes:
  count-things: Count things.
  judge-things: Judge things.
"""

COMMON = """\
lecture: "1.1"
  topics: [counting]
  outcomes: [count-things]
  difficulty: easy
  bloom: apply
  minutes: 2
  explanation: Because it is so.
  source: The book, chapter 1"""

CHOICES = f"""\
- id: largest-number
  kind: single_choice
  {COMMON}
  prompt: Which is largest?
  key: Seven of nine
  distractors:
    - {{text: Three of nine, because: Misconception-of-three.}}
    - {{text: Four of nine, because: Misconception-of-four.}}
    - {{text: Five of nine, because: Misconception-of-five.}}
    - {{text: Six of nine, because: Misconception-of-six.}}
- id: smallest-number
  kind: single_choice
  {COMMON.replace('"1.1"', '"1.2"')}
  prompt: Which is smallest?
  show: 2
  key: One of ten
  distractors:
    - {{text: Two of ten, because: Misconception-of-two.}}
"""

MATRIX = f"""\
- id: screening
  kind: confusion_matrix
  {COMMON}
  prompt: A test for an illness.
  classes: [Disease, Normal]
  counts: {{tp: 270, fn: 280, fp: 2000, tn: 12000}}
  ask: {{accuracy: 1, precision: 1, recall: 1, specificity: 1, f1: 1}}
  judgement:
    prompt: Would you use it?
    points: 2
    rubric:
      - {{text: Rubric-names-the-misses, points: 1.5}}
      - {{text: Rubric-names-the-alarms, points: 0.5}}
    answer: Model-answer-not-alone.
"""

WORDS = f"""\
- id: reasons
  kind: written
  {COMMON}
  prompt: Why?
  rubric:
    - {{text: Rubric-first-reason, points: 0.1}}
    - {{text: Rubric-second-reason, points: 0.2}}
  answer: Model-answer-because.
"""

TASK = f"""\
id: double-it
kind: code
{COMMON.replace(chr(10) + "  ", chr(10))}
points: 3
prompt: Write `double(x)`.
"""

CHECKS = '''\
"""Checks of the doubling task."""

import pytest
import math as secret_module


def shared_with_visible(value):
    """Return what both kinds of checks compare with."""
    return value + value


def secret_oracle(value):
    return secret_module.fsum([value, value])


@pytest.mark.check(points=1, visible=True)
def test_of_two(student):
    """Two doubled is four."""
    assert student.double(2) == shared_with_visible(2)


@pytest.mark.check(points=2)
def test_secretly(student, rng):
    """Fresh numbers."""
    number = int(rng.integers(3, 90))
    assert student.double(number) == secret_oracle(number), "expected-value-of-the-check"
'''

FILES = {
    "course.yaml": COURSE,
    "unit1/choice.yaml": CHOICES,
    "unit1/matrix.yaml": MATRIX,
    "unit1/words.yaml": WORDS,
    "unit1/doubling/question.yaml": TASK,
    "unit1/doubling/checks.py": CHECKS,
    "unit1/doubling/starter.py": "def double(x):\n    ...\n",
    "unit1/doubling/solution.py": "def double(x):\n    reference_solution = 2 * x\n    return reference_solution\n",
    "unit1/doubling/wrong/squares.py": '"""Squares.\n\nCaught by: test_secretly\n"""\ndouble = lambda x: x * x\n',
    "assessments/quiz.yaml": """\
id: quiz
title: A quiz
kind: weekly_test
units: [1]
minutes: 20
seed: 4711
sections:
  - title: Choose
    pick: {kind: single_choice, count: 2, points: 1, spread_over: lecture}
  - title: Compute
    pick: {kind: confusion_matrix, points: 7}
  - title: Write code
    pick: {kind: code, points: 5}
""",
    "assessments/practice.yaml": """\
id: practice
title: A practical
kind: practical
units: [1]
minutes: 90
seed: 4712
flow:
  - text: Read this first.
  - code: numbers = [1, 2, 3]
  - question: double-it
  - question: reasons
    points: 4
""",
}


@dataclass(frozen=True, slots=True)
class SmallCourse:
    """A course's folder with a small bank that has no errors until one is written into it."""

    directory: CourseDirectory

    @property
    def bank(self) -> Path:
        return self.directory.bank

    def write(self, name: str, text: str | bytes) -> Path:
        """Write a file of the bank."""
        path = self.bank / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def edit(self, name: str, old: str, new: str) -> Path:
        """Replace a text that stands once in a file of the bank."""
        text = (self.bank / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        return self.write(name, text.replace(old, new))

    def open(self) -> Bank:
        return open_bank(self.bank)

    def errors(self) -> list[Diagnostic]:
        """Return what is wrong with the bank."""
        with pytest.raises(Rejected) as caught:
            self.open()
        return caught.value.diagnostics.errors

    def error(self) -> Diagnostic:
        """Return the one thing that is wrong with the bank."""
        (found,) = self.errors()
        return found

    def form(self, name: str) -> Form:
        return make_form(self.open(), name)


def small_course(root: Path) -> SmallCourse:
    """Make a course with one question of each kind, a quiz and a practical."""
    course = SmallCourse(CourseDirectory(root))
    for name, text in FILES.items():
        course.write(name, text)
    return course


@pytest.fixture
def small(tmp_path: Path) -> SmallCourse:
    """A course with one question of each kind, a quiz and a practical."""
    return small_course(tmp_path / "course")


@pytest.fixture(scope="session")
def shipped() -> Bank:
    """The bank in this repository."""
    return open_bank(REPOSITORY / "question_bank")


@pytest.fixture(scope="session")
def repository() -> CourseDirectory:
    """This repository, which is a course."""
    return CourseDirectory(REPOSITORY)


@pytest.fixture(scope="session")
def session_course(tmp_path_factory: pytest.TempPathFactory) -> SmallCourse:
    """The small course again, to be left as it is."""
    return small_course(tmp_path_factory.mktemp("session") / "course")


@pytest.fixture(scope="session")
def quiz(session_course: SmallCourse) -> Form:
    """Two choices (q01, q02), a confusion matrix with its judgement (q03) and a coding task (q04)."""
    return session_course.form("quiz")


@pytest.fixture(scope="session")
def practice(session_course: SmallCourse) -> Form:
    """A practical: text, a demonstration, a coding task (q01) and a written answer (q02)."""
    return session_course.form("practice")


Change = Callable[[list[dict[str, Any]]], None]


@pytest.fixture(scope="session")
def handed_in(quiz: Form) -> Callable[..., bytes]:
    """Make the quiz's notebook as a student hands it in, after a change to its cells."""

    def make(change: Change | None = None, **answers: str) -> bytes:
        notebook = json.loads(student_notebook(quiz))
        for cell in notebook["cells"]:
            cell["source"] = answers.get(cell["id"].replace("-", "_"), "".join(cell["source"]))
        if change is not None:
            change(notebook["cells"])
        return json.dumps(notebook).encode()

    return make
