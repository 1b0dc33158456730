"""Grades the submissions to an assessment: many at a time run, one at a time is recorded."""

from __future__ import annotations

import queue
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction
from types import TracebackType
from typing import Self

from gradesmith import __version__
from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.course.intake import find_submission, who_handed_in
from gradesmith.course.lock import locked
from gradesmith.errors import GradesmithError, NotFound, Unreleased
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import Form
from gradesmith.model.runs import Report
from gradesmith.model.submissions import GradedSubmission, State, Submission
from gradesmith.notebooks.autograded import autograded_notebook
from gradesmith.rules.changes import Change, change_between
from gradesmith.sandbox.engine import Engine, Premises
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.understand import Understood, check_library, graded, understand

AHEAD = 2


@dataclass(slots=True, kw_only=True)
class GradingRun:
    """What one run did: the submissions it graded, those it could skip, and those it could not record, with why.

    ``earlier`` holds the gradings that new ones replaced, and ``changes`` what that changed, sorted by student.
    """

    assessment: str
    found: int = 0
    graded: list[GradedSubmission] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    earlier: dict[str, GradedSubmission] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()

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
        NotFound: When somebody was named of whom there is no submission.
        SandboxRefused: When student code can't be confined here.
        CourseBusy: When somebody grades or releases in this course already.
    """
    run = GradingRun(assessment=assessment)
    with locked(course, f"grading {assessment}"), open_gradebook(course) as gradebook:
        forms = released_forms(gradebook, assessment)
        students = _wanted(gradebook, assessment, who_handed_in(course, assessment), settings.students)
        run.found = len(students)
        confinement = "unconfined" if settings.unconfined else "confined"
        number = gradebook.start_run(version=__version__, confinement=confinement)
        submissions = (find_submission(course, student, assessment) for student in students)
        waiting = _to_do(gradebook, forms, submissions, run, again=settings.again)
        with closing(_run_all(_Crew(course, forms, settings), waiting)) as ended:
            for one in ended:
                progress(run.done, run.found)
                _record(course, gradebook, number, one, run)
        progress(run.done, run.found)
        _finish(gradebook, number, run)
    return run


def _finish(gradebook: Gradebook, number: int, run: GradingRun) -> None:
    """Note the end of a run; where nothing can be recorded any more, that has been told of the submissions already."""
    try:
        gradebook.finish_run(number)
        run.missing = gradebook.missing(run.assessment)
        run.changes = tuple(_changes(gradebook, run))
    except GradesmithError:
        if not run.failed:
            raise


def _changes(gradebook: Gradebook, run: GradingRun) -> Iterator[Change]:
    """Compare what was graded now with what stood there before, people's marks counted in both."""
    manual: dict[str, dict[str, Fraction]] = {}
    for (student, cell), given in gradebook.manual_marks(run.assessment).items():
        manual.setdefault(student, {})[cell] = given
    for one in sorted(run.graded, key=lambda one: one.student):
        before = run.earlier.get(one.student)
        change = change_between(before, one, manual.get(one.student, {})) if before else None
        if change:
            yield change


def released_forms(gradebook: Gradebook, assessment: str) -> tuple[Form, ...]:
    """Return the frozen forms of an assessment.

    Raises:
        Unreleased: When there are none; the nearest released assessments are suggested.
    """
    forms = gradebook.forms(assessment)
    if not forms:
        near = get_close_matches(assessment, gradebook.released(), cutoff=0.5)
        hint = f"did you mean {near[0]}? " if near else ""
        message = f'no assessment "{assessment}" has been released'
        raise Unreleased(message, f"{hint}If it is in the bank: gradesmith release {assessment}")
    return forms


