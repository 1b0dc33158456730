"""Writes forms and questions in the formats of other programs, and says what these can't hold."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gradesmith.bank.loader import Bank, open_course
from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.errors import GradesmithError, NotFound, Unreleased
from gradesmith.gradebook.forms import Standing
from gradesmith.interchange.formats import FORMATS, written
from gradesmith.interchange.items import Collection, Item, items_of_form, items_of_question
from gradesmith.interchange.limits import Consequence, Limit
from gradesmith.model.assessments import Form
from gradesmith.model.course import Course, lecture_order, unit_of
from gradesmith.model.questions import Question, Variant
from gradesmith.notebooks.otter import CannotSay, otter_notebook, what_otter_cannot_say
from gradesmith.workflows.assemble import bank_to_write_from, drawing, make_form
from gradesmith.workflows.evaluate import SandboxEvaluator
from gradesmith.workflows.opening import open_gradebook
from gradesmith.workflows.verify.certify import Warn, must_be_certified, questions_must_be_certified, unheard
from gradesmith.workflows.who_has_what import form_of

OTTER = "otter"
LMS = tuple(FORMATS)
TRIES = 10  # seeds tried for each variant wanted, before a question counts as having no more

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is written and where to; without a file it goes beside the gradebook, which is kept closed as well."""

    to: str
    out: Path | None = None
    allow_approximate: bool = False
    uncertified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: the file, the items in it, and what its format can't say. ``form`` is a whole form's code."""

    path: Path
    items: tuple[str, ...]
    limits: tuple[Limit, ...]
    form: str = ""
    released: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Which of an assessment's released forms: by its code, or a student's; neither where there is one."""

    code: str = ""
    student: str = ""


def export_form(
    course: CourseDirectory, name: str, request: Request, whose: Whose, *, warn: Warn = unheard
) -> Exported:
    """Write a whole form: the released one, or if nothing is released yet the one that the bank gives now.

    Raises:
        NotFound: When there is no such assessment, form or student.
        Unreleased: When a form is named and nothing is released.
        GradesmithError: When several forms are released and none is named, when nothing of the form can be written in
            this format, or it would mark otherwise and that is not allowed.
    """
    form = _released(course, name, whose)
    released = form is not None
    if form is None:
        bank = bank_to_write_from(course)
        form = make_form(bank, name)
        if not request.uncertified:
            must_be_certified(bank, (form,), warn)
    stem = f"{name}-{form.code}"
    if request.to == OTTER:
        done = _export_otter(form, request, course.gradebook.parent / f"{stem}-otter" / f"{name}.ipynb")
    else:
        items = tuple(items_of_form(form, _title(course)))
        whole = Collection(name=stem, title=f"{form.title}, form {form.code}", items=items, minutes=form.minutes)
        done = _export(whole, request, course)
    return Exported(path=done.path, items=done.items, limits=done.limits, form=form.code, released=released)


def _title(course: CourseDirectory) -> str:
    return open_course(course.bank).title


def _released(course: CourseDirectory, name: str, whose: Whose) -> Form | None:
    """Return the released form that is meant, or ``None`` when nothing is released and none is named."""
    if not course.gradebook.is_file():
        standing = Standing()
    else:
        with open_gradebook(course) as gradebook:
            standing = gradebook.standing(name)
    if not standing.forms:
        if whose.code or whose.student:
            raise Unreleased(f"{name} is not released yet, so there is no form to choose", f"gradesmith release {name}")
        return None
    if whose.student:
        return form_of(course, name, whose.student)
    if whose.code:
        return _coded(name, standing, whose.code)
    if len(standing.forms) > 1:
        message = f"{name} has {len(standing.forms)} forms, and it is not said which"
        raise GradesmithError(message, f"--form CODE or --student ID; they are listed by: gradesmith forms {name}")
    return standing.forms[0]


