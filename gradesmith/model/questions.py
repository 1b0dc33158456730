"""Questions as authors mean them, and the variants that students meet."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Annotated, Literal, Protocol, Self

from pydantic import Field, JsonValue, PrivateAttr, StringConstraints

from gradesmith.model.interactions import Interaction
from gradesmith.model.keys import Check, Key
from gradesmith.model.values import Points, Value

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Difficulty(StrEnum):
    """The author's estimate of how hard a question is."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Bloom(StrEnum):
    """The level of the revised taxonomy of Bloom (Anderson and Krathwohl, 2001)."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"
    CREATE = "create"


class DataFile(Value):
    """A small file the student gets; ``content`` is base64."""

    name: str
    content: str


class OptionText(Value):
    """One option as its author wrote it; ``field`` leads to it within the question."""

    text: str
    right: bool
    because: str = ""
    field: tuple[str | int, ...] = ()


class ChoiceText(Value):
    """The options of a choice as its author wrote them, of which ``shown`` are drawn."""

    options: tuple[OptionText, ...]
    shown: int
    multiple: bool = False


class CodeText(Value):
    """The Python of a coding task as its author wrote it: ``source`` is that of the checks."""

    starter: str
    solution: str
    source: str
    checks: tuple[Check, ...]
    wrong: dict[str, str] = {}
    portable: bool = True


class Question(Value):
    """What every kind of question says of itself.

    What has no bearing on students (``lint_ignore``) has none on the question's version.
    """

    id: Slug
    kind: str
    title: str = ""
    lecture: Text
    topics: tuple[Slug, ...]
    outcomes: tuple[Slug, ...]
    difficulty: Difficulty
    bloom: Bloom
    minutes: float = Field(gt=0)
    points: Points = Fraction(1)
    prompt: Text
    explanation: Text
    source: Text
    use: Literal["test", "practical"] = "test"
    retired: bool = False
    enemies: tuple[Slug, ...] = ()
    lint_ignore: dict[Slug, Text] = Field(default={}, exclude=True, description="lint rule: why it does not apply here")
    _drawn_as: str = PrivateAttr(default="")

    def as_choice(self) -> ChoiceText | None:
        """Return the options as written, of a question that consists of choosing; what judges wording asks for it."""
        return None

    def as_code(self) -> CodeText | None:
        """Return the code as written, of a question that is answered in code."""
        return None

    @property
    def version(self) -> str:
        """The hash of the normalised content: any change of meaning is a new version."""
        return self.digest[:16]

    @property
    def drawn_as(self) -> str:
        """The version whose draws this question makes: its own, unless it repeats those of an earlier one."""
        return self._drawn_as or self.version

    def repeating(self, version: str) -> Self:
        """Return this question making the draws of an earlier version, so that a correction meets the same numbers."""
        copy = self.model_copy()
        copy._drawn_as = version
        return copy


class Part(Value):
    """One thing to answer within a question; the first is unnamed, later ones carry a name (``judgement``)."""

    name: str = ""
    prompt: str = ""
    interaction: Interaction
    key: Key
    points: Points


class Variant(Value):
    """A question with its parameters drawn and its options shuffled."""

    question: str
    version: str
    kind: str
    seed: int
    title: str
    prompt: str
    parts: tuple[Part, ...]
    explanation: str
    files: tuple[DataFile, ...] = ()


class Evaluator(Protocol):
    """Runs what a bank file may run (``compute:``), confined; workflows fill it with the sandbox."""

    def evaluate(self, code: str, given: Mapping[str, JsonValue], wanted: tuple[str, ...]) -> dict[str, JsonValue]:
        """Run the code on the given names, and return the value of each wanted expression, by its text.

        An expression that divides by zero or overflows is not a number (NaN).

        Raises:
            CannotCompute: When the code or an expression raises, takes too long, or gives no plain value.
        """
        ...