def _wanted(gradebook: Gradebook, assessment: str, found: Sequence[str], students: tuple[str, ...]) -> list[str]:
    """Return whose work is to be graded: that of the named students, or all.

    Raises:
        NotFound: When there is no work of a named one; the text says whether that is a student, and who has a like id.
    """
    absent = [one for one in dict.fromkeys(students) if one not in found]
    if absent:
        registered = {one.id for one in gradebook.students()}
        known = sorted(registered | set(found))
        reasons, near = [], []
        for one in absent:
            reasons.append(f"{one} has handed in no {assessment}" if one in registered else f'nobody is called "{one}"')
            near += [] if one in registered else get_close_matches(one, known, cutoff=0.5)
        hint = f"did you mean {' or '.join(dict.fromkeys(near))}?" if near else "gradesmith roster list"
        raise NotFound("; ".join(reasons), hint)
    return [one for one in found if not students or one in students]


def _to_do(
    gradebook: Gradebook, forms: tuple[Form, ...], submissions: Iterable[Submission], run: GradingRun, *, again: bool
) -> Iterator[Understood]:
    """Yield what must be graded; what was graded just so before is noted as unchanged."""
    registered = {student.id for student in gradebook.students()}
    earlier = gradebook.earlier_forms(run.assessment)
    for submission in submissions:
        known_student = submission.student in registered
        own = known_student and len(forms) > 1
        form = gradebook.form_for(submission.assessment, submission.student) if own else forms[0]
        understood = understand(form, submission, registered=known_student, earlier=earlier)
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


def _run_all(threads: _Crew, waiting: Iterable[Understood]) -> Generator[_Ran]:
    """Run the plans on some threads and yield as they end, reading no further ahead than the threads need."""
    with threads as crew:
        for one in waiting:
            if one.plan is None:
                yield _Ran(understood=one, report=Report())
                continue
            crew.give(one)
            if crew.under_way > AHEAD * crew.jobs:
                yield crew.take()
        while crew.under_way:
            yield crew.take()


class _Crew:
    """Threads with an engine each, started when there is work for them. A context manager."""

    def __init__(self, course: CourseDirectory, forms: tuple[Form, ...], settings: Settings) -> None:
        self.under_way = 0
        self.jobs = settings.jobs
        self._course = course
        self._forms = forms
        self._unconfined = settings.unconfined
        self._to_run: queue.SimpleQueue[Understood | None] = queue.SimpleQueue()
        self._ended: queue.SimpleQueue[_Ran | Future[None]] = queue.SimpleQueue()
        self._threads = ThreadPoolExecutor(self.jobs, thread_name_prefix="grader")
        self._at_work = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Drop what has not begun, and wait for what has."""
        while not self._to_run.empty():
            with suppress(queue.Empty):
                self._to_run.get_nowait()
        for _ in range(self._at_work):
            self._to_run.put(None)
        self._threads.shutdown()

    def give(self, one: Understood) -> None:
        """Have one submission run."""
        self._to_run.put(one)
        self.under_way += 1
        if self._at_work < min(self.jobs, self.under_way):
            self._threads.submit(self._work, self._at_work).add_done_callback(self._ended.put)
            self._at_work += 1

    def take(self) -> _Ran:
        """Wait for the next that has ended; what stops a thread stops everything, and is raised here."""
        while isinstance(ended := self._ended.get(), Future):
            ended.result()
        self.under_way -= 1
        return ended

    def _work(self, slot: int) -> None:
        try:
            with self._engine(slot) as engine:
                while (one := self._to_run.get()) is not None:
                    self._ended.put(_ran(engine, one))
        except OSError as error:
            message = f"grading can't go on here: {error}"
            raise GradesmithError(message, "mend that and run it again: what is recorded is kept") from error

    def _engine(self, slot: int) -> Engine:
        disk_mb = max(form.limits.disk_mb for form in self._forms)
        premises = Premises(disk_mb=disk_mb, hidden=self._course.hidden)
        return Engine(check_library(self._forms), slot=slot, unconfined=self._unconfined, premises=premises)


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
        earlier = gradebook.record(number, result)
    except GradesmithError as error:
        run.failed[student] = str(error)
    else:
        run.graded.append(result)
        if earlier is not None:
            run.earlier[student] = earlier


def _autograded(understood: Understood, report: Report, result: GradedSubmission) -> str:
    runs = {one.id: one for one in report.cells}
    marks = {one.cell: one for one in result.marks}
    return autograded_notebook(understood.form, understood.found, runs, marks, result.notes)
