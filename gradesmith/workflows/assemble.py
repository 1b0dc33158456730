"""From the bank to forms: the single form, the sample of many, and those of a class."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from gradesmith.bank.loader import Bank, open_bank, questions_in
from gradesmith.course.directories import CourseDirectory
from gradesmith.diagnostics import Rejected
from gradesmith.errors import CannotDraw
from gradesmith.kinds.registry import all_kinds
from gradesmith.model.assessments import Assessment, Form
from gradesmith.model.questions import Evaluator, Question, Variant
from gradesmith.rules.assembly.assembling import assemble
from gradesmith.rules.assembly.blueprints import Material
from gradesmith.rules.assembly.classes import Progress, Roll, assemble_all, unseen
from gradesmith.rules.difficulty import expectations
from gradesmith.rules.variants import flaws
from gradesmith.workflows.evaluate import SandboxEvaluator


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """A class that forms are made for.

    ``students`` are ids in roster order: neighbours sit beside each other. All draws come from ``secret``. Students in
    ``standing`` keep the forms that were released to them, and how often those hold a question counts on. ``used`` are
    the questions that the assessments named in ``apart_from`` have used in released forms.
    """

    students: tuple[str, ...]
    secret: bytes
    standing: Mapping[str, Form] = field(default_factory=dict)
    used: frozenset[str] = frozenset()

    @property
    def roll(self) -> Roll:
        """The class as the rules see it."""
        return Roll(students=self.students, root=self.secret.hex(), standing=self.standing)


def bank_to_write_from(course: CourseDirectory) -> Bank:
    """Open the bank from which something is to be written.

    Raises:
        Rejected: With every error of the bank; the text says that nothing was written.
    """
    try:
        return open_bank(course.bank)
    except Rejected as rejected:
        raise Rejected(rejected.diagnostics, "nothing was written") from None


def make_form(bank: Bank, name: str, evaluator: Evaluator | None = None, used: frozenset[str] = frozenset()) -> Form:
    """Make the single form of an assessment, or the sample (code "sample") of one that has several.

    The same bank gives the same form. ``used`` are the questions that the assessments named in ``apart_from`` have used
    in released forms. Without an evaluator one is started for this form, should a question need it.

    Raises:
        NotFound: When there is no such assessment.
        GradesmithError: When the bank is too small for it, or a question can't be drawn.
    """
    if evaluator is None:
        with SandboxEvaluator() as own:
            return make_form(bank, name, own, used)
    return assemble(bank.assessment(name), material_of(bank, name, evaluator, used))


def make_forms(
    bank: Bank, name: str, cohort: Cohort, evaluator: Evaluator | None = None, progress: Progress = unseen
) -> dict[str, Form]:
    """Make the forms of a class, by student, without the students who have one.

    The same bank and the same cohort give the same forms. ``progress`` is told how many are done, of how many.

    Raises:
        NotFound: When there is no such assessment.
        GradesmithError: When the bank is too small for so many forms, or a question can't be drawn.
    """
    if evaluator is None:
        with SandboxEvaluator() as own:
            return make_forms(bank, name, cohort, own, progress)
    material = material_of(bank, name, evaluator, cohort.used)
    return assemble_all(bank.assessment(name), material, cohort.roll, progress)


def material_of(bank: Bank, name: str, evaluator: Evaluator, used: frozenset[str] = frozenset()) -> Material:
    """Return what forms of an assessment are made of, ``used`` questions left out."""
    assessment = bank.assessment(name)
    return Material(
        pool=tuple(questions_in(bank, assessment.units)),
        questions=bank.questions,
        draw=drawing(evaluator),
        expected=expectations(bank.questions.values(), bank.statistics),
        used=used | _known_by_now(bank, assessment, evaluator),
    )


def _known_by_now(bank: Bank, assessment: Assessment, evaluator: Evaluator) -> frozenset[str]:
    """Return the questions of assessments to be apart from that the bank alone tells: of single forms and of flows."""
    others = [bank.assessment(name) for name in assessment.apart_from]
    single = [make_form(bank, other.id, evaluator) for other in others if other.forms == 1]
    flows = {step.question for other in others for step in other.flow if step.question is not None}
    return frozenset(flows | {slot.variant.question for form in single for slot in form.slots})


def drawing(evaluator: Evaluator) -> Callable[[Question, int], Variant]:
    """Return what draws the variant of a question that a seed stands for, whatever its kind, and sees that it is sound.

    Raises (the function returned):
        CannotDraw: When there is no sound variant.
        CannotCompute: When the question's own Python fails.
    """
    kinds = all_kinds()

    def draw(question: Question, seed: int) -> Variant:
        variant = kinds[question.kind].draw(question, seed, evaluator)
        found = flaws(variant)
        if found:
            message = f'{question.id}: the kind "{question.kind}" drew what may not be set: {"; ".join(found)}'
            raise CannotDraw(message, "mend the question, or the kind")
        return variant

    return draw
