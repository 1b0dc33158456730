"""Blueprints of practicals, tests and exams, and the frozen forms made from them."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, JsonValue, SerializerFunctionWrapHandler, model_serializer

from gradesmith.model.questions import Slug, Text, Variant
from gradesmith.model.values import Points, Value

SAMPLE = "sample"
"""The code of a form that is made to be looked at, where students get forms of their own; nobody is handed it."""


class AssessmentKind(StrEnum):
    """What an assessment is called and how it is set."""

    PRACTICAL = "practical"
    WEEKLY_TEST = "weekly_test"
    EXAM = "exam"


class Limits(Value):
    """How much a submission may use; generous, because honest code is slow now and then.

    ``processes`` lets it start further processes of its own code, for a course that teaches that.
    """

    cell_seconds: float = 30
    check_seconds: float = 10
    submission_seconds: float = 300
    memory_mb: int = 1024
    disk_mb: int = 50
    output_kb: int = 1000
    processes: bool = False

    @model_serializer(mode="wrap")
    def _without_what_is_off(self, written: SerializerFunctionWrapHandler) -> dict[str, JsonValue]:
        """Leave out what most assessments do without, so that forms frozen before it existed keep their digests."""
        fields: dict[str, JsonValue] = written(self)
        if not self.processes:
            del fields["processes"]
        return fields


def _one_or_many(names: object) -> object:
    return (names,) if isinstance(names, str) else names


Spread = Literal["lecture", "topic", "bloom"]


class Pick(Value):
    """Which questions a section draws, and what each is worth.

    ``spread_over`` names what its questions are taken from evenly: no lecture, topic or level of Bloom is asked for a
    second time (third time, …) while another one that the pool has was not. A question counts for the first of its
    topics. Where enemies, anchors or the time stand against it, the spread is as even as they allow.
    """

    kind: Annotated[tuple[str, ...], BeforeValidator(_one_or_many, json_schema_input_type=str | tuple[str, ...])]
    count: int = Field(default=1, ge=1)
    points: Points = Fraction(1)
    spread_over: Annotated[
        tuple[Spread, ...], BeforeValidator(_one_or_many, json_schema_input_type=Spread | tuple[Spread, ...])
    ] = ()
    judgement: bool = True


class Section(Value):
    """One titled stretch of a test."""

    title: Text
    pick: Pick


class FlowStep(Value):
    """One step of a practical: narrative, a demonstration in code, or a question by its id."""

    text: str | None = None
    code: str | None = None
    question: Slug | None = None
    points: Points | None = None


class Balance(Value):
    """How alike the forms of an assessment must be, and how little they may have in common.

    ``difficulty`` is the share of a form's points that the class is expected to earn (without it: what the pool's own
    average gives), from which no form departs by more than ``tolerance``; a single form only where a difficulty is
    given. ``minutes`` is the band in which the time to answer lies; without it, no form takes longer than the
    assessment does. At most the share ``exposure`` of all forms holds one and the same question (one form may hold any,
    anchors stand in all), and at most the share ``overlap`` of a form's questions, anchors among them, stands in the
    form of the next student on the roster as well.
    """

    difficulty: float | None = Field(default=None, gt=0, lt=1)
    tolerance: float = Field(default=0.02, gt=0, le=1)
    minutes: tuple[float, float] | None = None
    exposure: float = Field(default=1, gt=0, le=1)
    overlap: float = Field(default=1, ge=0, le=1)


def _so_many_forms(value: object) -> object:
    """Say what may stand there; of a union both branches would complain, in words for programmers."""
    if value == "per_student" or (isinstance(value, int) and value >= 1):
        return value
    raise ValueError(f"forms: {str(value)[:60]!r} is neither a number of forms from 1 on nor per_student")


class Assessment(Value):
    """The blueprint of a practical, a weekly test or an exam.

    ``anchors`` are questions that every form holds, so that forms can be compared. No question of the assessments
    ``apart_from`` is used. With ``canary`` one computed question of each form has numbers that no other form has.
    """

    id: Slug
    title: Text
    kind: AssessmentKind
    units: tuple[int, ...]
    minutes: int = Field(gt=0)
    forms: Annotated[Annotated[int, Field(ge=1)] | Literal["per_student"], BeforeValidator(_so_many_forms)] = 1
    seed: int
    sections: tuple[Section, ...] = ()
    flow: tuple[FlowStep, ...] = ()
    limits: Limits = Limits()
    balance: Balance = Balance()
    anchors: tuple[Slug, ...] = ()
    apart_from: tuple[Slug, ...] = ()
    canary: bool = False


class Narrative(Value):
    """A stretch of text between questions, or a locked code cell that shows something."""

    text: str
    code: bool = False


class Slot(Value):
    """The place of one question in a form (``q03``), with the variant that stands there.

    The variant's parts already carry the points they are worth here. ``rng_seed`` seeds the checks' ``rng``.
    """

    name: str
    variant: Variant
    rng_seed: int

    @property
    def points(self) -> Fraction:
        """What the whole question is worth in this form."""
        return sum((part.points for part in self.variant.parts), Fraction(0))

    def cell(self, part: str) -> str:
        """The id of the answer cell of one part: ``q11``, ``q11-judgement``."""
        return f"{self.name}-{part}" if part else self.name


class Form(Value):
    """What one student or one group gets, frozen: everything that handing out and grading need.

    ``canary`` names the slot whose numbers no other form of the assessment has.
    """

    assessment: str
    title: str
    kind: AssessmentKind
    minutes: int
    code: str
    items: tuple[Narrative | Slot, ...]
    limits: Limits
    canary: str = ""

    @model_serializer(mode="wrap")
    def _without_an_absent_canary(self, written: SerializerFunctionWrapHandler) -> dict[str, JsonValue]:
        """Leave out what most forms do without, so that forms frozen before it existed keep their digests."""
        fields: dict[str, JsonValue] = written(self)
        if not self.canary:
            del fields["canary"]
        return fields

    def __hash__(self) -> int:
        """Equal forms have equal digests; the fields themselves can't be hashed, as keys hold mappings."""
        return hash(self.digest)

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The questions in order."""
        return tuple(item for item in self.items if isinstance(item, Slot))

    @property
    def points(self) -> Fraction:
        """What the whole form is worth."""
        return sum((slot.points for slot in self.slots), Fraction(0))