def _coded(name: str, standing: Standing, code: str) -> Form:
    forms: tuple[Form, ...] = (*standing.forms, *((standing.sample,) if standing.sample else ()))
    for form in forms:
        if form.code.casefold() == code.casefold():
            return form
    raise NotFound(f'{name} has no form "{code}"', f"gradesmith forms {name}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which questions: by their ids, or those of a unit, or all; and how many variants of each, from which seed on."""

    ids: tuple[str, ...] = ()
    unit: int | None = None
    variants: int = 1
    seed: int = 0


def export_questions(
    course: CourseDirectory,
    choice: Choice,
    request: Request,
    *,
    warn: Warn = unheard,
    progress: Progress | None = None,
) -> Exported:
    """Write questions of the bank, each in so many different variants, in categories by lecture and topic.

    Without ids, retired questions and coding tasks are passed over.

    Raises:
        NotFound: When there is no such question or unit.
        GradesmithError: As `export_form`.
    """
    bank = bank_to_write_from(course)
    questions = _chosen(bank, choice)
    if not request.uncertified:
        questions_must_be_certified(bank, (question.id for question in questions), warn)
    items: list[Item] = []
    with SandboxEvaluator() as evaluator:
        draw = drawing(evaluator)
        for number, question in enumerate(questions, start=1):
            variants = tuple(_different(question, choice, draw))
            items += items_of_question(question, variants, _folder(bank.course, question))
            if progress is not None:
                progress(number, len(questions))
    return _export(Collection(name="questions", title=bank.course.title, items=tuple(items)), request, course)


def _chosen(bank: Bank, choice: Choice) -> list[Question]:
    if choice.ids:
        return [bank.question(name) for name in dict.fromkeys(choice.ids)]
    units = [unit.number for unit in bank.course.units]
    if choice.unit is not None and choice.unit not in units:
        raise NotFound(f"there is no unit {choice.unit}", f"the units are {', '.join(map(str, units))}")
    wanted = units if choice.unit is None else [choice.unit]
    found = [one for one in bank.questions.values() if unit_of(one.lecture) in wanted and not one.retired]
    return sorted(
        (one for one in found if one.as_code() is None),
        key=lambda one: (lecture_order(one.lecture), one.topics[:1], one.id),
    )


def _different(question: Question, choice: Choice, draw: Callable[[Question, int], Variant]) -> Iterator[Variant]:
    """Yield variants that differ; fewer than wanted when the question has no more."""
    seen: set[str] = set()
    for seed in range(choice.seed, choice.seed + TRIES * choice.variants):
        variant = draw(question, seed)
        content = variant.but(seed=0).digest
        if content not in seen:
            seen.add(content)
            yield variant
        if len(seen) == choice.variants:
            return


def _folder(course: Course, question: Question) -> tuple[str, ...]:
    lecture = course.lectures[question.lecture]
    topic = [course.topics[name] for name in question.topics[:1]]
    return (course.title, f"{lecture.number} {lecture.title}", *topic)


def _export(collection: Collection, request: Request, course: CourseDirectory) -> Exported:
    form = FORMATS[request.to]
    limits = tuple(limit for item in collection.items for limit in form.limits(item))
    kept = _kept(collection, limits, request)
    path = request.out or course.gradebook.parent / f"{collection.name}{form.ending}"
    write_whole(path, written(form, kept), closed=request.out is None)
    return Exported(path=path, items=tuple(item.name for item in kept.items), limits=limits)


def _kept(collection: Collection, limits: Sequence[Limit], request: Request) -> Collection:
    """Return a collection without what its format can't hold.

    Raises:
        GradesmithError: When nothing is left, or something would be marked otherwise and that is not allowed.
    """
    otherwise = [limit for limit in limits if limit.consequence is Consequence.APPROXIMATE]
    if otherwise and not request.allow_approximate:
        lines = [f"{limit.item}: {limit.what}" for limit in otherwise]
        raise GradesmithError("\n".join(lines), f"{otherwise[0].remedy}, or take it as it is: --allow-approximate")
    gone = {limit.item for limit in limits if limit.consequence is Consequence.LEFT_OUT}
    items = tuple(item for item in collection.items if item.name not in gone)
    if not items:
        lines = [f"{limit.item}: {limit.what}" for limit in limits if limit.item in gone]
        raise GradesmithError("\n".join(["nothing is left to write", *lines[:10]]), _remedy(limits))
    return Collection(name=collection.name, title=collection.title, items=items, minutes=collection.minutes)


def _remedy(limits: Iterable[Limit]) -> str:
    return next((limit.remedy for limit in limits), "choose other questions")


def _export_otter(form: Form, request: Request, path: Path) -> Exported:
    cannot = what_otter_cannot_say(form)
    gone = frozenset(one.cell for one in cannot if one.left_out)
    notebook = otter_notebook(form, without=gone)
    target = request.out or path
    files = {file.name: file.content for slot in form.slots for file in slot.variant.files}
    for name, content in sorted(files.items()):
        write_whole(target.parent / name, base64.b64decode(content))
    write_whole(target, notebook, closed=request.out is None)
    cells = [slot.cell(part.name) for slot in form.slots for part in slot.variant.parts]
    kept = tuple(cell for cell in cells if cell not in gone)
    return Exported(path=target, items=kept, limits=tuple(map(_limit, cannot)))


def _limit(one: CannotSay) -> Limit:
    consequence = Consequence.LEFT_OUT if one.left_out else Consequence.REMARK
    return Limit(item=one.cell, consequence=consequence, what=one.what, remedy=one.remedy)
