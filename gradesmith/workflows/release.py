"""Draws the forms that students get, judges them, and hands them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from graphlib import TopologicalSorter

from gradesmith.bank.loader import Bank
from gradesmith.course.directories import CourseDirectory
from gradesmith.course.lock import locked
from gradesmith.course.rosters import unfit
from gradesmith.course.secret import course_secret
from gradesmith.errors import GradesmithError
from gradesmith.gradebook.forms import Standing
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import Assessment, Form
from gradesmith.model.questions import Evaluator
from gradesmith.reports.plan_report import warnings
from gradesmith.rules.assembly.planning import planned
from gradesmith.rules.likeness import must_share_cells
from gradesmith.workflows.assemble import Cohort, bank_to_write_from, make_form, make_forms, material_of
from gradesmith.workflows.evaluate import SandboxEvaluator
from gradesmith.workflows.handing_out import Progress, Released, hand_out, unseen
from gradesmith.workflows.verify.certify import Warn, must_be_certified, unheard


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How to release: whether forms that stand are drawn ``anew``, and who hears of what goes on.

    ``warn`` is told what the instructor should know, ``progress`` how many forms of how many are made.
    """

    anew: bool = False
    warn: Warn = unheard
    progress: Progress = unseen


IN_SILENCE = Manner()


def release(
    course: CourseDirectory,
    names: Iterable[str],
    now: datetime,
    *,
    uncertified: bool = False,
    manner: Manner = IN_SILENCE,
) -> tuple[Released, ...]:
    """Freeze the forms of each assessment and write their notebooks; from now on only the frozen forms count.

    Of a blueprint with several forms every registered student gets one. Whoever has one keeps it, whatever became of
    the bank, unless all are drawn anew: so releasing again serves latecomers and changes nothing else.

    Raises:
        GradesmithError: When other forms were released and submissions to them have been graded, there is nobody who
            could get a form, the forms differ in their cells, or somebody grades or releases in this course just now.
        Uncertified: When a question was not verified as it stands, unless ``uncertified`` ones are asked for.
    """
    bank = bank_to_write_from(course)
    with (
        locked(course, "releasing"),
        Gradebook.open(course.gradebook, course=bank.course.id) as gradebook,
        SandboxEvaluator() as evaluator,
    ):
        drawing = _Drawing(course, bank, gradebook, evaluator, manner)
        planned: dict[str, _Plan] = {}
        for name in _in_turn(bank, wanted := tuple(names)):
            planned[name] = drawing.plan(name, planned)
        plans = [planned[name] for name in wanted]
        if not uncertified:
            must_be_certified(bank, [form for plan in plans for form in plan.drawn], manner.warn)
        for plan in plans:
            hand_out(course, gradebook, plan.released, now, manner.progress)
    return tuple(plan.released for plan in plans)


