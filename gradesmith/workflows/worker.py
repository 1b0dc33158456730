"""A process that grades: it reads what somebody handed in, runs it, marks it and writes the graded notebook.

Usage: python -m gradesmith.workflows.worker DESCRIPTOR LINE     (sockets: to the coordinator, who alone has the
gradebook, and to the loader that the workers share)

The coordinator sends a `Duty` and then one `Job` after the other, each with its form; each is answered by one `Answer`.
"""

from __future__ import annotations

import json
import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeVar

from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.course.intake import find_submission
from gradesmith.errors import GradesmithError
from gradesmith.model.assessments import Form
from gradesmith.model.runs import Report
from gradesmith.model.submissions import GradedSubmission, State
from gradesmith.model.values import Value
from gradesmith.notebooks.autograded import autograded_notebook
from gradesmith.notebooks.recognising import OtherForms
from gradesmith.sandbox.confinement import die_with_parent
from gradesmith.sandbox.engine import Engine, Premises
from gradesmith.sandbox.family import Family
from gradesmith.sandbox.frames import Caps, Channel, PartnerGone
from gradesmith.workflows.understand import Understood, graded, understand

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


class Grader:
    """Does one job after the other with one engine, which is started when there is something to run."""

    def __init__(self, duty: Duty, family: Family, resources: ExitStack) -> None:
        self._duty = duty
        self._family = family
        self._course = CourseDirectory(duty.root)
        self._resources = resources
        self._engine: Engine | None = None
        self._others = OtherForms(duty.others)

    def do(self, job: Job, form: Form) -> Answer:
        """Grade one submission, unless it was graded just so; what fails costs this submission alone."""
        submission = find_submission(self._course, job.student, self._duty.assessment)
        if job.problem and not submission.problem:
            submission = submission.but(problem=job.problem)
        understood = understand(
            form, submission, registered=job.registered, earlier=job.earlier, whose=self._others.whose
        )
        if job.known == (submission.sha256, understood.plan_digest):
            return Answer(student=job.student, became="unchanged")
        engine = None if understood.plan is None else self._warm_engine()
        try:
            report = Report() if understood.plan is None or engine is None else engine.run(understood.plan)
            result = graded(understood, report)
            self._write(understood, report, result)
        except (GradesmithError, OSError) as error:
            return Answer(student=job.student, became="failed", why=str(error))
        return Answer(student=job.student, became="graded", graded=result)

    def _warm_engine(self) -> Engine:
        if self._engine is None:
            duty = self._duty
            premises = Premises(disk_mb=duty.disk_mb, hidden=self._course.hidden, family=self._family)
            engine = Engine(duty.library, slot=duty.slot, unconfined=duty.unconfined, premises=premises)
            self._engine = self._resources.enter_context(engine)
        return self._engine

    def _write(self, understood: Understood, report: Report, result: GradedSubmission) -> None:
        """Write the graded notebook; what somebody handed in whom nobody registered has none."""
        if result.state is State.UNREGISTERED:
            return
        runs = {one.id: one for one in report.cells}
        marks = {one.cell: one for one in result.marks}
        text = autograded_notebook(understood.form, understood.found, runs, marks, result.notes)
        write_whole(self._course.autograded(result.student, result.assessment) / f"{result.assessment}.ipynb", text)


def serve(channel: Channel, family: Family) -> None:
    """Do what the coordinator asks until it hangs up."""
    with ExitStack() as resources:
        resources.enter_context(family)
        try:
            grader = Grader(from_bytes(Duty, channel.receive().buffers[0]), family, resources)
            while True:
                answer = _done(grader, channel.receive().buffers)
                channel.send({}, [as_bytes(answer)])
        except PartnerGone:
            return


def _done(grader: Grader, buffers: Sequence[bytes]) -> Answer:
    job = from_bytes(Job, buffers[0])
    try:
        return grader.do(job, _form(buffers[1]))
    except GradesmithError as error:
        fault = type(error).__name__
        return Answer(student=job.student, became="stopped", why=error.message, remedy=error.remedy, fault=fault)
    except OSError as error:
        remedy = "mend that and run it again: what is recorded is kept"
        return Answer(student=job.student, became="stopped", why=f"grading can't go on here: {error}", remedy=remedy)


@lru_cache(maxsize=2)
def _form(text: bytes) -> Form:
    return from_bytes(Form, text)


def main() -> None:
    """Serve the coordinator at the other end of the first socket; an interrupt of the whole group is for it to heed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        die_with_parent(signal.SIGKILL)
    coordinator, line = (socket.socket(fileno=int(one)) for one in sys.argv[1:])
    with coordinator:
        serve(Channel(coordinator, CAPS), Family(line))


if __name__ == "__main__":
    main()
