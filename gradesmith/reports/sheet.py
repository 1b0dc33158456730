"""The class as one sheet: who sat which form, with final marks in an array of students × slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from gradesmith.model.assessments import Form, Slot
from gradesmith.model.outcomes import Mark, Score
from gradesmith.model.questions import Part
from gradesmith.model.submissions import GradedSubmission, Response, State
from gradesmith.reports import wording
from gradesmith.rules.item_statistics import FloatArray
from gradesmith.rules.settling import settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """One student's submission with the form it answers, manual marks put in.

    One that lies ``aside`` is known as a whole only: nothing in it could be marked, so its answers are unknown.
    """

    student: str
    form: Form
    marks: Mapping[str, Mark]
    responses: Mapping[str, Response]
    score: Score
    aside: bool = False

    @property
    def marked(self) -> bool:
        """Whether anything has a mark, so that the score says something."""
        return any(mark.given is not None for mark in self.marks.values())

    def mark(self, cell: str) -> Mark | None:
        """The mark of one answer cell, if it has one."""
        return self.marks.get(cell)

    def given(self, slot: Slot) -> float:
        """What a whole question earned; ``nan`` while one of its parts has no mark."""
        marks = [self.mark(slot.cell(part.name)) for part in slot.variant.parts]
        points = [mark.given for mark in marks if mark is not None and mark.given is not None]
        return float(sum(points, Fraction(0))) if len(points) == len(marks) else np.nan


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question, and the numbers of the sittings that had it, with the column of the slot in which it stood there.

    In forms of students' own it stands in one slot here and in another there; ``points`` are those of its first place.
    """

    question: str
    title: str
    points: Fraction
    places: Mapping[int, int]
    slots: tuple[str, ...]

    @property
    def rows(self) -> tuple[int, ...]:
        """The sittings that had it."""
        return tuple(self.places)

    @property
    def slot(self) -> str:
        """Where it stood: a slot, or the first and the last of several."""
        return self.slots[0] if len(self.slots) == 1 else f"{self.slots[0]}–{self.slots[-1]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All sittings, and their marks in points: ``given`` and ``maximum`` are sittings × slots, ``nan`` where none."""

    sittings: tuple[Sitting, ...]
    slots: tuple[str, ...]
    given: FloatArray
    maximum: FloatArray

    def around(self, item: Item) -> tuple[FloatArray, FloatArray]:
        """Return the marks, and the points to earn, of those who had an item: of the item first, then of each slot.

        The slot in which it stood has none in that row, so that what follows the first column is the rest.
        """
        rows, columns = list(item.places), list(item.places.values())
        given, maximum = (np.column_stack([whole[rows, columns], whole[rows]]) for whole in (self.given, self.maximum))
        for array in (given, maximum):
            array[np.arange(len(rows)), np.array(columns, dtype=int) + 1] = np.nan
        return given, maximum

    def variants(self, item: Item) -> Iterator[tuple[int, Slot]]:
        """Yield the rows that had an item, each with its own variant of it; without submissions that lie aside."""
        for row, column in item.places.items():
            name = self.slots[column]
            slot = next((one for one in self.sittings[row].form.slots if one.name == name), None)
            if slot is not None and not self.sittings[row].aside:
                yield row, slot

    def responses(self, item: Item) -> Iterator[tuple[int, Part, Response]]:
        """Yield what was answered to an item; a submission that could not be read has no responses."""
        for row, cell, part in self.parts(item):
            response = self.sittings[row].responses.get(cell)
            if response is not None:
                yield row, part, response

    def parts(self, item: Item) -> Iterator[tuple[int, str, Part]]:
        """Yield each answer cell to an item: the row, the cell's name and the part it answers."""
        for row, slot in self.variants(item):
            for part in slot.variant.parts:
                yield row, slot.cell(part.name), part


def gather(
    forms: Sequence[Form], results: Sequence[GradedSubmission], manual: Mapping[str, Mapping[str, Fraction]]
) -> Sheet:
    """Lay out the submissions of registered students to known forms; ``manual``: marks by student and answer cell."""
    known = {form.digest: form for form in forms}
    sittings = tuple(
        _sitting(known[graded.form], graded, manual.get(graded.student, {}))
        for graded in results
        if graded.state is not State.UNREGISTERED and graded.form in known
    )
    slots = tuple(dict.fromkeys(slot.name for form in forms for slot in form.slots))
    given, maximum = (np.full((len(sittings), len(slots)), np.nan) for _ in range(2))
    for row, sitting in enumerate(sittings):
        for slot in sitting.form.slots:
            given[row, slots.index(slot.name)] = sitting.given(slot)
            maximum[row, slots.index(slot.name)] = float(slot.points)
    return Sheet(sittings=sittings, slots=slots, given=given, maximum=maximum)


def items(sheet: Sheet) -> tuple[Item, ...]:
    """Return the questions that were set, by where they stood first.

    What stood in one slot of several forms are as many items, and what stood in several slots is one.
    """
    places: dict[str, dict[int, int]] = {}
    first: dict[str, tuple[int, Slot]] = {}
    for row, sitting in enumerate(sheet.sittings):
        for slot in sitting.form.slots:
            column, question = sheet.slots.index(slot.name), slot.variant.question
            places.setdefault(question, {})[row] = column
            if question not in first or column < first[question][0]:
                first[question] = column, slot
    return tuple(
        Item(
            question=question,
            title=slot.variant.title or wording.opening(slot.variant.prompt),
            points=slot.points,
            places=places[question],
            slots=tuple(sheet.slots[one] for one in sorted(set(places[question].values()))),
        )
        for question, (_, slot) in sorted(first.items(), key=lambda one: (one[1][0], one[0]))
    )


def _sitting(form: Form, graded: GradedSubmission, manual: Mapping[str, Fraction]) -> Sitting:
    graded = settled(graded, manual)
    return Sitting(
        student=graded.student,
        form=form,
        marks={mark.cell: mark for mark in graded.marks},
        responses={response.cell: response for response in graded.responses},
        score=graded.score,
        aside=lies_aside(graded),
    )


def lies_aside(graded: GradedSubmission) -> bool:
    """Whether a submission as a whole could not be marked, so that one remark says it all; manual marks are put in."""
    if any(mark.given is not None for mark in graded.marks):
        return False
    nothing_ran = bool(graded.outcomes) and all(outcome.status.ours for outcome in graded.outcomes)
    return nothing_ran or graded.state is State.FOR_A_PERSON
