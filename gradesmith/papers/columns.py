"""The columns in which what stands on paper is typed: the same on the answer sheet and in the CSV file. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gradesmith.model.assessments import Form, Slot
from gradesmith.model.interactions import Choice, Fields
from gradesmith.model.questions import Part

STUDENT, FORM = "student", "form"
POINTS = "points"


class Typed(StrEnum):
    """What is typed in a column."""

    LETTERS = "letters"
    NUMBER = "number"
    POINTS = "points"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: ``q03`` (letters), ``q11.recall`` (a number) or ``q12.points`` (points that a person gave)."""

    name: str
    typed: Typed
    slot: Slot
    part: Part
    field: str = ""

    @property
    def cell(self) -> str:
        """The answer cell that it belongs to."""
        return self.slot.cell(self.part.name)


def columns(form: Form) -> tuple[Column, ...]:
    """Return the columns of one form, in the order of its paper."""
    return tuple(
        column for slot in form.slots for part in slot.variant.parts for column in _of(slot, part, slot.cell(part.name))
    )


def _of(slot: Slot, part: Part, cell: str) -> Iterator[Column]:
    match part.interaction:
        case Choice():
            yield Column(name=cell, typed=Typed.LETTERS, slot=slot, part=part)
        case Fields(fields=fields):
            for one in fields:
                name = f"{cell}.{one.name}"
                yield Column(name=name, typed=Typed.NUMBER, slot=slot, part=part, field=one.name)
        case _:
            yield Column(name=f"{cell}.{POINTS}", typed=Typed.POINTS, slot=slot, part=part)


def header(forms: Sequence[Form]) -> tuple[str, ...]:
    """Return the header of a file for all these forms: by slot, each column where it first comes up."""
    by_cell: dict[str, dict[str, None]] = {}
    for form in forms:
        for column in columns(form):
            by_cell.setdefault(column.cell, {})[column.name] = None
    return (STUDENT, FORM, *(name for names in by_cell.values() for name in names))
