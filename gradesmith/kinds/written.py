"""Written judgement: an answer in words, marked by a person with a rubric."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from pydantic import Field, model_validator

from gradesmith.kinds.kind import variant_of
from gradesmith.model.interactions import Text
from gradesmith.model.keys import Criterion, TextKey
from gradesmith.model.questions import Part, Question, Variant
from gradesmith.model.values import Points, Value


def rubric_points(rubric: Iterable[Criterion]) -> Fraction:
    """Return what all criteria of a rubric are worth together."""
    return sum((criterion.points for criterion in rubric), Fraction(0))


class Judgement(Value):
    """A judgement in words: what is asked, how it is marked, and a model answer."""

    prompt: str = ""
    points: Points
    rubric: tuple[Criterion, ...] = Field(min_length=1)
    answer: str = ""

    @model_validator(mode="after")
    def _points_add_up(self) -> Judgement:
        if rubric_points(self.rubric) != self.points:
            message = f"the rubric's points add up to {rubric_points(self.rubric)}, not to {self.points}"
            raise ValueError(message)
        return self

    def part(self, name: str) -> Part:
        """Present this judgement as a part to answer in words."""
        key = TextKey(rubric=self.rubric, answer=self.answer)
        return Part(name=name, prompt=self.prompt, interaction=Text(), key=key, points=self.points)


class Written(Question):
    """A question answered in words."""

    kind: Literal["written"]
    rubric: tuple[Criterion, ...] = Field(min_length=1)
    answer: str = ""
    points: Points = Field(default=Fraction(0), description="may be left out: the rubric's points add up to it")

    @property
    def judgement(self) -> Judgement:
        """The one part of this question, without its prompt."""
        return Judgement(points=rubric_points(self.rubric), rubric=self.rubric, answer=self.answer)

    @model_validator(mode="after")
    def _points_add_up(self) -> Written:
        if self.points not in {Fraction(0), rubric_points(self.rubric)}:
            message = f"the rubric's points add up to {rubric_points(self.rubric)}, not to {self.points}"
            raise ValueError(message)
        return self


class WrittenKind:
    """Has no parameters: every variant is the same."""

    name = "written"
    question = Written
    folder: dict[str, str] = {}

    def draw(self, question: Written, seed: int, _evaluator: object = None) -> Variant:
        """Return the question as it stands."""
        return variant_of(question, seed, parts=(question.judgement.part(""),))

    def wrong_answers(self, question: Written) -> dict[str, str]:  # noqa: ARG002 - the protocol's
        """Return nothing: a person tells right from wrong."""
        return {}


KIND = WrittenKind()
