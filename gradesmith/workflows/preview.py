"""Shows one question as a student would meet it."""

from __future__ import annotations

from gradesmith.bank.loader import open_bank
from gradesmith.course.directories import CourseDirectory
from gradesmith.model.questions import Variant
from gradesmith.workflows.assemble import drawing
from gradesmith.workflows.evaluate import SandboxEvaluator


def draw_question(course: CourseDirectory, name: str, seed: int) -> Variant:
    """Return the variant of a question that a seed stands for.

    Raises:
        NotFound: When there is no such question; the nearest are named.
        GradesmithError: When it can't be drawn.
    """
    question = open_bank(course.bank).question(name)
    with SandboxEvaluator() as evaluator:
        return drawing(evaluator)(question, seed)
