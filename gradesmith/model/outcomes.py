"""How checks and answers end, and the marks that follow."""

from __future__ import annotations

from enum import StrEnum

from gradesmith.model.values import Points, Value


class Status(StrEnum):
    """How one check or answer ended. The last two are ours and call for a person."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    ERRORED = "ERRORED"
    TIMED_OUT = "TIMED_OUT"
    KILLED = "KILLED"
    SKIPPED = "SKIPPED"
    NOT_RUN = "NOT_RUN"
    BROKEN = "BROKEN"

    @property
    def ours(self) -> bool:
        """Whether the grader, not the student, is to blame, so that a person must look."""
        return self in {Status.NOT_RUN, Status.BROKEN}


class Progress(StrEnum):
    """How far marking has come, in the words of LTI Assignment and Grade Services 2.0."""

    FULLY_GRADED = "FullyGraded"
    PENDING = "Pending"
    PENDING_MANUAL = "PendingManual"
    FAILED = "Failed"
    NOT_READY = "NotReady"


class Outcome(Value):
    """How one planned check or asked quantity of one answer cell ended.

    ``feedback`` may be shown to the student: it never holds an expected value nor what a hidden check's calls
    printed or raised. ``detail`` is for the instructor only.
    """

    cell: str
    check: str
    title: str
    status: Status
    given: Points
    maximum: Points
    visible: bool = False
    feedback: str = ""
    detail: str = ""


class Mark(Value):
    """What one answer cell earned; ``given`` is ``None`` while a person must mark it."""

    cell: str
    given: Points | None
    maximum: Points
    answered: str = ""
    outcomes: tuple[Outcome, ...] = ()
    feedback: str = ""

    @property
    def progress(self) -> Progress:
        """Whether this mark is final."""
        return Progress.PENDING_MANUAL if self.given is None else Progress.FULLY_GRADED


class Score(Value):
    """What a submission earned so far, of how much, and whether more is to come."""

    given: Points
    maximum: Points
    progress: Progress
