"""Grades the submissions to an assessment: many at a time run, one at a time is recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction

from gradesmith import __version__
from gradesmith.course.directories import CourseDirectory
from gradesmith.course.intake import who_handed_in
from gradesmith.course.lock import locked
from gradesmith.errors import GradesmithError, NotFound
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.submissions import GradedSubmission
from gradesmith.rules.changes import Change, change_between
from gradesmith.sandbox.family import Family
from gradesmith.workflows.crew import Crew
from gradesmith.workflows.duties import Answer, Duty
from gradesmith.workflows.errands import Handed
from gradesmith.workflows.library import check_library
from gradesmith.workflows.opening import open_gradebook, released_to


@dataclass(slots=True, kw_only=True)
class GradingRun:
    """What one run did: the submissions it graded, those it could skip, and those it could not record, with why.

    Of those ``on_paper`` a notebook came in although what they wrote on paper is what counts.
    ``earlier`` holds the gradings that new ones replaced, and ``changes`` what that changed, sorted by student.
    """

    assessment: str
    found: int = 0
    graded: list[GradedSubmission] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    on_paper: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    earlier: dict[str, GradedSubmission] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()

    @property
    def done(self) -> int:
        """How many submissions this run is through with."""
        return len(self.graded) + len(self.unchanged) + len(self.on_paper) + len(self.failed)


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
    family: Family | None = None,
) -> GradingRun:
    """Grade every submission that is new or changed since it was last graded.

    What is graded is recorded at once, so a run that is killed loses nothing, and the next one does the rest. Whoever
    has a ``family`` that has begun already waits less; else the run has one of its own.

    Raises:
        Unreleased: When the assessment has no frozen form.
        NotFound: When somebody was named of whom there is no submission.
        SandboxRefused: When student code can't be confined here.
        CourseBusy: When somebody grades or releases in this course already.
    """
    run = GradingRun(assessment=assessment)
    with locked(course, f"grading {assessment}"), _begun(family) as loading, open_gradebook(course) as gradebook:
        standing = released_to(gradebook, assessment)
        handed = Handed(assessment=assessment, standing=standing, earlier=gradebook.earlier_forms(assessment))
        students = _wanted(gradebook, assessment, who_handed_in(course, assessment), settings.students)
        run.found = len(students)
        if not settings.students:
            run.on_paper = sorted(gradebook.on_paper(assessment).intersection(students))
            students = [one for one in students if one not in run.on_paper]
        confinement = "unconfined" if settings.unconfined else "confined"
        number = gradebook.start_run(version=__version__, confinement=confinement)
        errands = handed.errands(gradebook, students, again=settings.again)
        with Crew(_duty(course, handed, settings), settings.jobs, loading) as crew:
            for one in crew.answers(errands):
                progress(run.done, run.found)
                _take(gradebook, number, one, run)
        progress(run.done, run.found)
        _finish(gradebook, number, run)
    return run


@contextmanager
def _begun(family: Family | None) -> Iterator[Family]:
    """Have the libraries loaded while the gradebook is read: by this family, or by one for this run alone."""
    if family is not None:
        family.begin()
        yield family
        return
    with Family() as own:
        own.begin()
        yield own


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


def _duty(course: CourseDirectory, handed: Handed, settings: Settings) -> Duty:
    forms = handed.standing.forms
    return Duty(
        root=course.root,
        assessment=handed.assessment,
        library=check_library(forms),
        disk_mb=max(form.limits.disk_mb for form in forms),
        slot=0,
        unconfined=settings.unconfined,
        others=handed.others(),
    )


def _take(gradebook: Gradebook, number: int, one: Answer, run: GradingRun) -> None:
    """Record what became of a submission; a failure costs this submission alone, and is told."""
    if one.became == "unchanged":
        run.unchanged.append(one.student)
    elif one.graded is None:
        run.failed[one.student] = one.why
    else:
        _record(gradebook, number, one.graded, run)


def _record(gradebook: Gradebook, number: int, result: GradedSubmission, run: GradingRun) -> None:
    try:
        earlier = gradebook.record(number, result)
    except GradesmithError as error:
        run.failed[result.student] = str(error)
    else:
        run.graded.append(result)
        if earlier is not None:
            run.earlier[result.student] = earlier
