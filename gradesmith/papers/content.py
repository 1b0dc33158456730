"""What stands on a paper: the one form in the middle, which the writers of PDF, HTML and Word read. Pure.

A student's paper and its key are made by two functions, and a student's holds no key at all: no writer could print one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gradesmith.model.assessments import AssessmentKind, Form, Slot
from gradesmith.model.interactions import Code, Interaction, Text
from gradesmith.model.people import StudentRecord
from gradesmith.model.questions import DataFile, Part
from gradesmith.papers.keys import Solution, solution

WORKING = {
    AssessmentKind.PRACTICAL: "Work through the tasks in their order.",
    AssessmentKind.WEEKLY_TEST: "Work on your own.",
    AssessmentKind.EXAM: "Work on your own.",
}
NAMELESS = "Write your name and your student id in the boxes above."
NAMED = "See that this is your name above, and say so if it is not."
RULES = (
    "A circle: mark one. Squares: mark all that apply. To take a mark back, strike it through and mark again.",
    "Write numbers into the fields, words and code onto the lines. What stands elsewhere is not marked.",
)
LINES_FOR_TEXT = (3, 3, 24)
LINES_FOR_CODE = (2, 8, 26)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text of Markdown with the files that its pictures may be; its headings stand ``sink`` levels lower."""

    text: str
    sink: int = 3
    files: tuple[DataFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Code that is shown."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPart:
    """One thing to answer. ``lines`` is the room for it, in ruled lines; only a key has a ``solution``."""

    cell: str
    name: str
    points: Fraction
    prompt: Words
    interaction: Interaction
    lines: int = 0
    solution: Solution | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperQuestion:
    """One question. ``explanation`` and ``about``, which say where it comes from, are for the key."""

    heading: str
    title: Words
    points: Fraction
    prompt: Words
    parts: tuple[PaperPart, ...]
    explanation: Words | None = None
    about: str = ""

    @property
    def to_write(self) -> int:
        """How many lines there are to write on, in all."""
        return sum(part.lines for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One student's paper, or the key of a form."""

    title: str
    code: str
    points: Fraction
    minutes: int
    kind: AssessmentKind
    items: tuple[Words | Listing | PaperQuestion, ...]
    rules: tuple[str, ...]
    more_rules: Words | None = None
    student: StudentRecord | None = None
    is_key: bool = False

    @property
    def questions(self) -> tuple[PaperQuestion, ...]:
        """The questions in order."""
        return tuple(item for item in self.items if isinstance(item, PaperQuestion))

    @property
    def mark(self) -> str:
        """What stands on every page: the title and the code of the form."""
        return f"{self.title} · form {self.code}"

    @property
    def owner(self) -> str:
        """Whose paper it is, as it stands on every page; nothing where that is open."""
        if self.student is None:
            return ""
        return self.student.id if self.student.name == self.student.id else f"{self.student.name} ({self.student.id})"

    @property
    def facts(self) -> str:
        """What a student wants to know before beginning."""
        questions = counted(len(self.questions), self.questions[0].heading.split()[0].lower() if self.questions else "")
        return f"{in_points(self.points)} · {counted(self.minutes, 'minute')} · {questions} · form {self.code}"


def paper_of(form: Form, student: StudentRecord | None = None, rules: str = "") -> Paper:
    """Return the paper that a student gets, without any key; ``rules``: the instructor's own, in Markdown."""
    return _paper(form, tuple(_items(form, keyed=False)), student=student, rules=rules)


def key_of(form: Form) -> Paper:
    """Return the key of a form: the same questions with answers, known mistakes, rubrics and notes for marking."""
    return _paper(form, tuple(_items(form, keyed=True)), is_key=True)


def _paper(
    form: Form,
    items: tuple[Words | Listing | PaperQuestion, ...],
    *,
    student: StudentRecord | None = None,
    rules: str = "",
    is_key: bool = False,
) -> Paper:
    return Paper(
        title=form.title,
        code=form.code,
        points=form.points,
        minutes=form.minutes,
        kind=form.kind,
        items=items,
        rules=() if is_key else (WORKING[form.kind], NAMED if student else NAMELESS, *RULES),
        more_rules=Words(text=rules) if rules.strip() else None,
        student=student,
        is_key=is_key,
    )


def _items(form: Form, *, keyed: bool) -> Iterator[Words | Listing | PaperQuestion]:
    word = "Task" if form.kind is AssessmentKind.PRACTICAL else "Question"
    number = 0
    for item in form.items:
        if isinstance(item, Slot):
            number += 1
            yield _question(item, f"{word} {number}", keyed=keyed)
        elif item.code:
            yield Listing(code=item.text.strip("\n"))
        else:
            yield Words(text=item.text, sink=0)


def _question(slot: Slot, heading: str, *, keyed: bool) -> PaperQuestion:
    variant = slot.variant
    return PaperQuestion(
        heading=heading,
        title=Words(text=variant.title),
        points=slot.points,
        prompt=Words(text=variant.prompt, files=variant.files),
        parts=tuple(_part(slot, part, keyed=keyed) for part in variant.parts),
        explanation=Words(text=variant.explanation, files=variant.files) if keyed else None,
        about=f"{variant.question}, version {variant.version}" if keyed else "",
    )


def _part(slot: Slot, part: Part, *, keyed: bool) -> PaperPart:
    return PaperPart(
        cell=slot.cell(part.name),
        name=part.name.capitalize(),
        points=part.points,
        prompt=Words(text=part.prompt, files=slot.variant.files),
        interaction=part.interaction,
        lines=0 if keyed else _room(part),
        solution=solution(part) if keyed else None,
    )


def _room(part: Part) -> int:
    """Return how many ruled lines an answer gets: by its points, so that the room tells nothing of the answer."""
    if not isinstance(part.interaction, Text | Code):
        return 0
    each, least, most = LINES_FOR_TEXT if isinstance(part.interaction, Text) else LINES_FOR_CODE
    return max(least, min(most, least + math.ceil(each * part.points)))


def words_in(papers: Sequence[Paper]) -> Iterator[Words]:
    """Yield every text of Markdown on some papers; many more than once."""
    for paper in papers:
        yield from (item for item in paper.items if isinstance(item, Words))
        if paper.more_rules is not None:
            yield paper.more_rules
        for question in paper.questions:
            yield from words_of(question)


def words_of(question: PaperQuestion) -> Iterator[Words]:
    """Yield every text of Markdown in one question."""
    yield from (question.title, question.prompt)
    if question.explanation is not None:
        yield question.explanation
    for part in question.parts:
        yield part.prompt
        yield from labels(part)
        if part.solution is not None:
            yield from (Words(text=text) for text in part.solution.texts)


def labels(part: PaperPart) -> tuple[Words, ...]:
    """Return the texts of a part's options or quantities, in their order."""
    match part.interaction:
        case Code() | Text():
            return ()
        case interaction if interaction.type == "choice":
            return tuple(Words(text=option.text, files=part.prompt.files) for option in interaction.options)
        case interaction:
            return tuple(Words(text=field.label) for field in interaction.fields)


def worth(paper: Paper) -> tuple[tuple[str, str], ...]:
    """Return the number of each question with its points, and the total at the end."""
    rows = ((question.heading.split()[-1], plainly(question.points)) for question in paper.questions)
    return (*rows, ("Total", plainly(paper.points)))


def in_points(points: Fraction) -> str:
    """Write points as people do, with their unit: "1 point", "2.5 points", "0.33 points"."""
    return f"{plainly(points)} {'point' if points == 1 else 'points'}"


def plainly(points: Fraction) -> str:
    """Write points as people do: 5, 2.5, 0.33."""
    return f"{math.floor(points * 100 + Fraction(1, 2)) / 100:g}"


def counted(number: int, word: str) -> str:
    """Return "1 question" or "2 questions"."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
