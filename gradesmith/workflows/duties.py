"""What the coordinator of a run and its workers tell each other, in words that load nothing of what grading takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, TypeVar

from gradesmith.model.assessments import Form
from gradesmith.model.submissions import GradedSubmission
from gradesmith.model.values import Value
from gradesmith.sandbox.frames import Caps

# Both ends are ours: a frame holds a form, or the marks of a submission, however large its author made it.
CAPS = Caps(body=2**31 - 1)


class Duty(Value):
    """What a worker does all along: for which course and assessment, with which check files and which confinement.

    ``slot`` numbers the workers, and ``others`` tell of which form a cell is, where students have forms of their own.
    """

    root: Path
    assessment: str
    library: dict[str, str]
    disk_mb: int
    slot: int
    unconfined: bool
    others: dict[str, tuple[str, ...]] = {}


class Job(Value):
    """One student's work; ``known`` are the digests of file and plan by which it is graded already, if it is.

    ``earlier`` are forms that this student's has replaced; a ``problem`` keeps the work for a person, whatever it is.
    """

    student: str
    registered: bool
    known: tuple[str, str] | None = None
    earlier: tuple[Form, ...] = ()
    problem: str = ""


class Answer(Value):
    """What became of a job: ``graded``; as before, or not to be recorded for the reason ``why``.

    ``stopped``: nothing at all can be graded here, as ``why`` and ``remedy`` say; ``fault`` is the error's name.
    """

    student: str
    became: Literal["graded", "unchanged", "failed", "stopped"]
    graded: GradedSubmission | None = None
    why: str = ""
    remedy: str = ""
    fault: str = ""


AnyValue = TypeVar("AnyValue", bound=Value)


def as_bytes(value: Value) -> bytes:
    """Write a value as it travels: half surrogate pairs and numbers that are none survive, as students type them."""
    return json.dumps(value.model_dump(mode="json")).encode()


def from_bytes(kind: type[AnyValue], text: bytes) -> AnyValue:
    """Read a value that was written by `as_bytes`."""
    return kind.model_validate(json.loads(text))
