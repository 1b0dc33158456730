"""From the bank to a form."""

from __future__ import annotations

from collections.abc import Callable

from gradesmith.bank.loader import Bank, open_bank, questions_in
from gradesmith.course.directories import CourseDirectory
from gradesmith.diagnostics import Rejected
from gradesmith.errors import CannotDraw
from gradesmith.kinds.registry import all_kinds
from gradesmith.model.assessments import Form
from gradesmith.model.questions import Evaluator, Question, Variant
from gradesmith.rules.assembly import assemble
from gradesmith.rules.variants import flaws
from gradesmith.workflows.evaluate import SandboxEvaluator


def bank_to_write_from(course: CourseDirectory) -> Bank:
    """Open the bank from which something is to be written.

    Raises:
        Rejected: With every error of the bank; the text says that nothing was written.
    """
    try:
        return open_bank(course.bank)
    except Rejected as rejected:
        raise Rejected(rejected.diagnostics, "nothing was written") from None


def make_form(bank: Bank, name: str, evaluator: Evaluator | None = None) -> Form:
    """Make the single form of an assessment; the same bank gives the same form.

    Without an evaluator one is started for this form, should a question need it.

    Raises:
        NotFound: When there is no such assessment.
        GradesmithError: When the bank is too small for it, or a question can't be drawn.
    """
    assessment = bank.assessment(name)
    pool = tuple(questions_in(bank, assessment.units))
    if evaluator is not None:
        return assemble(assessment, pool, bank.questions, drawing(evaluator))
    with SandboxEvaluator() as own:
        return assemble(assessment, pool, bank.questions, drawing(own))


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
