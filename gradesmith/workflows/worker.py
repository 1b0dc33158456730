"""A process that grades: it reads what somebody handed in, runs it, marks it and writes the graded notebook.

Usage: python -m gradesmith.workflows.worker DESCRIPTOR LINE     (sockets: to the coordinator, who alone has the
gradebook, and to the loader that the workers share)

The coordinator sends a `Duty` and then one `Job` after the other, each with its form; each is answered by one `Answer`.
"""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import lru_cache

from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.course.intake import find_submission
from gradesmith.errors import GradesmithError
from gradesmith.model.assessments import Form
from gradesmith.model.runs import Report
from gradesmith.model.submissions import GradedSubmission, State
from gradesmith.notebooks.autograded import autograded_notebook
from gradesmith.notebooks.recognising import OtherForms
from gradesmith.sandbox.confinement import die_with_parent
from gradesmith.sandbox.engine import Engine, Premises
from gradesmith.sandbox.family import Family
from gradesmith.sandbox.frames import Channel, PartnerGone
from gradesmith.workflows.duties import CAPS, Answer, Duty, Job, as_bytes, from_bytes
from gradesmith.workflows.understand import Understood, graded, understand


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
