"""The way to a simulated class that has handed in, wherever forms come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gradesmith.bank.loader import open_bank
from gradesmith.course.directories import CourseDirectory
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.release import IN_SILENCE, Manner, release
from gradesmith.workflows.simulate import Pupil, enrol, simulate, simulated_class


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A simulated class: how many students, from which seed, and how forms of their own are released to them."""

    students: int
    seed: int
    uncertified: bool = False
    manner: Manner = IN_SILENCE


def rehearse(course: CourseDirectory, assessment: str, rehearsal: Rehearsal, now: datetime) -> tuple[Pupil, ...]:
    """Let a simulated class hand in; where students get forms of their own, release one first to whoever has none.

    A single form is left to the instructor to release.

    Raises:
        Unreleased: When the single form of the assessment is not released.
        GradesmithError: When the course has real students, or for whatever keeps forms from being released.
    """
    several = open_bank(course.bank).assessment(assessment).forms != 1
    if several:
        pupils = enrol(course, simulated_class(rehearsal.students, rehearsal.seed))
        with open_gradebook(course) as gradebook:
            standing = gradebook.standing(assessment)
        if any(standing.of(pupil.record.id) is None for pupil in pupils):
            release(course, [assessment], now, uncertified=rehearsal.uncertified, manner=rehearsal.manner)
    return simulate(course, assessment, rehearsal.students, rehearsal.seed)
