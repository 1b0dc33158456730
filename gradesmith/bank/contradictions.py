"""Finds where a blueprint contradicts itself, the bank or another blueprint, as far as the text alone tells. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations

from gradesmith.bank.yaml_places import Route
from gradesmith.model.assessments import Assessment
from gradesmith.model.course import unit_of
from gradesmith.model.questions import Question

Contradiction = tuple[Route, str, str]
"""Where it stands, what is wrong, and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradictions:
    """What is wrong with one blueprint.

    ``names`` are the ids of all questions, those that could not be read among them; ``questions`` those that could.
    """

    assessment: Assessment
    names: Collection[str]
    questions: Mapping[str, Question]
    assessments: Mapping[str, Assessment]

    def __iter__(self) -> Iterator[Contradiction]:
        yield from self._balance()
        yield from self._anchors()
        yield from self._too_many_anchors()
        yield from self._apart_from()
        yield from self._canary()

    @property
    def _size(self) -> int:
        return sum(section.pick.count for section in self.assessment.sections)

    def _balance(self) -> Iterator[Contradiction]:
        balance, minutes = self.assessment.balance, self.assessment.minutes
        if balance.minutes is None:
            return
        low, high = balance.minutes
        route: Route = ("balance", "minutes")
        if low > high:
            yield route, f"no time lies between {low:g} and {high:g} minutes", f"write [{high:g}, {low:g}]"
        elif low > minutes:
            problem = f"its questions are to take {low:g} minutes or more, and it has {minutes}"
            yield route, problem, f"give it {low:g} minutes, or ask for less"

    def _anchors(self) -> Iterator[Contradiction]:
        kinds = {kind for section in self.assessment.sections for kind in section.pick.kind}
        for number, name in enumerate(self.assessment.anchors):
            route: Route = ("anchors", number)
            if name in self.assessment.anchors[:number]:
                yield route, f'the anchor "{name}" stands here twice', "keep one"
            elif name not in self.names:
                near = get_close_matches(name, self.names, cutoff=0.5)
                yield route, f'there is no question "{name}"', f"did you mean {near[0]}?" if near else "write it"
            elif name in self.questions:
                for why in self._unfit(self.questions[name], kinds):
                    yield route, f'the anchor "{name}" {why}', "choose another one"
        for one, other in combinations(self._known_anchors(), 2):
            if one.id in other.enemies or other.id in one.enemies:
                yield ("anchors",), f"the anchors {one.id} and {other.id} are enemies", "keep one of them"

    def _unfit(self, question: Question, kinds: Collection[str]) -> Iterator[str]:
        if question.retired:
            yield "is retired"
        if question.use != "test":
            yield "is for practicals"
        if question.kind not in kinds:
            yield f"is of the kind {question.kind}, which no section picks"
        if unit_of(question.lecture) not in self.assessment.units:
            yield f"is on lecture {question.lecture}, outside the units of this assessment"

    def _known_anchors(self) -> list[Question]:
        return [self.questions[name] for name in dict.fromkeys(self.assessment.anchors) if name in self.questions]

    def _too_many_anchors(self) -> Iterator[Contradiction]:
        for kind, number in Counter(one.kind for one in self._known_anchors()).items():
            room = sum(one.pick.count for one in self.assessment.sections if kind in one.pick.kind)
            if 0 < room < number:
                problem = f"{number} anchors are of the kind {kind}, and the sections pick {room}"
                yield ("anchors",), problem, f"keep {room} of them, or let the sections pick more"
        anchors, overlap = len(set(self.assessment.anchors)), self.assessment.balance.overlap
        if self.assessment.forms != 1 and anchors > overlap * self._size + 1e-9 and self._size:
            problem = (
                f"all forms have the {anchors} anchors in common, and at most {overlap:g} of {self._size} questions"
            )
            hint = f"raise it to {-(-100 * anchors // self._size) / 100:g}, or keep fewer anchors"
            yield ("balance", "overlap"), f"{problem} may be", hint

    def _apart_from(self) -> Iterator[Contradiction]:
        for number, name in enumerate(self.assessment.apart_from):
            route: Route = ("apart_from", number)
            other = self.assessments.get(name)
            if name == self.assessment.id:
                yield route, "an assessment can't be apart from itself", "remove it"
            elif other is None:
                near = get_close_matches(name, self.assessments, cutoff=0.5)
                hint = f"did you mean {near[0]}?" if near else "remove it, or write it first"
                yield route, f'there is no assessment "{name}"', hint
            elif self._leads_back(name):
                hint = "keep it in the one that is set later"
                yield route, f"{name} is to be apart from {self.assessment.id} as well, directly or by others", hint
            else:
                yield from self._shared_anchors(route, other)

    def _leads_back(self, name: str) -> bool:
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one == self.assessment.id:
                return True
            if one not in seen and one in self.assessments:
                seen.add(one)
                waiting += self.assessments[one].apart_from
        return False

    def _shared_anchors(self, route: Route, other: Assessment) -> Iterator[Contradiction]:
        theirs = {*other.anchors, *(step.question for step in other.flow)}
        for name in self.assessment.anchors:
            if name in theirs:
                yield route, f"the anchor {name} stands in {other.id}, too", "choose another anchor"

    def _canary(self) -> Iterator[Contradiction]:
        if self.assessment.canary and self.assessment.forms == 1:
            hint = "let forms be per_student, or a number of parallel forms; or remove it"
            yield ("canary",), "a single form has no other that its numbers could differ from", hint
