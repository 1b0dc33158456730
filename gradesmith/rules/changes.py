"""What marking again changed, for whom and where. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gradesmith.model.outcomes import Score
from gradesmith.model.submissions import GradedSubmission
from gradesmith.rules.settling import settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One student's score before and after, and the marks that differ by answer cell; ``None``: waits for a person."""

    student: str
    before: Score
    after: Score
    cells: Mapping[str, tuple[Fraction | None, Fraction | None]]


def change_between(before: GradedSubmission, after: GradedSubmission, manual: Mapping[str, Fraction]) -> Change | None:
    """Compare two gradings of one student, with what people entered (``manual``, by answer cell); ``None`` if alike."""
    before, after = settled(before, manual), settled(after, manual)
    old, new = ({mark.cell: mark.given for mark in one.marks} for one in (before, after))
    cells = {cell: (old.get(cell), new.get(cell)) for cell in (old | new) if old.get(cell) != new.get(cell)}
    if before.score == after.score and not cells:
        return None
    return Change(student=after.student, before=before.score, after=after.score, cells=cells)
