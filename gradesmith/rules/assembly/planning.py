"""Holds the forms of a class against their blueprint: what was asked, what they have, and what to expect of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from gradesmith.model.assessments import Assessment, Form
from gradesmith.model.questions import Question
from gradesmith.rules.assembly.blueprints import Material
from gradesmith.rules.assembly.candidates import groups_of
from gradesmith.rules.assembly.demands import Evenness, Level, Quota
from gradesmith.rules.assembly.frames import Frame, frame_of_many, frame_of_one
from gradesmith.rules.assembly.turns import cap_of, shared_of, size_of
from gradesmith.rules.difficulty import Expected, Spread, of_form, spread

FEWEST_ALTERNATIVES = 3
"""Below so many questions for a slot, whoever sat beside or before somebody may well have seen the same."""

SLACK = 1e-6


EXPOSURE = "forms that hold the commonest question"
OVERLAP = "questions in common with the next student"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was asked of forms, and the least and the most that they have; bounds may be open."""

    what: str
    low: float | None
    high: float | None
    least: float
    most: float
    share: bool = False

    @property
    def holds(self) -> bool:
        """Whether all forms are as asked."""
        return (self.low is None or self.least >= self.low - SLACK) and (
            self.high is None or self.most <= self.high + SLACK
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What there is for slots of one sort: so many questions of the pool, anchors aside, and those that forms have."""

    slots: tuple[str, ...]
    section: str
    pool: int
    chosen: int
    fixed: int = 0

    @property
    def alternatives(self) -> float | None:
        """How many questions there are for each slot; ``None`` where anchors stand in all of them."""
        open_slots = len(self.slots) - self.fixed
        return self.pool / open_slots if open_slots else None

    @property
    def missing(self) -> int:
        """How many questions to write, so that each slot has enough to draw from."""
        return max(0, FEWEST_ALTERNATIVES * (len(self.slots) - self.fixed) - self.pool)


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicted:
    """One form: how many students have it, how hard it will be, how long it takes."""

    code: str
    students: tuple[str, ...]
    expected: Expected
    minutes: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The forms of a class, held against their blueprint. ``unknown`` are questions that the bank lacks by now.

    ``measured`` is how many of the questions in the forms have statistics.
    """

    assessment: Assessment
    students: int
    predicted: tuple[Predicted, ...]
    spread: Spread
    target: float | None
    lines: tuple[Line, ...]
    exposure: Mapping[str, int]
    unused: int
    measured: int
    overlaps: tuple[int, ...]
    supplies: tuple[Supply, ...]
    uneven: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def few(self) -> tuple[Supply, ...]:
        """The slots that draw from too little, where forms are to differ."""
        return tuple(one for one in self.supplies if one.missing) if self.assessment.forms != 1 else ()


def planned(
    assessment: Assessment, material: Material, forms: Mapping[str, Form], standing: tuple[Form, ...] = ()
) -> Plan:
    """Hold forms, given by student in roster order, against their blueprint; ``standing`` ones were there before.

    Raises:
        GradesmithError: When the bank does not suffice for the blueprint.
    """
    return _Planner(assessment, material, forms, standing).plan()


class _Planner:
    def __init__(
        self, assessment: Assessment, material: Material, forms: Mapping[str, Form], standing: tuple[Form, ...]
    ) -> None:
        self._assessment = assessment
        self._material = material
        self._by_student = forms
        self._forms = {form.digest: form for form in forms.values()}
        self._frame = _frame(assessment, material, standing)

    def plan(self) -> Plan:
        problem, forms = self._frame.problem, self._forms.values()
        asked = {name for form in forms for name in _ids(form)}
        known = {one.name: one.expected for one in problem.candidates} | dict(self._material.expected)
        weights = {digest: _weights(form) for digest, form in self._forms.items()}
        whole = {digest: one for digest, one in weights.items() if one.keys() <= known.keys()}
        free = {one.name for one in problem.candidates}
        return Plan(
            assessment=self._assessment,
            students=len(self._by_student),
            predicted=tuple(self._predicted(digest, of_form(one, known)) for digest, one in whole.items()),
            spread=spread(tuple(whole.values()), known),
            target=problem.target,
            lines=tuple(self._lines({digest: of_form(one, known) for digest, one in whole.items()})),
            exposure=Counter(name for form in forms for name in sorted(_ids(form))),
            unused=len(free - asked),
            measured=sum(known[name].responses > 0 for name in asked & known.keys()),
            overlaps=self._overlaps(),
            supplies=tuple(self._supplies()),
            uneven=tuple(_uneven(self._assessment, self._frame)),
            unknown=tuple(sorted(asked - known.keys())),
        )

    def _predicted(self, digest: str, expected: Expected) -> Predicted:
        form = self._forms[digest]
        students = tuple(student for student, one in self._by_student.items() if one.digest == digest)
        return Predicted(code=form.code, students=students, expected=expected, minutes=self._minutes(form))

    def _minutes(self, form: Form) -> float:
        return sum(question.minutes for question in self._questions(form))

    def _questions(self, form: Form) -> list[Question]:
        known = self._material.questions
        return [known[slot.variant.question] for slot in form.slots if slot.variant.question in known]

    def _overlaps(self) -> tuple[int, ...]:
        return tuple(len(_ids(one) & _ids(other)) for one, other in pairwise(self._by_student.values()))

    def _lines(self, expected: Mapping[str, Expected]) -> Iterator[Line]:
        """Yield what was asked and what forms have, counted from the forms alone."""
        assessment, forms = self._assessment, tuple(self._forms.values())
        yield _line("questions", _slots_asked(assessment), [len(form.slots) for form in forms])
        low, high = assessment.balance.minutes or (None, assessment.minutes)
        minutes = [self._minutes(form) for form in forms]
        yield Line(what="minutes", low=low, high=high, least=min(minutes), most=max(minutes))
        for level in (one for one in self._frame.problem.demands if isinstance(one, Level)):
            shares = [one.share for one in expected.values()]
            if shares:
                yield Line(
                    what="expected share of the points", low=level.low, high=level.high,
                    least=min(shares), most=max(shares), share=True,
                )  # fmt: skip
        yield from self._evenness()
        if assessment.forms != 1:
            yield from self._apart()

    def _evenness(self) -> Iterator[Line]:
        for rule in (one for one in self._frame.problem.demands if isinstance(one, Evenness)):
            title = self._assessment.sections[rule.section].title
            had = [
                sum(dict(groups_of(one))[rule.spread] == rule.group for one in self._section(form, rule.section))
                for form in self._forms.values()
            ]
            what = f"{title}: {rule.spread} {rule.group}"
            yield Line(what=what, low=max(rule.low, 0), high=rule.high, least=min(had), most=max(had))

    def _apart(self) -> Iterator[Line]:
        assessment, forms = self._assessment, tuple(self._forms.values())
        uses = Counter(name for form in forms for name in _ids(form) if name not in assessment.anchors)
        most = max(uses.values(), default=0)
        cap = cap_of(assessment, self._total) if assessment.balance.exposure < 1 else None
        yield Line(what=EXPOSURE, low=None, high=cap, least=most, most=most)
        if overlaps := self._overlaps():
            shared = shared_of(assessment) if assessment.balance.overlap < 1 else None
            yield Line(what=OVERLAP, low=None, high=shared, least=min(overlaps), most=max(overlaps))
        if assessment.anchors:
            there = [len(_ids(form) & set(assessment.anchors)) for form in forms]
            yield _line("anchors", len(assessment.anchors), there)
        if assessment.canary:
            yield _line("slots with numbers of their own", 1, [int(bool(form.canary)) for form in forms])

    @property
    def _total(self) -> int:
        asked = self._assessment.forms
        return len(self._by_student) if asked == "per_student" else int(asked)

    def _section(self, form: Form, number: int) -> list[Question]:
        begin = sum(step.question is not None for step in self._assessment.flow)
        counts = [section.pick.count for section in self._assessment.sections]
        start = begin + sum(counts[:number])
        known = self._material.questions
        slots = form.slots[start : start + counts[number]]
        return [known[slot.variant.question] for slot in slots if slot.variant.question in known]

    def _supplies(self) -> Iterator[Supply]:
        """Yield what there is for the slots of each section and shape."""
        problem, anchors = self._frame.problem, set(self._assessment.anchors)
        begin = sum(step.question is not None for step in self._assessment.flow)
        for quota in (one for one in problem.demands if isinstance(one, Quota)):
            pool = {one.name for one in problem.candidates if quota.weighs(one)}
            slots = tuple(self._slots(quota, begin))
            there = {
                slot.variant.question for form in self._forms.values() for slot in form.slots if slot.name in slots
            }
            yield Supply(
                slots=slots,
                section=self._assessment.sections[quota.section].title,
                pool=len(pool - anchors),
                chosen=len(there),
                fixed=len(pool & anchors),
            )

    def _slots(self, quota: Quota, begin: int) -> Iterator[str]:
        """Yield the names of the slots that a quota fills."""
        sections = self._assessment.sections
        first = begin + sum(section.pick.count for section in sections[: quota.section])
        count = sections[quota.section].pick.count
        shapes = self._frame.skeleton[quota.section] if self._frame.skeleton else (None,) * count
        for place, shape in enumerate(shapes, first + 1):
            if quota.shape in {None, shape}:
                yield f"q{place:02}"


def _frame(assessment: Assessment, material: Material, forms: tuple[Form, ...]) -> Frame:
    return frame_of_one(assessment, material) if assessment.forms == 1 else frame_of_many(assessment, material, forms)


def _uneven(assessment: Assessment, frame: Frame) -> Iterator[str]:
    for rule in frame.uneven:
        title = assessment.sections[rule.section].title
        yield f'section "{title}": the pool allows no even spread over {rule.spread}, {rule.group} is out of step'


def _line(what: str, asked: int, had: list[int]) -> Line:
    return Line(what=what, low=asked, high=asked, least=min(had, default=0), most=max(had, default=0))


def _slots_asked(assessment: Assessment) -> int:
    return size_of(assessment) + sum(step.question is not None for step in assessment.flow)


def _ids(form: Form) -> set[str]:
    return {slot.variant.question for slot in form.slots}


def _weights(form: Form) -> dict[str, float]:
    return {slot.variant.question: float(slot.points / form.points) if form.points else 0.0 for slot in form.slots}
