"""What a lint rule is, and what it gets to judge."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, NamedTuple

from gradesmith.bank.yaml_places import Document, Route
from gradesmith.diagnostics import Diagnostic, Place, Severity
from gradesmith.errors import GradesmithError
from gradesmith.model.assessments import Form
from gradesmith.model.course import unit_of
from gradesmith.model.questions import ChoiceText, CodeText, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A question as its author wrote it, with the place of every field."""

    question: Question
    document: Document
    route: Route
    choice: ChoiceText | None = None
    code: CodeText | None = None

    @classmethod
    def of(cls, question: Question, found_at: tuple[Document, Route]) -> Item:
        """Take the question together with where it stands."""
        document, route = found_at
        return cls(
            question=question,
            document=document,
            route=route,
            choice=question.as_choice(),
            code=question.as_code(),
        )

    def place(self, *field: str | int) -> Place:
        """Return the place of a field, or of its nearest parent that is written."""
        return self.document.place((*self.route, *field))

    def beside(self, name: str, line: int = 1) -> Place:
        """Return a line of a file that stands beside the YAML."""
        return Place(path=self.document.path.parent / name, line=line)

    @property
    def content(self) -> object:
        """What the YAML says, as it stands there."""
        found = self.document.content
        for step in self.route:
            found = found[step]
        return found

    @property
    def unit(self) -> int:
        """The unit that the question's lecture belongs to."""
        return unit_of(self.question.lecture)

    def is_enemy_of(self, other: Item) -> bool:
        """Whether the two may not stand in one form."""
        one, two = self.question, other.question
        return one.id in two.enemies or two.id in one.enemies


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A form made from an assessment, or why it can't be made, and where the assessment stands."""

    assessment: str
    place: Place
    form: Form | None = None
    trouble: GradesmithError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """Everything that rules may look at."""

    items: tuple[Item, ...]
    sheets: tuple[Sheet, ...] = ()
    codes: frozenset[str] = field(default=frozenset())  # of all rules there are

    @property
    def by_id(self) -> dict[str, Item]:
        """The questions by their ids."""
        return {item.question.id: item for item in self.items}


class Flaw(NamedTuple):
    """One thing that is wrong with one question: where, what, and what would be right."""

    place: Place
    message: str
    hint: str


class Rule(ABC):
    """One rule; the docstring of its class is its page: what, why, wrong and right, and where it comes from."""

    code: ClassVar[str]
    severity: ClassVar[Severity]

    @abstractmethod
    def judge(self, whole: Whole) -> Iterator[Diagnostic]:
        """Yield a complaint for every place where the rule is broken."""

    def complaint(self, subject: str, flaw: Flaw) -> Diagnostic:
        """Say that something about a subject breaks this rule."""
        return Diagnostic(
            code=self.code,
            severity=self.severity,
            place=flaw.place,
            subject=subject,
            message=flaw.message,
            hint=flaw.hint,
        )


class ItemRule(Rule):
    """A rule that looks at one question at a time."""

    def judge(self, whole: Whole) -> Iterator[Diagnostic]:
        """Yield the flaws of every question."""
        for item in whole.items:
            for flaw in self.flaws(item):
                yield self.complaint(item.question.id, flaw)

    @abstractmethod
    def flaws(self, item: Item) -> Iterator[Flaw]:
        """Yield what is wrong with one question."""


class ChoiceRule(ItemRule):
    """A rule about questions that consist of choosing."""

    def flaws(self, item: Item) -> Iterator[Flaw]:
        """Yield what is wrong with one choice."""
        if item.choice is not None:
            yield from self.flaws_of_choice(item, item.choice)

    @abstractmethod
    def flaws_of_choice(self, item: Item, choice: ChoiceText) -> Iterator[Flaw]:
        """Yield what is wrong with a choice, whose options are at hand."""


class CodeRule(ItemRule):
    """A rule about coding tasks."""

    def flaws(self, item: Item) -> Iterator[Flaw]:
        """Yield what is wrong with one coding task."""
        if item.code is not None:
            yield from self.flaws_of_code(item, item.code)

    @abstractmethod
    def flaws_of_code(self, item: Item, code: CodeText) -> Iterator[Flaw]:
        """Yield what is wrong with a coding task, whose files are at hand."""
