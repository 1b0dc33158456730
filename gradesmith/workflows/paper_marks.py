"""Brings what was answered on paper into the gradebook: a table to type into, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from gradesmith import __version__
from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.course.intake import who_handed_in
from gradesmith.course.lock import locked
from gradesmith.diagnostics import Diagnostics, Rejected
from gradesmith.errors import GradesmithError
from gradesmith.gradebook.export import Table, write_csv
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.interactions import Choice, Fields
from gradesmith.model.outcomes import Mark
from gradesmith.model.questions import Part
from gradesmith.model.runs import Note
from gradesmith.model.submissions import ON_PAPER, GradedSubmission, Readability, Response, State
from gradesmith.model.values import digest_of
from gradesmith.notebooks.autograded import autograded_notebook
from gradesmith.notebooks.on_paper import typed_notebook
from gradesmith.notebooks.responses import answered
from gradesmith.papers.columns import FORM, STUDENT, columns, header
from gradesmith.papers.content import plainly
from gradesmith.papers.responses import CODE, ELSEWHERE, NAME, PaperResponse, read_responses
from gradesmith.rules.changes import Change, change_between
from gradesmith.rules.scoring import mark, total
from gradesmith.rules.settling import settled
from gradesmith.workflows.opening import open_gradebook, released_to
from gradesmith.workflows.understand import MARKING

Manual = Mapping[tuple[str, str], Fraction]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A stack of papers as it was typed: the file, and when the papers were written.

    Where that is not said, it is ``now``, or what was said of the same paper before. ``replace`` lets them take the
    place of notebooks that the same students handed in. With ``check`` nothing is recorded.
    """

    path: Path
    now: datetime
    sat: datetime | None = None
    replace: bool = False
    check: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What entering did: whose marks are new, whose row is as it was, whose is blank, and what changed for whom.

    The gradings have the points in them that people gave.
    """

    marked: tuple[GradedSubmission, ...]
    unchanged: tuple[str, ...]
    blank: tuple[str, ...]
    changes: tuple[Change, ...]


def template(course: CourseDirectory, assessment: str, path: Path) -> int:
    """Write the table to type responses into, a row for each student; return how many there are.

    Columns that a student's form does not have are marked; the code of the form is to be typed from the paper.

    Raises:
        Unreleased: When the assessment has no frozen form.
        GradesmithError: When the file is there already, or can't be written.
    """
    if path.exists():
        raise GradesmithError(f"{path}: is there already", "choose another name with --out, or move it away")
    with open_gradebook(course) as gradebook:
        standing = released_to(gradebook, assessment)
        known = {one.id: one for one in gradebook.students()}
        students = [(known[one], form) for one in gradebook.enrolled() if (form := standing.of(one)) is not None]
    names = header(standing.forms)[2:]
    rows = tuple(
        (one.id, one.name, "", *("" if name in own else ELSEWHERE for name in names))
        for one, form in students
        for own in [{column.name for column in columns(form)}]
    )
    write_csv(Table(header=(STUDENT, NAME, FORM, *names), rows=rows), path)
    return len(rows)


def enter(course: CourseDirectory, assessment: str, stack: Stack) -> Entered:
    """Mark what was typed from paper and record it, all rows or none; a row that is as it was is left alone.

    Raises:
        Rejected: With every error in the file, when there is any.
        Unreleased: When the assessment has no frozen form.
        CourseBusy: When somebody grades or releases in this course just now.
    """
    with locked(course, f"entering {assessment}"), open_gradebook(course) as gradebook:
        standing = released_to(gradebook, assessment)
        having = {one: form for one in gradebook.enrolled() if (form := standing.of(one)) is not None}
        diagnostics = Diagnostics()
        typed = read_responses(stack.path, standing.forms, having.get, diagnostics)
        earlier = {one.student: one for one in gradebook.results(assessment)}
        if not stack.replace:
            _refuse_notebooks(course, assessment, typed.sat, earlier, diagnostics)
        if diagnostics.errors:
            raise Rejected(diagnostics, "nothing was entered")
        manual = gradebook.manual_marks(assessment)
        all_marked = ((one, _marked(one, _sat(stack, earlier.get(one.student)))) for one in typed.sat)
        fresh = [pair for pair in all_marked if not _is_as_it_was(pair[1], earlier.get(pair[1].student))]
        if fresh and not stack.check:
            _record(course, gradebook, fresh, earlier)
        after = _with_points(manual, fresh, earlier)
    final = tuple(settled(marked, _theirs(after, marked.student)) for _, marked in fresh)
    changes = (
        change_between(settled(before, _theirs(manual, one.student)), one, {})
        for one in final
        if (before := earlier.get(one.student)) is not None
    )
    return Entered(
        marked=final,
        unchanged=tuple(one.student for one in typed.sat if one.student not in {one.student for one in final}),
        blank=typed.blank,
        changes=tuple(change for change in changes if change is not None),
    )


def _refuse_notebooks(
    course: CourseDirectory,
    assessment: str,
    sat: Sequence[PaperResponse],
    earlier: Mapping[str, GradedSubmission],
    diagnostics: Diagnostics,
) -> None:
    """Complain of rows of students who handed in a notebook as well: which of the two counts is for a person to say."""
    handed_in = set(who_handed_in(course, assessment))
    for one in sat:
        before = earlier.get(one.student)
        if (before is None and one.student in handed_in) or (before is not None and not before.on_paper):
            message = "this student has handed in a notebook, too"
            hint = "take the row out, or let paper count in its place with --replace"
            diagnostics.error(CODE, one.row.place(STUDENT), one.student, message, hint)


def _sat(stack: Stack, before: GradedSubmission | None) -> datetime:
    return stack.sat or (before.submitted if before is not None and before.on_paper else stack.now)


def _marked(one: PaperResponse, sat: datetime) -> GradedSubmission:
    """Mark what was answered on paper; what a person marks waits, as in a notebook, for the points beside it."""
    responses, marks = [], []
    for slot in one.form.slots:
        for part in slot.variant.parts:
            response = _response(one, part, slot.cell(part.name))
            responses.append(response)
            marks.append(_mark(part, response))
    given = {cell: plainly(points) for cell, points in one.points.items()}
    said = "; ".join(f"{cell}: {points} by hand" for cell, points in given.items())
    return GradedSubmission(
        student=one.student,
        assessment=one.form.assessment,
        form=one.form.digest,
        submitted=sat,
        stamped=False,
        submission_digest=digest_of([ON_PAPER, *(response.model_dump(mode="json") for response in responses)]),
        plan_digest=digest_of([one.form.digest, ON_PAPER, MARKING]),
        state=State.GRADED,
        marks=tuple(marks),
        responses=tuple(responses),
        notes=(Note(about="person", message=f"answered on paper{f' ({said})' if said else ''}"),),
        score=total(marks),
        confinement=ON_PAPER,
    )


def _response(one: PaperResponse, part: Part, cell: str) -> Response:
    if cell in one.unreadable:
        return Response(cell=cell, readability=Readability.UNREADABLE, text="can't be read on the paper")
    if isinstance(part.interaction, Choice | Fields):
        return answered(cell, one.answers.get(cell, ""))
    points = one.points.get(cell)
    return Response(cell=cell, readability=Readability.ANSWERED, text="", value=None if points is None else str(points))


def _mark(part: Part, response: Response) -> Mark:
    if isinstance(part.interaction, Choice | Fields):
        return mark(part, response, ())
    return Mark(cell=response.cell, given=None, maximum=part.points)


def _is_as_it_was(marked: GradedSubmission, before: GradedSubmission | None) -> bool:
    """Whether a row says what it said when it was entered last, and would be marked by the same form."""
    same = ("submission_digest", "plan_digest")
    return before is not None and all(getattr(marked, name) == getattr(before, name) for name in same)


def _record(
    course: CourseDirectory,
    gradebook: Gradebook,
    fresh: Sequence[tuple[PaperResponse, GradedSubmission]],
    earlier: Mapping[str, GradedSubmission],
) -> None:
    """Write what formgrader shows, then record everything at once."""
    for one, marked in fresh:
        found = typed_notebook(one.form, one.answers)
        marks = {each.cell: each for each in marked.marks}
        text = autograded_notebook(one.form, found, {}, marks, marked.notes)
        write_whole(course.autograded(one.student, marked.assessment) / f"{marked.assessment}.ipynb", text)
    entries = [(marked, _new_points(one, earlier.get(one.student))) for one, marked in fresh]
    gradebook.record_on_paper(__version__, entries)


def _new_points(one: PaperResponse, before: GradedSubmission | None) -> dict[str, Fraction]:
    """Return the points that were not typed just so before: what somebody changed in formgrader since then stays."""
    typed = {each.cell: each.value for each in before.responses} if before is not None and before.on_paper else {}
    return {cell: points for cell, points in one.points.items() if typed.get(cell) != str(points)}


def _with_points(
    manual: Manual, fresh: Sequence[tuple[PaperResponse, GradedSubmission]], earlier: Mapping[str, GradedSubmission]
) -> dict[tuple[str, str], Fraction]:
    typed = (
        ((one.student, cell), points)
        for one, _ in fresh
        for cell, points in _new_points(one, earlier.get(one.student)).items()
    )
    return {**manual, **dict(typed)}


def _theirs(manual: Manual, student: str) -> dict[str, Fraction]:
    return {cell: given for (name, cell), given in manual.items() if name == student}


def waiting(one: GradedSubmission) -> Iterator[str]:
    """Yield the answer cells whose points are still to be given."""
    return (each.cell for each in one.marks if each.given is None)
