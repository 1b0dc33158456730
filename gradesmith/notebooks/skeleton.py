"""The cells of a form, in order: what instructor, student and grader have in common."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from pydantic import JsonValue

from gradesmith.model.assessments import AssessmentKind, Form, Narrative, Slot
from gradesmith.model.interactions import Choice, Code, Fields, Text
from gradesmith.model.keys import ChoiceKey, CodeKey, FieldsKey, TextKey
from gradesmith.model.questions import Part
from gradesmith.notebooks.check_cells import check_cell, without_hidden
from gradesmith.notebooks.runtime import SETUP
from gradesmith.rules.scoring import plain_label

SOLUTION = ("### BEGIN SOLUTION", "### END SOLUTION")
SOLUTION_IN_TEXT = ("<!-- BEGIN SOLUTION -->", "<!-- END SOLUTION -->")
UNDEFINED = '"undefined"'
RULES = {
    AssessmentKind.PRACTICAL: "Work from top to bottom. The checks under each task tell you how far you are; "
    "when you hand in, further checks with fresh data decide.",
    AssessmentKind.WEEKLY_TEST: "Work on your own. Answer each question in its cell, save, and submit.",
    AssessmentKind.EXAM: "Work on your own. Answer each question in its cell, save, and submit in time.",
}

Role = Literal["title", "setup", "narrative", "prompt", "answer", "check"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkeletonCell:
    """One cell that a form says must be there.

    ``starter`` is what a student gets; ``source`` is the instructor's, with solution and hidden checks; ``solution`` is
    what a perfect student writes. ``slot`` is the question it belongs to; ``points`` is set for cells that earn marks.
    """

    id: str
    type: Literal["code", "markdown"]
    role: Role
    starter: str
    source: str
    solution: str = ""
    slot: str = ""
    part: str = ""
    points: Fraction | None = None
    interaction: dict[str, JsonValue] = field(default_factory=dict)

    @property
    def answers(self) -> bool:
        """Whether the student writes here."""
        return self.role == "answer"

    @property
    def graded_by_hand(self) -> bool:
        """Whether a person marks what stands here."""
        return self.answers and self.points is not None


@lru_cache(maxsize=8)
def skeleton(form: Form) -> tuple[SkeletonCell, ...]:
    """Return the cells of a form in their order; a class shares a few forms, so the last ones are remembered."""
    return tuple(_cells(form))


def _cells(form: Form) -> Iterator[SkeletonCell]:
    yield _locked("title", "title", _title(form))
    yield _locked("setup", "setup", SETUP.rstrip("\n"), code=True)
    number = narratives = 0
    for item in form.items:
        if isinstance(item, Narrative):
            narratives += 1
            yield _locked(f"text-{narratives:02}", "narrative", item.text.strip("\n"), code=item.code)
        else:
            number += 1
            yield from _question(form, item, number)


def _locked(name: str, role: Role, text: str, *, slot: str = "", code: bool = False) -> SkeletonCell:
    kind: Literal["code", "markdown"] = "code" if code else "markdown"
    return SkeletonCell(id=name, type=kind, role=role, starter=text, source=text, slot=slot)


def _title(form: Form) -> str:
    facts = f"**{written(form.points)} points** · **{form.minutes} minutes** · {len(form.slots)} questions"
    hint = "Run the folded cell below first, and again whenever you restart the kernel."
    return f"# {form.title}\n\n{facts} · form {form.code}\n\n{RULES[form.kind]} {hint}"


def written(points: Fraction) -> str:
    """Write points as people do: 5, 2.5, 0.63."""
    return f"{float(points):.2f}".rstrip("0").rstrip(".")


def _heading(form: Form, slot: Slot, number: int) -> str:
    word = "Task" if form.kind is AssessmentKind.PRACTICAL else "Question"
    title = f" · {slot.variant.title}" if slot.variant.title else ""
    unit = "point" if slot.points == 1 else "points"
    return f"### {word} {number}{title} ({written(slot.points)} {unit})"


def telling_cells(form: Form) -> Iterator[tuple[str, str]]:
    """Yield name and text of the locked cells that tell which form it is: the title and the prompts."""
    yield "title", _title(form)
    for number, slot in enumerate(form.slots, start=1):
        yield from ((_named(slot, part), text) for part, text in _prompts(form, slot, number))


def _named(slot: Slot, part: Part) -> str:
    return f"{slot.cell(part.name)}-prompt"


def _question(form: Form, slot: Slot, number: int) -> Iterator[SkeletonCell]:
    for part, text in _prompts(form, slot, number):
        yield _locked(_named(slot, part), "prompt", text, slot=slot.name)
        yield from _answer(slot, part)


def _prompts(form: Form, slot: Slot, number: int) -> Iterator[tuple[Part, str]]:
    prompt = f"{_heading(form, slot, number)}\n\n{slot.variant.prompt.strip()}"
    for part in slot.variant.parts:
        if part.name:
            unit = "point" if part.points == 1 else "points"
            prompt = f"**{part.name.capitalize()}** ({written(part.points)} {unit}). {part.prompt.strip()}"
        if isinstance(part.interaction, Choice):
            options = [f"**{option.letter}.** {option.text}" for option in part.interaction.options]
            if part.interaction.multiple:
                options.append("Choose all that apply.")
            prompt = "\n\n".join([prompt, *options])
        yield part, prompt


def _answer(slot: Slot, part: Part) -> Iterator[SkeletonCell]:
    name = slot.cell(part.name)
    starter, solution = _starter(slot, part), _solution(slot, part)
    text = isinstance(part.interaction, Text)
    yield SkeletonCell(
        id=name,
        type="markdown" if text else "code",
        role="answer",
        starter=starter if text else f"{starter}\n",
        source=_with_solution(starter, solution, text=text),
        solution=solution,
        slot=slot.name,
        part=part.name,
        points=part.points if text else None,
        interaction=_public(part),
    )
    if not text:
        source = check_cell(slot, part)
        yield SkeletonCell(
            id=f"{name}-check",
            type="code",
            role="check",
            starter=without_hidden(source),
            source=source,
            slot=slot.name,
            part=part.name,
            points=part.points,
        )


def _with_solution(starter: str, solution: str, *, text: bool) -> str:
    """Put the solution between nbgrader's marks; a text's starter is what nbgrader writes in its place."""
    begin, end = SOLUTION_IN_TEXT if text else SOLUTION
    lines = [begin, solution, end]
    return "\n".join(lines if text else [starter, *lines])


def _starter(slot: Slot, part: Part) -> str:
    match part.interaction:
        case Choice(multiple=True):
            return f'{slot.name} = []  # for example ["A", "C"]'
        case Choice(options=options):
            letters = [option.letter for option in options]
            return f'{slot.name} = ""  # {", ".join(letters[:-1])} or {letters[-1]}'
        case Fields(fields=fields):
            lines = [f'    "{one.name}": "",  # {plain_label(one)}' for one in fields]
            return "\n".join([f"{slot.name} = {{", *lines, "}"])
        case Code(starter=starter):
            return starter.strip("\n")
        case Text(hint=hint):
            return hint


def _solution(slot: Slot, part: Part) -> str:
    match part.key:
        case ChoiceKey(letters=letters):
            several = isinstance(part.interaction, Choice) and part.interaction.multiple
            return f"{slot.name} = {json.dumps(list(letters) if several else letters[0])}"
        case FieldsKey(fields=fields):
            given = [f'    "{one.name}": {UNDEFINED if one.value is None else repr(one.value)},' for one in fields]
            return "\n".join([f"{slot.name} = {{", *given, "}"])
        case CodeKey(solution=solution):
            return solution.strip("\n")
        case TextKey(rubric=rubric, answer=answer):
            lines = [f"- {criterion.text} ({written(criterion.points)})" for criterion in rubric]
            return "\n".join([answer.strip(), "", "**Rubric**", "", *lines])


def _public(part: Part) -> dict[str, JsonValue]:
    """Return what an editor needs to draw the answer as buttons or boxes; never a key."""
    match part.interaction:
        case Choice(options=options, multiple=multiple):
            return {"type": "choice", "options": [option.letter for option in options], "multiple": multiple}
        case Fields(fields=fields):
            return {"type": "fields", "fields": [one.name for one in fields]}
        case other:
            return {"type": other.type}
