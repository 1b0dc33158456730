"""From the bank to a form."""

from __future__ import annotations

from gradesmith.bank.loader import Bank, questions_in
from gradesmith.kinds.registry import all_kinds
from gradesmith.model.assessments import Form
from gradesmith.model.questions import Question, Variant
from gradesmith.rules.assembly import assemble


def make_form(bank: Bank, name: str) -> Form:
    """Make the single form of an assessment; the same bank gives the same form.

    Raises:
        NotFound: When there is no such assessment.
        GradesmithError: When the bank is too small for it.
    """
    assessment = bank.assessment(name)
    kinds = all_kinds()

    def draw(question: Question, seed: int) -> Variant:
        return kinds[question.kind].draw(question, seed)

    return assemble(assessment, tuple(questions_in(bank, assessment.units)), bank.questions, draw)