def _in_turn(bank: Bank, names: tuple[str, ...]) -> Iterator[str]:
    """Yield the assessments so that each comes after those whose questions it may not use."""
    apart = {name: [other for other in bank.assessment(name).apart_from if other in names] for name in names}
    return iter(TopologicalSorter(apart).static_order())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is to be handed out, and which forms of it were drawn just now."""

    released: Released
    drawn: tuple[Form, ...]

    @property
    def forms(self) -> tuple[Form, ...]:
        """The forms that students have after it."""
        return tuple(self.released.by_student.values()) or (self.released.form,)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """All that it takes to draw forms: the bank, and who has which forms already."""

    course: CourseDirectory
    bank: Bank
    gradebook: Gradebook
    evaluator: Evaluator
    manner: Manner

    def plan(self, name: str, planned: Mapping[str, _Plan]) -> _Plan:
        """Draw what is to be released of an assessment, without writing anything but the course's secret.

        ``planned`` are others that are released with it.
        """
        assessment = self.bank.assessment(name)
        self._must_be_handed_out_as_before(assessment)
        if assessment.forms == 1:
            form = make_form(self.bank, name, self.evaluator, self._used_by(assessment.apart_from, planned))
            return _Plan(released=Released(form=form), drawn=(form,))
        return self._forms_of_their_own(assessment, planned)

    def _must_be_handed_out_as_before(self, assessment: Assessment) -> None:
        """See that nobody's notebook is taken back in passing, because the blueprint has changed its number of forms.

        Raises:
            GradesmithError: When one form for all would take the place of forms of their own, or the other way round.
        """
        standing = self.gradebook.standing(assessment.id)
        if self.manner.anew or not standing.forms or (standing.everyone is not None) == (assessment.forms == 1):
            return
        has, asked = ("the same form", "several") if standing.everyone else ("a form of their own", "one for everybody")
        raise GradesmithError(
            f"{assessment.id}: every student has {has} already, and its blueprint now asks for {asked}",
            "put its `forms:` back as it was; or, as long as nobody's work is marked, take back what was handed out: "
            f"gradesmith release --anew {assessment.id}",
        )

    def _forms_of_their_own(self, assessment: Assessment, planned: Mapping[str, _Plan]) -> _Plan:
        name = assessment.id
        students = self._students(assessment)
        standing = Standing() if self.manner.anew else self.gradebook.standing(name)
        used = self._used_by(assessment.apart_from, planned)
        sample = standing.sample or make_form(self.bank, name, self.evaluator, used)
        cohort = Cohort(
            students=students,
            secret=course_secret(self.course),
            standing=standing.by_student,
            used=used,
        )
        fresh = make_forms(self.bank, name, cohort, self.evaluator, self.manner.progress)
        by_student = {**standing.by_student, **fresh}
        must_share_cells(sample, by_student)
        news = self._doubts(assessment, by_student, standing, used) if fresh else ()
        for warning in (*retired(self.bank, standing.by_student), *news):
            self.manner.warn(f"{name}: {warning}")
        drawn = tuple(dict.fromkeys((*fresh.values(), *(() if standing.sample else (sample,)))))
        return _Plan(released=Released(form=sample, by_student=by_student, fresh=tuple(fresh)), drawn=drawn)

    def _doubts(
        self, assessment: Assessment, by_student: Mapping[str, Form], standing: Standing, used: frozenset[str]
    ) -> tuple[str, ...]:
        """Return what the plan of these forms warns of: slots that draw from too little, spreads that gave in."""
        material = material_of(self.bank, assessment.id, self.evaluator, used)
        return warnings(planned(assessment, material, by_student, tuple(standing.by_student.values())))

    def _students(self, assessment: Assessment) -> tuple[str, ...]:
        """Return who gets a form, in the order of the roster; their ids name folders beside the assessments'.

        Raises:
            GradesmithError: When there is nobody, or ids can't stand beside each other.
        """
        students = self.gradebook.enrolled()
        if not students:
            raise GradesmithError(
                f"{assessment.id}: every student gets a form of their own, and nobody is registered yet",
                "gradesmith roster add students.csv, then release; to rehearse, let simulated students register: "
                f"gradesmith simulate {assessment.id}",
            )
        if faults := list(unfit(students, self.bank.assessments)):
            message = f"{assessment.id}: students whose ids can't name folders: {'; '.join(faults)}"
            raise GradesmithError(message, "rename the assessment, or register them by another id: nbgrader db student")
        return students

    def _used_by(self, assessments: Iterable[str], planned: Mapping[str, _Plan]) -> frozenset[str]:
        standing = (form for name in assessments for form in self.gradebook.standing(name).forms)
        coming = (form for name in assessments if name in planned for form in planned[name].forms)
        forms = (*standing, *coming)
        return frozenset(slot.variant.question for form in forms for slot in form.slots)


def retired(bank: Bank, by_student: Mapping[str, Form]) -> Iterator[str]:
    """Yield a warning for each question that students hold and the bank would not set any more; they keep it."""
    held = Counter(slot.variant.question for form in by_student.values() for slot in form.slots)
    for name, count in sorted(held.items()):
        question = bank.questions.get(name)
        if question is None or question.retired:
            what = "is retired" if question else "is in the bank no more"
            students = "1 student has it" if count == 1 else f"{count} students have it"
            yield f"{name} {what}; {students} in a released form, which stays as it is"
