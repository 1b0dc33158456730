"""Who has which frozen form, and how many forms hold a question; for instructors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gradesmith.course.directories import CourseDirectory
from gradesmith.gradebook.forms import Standing
from gradesmith.model.assessments import Form
from gradesmith.workflows.opening import nobody_called, open_gradebook, released_to


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One student and the form they have; no ``form`` when there is none yet, no ``student`` when nobody is named."""

    student: str
    name: str
    form: Form | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """In how many of the forms that students have a question stands, in which versions and in which slots."""

    question: str
    versions: tuple[str, ...]
    slots: tuple[str, ...]
    students: int
    of: int


def holdings(course: CourseDirectory, assessment: str) -> tuple[Holding, ...]:
    """Return every registered student with their form, by id; of a single form and no students, one without a name.

    Raises:
        Unreleased: When the assessment has no frozen form.
    """
    with open_gradebook(course) as gradebook:
        standing = released_to(gradebook, assessment)
        names = {one.id: one.name for one in gradebook.students()}
    students = sorted({*names, *standing.by_student})
    if not students:
        return (Holding(student="", name="", form=standing.everyone),)
    return tuple(Holding(student=one, name=names.get(one, ""), form=standing.of(one)) for one in students)


def form_of(course: CourseDirectory, assessment: str, student: str) -> Form:
    """Return the frozen form of one student.

    Raises:
        Unreleased: When the assessment has no frozen form, or not this student.
        NotFound: When nobody of this id is registered or has a form; who has a like id is suggested.
    """
    with open_gradebook(course) as gradebook:
        standing = released_to(gradebook, assessment)
        known = {one.id for one in gradebook.students()} | standing.by_student.keys()
        if known and student not in known:
            raise nobody_called(student, known)
        return gradebook.form_for(assessment, student)


def exposures(course: CourseDirectory, assessment: str) -> tuple[Exposure, ...]:
    """Return every question that students have, those that most of them have first.

    Raises:
        Unreleased: When the assessment has no frozen form.
    """
    with open_gradebook(course) as gradebook:
        standing = released_to(gradebook, assessment)
    return tuple(_counted(_held(standing)))


def _held(standing: Standing) -> list[Form]:
    return [standing.everyone] if standing.everyone else list(standing.by_student.values())


def _counted(forms: list[Form]) -> Iterable[Exposure]:
    places: dict[str, list[tuple[str, str]]] = {}
    for form in forms:
        for slot in form.slots:
            places.setdefault(slot.variant.question, []).append((slot.variant.version, slot.name))
    for question, found in sorted(places.items(), key=lambda one: (-len(one[1]), one[0])):
        yield Exposure(
            question=question,
            versions=tuple(sorted({version for version, _ in found})),
            slots=tuple(sorted({slot for _, slot in found})),
            students=len(found),
            of=len(forms),
        )
