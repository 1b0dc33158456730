"""What the course as a whole declares: units, lectures, topics and outcomes."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from gradesmith.model.questions import Slug, Text
from gradesmith.model.values import Value

LectureNumber = Annotated[str, StringConstraints(pattern=r"^\d+\.\d+$")]


class Lecture(Value):
    """One lecture; its number starts with its unit's."""

    number: LectureNumber
    title: Text
    topics: tuple[Slug, ...] = ()


class Unit(Value):
    """A stretch of lectures that one weekly test covers."""

    number: int
    title: Text
    lectures: tuple[Lecture, ...]


class Course(Value):
    """The course and everything that questions may name."""

    id: Slug
    title: Text
    units: tuple[Unit, ...]
    topics: dict[Slug, Text]
    outcomes: dict[Slug, Text]

    @property
    def lectures(self) -> dict[str, Lecture]:
        """All lectures by number."""
        return {lecture.number: lecture for unit in self.units for lecture in unit.lectures}


def lecture_order(lecture: str) -> tuple[int, ...]:
    """Return what to sort lectures by: "5.10" comes after "5.9"."""
    return tuple(map(int, lecture.split(".")))


def unit_of(lecture: str) -> int:
    """Return the unit that a lecture's number names: 5 for "5.2"."""
    return int(lecture.partition(".")[0])
