"""What the sandbox is asked to do for one submission, and what it saw."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import JsonValue

from gradesmith.model.assessments import Limits
from gradesmith.model.outcomes import Status
from gradesmith.model.questions import DataFile
from gradesmith.model.values import Value


class Note(Value):
    """Something about a submission that the instructor should know, in plain words.

    ``repair``: the notebook was mended; ``reading``: an answer needed help to be read; ``attempt``: something was
    tried that honest work does not need (said without accusing); ``engine``: about the run itself.
    """

    about: Literal["repair", "reading", "attempt", "engine", "person"]
    cell: str = ""
    message: str


class CellToRun(Value):
    """One code cell, as it will run."""

    id: str
    source: str


class ChecksToAsk(Value):
    """The checks that follow one question: names in the file ``file`` of the check library, with the rng seed."""

    cell: str
    file: str
    names: tuple[str, ...]
    rng_seed: int


class QuestionRun(Value):
    """The cells that belong to one question (set-up and strangers' cells included), then its checks.

    ``read`` names variables whose plain value is wanted after the cells have run.
    """

    slot: str
    cells: tuple[CellToRun, ...]
    checks: tuple[ChecksToAsk, ...] = ()
    read: tuple[str, ...] = ()


class Plan(Value):
    """All that the sandbox is asked to do for one submission. Holds no key.

    ``apart``: what cells show and what variables hold is seen in a run of its own that meets no check, since a cell
    that runs after checks could show what they asked.
    """

    questions: tuple[QuestionRun, ...]
    files: tuple[DataFile, ...]
    limits: Limits
    apart: bool = False


class CellStatus(StrEnum):
    """How running one cell ended."""

    RAN = "ran"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    KILLED = "killed"
    NOT_RUN = "not_run"


class CellRun(Value):
    """One cell's run: nbformat outputs as plain JSON, already capped."""

    id: str
    status: CellStatus
    outputs: tuple[dict[str, JsonValue], ...] = ()
    seconds: float = 0.0


class CheckRun(Value):
    """How one check went, before it is worth points. ``detail`` is for the instructor only.

    ``raised`` is the name of the built-in exception the student's code raised, if it did. ``cpu_seconds`` are
    those of the check itself, not of the student's code.
    """

    cell: str
    name: str
    status: Status
    detail: str = ""
    raised: str = ""
    cpu_seconds: float = 0.0


class Report(Value):
    """What the sandbox saw. What is missing from it did not happen.

    ``refused``: how many times the kernel refused each system call of note, by the call's name, and how many times it
    was asked for each file or folder of others, by the path; where that can be told.
    ``unfinished``: a process of ours was lost on the way, no fault of the student's, so it is worth another try.
    """

    cells: tuple[CellRun, ...] = ()
    checks: tuple[CheckRun, ...] = ()
    values: dict[str, JsonValue] = {}
    notes: tuple[Note, ...] = ()
    refused: dict[str, int] = {}
    confinement: str = ""
    seconds: float = 0.0
    unfinished: bool = False
