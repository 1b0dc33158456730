"""Freezes a form into the gradebook and writes the notebook that students get."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.course.lock import locked
from gradesmith.gradebook.records import SourceCellRecord
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import Form
from gradesmith.notebooks.skeleton import SkeletonCell, skeleton
from gradesmith.notebooks.writing import checksum
from gradesmith.workflows.assemble import bank_to_write_from, make_form
from gradesmith.workflows.author import files_of
from gradesmith.workflows.evaluate import SandboxEvaluator
from gradesmith.workflows.verify.certify import Warn, must_be_certified, unheard


def release(
    course: CourseDirectory, names: Iterable[str], now: datetime, *, uncertified: bool = False, warn: Warn = unheard
) -> tuple[Form, ...]:
    """Freeze the form of each assessment and write its notebooks; from now on only the frozen form counts.

    Raises:
        GradesmithError: When another form was released and submissions to it have been graded, or somebody grades or
            releases in this course just now.
        Uncertified: When a question was not verified as it stands, unless ``uncertified`` ones are asked for.
    """
    bank = bank_to_write_from(course)
    with SandboxEvaluator() as evaluator:
        forms = tuple(make_form(bank, name, evaluator) for name in names)
    if not uncertified:
        must_be_certified(bank, forms, warn)
    with locked(course, "releasing"), Gradebook.open(course.gradebook, course=bank.course.id) as gradebook:
        for form in forms:
            hand_out(course, gradebook, form, now)
    return forms


def hand_out(
    course: CourseDirectory, gradebook: Gradebook, form: Form, now: datetime, *, correcting: bool = False
) -> None:
    """Freeze a form and write its notebooks."""
    gradebook.freeze(form, tuple(map(source_cell, skeleton(form))), now, correcting=correcting)
    for path, content in files_of(course, form):
        write_whole(path, content)


def source_cell(one: SkeletonCell) -> SourceCellRecord:
    """Return what nbgrader remembers of a cell: solutions cleared, hidden checks kept."""
    source = one.starter if one.answers else one.source
    return SourceCellRecord(
        grade_id=one.id,
        cell_type=one.type,
        source=source,
        checksum=checksum(one, source),
        grade=one.points is not None,
        solution=one.answers,
        locked=not one.answers,
        points=None if one.points is None else float(one.points),
    )
