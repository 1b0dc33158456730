"""A small course whose quiz gives every student a form of their own, from a pool that makes them differ."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gradesmith.gradebook.forms import Standing
from gradesmith.model.people import StudentRecord
from gradesmith.workflows.opening import open_gradebook
from tests.conftest import COMMON, SmallCourse, small_course

WORDS = ("north", "south", "east", "west", "above", "below", "inside", "outside")
CHOICE = """\
- id: where-is-{word}
  kind: single_choice
  {common}
  prompt: Which of these is {word} of here?
  key: What lies {word}
  distractors:
    - {{text: Nothing that lies {word}, because: Misconception-of-{word}.}}
    - {{text: What lies elsewhere, because: Misconception-of-elsewhere.}}
    - {{text: What does not lie at all, because: Misconception-of-lying.}}
"""
TASK = """\
id: triple-it
kind: code
{common}
points: 3
prompt: Write `triple(x)`.
"""
CHECKS = '''\
"""Checks of the tripling task."""

import pytest


@pytest.mark.check(points=1, visible=True)
def test_of_two(student):
    """Two tripled is six."""
    assert student.triple(2) == 6


@pytest.mark.check(points=2)
def test_secretly(student, rng):
    """Fresh numbers."""
    number = int(rng.integers(3, 90))
    assert student.triple(number) == 3 * number
'''


def course_with_own_forms(root: Path) -> SmallCourse:
    """Make the course; nobody is registered yet."""
    course = small_course(root)
    choices = "".join(CHOICE.format(word=word, common=COMMON.replace("1.1", "1.2")) for word in WORDS)
    course.write("unit1/places.yaml", choices)
    course.write("unit1/tripling/question.yaml", TASK.format(common=COMMON.replace("\n  ", "\n")))
    course.write("unit1/tripling/checks.py", CHECKS)
    course.write("unit1/tripling/starter.py", "def triple(x):\n    ...\n")
    course.write("unit1/tripling/solution.py", "def triple(x):\n    return 3 * x\n")
    course.write(
        "unit1/tripling/wrong/squares.py",
        '"""Squares.\n\nCaught by: test_of_two, test_secretly\n"""\ntriple = lambda x: x * x\n',
    )
    course.edit("assessments/quiz.yaml", "seed: 4711", "seed: 4711\nforms: per_student")
    course.edit("assessments/quiz.yaml", "count: 2, points: 1, spread_over: lecture", "count: 4, points: 1")
    course.edit(
        "assessments/quiz.yaml",
        "pick: {kind: confusion_matrix, points: 7}",
        "pick: {kind: confusion_matrix, points: 7, judgement: false}",
    )
    return course


def enrol(course: SmallCourse, students: Iterable[str]) -> None:
    with open_gradebook(course.directory) as gradebook:
        gradebook.register(StudentRecord(id=one) for one in students)


def who_has_what(course: SmallCourse) -> Standing:
    with open_gradebook(course.directory) as gradebook:
        return gradebook.standing("quiz")
