"""Opens a course's gradebook and finds in it what a command names, as every verb after release does."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from gradesmith.bank.loader import open_course
from gradesmith.course.directories import CourseDirectory
from gradesmith.errors import NotFound, Unreleased
from gradesmith.gradebook.forms import Standing
from gradesmith.gradebook.store import Gradebook


def open_gradebook(course: CourseDirectory) -> Gradebook:
    """Open the gradebook of a course; of the bank only the course's own id is read."""
    return Gradebook.open(course.gradebook, course=open_course(course.bank).id)


def released_to(gradebook: Gradebook, assessment: str) -> Standing:
    """Return who has which frozen form of an assessment.

    Raises:
        Unreleased: When there are none; the nearest released assessments are suggested.
    """
    standing = gradebook.standing(assessment)
    if not standing.forms:
        near = get_close_matches(assessment, gradebook.released(), cutoff=0.5)
        hint = f"did you mean {near[0]}? " if near else ""
        message = f'no assessment "{assessment}" has been released'
        raise Unreleased(message, f"{hint}If it is in the bank: gradesmith release {assessment}")
    return standing


def nobody_called(name: str, known: Iterable[str]) -> NotFound:
    """Return the error that nobody has this id, with the ids that are like it."""
    near = get_close_matches(name, sorted(known), cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "gradesmith roster list"
    return NotFound(f'nobody is called "{name}"', hint)
