"""The answer sheet: one page per student on which all answers stand, in the columns in which they are typed back."""

from __future__ import annotations

from collections.abc import Sequence

from gradesmith.model.assessments import Form
from gradesmith.model.interactions import Choice, Fields
from gradesmith.model.people import StudentRecord
from gradesmith.papers.columns import Column, Typed, columns
from gradesmith.papers.content import Words, in_points, plainly
from gradesmith.papers.rendering import Rendered
from gradesmith.papers.source import Print, beginning
from gradesmith.papers.typesetting import literal

Sitting = tuple[Form, StudentRecord | None]


def labels_on(sittings: Sequence[Sitting]) -> tuple[Words, ...]:
    """Return every text of Markdown on some answer sheets: what the quantities to fill in are called."""
    return tuple(dict.fromkeys(label for form, _ in sittings for column in columns(form) if (label := _label(column))))


def _label(column: Column) -> Words | None:
    fields = column.part.interaction.fields if isinstance(column.part.interaction, Fields) else ()
    return next((Words(text=one.label) for one in fields if one.name == column.field), None)


def sheets_source(sittings: Sequence[Sitting], rendered: Rendered, how: Print) -> str:
    """Return the source of some answer sheets, each on a page of its own."""
    names = {words: f"w{number}" for number, words in enumerate(labels_on(sittings))}
    definitions = (f"#let {name} = [\n{rendered[words]}\n]" for words, name in names.items())
    pages = (_page(form, student, number, names, how) for number, (form, student) in enumerate(sittings))
    return "\n".join([beginning(f"{sittings[0][0].title}: answer sheet", how), *definitions, *pages, ""])


def _page(form: Form, student: StudentRecord | None, number: int, names: dict[Words, str], how: Print) -> str:
    name, identity = (student.name, student.id) if student else ("", "")
    owner = f"{name} ({identity})" if student else ""
    mark = f"{form.title} · form {form.code}"
    facts = f"Form {form.code} · {in_points(form.points)} · answer sheet"
    blanks = f"name: {literal(name)}, id: {literal(identity)}"
    lines = "".join(_line(column, numbers(form)[column.slot.name], names) for column in columns(form))
    duplex = "true" if how.duplex else "false"
    return (
        f"#sheet(number: {number}, mark: {literal(mark)}, owner: {literal(owner)}, duplex: {duplex})[\n"
        f"#cover(title: {literal(form.title)}, facts: {literal(facts)}, {blanks})\n"
        f"#slots({lines})\n]"
    )


def numbers(form: Form) -> dict[str, int]:
    """Return the number under which each slot stands on the paper."""
    return {slot.name: number for number, slot in enumerate(form.slots, start=1)}


def _line(column: Column, number: int, names: dict[Words, str]) -> str:
    label = _label(column)
    called = names[label] if label else literal(column.part.name.capitalize())
    return f"({literal(str(number))}, {called}, {_boxes(column)}, {literal(column.name)}), "


def _boxes(column: Column) -> str:
    match column.typed, column.part.interaction:
        case Typed.LETTERS, Choice(options=options, multiple=multiple):
            letters = "".join(f"{literal(option.letter)}, " for option in options)
            return f'letters("{"square" if multiple else "circle"}", ({letters}))'
        case Typed.POINTS, _:
            return f"earned({literal(plainly(column.part.points))})"
        case _:
            return "entry"
