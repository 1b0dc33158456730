"""A simulated class hands in, by seeded recipe: a rehearsal of an assessment before real students sit it."""

from __future__ import annotations

import ast
import json
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gradesmith.bank.loader import Bank
from gradesmith.course.directories import CourseDirectory, write_whole
from gradesmith.errors import GradesmithError
from gradesmith.kinds.registry import kind_named
from gradesmith.model.assessments import Form, Slot
from gradesmith.model.interactions import Choice, Fields
from gradesmith.model.keys import FieldsKey
from gradesmith.model.people import StudentRecord
from gradesmith.model.questions import Part
from gradesmith.notebooks.writing import answered_notebook, solutions
from gradesmith.workflows.assemble import bank_to_write_from
from gradesmith.workflows.opening import open_gradebook

FIRST = ("Amara", "Bao", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hana", "Ivo", "Jun", "Kofi", "Lucía", "Mateo")
LAST = ("Okafor", "Lindqvist", "Moreau", "Tanaka", "Haddad", "Novák", "Silva", "Kaya", "Byrne", "Mehta", "Roux")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pupil:
    """One simulated student, and the recipe by which they hand in."""

    record: StudentRecord
    recipe: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What a recipe works with: the form, the bank, and the pupil's own chance."""

    form: Form
    bank: Bank
    chance: random.Random

    @property
    def code_cells(self) -> list[str]:
        return [slot.cell(part.name) for slot, part in self.parts if part.interaction.type == "code"]

    @property
    def parts(self) -> list[tuple[Slot, Part]]:
        return [(slot, part) for slot in self.form.slots for part in slot.variant.parts]


def simulate(
    course: CourseDirectory, assessment: str, count: int, seed: int, recipes: Sequence[str] = ()
) -> tuple[Pupil, ...]:
    """Register a simulated class and let it hand in; the same seed gives the same class and the same files.

    Without ``recipes`` every recipe is used, the ordinary ones most. Where every student gets a form of their own, they
    must have been registered and given one: see `enrol`.

    Raises:
        NotFound: When there is no such assessment.
        Unreleased: When the assessment has no frozen form.
        GradesmithError: When somebody else has handed in already: a rehearsal never mixes with a real class.
    """
    bank = bank_to_write_from(course)
    bank.assessment(assessment)
    pupils = enrol(course, simulated_class(count, seed, recipes))
    with open_gradebook(course) as gradebook:
        standing = gradebook.standing(assessment)
        forms = [standing.of(one.record.id) or gradebook.form_for(assessment, one.record.id) for one in pupils]
    for pupil, form in zip(pupils, forms, strict=True):
        desk = _Desk(form=form, bank=bank, chance=random.Random(f"{seed}:{assessment}:{pupil.record.id}"))  # noqa: S311
        folder = course.submitted / pupil.record.id / assessment
        shutil.rmtree(folder, ignore_errors=True)
        write_whole(folder / f"{assessment}.ipynb", RECIPES[pupil.recipe](desk))
    return pupils


def enrol(course: CourseDirectory, pupils: tuple[Pupil, ...]) -> tuple[Pupil, ...]:
    """Register simulated students and return them.

    Raises:
        GradesmithError: When the course has others: a rehearsal never mixes with a real class.
    """
    with open_gradebook(course) as gradebook:
        strangers = {student.id for student in gradebook.students()} - {pupil.record.id for pupil in pupils}
        if strangers:
            message = f"this course has real students already ({sorted(strangers)[0]}, …)"
            raise GradesmithError(message, "rehearse in a copy of the course's folder")
        gradebook.register(pupil.record for pupil in pupils)
    return pupils


def simulated_class(count: int, seed: int, recipes: Sequence[str] = ()) -> tuple[Pupil, ...]:
    """Return ``count`` pupils; every recipe is used once, then the ordinary ones, or only the given ones in turn."""
    chance = random.Random(seed)  # noqa: S311 - a rehearsal, not a secret
    ordinary = [*RECIPES, *(["partly_wrong"] * 3 + ["known_wrong", "perfect"]) * count]
    chosen = (list(recipes) * count or ordinary)[:count]
    chance.shuffle(chosen)
    return tuple(_pupil(number, recipe, chance) for number, recipe in enumerate(chosen, start=1))


def _pupil(number: int, recipe: str, chance: random.Random) -> Pupil:
    first, last = chance.choice(FIRST), chance.choice(LAST)
    record = StudentRecord(id=f"s{number:03}", first_name=first, last_name=last, email=f"s{number:03}@example.org")
    return Pupil(record=record, recipe=recipe)


def _perfect(desk: _Desk) -> str:
    return answered_notebook(desk.form, solutions(desk.form))


def _partly_wrong(desk: _Desk) -> str:
    """Answer each part right with a skill of one's own, else wrongly or not at all."""
    skill = desk.chance.uniform(0.35, 0.95)
    right = solutions(desk.form)
    answers = {}
    for slot, part in desk.parts:
        cell = slot.cell(part.name)
        if desk.chance.random() < skill:
            answers[cell] = right[cell]
        elif desk.chance.random() < 0.8:
            answers[cell] = _wrong(desk, slot, part)
    return answered_notebook(desk.form, answers)


def _known_wrong(desk: _Desk) -> str:
    """Make the known mistakes in everything."""
    return answered_notebook(desk.form, {slot.cell(part.name): _wrong(desk, slot, part) for slot, part in desk.parts})


def _wrong(desk: _Desk, slot: Slot, part: Part) -> str:
    question = desk.bank.question(slot.variant.question)
    known = list(kind_named(question.kind).wrong_answers(question).values())
    if isinstance(part.interaction, Choice):
        letters = [option.letter for option in part.interaction.options]
        if part.interaction.multiple:
            ticked = sorted(desk.chance.sample(letters, desk.chance.randint(1, len(letters))))
            return f"{slot.name} = {json.dumps(ticked)}"
        return f'{slot.name} = "{desk.chance.choice(letters)}"'
    if isinstance(part.interaction, Fields) and isinstance(part.key, FieldsKey):
        return f"{slot.name} = {json.dumps(_mistaken(part.key, desk.chance), indent=4)}"
    if part.interaction.type == "code" and known:
        return without_docstring(desk.chance.choice(known))
    return "It depends."


def without_docstring(code: str) -> str:
    """Return code without the docstring of its module, in which authors say which checks catch it; else as it was."""
    try:
        body = ast.parse(code).body
    except SyntaxError:
        return code
    if not body or ast.get_docstring(ast.Module(body=body, type_ignores=[])) is None:
        return code
    first = body[0]
    before = code.encode().splitlines(keepends=True)
    start = sum(map(len, before[: first.lineno - 1])) + first.col_offset
    end = sum(map(len, before[: (first.end_lineno or 1) - 1])) + (first.end_col_offset or 0)
    rest = code.encode()[end:].decode().lstrip(" ;\t\r\n")
    return code.encode()[:start].decode() + rest


def _mistaken(key: FieldsKey, chance: random.Random) -> dict[str, float | str]:
    """Answer some quantities right, and make a known mistake in the others."""
    answers: dict[str, float | str] = {}
    for field in key.fields:
        wrong = [mistake.value for mistake in field.mistakes] or [0.5]
        value = field.value if chance.random() < 0.5 else chance.choice(wrong)
        answers[field.name] = "undefined" if value is None else round(value, 4)
    return answers


def _untouched(desk: _Desk) -> str:
    return answered_notebook(desk.form, {})


def _with_last_code_cell(desk: _Desk, code: str) -> str:
    """Answer everything right but for the last coding task."""
    cells = desk.code_cells
    return answered_notebook(desk.form, {**solutions(desk.form), **({cells[-1]: code} if cells else {})})


def _syntax_error(desk: _Desk) -> str:
    return _with_last_code_cell(desk, "def unfinished(:\n    return 1\n")


def _endless_loop(desk: _Desk) -> str:
    return _with_last_code_cell(desk, "while True:\n    pass\n")


def _changed(desk: _Desk, change: Callable[[list[dict[str, Any]], int], None]) -> str:
    """Hand in a perfect notebook whose first answer cell an accident has befallen."""
    notebook = json.loads(_perfect(desk))
    first = desk.form.slots[0].cell(desk.form.slots[0].variant.parts[0].name)
    change(notebook["cells"], next(number for number, cell in enumerate(notebook["cells"]) if cell["id"] == first))
    return json.dumps(notebook, indent=1)


def _duplicated_cell(desk: _Desk) -> str:
    return _changed(desk, lambda cells, at: cells.insert(at, {**cells[at], "id": "a-copy"}))


def _deleted_cell(desk: _Desk) -> str:
    return _changed(desk, list.__delitem__)


def _empty_file(_desk: _Desk) -> str:
    return ""


def _not_json(_desk: _Desk) -> str:
    return "<!DOCTYPE html><p>Your session has expired.</p>\n"


RECIPES: Mapping[str, Callable[[_Desk], str]] = {
    "perfect": _perfect,
    "partly_wrong": _partly_wrong,
    "known_wrong": _known_wrong,
    "untouched": _untouched,
    "syntax_error": _syntax_error,
    "endless_loop": _endless_loop,
    "duplicated_cell": _duplicated_cell,
    "deleted_cell": _deleted_cell,
    "empty_file": _empty_file,
    "not_json": _not_json,
}
