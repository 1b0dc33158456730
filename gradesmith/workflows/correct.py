"""Corrects the form of an assessment whose work is marked already; the next `grade` marks it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from gradesmith.bank.loader import Bank
from gradesmith.course.directories import CourseDirectory
from gradesmith.course.lock import locked
from gradesmith.errors import GradesmithError
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import Form, Slot
from gradesmith.model.questions import Question, Variant
from gradesmith.rules.correcting import corrected, differing
from gradesmith.workflows.assemble import bank_to_write_from, drawing
from gradesmith.workflows.evaluate import SandboxEvaluator
from gradesmith.workflows.grade import released_forms
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.release import hand_out
from gradesmith.workflows.verify.certify import Warn, must_be_certified, unheard


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The form as it stands now, and the slots whose keys, checks or explanations were mended."""

    form: Form
    mended: tuple[str, ...]


def correct(
    course: CourseDirectory, names: Iterable[str], now: datetime, *, uncertified: bool = False, warn: Warn = unheard
) -> tuple[Correction, ...]:
    """Put the bank's keys, checks and explanations into the frozen form of each assessment, and write its notebooks.

    What students were given stays: questions, options with their letters, points. All is looked at before anything is
    written.

    Raises:
        Unreleased: When an assessment has no frozen form.
        Uncertified: When a question was not verified as it stands, unless ``uncertified`` ones are asked for.
        GradesmithError: When what students were given would change, or somebody grades or releases just now.
    """
    bank = bank_to_write_from(course)
    with locked(course, "correcting"), open_gradebook(course) as gradebook, SandboxEvaluator() as evaluator:
        draw = drawing(evaluator)
        standing = [_frozen(gradebook, one) for one in names]
        earlier = [gradebook.earlier_forms(one.assessment) for one in standing]
        fresh = [corrected(one, _redraw(bank, draw, (one, *old))) for one, old in zip(standing, earlier, strict=True)]
        pairs = list(zip(standing, fresh, strict=True))
        better = [after for before, after in pairs if after != before]
        if not uncertified:
            must_be_certified(bank, better, warn)
        for form in better:
            hand_out(course, gradebook, form, now, correcting=True)
    return tuple(Correction(form=after, mended=differing(before, after)) for before, after in pairs)


def _frozen(gradebook: Gradebook, assessment: str) -> Form:
    forms = released_forms(gradebook, assessment)
    if len(forms) > 1:
        raise GradesmithError(f"{assessment} has {len(forms)} forms; only a single one can be corrected so far")
    return forms[0]


def _redraw(
    bank: Bank, draw: Callable[[Question, int], Variant], forms: Sequence[Form]
) -> Callable[[Slot], Iterator[Variant]]:
    """Return what draws a slot's question anew, once for each version that it had in these forms.

    A question's draws are those of its version, so the numbers that students met are found under the one from which
    the form was first made; a correction before this one has changed that.
    """
    used = [slot.variant for form in forms for slot in form.slots]

    def redraw(slot: Slot) -> Iterator[Variant]:
        question = bank.question(slot.variant.question)
        for version in dict.fromkeys(one.version for one in used if one.question == question.id):
            yield draw(question.repeating(version), slot.variant.seed)

    return redraw
