"""Opens a course's gradebook, as every verb after release does."""

from __future__ import annotations

from gradesmith.bank.loader import open_course
from gradesmith.course.directories import CourseDirectory
from gradesmith.gradebook.store import Gradebook


def open_gradebook(course: CourseDirectory) -> Gradebook:
    """Open the gradebook of a course; of the bank only the course's own id is read."""
    return Gradebook.open(course.gradebook, course=open_course(course.bank).id)
