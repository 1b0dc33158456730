"""Corrects the form of an assessment whose work is marked already; the next `grade` marks it again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gradesmith.bank.loader import Bank
from gradesmith.course.directories import CourseDirectory
from gradesmith.course.lock import locked
from gradesmith.gradebook.forms import Standing
from gradesmith.gradebook.store import Gradebook
from gradesmith.model.assessments import Form, Slot
from gradesmith.model.questions import Question, Variant
from gradesmith.rules.correcting import NoLongerTheSame, corrected, differing
from gradesmith.workflows.assemble import bank_to_write_from, drawing
from gradesmith.workflows.evaluate import SandboxEvaluator
from gradesmith.workflows.handing_out import Released, hand_out
from gradesmith.workflows.opening import open_gradebook, released_to
from gradesmith.workflows.verify.certify import Warn, must_be_certified, unheard

Draw = Callable[[Question, int], Variant]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The form as it stands now (of several, the sample), and which slots of which forms were mended.

    ``mended`` names the slots whose keys, checks or explanations were mended in any form, ``forms`` how many forms that
    were, of ``of``.
    """

    form: Form
    mended: tuple[str, ...]
    forms: int
    of: int


def correct(
    course: CourseDirectory, names: Iterable[str], now: datetime, *, uncertified: bool = False, warn: Warn = unheard
) -> tuple[Correction, ...]:
    """Put the bank's keys, checks and explanations into the frozen forms of each assessment, and write their notebooks.

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
        mendings = [_mended(gradebook, bank, draw, name) for name in names]
        if not uncertified:
            must_be_certified(bank, [form for one in mendings for form in one.changed], warn)
        for one in mendings:
            if one.changed:
                hand_out(course, gradebook, one.released, now)
    return tuple(one.correction for one in mendings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mending:
    """The forms that were frozen, and each as it stands after the correction, by digest."""

    standing: Standing
    after: Mapping[str, Form]

    @property
    def changed(self) -> list[Form]:
        return [form for digest, form in self.after.items() if form.digest != digest]

    @property
    def released(self) -> Released:
        standing = self.standing
        whole = standing.everyone or standing.sample or standing.forms[0]
        own = {student: self.after[form.digest] for student, form in standing.by_student.items()}
        return Released(form=self.after[whole.digest], by_student=own, correcting=True)

    @property
    def correction(self) -> Correction:
        mended = {name for before in _all_of(self.standing) for name in differing(before, self.after[before.digest])}
        changed = sum(self.after[form.digest] != form for form in self.standing.forms)
        form, of = self.released.form, len(self.standing.forms)
        return Correction(form=form, mended=tuple(sorted(mended)), forms=changed, of=of)


def _mended(gradebook: Gradebook, bank: Bank, draw: Draw, name: str) -> _Mending:
    """Correct every form of an assessment; what is wrong with a question is told once, whoever has it.

    Raises:
        GradesmithError: When a question is no longer the one that was handed out.
    """
    standing = released_to(gradebook, name)
    earlier = gradebook.earlier_forms(name)
    after: dict[str, Form] = {}
    problems: dict[tuple[str, str], str] = {}
    for form in _all_of(standing):
        redraw = _redraw(bank, draw, (form, *(one for one in earlier if one.code == form.code)))
        try:
            after[form.digest] = corrected(form, redraw)
        except NoLongerTheSame as changed:
            problems = {**changed.problems, **problems}
    if problems:
        raise NoLongerTheSame(name, problems)
    return _Mending(standing=standing, after=after)


def _all_of(standing: Standing) -> list[Form]:
    return [*standing.forms, *((standing.sample,) if standing.sample else ())]


def _redraw(bank: Bank, draw: Draw, forms: Sequence[Form]) -> Callable[[Slot], Iterator[Variant]]:
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
