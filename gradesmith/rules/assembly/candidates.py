"""What may stand in a form: questions in sections, with all that demands look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from gradesmith.model.assessments import Assessment, Pick, Spread
from gradesmith.model.interactions import Text
from gradesmith.model.questions import Difficulty, Part, Question, Variant
from gradesmith.model.values import Points
from gradesmith.rules.difficulty import Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """An answer cell that a question needs: its part's name, whether it holds text or code, and what it is worth."""

    part: str
    text: bool
    points: Fraction


Shape = tuple[Cell, ...]
"""The cells of a question in a form. All questions that may stand in one slot have the same."""

Groups = tuple[tuple[Spread, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A question where it may stand: in a section, where it is worth the share ``weight`` of the form's points.

    ``shape`` is empty where a single form is made, as then any will do. ``written`` is false for a question that the
    bank lacks.
    """

    section: int
    name: str
    groups: Groups
    level: Difficulty
    minutes: float
    weight: float
    expected: Expected
    shape: Shape = ()
    written: bool = True

    def group(self, spread: Spread) -> str:
        """The lecture, topic or level of Bloom that it counts for."""
        return dict(self.groups)[spread]


def groups_of(question: Question) -> Groups:
    """Return what a question counts for. Of several topics it is the first: what it is mainly about."""
    return (
        ("lecture", question.lecture),
        ("topic", question.topics[0] if question.topics else ""),
        ("bloom", question.bloom.value),
    )


def candidates_of(
    assessment: Assessment,
    pools: tuple[tuple[Question, ...], ...],
    expected: Mapping[str, Expected],
    shapes: Mapping[tuple[int, str], Shape],
) -> tuple[Candidate, ...]:
    """Return the candidates of a blueprint, section by section; ``pools`` holds what each section may pick."""
    weights = weights_of(assessment)
    return tuple(
        Candidate(
            section=number,
            name=question.id,
            groups=groups_of(question),
            level=question.difficulty,
            minutes=question.minutes,
            weight=weights[number],
            expected=expected[question.id],
            shape=shapes.get((number, question.id), ()),
        )
        for number, pool in enumerate(pools)
        for question in pool
    )


def weights_of(assessment: Assessment) -> tuple[float, ...]:
    """Return the share of a form's points that one question of each section is worth."""
    picks = [section.pick for section in assessment.sections]
    whole = sum((pick.points * pick.count for pick in picks), Fraction(0))
    return tuple(float(pick.points / whole) if whole else 0.0 for pick in picks)


def rescaled(variant: Variant, points: Points | None, *, judgement: bool = True) -> Variant:
    """Let the parts of a variant be worth ``points`` in all, in their own proportions."""
    parts = [part for part in variant.parts if judgement or part.name != "judgement"]
    whole = sum(part.points for part in parts)
    if points is None or not whole:
        return variant.but(parts=tuple(parts))
    scaled: list[Part] = [part.but(points=part.points * points / whole) for part in parts]
    return variant.but(parts=tuple(scaled))


def shape_of(variant: Variant, pick: Pick | None = None) -> Shape:
    """Return the cells of a variant, worth what a section says."""
    if pick is not None:
        variant = rescaled(variant, pick.points, judgement=pick.judgement)
    return tuple(
        Cell(part=part.name, text=isinstance(part.interaction, Text), points=part.points) for part in variant.parts
    )
