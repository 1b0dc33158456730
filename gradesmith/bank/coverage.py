"""Counts what the bank covers, and what its assessments lack. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from gradesmith.bank.loader import Bank, questions_in
from gradesmith.model.assessments import Assessment, Section
from gradesmith.model.course import Course, lecture_order, unit_of
from gradesmith.model.questions import Bloom, Difficulty, Question
from gradesmith.rules.assembly.planning import FEWEST_ALTERNATIVES


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How many questions one unit has at one level of Bloom and one difficulty."""

    unit: int
    bloom: Bloom
    difficulty: Difficulty
    questions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LectureCount:
    """How many questions of each kind one lecture has, for tests and for practicals."""

    lecture: str
    title: str
    test: dict[str, int]
    practical: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """What there is to pick from for one section: ``count`` slots, ``pool`` questions, and how many more it takes."""

    assessment: str
    section: str
    kinds: tuple[str, ...]
    count: int
    pool: int
    lectures_without: tuple[str, ...] = ()

    @property
    def alternatives(self) -> float:
        """How many questions there are for each slot."""
        return float(Fraction(self.pool, self.count))

    @property
    def missing(self) -> int:
        """How many questions to write, so that each slot has three to draw from."""
        return max(0, FEWEST_ALTERNATIVES * self.count - self.pool)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What the bank covers. Retired questions are not counted."""

    cells: tuple[Cell, ...]
    lectures: tuple[LectureCount, ...]
    supplies: tuple[Supply, ...]


def coverage(bank: Bank) -> Coverage:
    """Count the questions of a bank by what they are about, and what each section of its tests can pick from."""
    questions = [one for one in bank.questions.values() if not one.retired]
    return Coverage(
        cells=tuple(_cells(bank.course, questions)),
        lectures=tuple(_lectures(bank.course, questions)),
        supplies=tuple(
            _supply(bank, bank.assessments[name], section)
            for name in sorted(bank.assessments)
            for section in bank.assessments[name].sections
        ),
    )


def _cells(course: Course, questions: Iterable[Question]) -> Iterator[Cell]:
    counted = Counter((unit_of(one.lecture), one.bloom, one.difficulty) for one in questions)
    for unit in course.units:
        for bloom in Bloom:
            for difficulty in Difficulty:
                number = counted[unit.number, bloom, difficulty]
                yield Cell(unit=unit.number, bloom=bloom, difficulty=difficulty, questions=number)


def _lectures(course: Course, questions: Collection[Question]) -> Iterator[LectureCount]:
    for number in sorted(course.lectures, key=lecture_order):
        own = [one for one in questions if one.lecture == number]
        yield LectureCount(
            lecture=number,
            title=course.lectures[number].title,
            test=dict(sorted(Counter(one.kind for one in own if one.use == "test").items())),
            practical=sum(one.use == "practical" for one in own),
        )


def _supply(bank: Bank, assessment: Assessment, section: Section) -> Supply:
    pick = section.pick
    pool = [one for one in questions_in(bank, assessment.units) if one.kind in pick.kind]
    had = {one.lecture for one in pool}
    taught = [number for number in bank.course.lectures if unit_of(number) in assessment.units]
    return Supply(
        assessment=assessment.id,
        section=section.title,
        kinds=pick.kind,
        count=pick.count,
        pool=len(pool),
        lectures_without=tuple(one for one in taught if pick.spread_over and one not in had),
    )
