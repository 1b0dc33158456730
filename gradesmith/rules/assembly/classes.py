"""The forms of a class: one after the other, each within all demands and apart from those before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gradesmith.model.assessments import Assessment, Form
from gradesmith.rules.assembly.assembling import assemble
from gradesmith.rules.assembly.blueprints import Material
from gradesmith.rules.assembly.chance import Chance, own_code, parallel_codes
from gradesmith.rules.assembly.frames import frame_of_many
from gradesmith.rules.assembly.making import Maker, files_are_told_apart
from gradesmith.rules.assembly.numbers import Numbers
from gradesmith.rules.assembly.skeletons import arranged, fitted
from gradesmith.rules.assembly.turns import Seat, Turns

Progress = Callable[[int, int], None]


def unseen(_done: int, _of: int) -> None:
    """Let progress go unseen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """Who gets forms: the students in roster order, the root of the draws, and the forms that some of them have."""

    students: tuple[str, ...]
    root: str
    standing: Mapping[str, Form] = field(default_factory=dict)

    def beside(self, student: str) -> tuple[str, ...]:
        """Return who sits beside a student: who comes before and after them."""
        at = self.students.index(student)
        return self.students[max(at - 1, 0) : at] + self.students[at + 1 : at + 2]


def assemble_all(
    assessment: Assessment, material: Material, roll: Roll, progress: Progress = unseen
) -> dict[str, Form]:
    """Make the forms of a class, by student, without those who have one.

    Raises:
        CannotAssemble: When not all forms can fulfil the blueprint; the text says what to write or to loosen.
        CannotDraw: When a question has no sound variant, or no numbers are left for a canary.
        GradesmithError: When those who have a form have it by another blueprint.
    """
    waiting = [student for student in roll.students if student not in roll.standing]
    if not waiting:
        return {}
    if assessment.forms == 1:
        standing = next(iter(roll.standing.values()), None)
        return dict.fromkeys(waiting, standing or assemble(assessment, material))
    if assessment.forms == "per_student":
        return _made(assessment, material, roll, _Seating(dict(roll.standing), _own_seats(assessment, roll)), progress)
    known = {form.code: form for form in roll.standing.values()}
    seating = _Seating(known, _parallel_seats(assessment, known))
    forms = {**known, **_made(assessment, material, roll, seating, progress)}
    return _handed_out(roll, {code: forms[code] for code in parallel_codes(int(assessment.forms))})


class _Seating(NamedTuple):
    """The forms that stand already, by their owners, and the seats of those to be made."""

    known: Mapping[str, Form]
    seats: tuple[Seat, ...]


def _made(
    assessment: Assessment, material: Material, roll: Roll, seating: _Seating, progress: Progress
) -> dict[str, Form]:
    """Make a form for every seat: select the questions of all, then draw."""
    known, seats = seating
    if not seats:
        return {}
    chance = Chance(root=roll.root, assessment=assessment.id)
    frame = frame_of_many(assessment, material, tuple(known.values()))
    questions = {owner: frozenset(slot.variant.question for slot in form.slots) for owner, form in known.items()}
    turns = Turns(frame=frame, seats=seats, known=questions)
    chosen = turns.chosen(chance, lambda done: progress(done // 2, len(seats)))
    numbers = Numbers.of(known.values())
    made: dict[str, Form] = {}
    for seat in seats:
        own = chance.of(seat.owner)
        maker = Maker(assessment=assessment, material=material, chance=own, code=seat.code, numbers=numbers)
        sections = arranged(assessment, chosen[seat.owner], own.picks("order"))
        made[seat.owner] = maker.form(fitted(sections, frame.skeleton))
        files_are_told_apart(made[seat.owner])
        numbers.note(made[seat.owner])
        progress((len(seats) + len(made)) // 2, len(seats))
    return made


def _own_seats(assessment: Assessment, roll: Roll) -> tuple[Seat, ...]:
    """Give a seat to everybody who has no form, with a code that nobody else has."""
    taken = {form.code for form in roll.standing.values()}
    seats = []
    for student in roll.students:
        if student not in roll.standing:
            code = own_code(roll.root, assessment.id, student, taken)
            taken.add(code)
            seats.append(Seat(owner=student, code=code, neighbours=roll.beside(student)))
    return tuple(seats)


def _parallel_seats(assessment: Assessment, known: Collection[str]) -> tuple[Seat, ...]:
    """Give a seat to every parallel form that nobody has yet; as they go round, the last is beside the first."""
    codes = parallel_codes(int(assessment.forms))
    ring = ((one, {codes[at - 1], codes[(at + 1) % len(codes)]} - {one}) for at, one in enumerate(codes))
    return tuple(
        Seat(owner=one, code=one, neighbours=tuple(sorted(beside))) for one, beside in ring if one not in known
    )


def _handed_out(roll: Roll, forms: Mapping[str, Form]) -> dict[str, Form]:
    """Give each student the form that fewest have, and of these one that nobody beside them has."""
    had = {student: form.code for student, form in roll.standing.items()}
    times = Counter(had.values())
    given: dict[str, Form] = {}
    for student in roll.students:
        if student not in had:
            beside = {had.get(one) for one in roll.beside(student)}
            code = min(forms, key=lambda one, beside=beside: (times[one], one in beside))  # type: ignore[misc]
            had[student], given[student] = code, forms[code]
            times[code] += 1
    return given
