"""What a submission stands at once people have marked what was left for them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from gradesmith.model.outcomes import Mark, Progress, Score
from gradesmith.model.submissions import GradedSubmission
from gradesmith.rules.scoring import round_half_up, total

MANUAL = frozenset({Progress.FULLY_GRADED, Progress.PENDING_MANUAL})


def settle(mark: Mark, manual: Mapping[str, Fraction]) -> Mark:
    """Put a person's mark, if there is one, in the place of what the grader gave or left open."""
    return mark.but(given=manual[mark.cell]) if mark.cell in manual else mark


def standing(graded: GradedSubmission, manual: Mapping[str, Fraction]) -> Score:
    """Return the score with manual marks in it.

    What lateness took off the automatic marks is taken off the manual ones in the same proportion. A submission that
    could not be graded stays so.
    """
    if not any(mark.cell in manual for mark in graded.marks):
        return graded.score
    before, after = total(graded.marks), total(settle(mark, manual) for mark in graded.marks)
    kept = graded.score.given / before.given if before.given else Fraction(1)
    given = after.given if kept == 1 else round_half_up(after.given * kept)
    progress = after.progress if graded.score.progress in MANUAL else graded.score.progress
    return Score(given=given, maximum=graded.score.maximum, progress=progress)
