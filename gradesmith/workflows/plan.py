"""Plans the forms of a class without releasing any: what the blueprint and the bank will give, on a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from gradesmith.bank.loader import Bank, open_bank
from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.course.rosters import read_roster
from gradesmith.course.secret import standing_secret
from gradesmith.errors import GradesmithError
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import Form
from gradesmith.reports.plan_report import plan_page
from gradesmith.rules.assembly.classes import Progress, unseen
from gradesmith.rules.assembly.planning import Plan, planned
from gradesmith.workflows.assemble import Cohort, make_forms, material_of
from gradesmith.workflows.evaluate import SandboxEvaluator


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan, what its forms are drawn from, in words, and how many students have theirs already."""

    plan: Plan
    source: str
    standing: int


def plan(
    course: CourseDirectory,
    name: str,
    roster: Path | None = None,
    seed: int | None = None,
    progress: Progress = unseen,
) -> Planned:
    """Plan the forms of an assessment for the students of a roster, or for those registered; nothing is written.

    Forms are drawn from the course's secret, and students who have one keep it: what is planned is what `release` would
    give. With a ``seed`` other forms are drawn from that, whoever has one; before the course has a secret they are
    drawn from the assessment's own seed.

    Raises:
        Rejected: When the bank or the roster has errors.
        NotFound: When there is no such assessment.
        GradesmithError: When there are no students, or the bank does not suffice for them.
    """
    bank = open_bank(course.bank)
    assessment = bank.assessment(name)
    secret = standing_secret(course) if seed is None else None
    source = "the course's secret" if secret else f"the seed {assessment.seed if seed is None else seed}"
    cohort = _cohort(course, bank, name, roster, secret or source.encode())
    if not cohort.students:
        remedy = f"name a roster: gradesmith assemble {name} --roster students.csv"
        raise GradesmithError(f"{name}: there is nobody to plan for, as no student is registered yet", remedy)
    if seed is not None:
        cohort = replace(cohort, standing={})
    with SandboxEvaluator() as evaluator:
        forms: dict[str, Form] = {**cohort.standing, **make_forms(bank, name, cohort, evaluator, progress)}
        material = material_of(bank, name, evaluator, cohort.used)
        in_order = {student: forms[student] for student in cohort.students}
        found = planned(assessment, material, in_order, tuple(cohort.standing.values()))
    return Planned(plan=found, source=source, standing=len({*cohort.standing} & {*cohort.students}))


def write_plan(course: CourseDirectory, made: Planned, now: datetime, path: Path | None = None) -> Path:
    """Write the page about a plan; return the file. It stands with the gradebook unless another place is named."""
    where = path or course.plan(made.plan.assessment.id)
    write_whole(where, plan_page(made.plan, made.source, made.standing, now), closed=path is None)
    return where


def _cohort(course: CourseDirectory, bank: Bank, name: str, roster: Path | None, secret: bytes) -> Cohort:
    """Return who gets forms, who has one, and which questions are used up; a gradebook is read, not made."""
    students = tuple(student.id for student in read_roster(roster, bank.assessments)) if roster else ()
    if not course.gradebook.is_file():
        return Cohort(students=students, secret=secret)
    with Gradebook.open(course.gradebook, course=bank.course.id) as gradebook:
        forms = (form for other in bank.assessment(name).apart_from for form in gradebook.standing(other).forms)
        return Cohort(
            students=students or gradebook.enrolled(),
            secret=secret,
            standing=gradebook.standing(name).by_student,
            used=frozenset(slot.variant.question for form in forms for slot in form.slots),
        )
