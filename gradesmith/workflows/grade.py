"""Grades the submissions to an assessment: many at a time run, one at a time is recorded."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches

from gradesmith import __version__
from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.course.intake import find_submissions
from gradesmith.errors import GradesmithError, Unreleased
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import Form
from gradesmith.model.runs import Report
from gradesmith.model.submissions import GradedSubmission, State, Submission
from gradesmith.notebooks.autograded import autograded_notebook
from gradesmith.sandbox.engine import Engine
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.understand import Understood, check_library, graded, understand


@dataclass(slots=True, kw_only=True)
class GradingRun:
    """What one run did: the submissions it graded, those it could skip, and those it could not record, with why."""

    assessment: str
    found: int = 0
    graded: list[GradedSubmission] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        """How many submissions this run is through with."""
        return len(self.graded) + len(self.unchanged) + len(self.failed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to grade: how many at a time, whom, and whether again although nothing changed."""

    jobs: int = 2
    students: tuple[str, ...] = ()
    again: bool = False
    unconfined: bool = False


def grade(
    course: CourseDirectory,
    assessment: str,
    settings: Settings,
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> GradingRun:
    """Grade every submission that is new or changed since it was last graded.

    What is graded is recorded at once, so a run that is killed loses nothing, and the next one does the rest.

    Raises:
        Unreleased: When the assessment has no frozen form.
        SandboxRefused: When student code can't be confined here.
    """
    run = GradingRun(assessment=assessment)
    with open_gradebook(course) as gradebook:
        forms = released_forms(gradebook, assessment)
        submissions = _wanted(find_submissions(course, assessment), settings.students)
        run.found = len(submissions)
        waiting = list(_to_do(gradebook, forms, submissions, run, again=settings.again))
        confinement = "unconfined" if settings.unconfined else "confined"
        number = gradebook.start_run(version=__version__, confinement=confinement)
        for one in _run_all(forms, waiting, settings):
            progress(run.done, run.found)
            _record(course, gradebook, number, one, run)
        gradebook.finish_run(number)
        progress(run.done, run.found)
        run.missing = gradebook.missing(assessment)
    return run


def released_forms(gradebook: Gradebook, assessment: str) -> tuple[Form, ...]:
    """Return the frozen forms of an assessment.

    Raises:
        Unreleased: When there are none; the nearest released assessments are suggested.
    """
    forms = gradebook.forms(assessment)
    if not forms:
        near = get_close_matches(assessment, gradebook.released(), cutoff=0.5)
        hint = f"did you mean {near[0]}? Otherwise: " if near else ""
        message = f'"{assessment}" was not released, so there is nothing to grade against'
        raise Unreleased(message, f"{hint}gradesmith release {assessment}")
    return forms


def _wanted(submissions: Iterable[Submission], students: tuple[str, ...]) -> list[Submission]:
    return [one for one in submissions if not students or one.student in students]


def _to_do(
    gradebook: Gradebook, forms: tuple[Form, ...], submissions: Iterable[Submission], run: GradingRun, *, again: bool
) -> Iterator[Understood]:
    """Yield what must be graded; what was graded just so before is noted as unchanged."""
    registered = {student.id for student in gradebook.students()}
    for submission in submissions:
        known_student = submission.student in registered
        form = gradebook.form_for(submission.assessment, submission.student) if known_student else forms[0]
        understood = understand(form, submission, registered=known_student)
        known = gradebook.already_graded(
            submission.student, submission.assessment, submission.sha256, understood.plan_digest
        )
        if known and not again:
            run.unchanged.append(submission.student)
        else:
            yield understood


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ran:
    """One submission after its run: the sandbox's report, or the reason why there is none."""

    understood: Understood
    report: Report | None
    failure: str = ""


def _run_all(forms: tuple[Form, ...], waiting: list[Understood], settings: Settings) -> Iterator[_Ran]:
    """Run the plans on some threads, each with an engine of its own, and yield as they end.

    A thread that can't start its engine passes the reason on, and everything stops.
    """
    to_run: queue.SimpleQueue[Understood] = queue.SimpleQueue()
    ended: queue.SimpleQueue[_Ran | BaseException] = queue.SimpleQueue()
    planned = [one for one in waiting if one.plan is not None]
    yield from (_Ran(understood=one, report=Report()) for one in waiting if one.plan is None)
    for one in planned:
        to_run.put(one)
    library = check_library(forms)
    with _workers(min(settings.jobs, len(planned)), lambda slot: _work(slot, library, settings, to_run, ended), to_run):
        for _ in planned:
            ran = ended.get()
            if isinstance(ran, BaseException):
                raise ran
            yield ran


@contextmanager
def _workers(
    count: int, work: Callable[[int], None], to_run: queue.SimpleQueue[Understood]
) -> Iterator[None]:
    """Keep some threads at work; on leaving, what has not begun is dropped and the threads are waited for."""
    threads = [threading.Thread(target=work, args=(slot,), name=f"grader-{slot}") for slot in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        while not to_run.empty():
            _next(to_run)
        for thread in threads:
            thread.join()


def _next(to_run: queue.SimpleQueue[Understood]) -> Understood | None:
    try:
        return to_run.get_nowait()
    except queue.Empty:
        return None


def _work(
    slot: int,
    library: dict[str, str],
    settings: Settings,
    to_run: queue.SimpleQueue[Understood],
    ended: queue.SimpleQueue[_Ran | BaseException],
) -> None:
    try:
        with Engine(library, slot=slot, unconfined=settings.unconfined) as engine:
            while (one := _next(to_run)) is not None:
                ended.put(_ran(engine, one))
    except (GradesmithError, OSError) as error:
        ended.put(error)


def _ran(engine: Engine, one: Understood) -> _Ran:
    if one.plan is None:
        return _Ran(understood=one, report=Report())
    try:
        return _Ran(understood=one, report=engine.run(one.plan))
    except (GradesmithError, OSError) as error:
        return _Ran(understood=one, report=None, failure=str(error))


def _record(course: CourseDirectory, gradebook: Gradebook, number: int, ran: _Ran, run: GradingRun) -> None:
    """Write the graded notebook and the marks; a failure costs this submission alone, and is told."""
    student = ran.understood.submission.student
    if ran.report is None:
        run.failed[student] = ran.failure
        return
    result = graded(ran.understood, ran.report)
    try:
        if result.state is not State.UNREGISTERED:
            path = course.autograded(student, result.assessment) / f"{result.assessment}.ipynb"
            write_whole(path, _autograded(ran.understood, ran.report, result))
        gradebook.record(number, result)
    except GradesmithError as error:
        run.failed[student] = str(error)
    else:
        run.graded.append(result)


def _autograded(understood: Understood, report: Report, result: GradedSubmission) -> str:
    runs = {one.id: one for one in report.cells}
    marks = {one.cell: one for one in result.marks}
    return autograded_notebook(understood.form, understood.found, runs, marks, result.notes)
