"""What a submission earns once what people entered counts too."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from gradesmith.model.outcomes import Mark, Progress, Score
from gradesmith.model.submissions import GradedSubmission


def settled(graded: GradedSubmission, manual: Mapping[str, Fraction]) -> GradedSubmission:
    """Put a person's marks, by answer cell, in place of the automatic ones and add up again.

    What lateness took away stays taken away, to no less than zero, as in nbgrader. A submission whose every mark is
    given is fully graded; one that could not be read has no marks of its own and keeps waiting for its score to be
    looked at, with what a person gave counted.
    """
    if not manual:
        return graded
    entered = dict(manual)
    marks = tuple(mark.but(given=entered.pop(mark.cell)) if mark.cell in entered else mark for mark in graded.marks)
    lost = max(Fraction(0), _sum(graded.marks) - graded.score.given)
    total = _sum(marks) + sum(entered.values(), Fraction(0)) - lost
    pending = not marks or any(mark.given is None for mark in marks)
    waiting = graded.score.progress is Progress.PENDING_MANUAL and not pending
    progress = Progress.FULLY_GRADED if waiting else graded.score.progress
    score = Score(given=max(Fraction(0), total), maximum=graded.score.maximum, progress=progress)
    return graded.but(marks=marks, score=score)


def _sum(marks: tuple[Mark, ...]) -> Fraction:
    return sum((mark.given for mark in marks if mark.given is not None), Fraction(0))
