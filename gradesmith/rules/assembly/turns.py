"""Selects the questions of all forms of a class: in turn, or at once where that fails and they are few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import floor

from gradesmith.model.assessments import Assessment
from gradesmith.rules.assembly.chance import Chance
from gradesmith.rules.assembly.demands import Demand, Overlap
from gradesmith.rules.assembly.frames import Frame
from gradesmith.rules.assembly.jointly import Together
from gradesmith.rules.assembly.remedies import explained, refusal
from gradesmith.rules.assembly.selecting import Chosen, Selector, drawn_costs
from gradesmith.rules.assembly.shortage import Task

NEARLY = 1e-9

Questions = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A form to be made: who owns it, under which code, and whose forms it is not to resemble."""

    owner: str
    code: str
    neighbours: tuple[str, ...]


def cap_of(assessment: Assessment, total: int) -> int:
    """Return how many of all forms may hold one question: the share asked for, and always one."""
    return max(1, floor(assessment.balance.exposure * total + NEARLY))


def shared_of(assessment: Assessment) -> int:
    """Return how many questions may stand in the next student's form as well."""
    return floor(assessment.balance.overlap * size_of(assessment) + NEARLY)


def size_of(assessment: Assessment) -> int:
    """Return how many questions the sections of a form have."""
    return sum(section.pick.count for section in assessment.sections)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """The seats whose forms are to be selected, in order, and the questions of the forms that stand already."""

    frame: Frame
    seats: tuple[Seat, ...]
    known: Questions

    @property
    def _assessment(self) -> Assessment:
        return self.frame.problem.assessment

    @property
    def _total(self) -> int:
        return len({*self.known, *(seat.owner for seat in self.seats)})

    def chosen(self, chance: Chance, progress: Callable[[int], None]) -> dict[str, Chosen]:
        """Select the questions of every seat's form, by its owner. ``progress`` is told how many are done.

        Raises:
            CannotAssemble: When the pool does not suffice; the text says what to write or to loosen.
        """
        if not self._assessment.sections:
            return {seat.owner: () for seat in self.seats}
        if trouble := explained(self._task(self.known, forms=len(self.seats)), exact=False):
            raise trouble
        found: dict[str, Chosen] = {}
        questions = dict(self.known)
        selector = self.frame.selector
        for seat in self.seats:
            chosen = self._choose(selector, seat, chance, questions)
            if chosen is None:
                return self._at_once(selector, chance) or self._refuse(seat, questions)
            found[seat.owner] = chosen
            questions[seat.owner] = frozenset(one.name for one in chosen)
            progress(len(found))
        return found

    def _choose(self, selector: Selector, seat: Seat, chance: Chance, questions: Questions) -> Chosen | None:
        uses = _uses(questions)
        cap, anchors = cap_of(self._assessment, self._total), self._assessment.anchors
        closed = frozenset(name for name, times in uses.items() if times >= cap and name not in anchors)
        costs = drawn_costs(selector.candidates, uses, chance.of(seat.owner).picks())
        return selector.choose(costs, closed, self._apart(seat, questions))

    def _apart(self, seat: Seat, questions: Questions) -> tuple[Demand, ...]:
        """Return that a form has few questions in common with each neighbour's that is known."""
        shared = shared_of(self._assessment)
        if shared >= size_of(self._assessment):
            return ()
        return tuple(Overlap(names=questions[one], high=shared) for one in seat.neighbours if one in questions)

    def _at_once(self, selector: Selector, chance: Chance) -> dict[str, Chosen] | None:
        task = self._task(self.known, forms=len(self.seats))
        together = Together(
            owners=tuple(seat.owner for seat in self.seats),
            beside=frozenset(frozenset({seat.owner, one}) for seat in self.seats for one in seat.neighbours),
            known=self.known,
            shared=shared_of(self._assessment),
            room={one.name: task.room(one.name) for one in selector.candidates},
        )
        return together.select(selector, chance.picks())

    def _refuse(self, seat: Seat, questions: Questions) -> dict[str, Chosen]:
        raise refusal(self._task(questions, self._apart(seat, questions)))

    def _task(self, questions: Questions, further: tuple[Demand, ...] = (), forms: int = 1) -> Task:
        """Return what is still to be assembled, for who says what it lacks."""
        problem, cap = self.frame.problem, cap_of(self._assessment, self._total)
        left = {name: max(0, cap - times) for name, times in _uses(questions).items()}
        left |= dict.fromkeys(self._assessment.anchors, forms)
        return Task(
            assessment=self._assessment,
            candidates=problem.candidates,
            demands=(*problem.demands, *further),
            forms=forms,
            total=self._total,
            cap=cap,
            left=left,
        )


def _uses(questions: Questions) -> Counter[str]:
    return Counter(name for form in questions.values() for name in form)
