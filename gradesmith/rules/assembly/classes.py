"""The forms of a class: one after the other, each within all demands and apart from those before it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import floor

from gradesmith.model.assessments import Assessment, Form
from gradesmith.rules.assembly.assembling import assemble
from gradesmith.rules.assembly.blueprints import Material
from gradesmith.rules.assembly.chance import Chance, own_code, parallel_codes
from gradesmith.rules.assembly.demands import Demand, Overlap
from gradesmith.rules.assembly.frames import Frame, frame_of_many
from gradesmith.rules.assembly.making import Maker, files_are_told_apart
from gradesmith.rules.assembly.numbers import Numbers
from gradesmith.rules.assembly.remedies import explained, refusal
from gradesmith.rules.assembly.selecting import Chosen, drawn_costs
from gradesmith.rules.assembly.shortage import Task
from gradesmith.rules.assembly.skeletons import arranged, fitted

Progress = Callable[[int, int], None]

NEARLY = 1e-9


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A form to be made: who owns it, under which code, and whose forms it is not to resemble."""

    owner: str
    code: str
    neighbours: tuple[str, ...]


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
        forms = _forms(assessment, material, dict(roll.standing), _own_seats(assessment, roll))
        return forms.made(Chance(root=roll.root, assessment=assessment.id), progress)
    known = {form.code: form for form in roll.standing.values()}
    forms = _forms(assessment, material, known, _parallel_seats(assessment, known))
    made = forms.made(Chance(root=roll.root, assessment=assessment.id), progress)
    return _handed_out(roll, {code: {**known, **made}[code] for code in parallel_codes(int(assessment.forms))})


def _own_seats(assessment: Assessment, roll: Roll) -> list[Seat]:
    """Give a seat to everybody who has no form, with a code that nobody else has."""
    taken = {form.code for form in roll.standing.values()}
    seats = []
    for student in roll.students:
        if student not in roll.standing:
            code = own_code(roll.root, assessment.id, student, taken)
            taken.add(code)
            seats.append(Seat(owner=student, code=code, neighbours=roll.beside(student)))
    return seats


def _parallel_seats(assessment: Assessment, known: Iterable[str]) -> list[Seat]:
    """Give a seat to every parallel form that nobody has yet; as they go round, the last is beside the first."""
    codes = parallel_codes(int(assessment.forms))
    ring = ((one, {codes[at - 1], codes[(at + 1) % len(codes)]} - {one}) for at, one in enumerate(codes))
    return [Seat(owner=one, code=one, neighbours=tuple(sorted(beside))) for one, beside in ring if one not in known]


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


def cap_of(assessment: Assessment, total: int) -> int:
    """Return how many of all forms may hold one question: the share asked for, and always one."""
    return max(1, floor(assessment.balance.exposure * total + NEARLY))


def shared_of(assessment: Assessment) -> int:
    """Return how many questions may stand in the next student's form as well."""
    number = sum(section.pick.count for section in assessment.sections)
    return floor(assessment.balance.overlap * number + NEARLY)


@dataclass(slots=True, kw_only=True)
class _Forms:
    """The forms of a class while they come to be."""

    assessment: Assessment
    material: Material
    frame: Frame
    seats: list[Seat]
    total: int
    questions: dict[str, frozenset[str]]
    numbers: Numbers

    def made(self, chance: Chance, progress: Progress) -> dict[str, Form]:
        """Make a form for every seat."""
        self._must_suffice()
        made: dict[str, Form] = {}
        for seat in self.seats:
            own = chance.of(seat.owner)
            form = self._maker(seat, own).form(self._selected(seat, own))
            files_are_told_apart(form)
            self.numbers.note(form)
            made[seat.owner] = form
            progress(len(made), len(self.seats))
        return made

    def _maker(self, seat: Seat, chance: Chance) -> Maker:
        numbers = self.numbers
        return Maker(assessment=self.assessment, material=self.material, chance=chance, code=seat.code, numbers=numbers)

    def _must_suffice(self) -> None:
        """See that the pool suffices for all forms together, before the first is made."""
        problem = self.frame.problem
        if problem.candidates and (trouble := explained(self._task((), len(self.seats)), exact=False)):
            raise trouble

    def _selected(self, seat: Seat, chance: Chance) -> tuple[Chosen, ...]:
        problem, draws = self.frame.problem, chance.picks()
        if not self.assessment.sections:
            return ()
        uses = self._uses()
        apart = self._apart(seat)
        costs = drawn_costs(problem.candidates, uses, draws)
        chosen = self.frame.selector.choose(costs, self._closed(uses), apart)
        if chosen is None:
            raise refusal(self._task(apart, 1))
        self.questions[seat.owner] = frozenset(one.name for one in chosen)
        return fitted(arranged(self.assessment, chosen, draws), self.frame.skeleton)

    def _uses(self) -> Counter[str]:
        return Counter(name for form in self.questions.values() for name in form)

    def _closed(self, uses: Mapping[str, int]) -> frozenset[str]:
        """Return the questions that no further form may hold; anchors stand in all of them."""
        cap, anchors = cap_of(self.assessment, self.total), self.assessment.anchors
        return frozenset(name for name, times in uses.items() if times >= cap and name not in anchors)

    def _apart(self, seat: Seat) -> tuple[Demand, ...]:
        """Return that a form shares few questions with each neighbour's that is known."""
        known = [self.questions[one] for one in seat.neighbours if one in self.questions]
        shared = shared_of(self.assessment)
        number = sum(section.pick.count for section in self.assessment.sections)
        return tuple(Overlap(names=names, high=shared) for names in known) if shared < number else ()

    def _task(self, further: tuple[Demand, ...], forms: int) -> Task:
        """Return what is still to be assembled, for who says what it lacks."""
        problem, cap = self.frame.problem, cap_of(self.assessment, self.total)
        left = {name: max(0, cap - times) for name, times in self._uses().items()}
        return Task(
            assessment=self.assessment,
            candidates=problem.candidates,
            demands=(*problem.demands, *further),
            forms=forms,
            total=self.total,
            cap=cap,
            left={**left, **dict.fromkeys(self.assessment.anchors, forms)},
        )


def _forms(assessment: Assessment, material: Material, known: Mapping[str, Form], seats: list[Seat]) -> _Forms:
    standing = next(iter(known.values()), None)
    return _Forms(
        assessment=assessment,
        material=material,
        frame=frame_of_many(assessment, material, standing),
        seats=seats,
        total=len({*known, *(seat.owner for seat in seats)}),
        questions={owner: frozenset(slot.variant.question for slot in form.slots) for owner, form in known.items()},
        numbers=Numbers.of(known.values()),
    )
