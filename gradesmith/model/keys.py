"""What makes a response right: one key for each interaction. Secret until marks are out.

A frozen form carries its keys, so it is marked the same for ever, whatever becomes of the bank.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field as Setting

from gradesmith.model.values import Points, Value


class ChoiceKey(Value):
    """The right letters, and for each wrong one the misconception behind it."""

    type: Literal["choice"] = "choice"
    letters: tuple[str, ...]
    reasons: dict[str, str] = {}
    scoring: Literal["each_option", "all_or_nothing"] = "all_or_nothing"


class Mistake(Value):
    """A wrong value that has a name: an answer this near to it gets the feedback and no marks."""

    value: float
    feedback: str


class FieldKey(Value):
    """The right value of one quantity; ``None`` means that it is undefined (a zero denominator)."""

    name: str
    value: float | None
    tolerance: float
    points: Points
    mistakes: tuple[Mistake, ...] = ()


class FieldsKey(Value):
    """The right values of all quantities of a question, with their share of its points."""

    type: Literal["fields"] = "fields"
    fields: tuple[FieldKey, ...]


class Check(Value):
    """One pytest function: its name, what the student's feedback calls it, and its weight."""

    name: str
    title: str
    points: Points
    visible: bool = False


class CodeKey(Value):
    """The reference solution and the checks, as the text of a pytest file."""

    type: Literal["code"] = "code"
    solution: str
    source: str
    checks: tuple[Check, ...]
    portable: bool = True


class Criterion(Value):
    """One line of a rubric."""

    text: str
    points: Points


class TextKey(Value):
    """How a person marks a written answer."""

    type: Literal["text"] = "text"
    rubric: tuple[Criterion, ...]
    answer: str = ""


Key = Annotated[ChoiceKey | FieldsKey | CodeKey | TextKey, Setting(discriminator="type")]
