"""What a student handed in, as it was found and as it was understood."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import JsonValue

from gradesmith.model.outcomes import Mark, Outcome, Score
from gradesmith.model.questions import DataFile
from gradesmith.model.runs import Note
from gradesmith.model.values import Value


class Submission(Value):
    """One hand-in as found on disk. ``problem`` says why it can't be read at all, if so.

    ``stamped``: whether nbgrader's ``timestamp.txt`` says when it was handed in; if not, ``timestamp`` is the folder's.
    """

    student: str
    assessment: str
    timestamp: datetime
    stamped: bool = True
    sha256: str
    notebook: bytes = b""
    files: tuple[DataFile, ...] = ()
    notes: tuple[Note, ...] = ()
    problem: str = ""


class Readability(StrEnum):
    """Whether an answer could be understood: *cannot be read* is told apart from *wrong*."""

    ANSWERED = "answered"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


class Response(Value):
    """What a student answered in one cell: the plain value where there is one, and the text as typed."""

    cell: str
    readability: Readability
    text: str
    value: JsonValue = None


ON_PAPER = "on paper"


class State(StrEnum):
    """What became of a submission in a grading run."""

    GRADED = "graded"
    FOR_A_PERSON = "for_a_person"
    UNREGISTERED = "unregistered"


class GradedSubmission(Value):
    """Everything that one grading of one submission established, ready to be recorded.

    ``confinement`` says what kept its code in; it is `ON_PAPER` where there was none to run.
    """

    student: str
    assessment: str
    form: str
    submitted: datetime
    stamped: bool = True
    submission_digest: str
    plan_digest: str
    state: State
    marks: tuple[Mark, ...] = ()
    responses: tuple[Response, ...] = ()
    notes: tuple[Note, ...] = ()
    score: Score
    confinement: str = ""
    seconds: float = 0.0

    @property
    def on_paper(self) -> bool:
        """Whether it was answered on paper and typed in."""
        return self.confinement == ON_PAPER

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes of all marks, in order."""
        return tuple(outcome for mark in self.marks for outcome in mark.outcomes)
