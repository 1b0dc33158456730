"""What one answer looks like to its author: what they wrote, how it ended, and nothing that gives a key away.

Whatever leaves this module for a page is either plain text, which the page escapes, or `Markup` made of the bank's
words. Hidden checks appear by title alone; expected values, solutions, model answers and an outcome's detail never do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from gradesmith import markdown
from gradesmith.model.interactions import Choice, Code, Fields, Interaction
from gradesmith.model.keys import ChoiceKey, Key
from gradesmith.model.outcomes import Mark, Outcome, Status
from gradesmith.model.questions import Part
from gradesmith.model.submissions import Readability, Response
from gradesmith.reports import wording
from gradesmith.rules.answers import read_letters
from gradesmith.templates import Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How something ended: a sign to see, words to hear, and the name of its colour in the stylesheet."""

    sign: str
    words: str
    tone: str


RIGHT = Verdict(sign="✓", words="right", tone="right")
PARTLY = Verdict(sign="◐", words="partly right", tone="partly")
WRONG = Verdict(sign="✗", words="not right", tone="wrong")
EMPTY = Verdict(sign="–", words="not answered", tone="empty")
WAITING = Verdict(sign="…", words="waits for a person", tone="waiting")

NOTHING = Markup()

VERDICTS = {
    Status.PASSED: Verdict(sign="✓", words="passed", tone="right"),
    Status.FAILED: Verdict(sign="✗", words="not passed", tone="wrong"),
    Status.ERRORED: Verdict(sign="✗", words="stopped with an error", tone="wrong"),
    Status.TIMED_OUT: Verdict(sign="⏱", words="took too long", tone="wrong"),
    Status.KILLED: Verdict(sign="⏱", words="was stopped", tone="wrong"),
    Status.SKIPPED: EMPTY,
    Status.NOT_RUN: WAITING,
    Status.BROKEN: WAITING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One option, one quantity or one check."""

    verdict: Verdict | None
    label: Markup
    answer: str = ""
    points: str = ""
    feedback: Markup = NOTHING
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One part of a question as it was answered. ``typed`` is what was written, as code where ``code`` is set."""

    cell: str
    prompt: Markup
    kind: str
    points: str
    maximum: str
    verdict: Verdict
    rows: tuple[Row, ...] = ()
    typed: str = ""
    code: Markup | None = None
    unreadable: bool = False
    comment: str = ""


def answered(part: Part, response: Response, mark: Mark, comment: str) -> Answered:
    """Lay out the answer to one part."""
    verdict = verdict_on(mark, empty=response.readability is Readability.EMPTY)
    unreadable = response.readability is Readability.UNREADABLE
    is_code = isinstance(part.interaction, Code)
    typed = wording.clean(response.text).strip("\n") if _shows_text(part.interaction, unreadable=unreadable) else ""
    return Answered(
        cell=mark.cell,
        prompt=markdown.block(part.prompt),
        kind=part.interaction.type,
        points=wording.points(mark.given),
        maximum=wording.points(mark.maximum),
        verdict=verdict,
        rows=tuple(_rows(part, response, mark)),
        typed=typed,
        code=markdown.code(typed) if is_code and typed else None,
        unreadable=unreadable,
        comment=wording.clean(comment),
    )


def verdict_on(mark: Mark, *, empty: bool = False) -> Verdict:
    """Say how an answer ended as a whole."""
    if mark.given is None:
        return WAITING
    if mark.given >= mark.maximum:
        return RIGHT
    if mark.given > 0:
        return PARTLY
    return EMPTY if empty else WRONG


def _shows_text(interaction: Interaction, *, unreadable: bool) -> bool:
    """Whether what was typed is shown as it is: the rows already say it where it could be read."""
    return unreadable or not isinstance(interaction, Choice | Fields)


def _rows(part: Part, response: Response, mark: Mark) -> Iterator[Row]:
    if isinstance(part.interaction, Choice):
        yield from _options(part.interaction, part.key, response)
    elif isinstance(part.interaction, Fields):
        yield from _quantities(part.interaction, response, mark)
    else:
        yield from _checks(mark)


def _options(choice: Choice, key: Key, response: Response) -> Iterator[Row]:
    """Show all options and judge the chosen ones only: which other is right stays unsaid, as the bank is used again."""
    letters = read_letters(response.value, choice) or ()
    for option in choice.options:
        chosen = option.letter in letters
        right = isinstance(key, ChoiceKey) and option.letter in key.letters
        reason = key.reasons.get(option.letter, "") if isinstance(key, ChoiceKey) and chosen and not right else ""
        yield Row(
            verdict=(RIGHT if right else WRONG) if chosen else None,
            label=markdown.inline(option.text),
            answer=option.letter,
            feedback=markdown.inline(reason),
            chosen=chosen,
        )


def _quantities(fields: Fields, response: Response, mark: Mark) -> Iterator[Row]:
    outcomes = {outcome.check: outcome for outcome in mark.outcomes}
    typed = response.value if isinstance(response.value, dict) else {}
    for field in fields.fields:
        outcome, value = outcomes.get(field.name), typed.get(field.name)
        yield Row(
            verdict=_in_answers(outcome),
            label=markdown.inline(field.label),
            answer="" if value is None else wording.clean(str(value), 200),
            points=_worth(outcome, mark) if outcome else "",
            feedback=markdown.inline(wording.clean(outcome.feedback)) if outcome else NOTHING,
        )


def _in_answers(outcome: Outcome | None) -> Verdict:
    """Say of a quantity that it is right, where one would say of a check that it passed."""
    if outcome is None:
        return WAITING
    return {Status.PASSED: RIGHT, Status.FAILED: WRONG, Status.ERRORED: WRONG}.get(
        outcome.status, VERDICTS[outcome.status]
    )


def _checks(mark: Mark) -> Iterator[Row]:
    for outcome in mark.outcomes:
        yield Row(
            verdict=VERDICTS[outcome.status],
            label=markdown.inline(wording.clean(outcome.title, 500)),
            points=_worth(outcome, mark) if len(mark.outcomes) > 1 else "",
            feedback=markdown.inline(wording.clean(outcome.feedback)),
        )


def _worth(outcome: Outcome, mark: Mark) -> str:
    """Write what an outcome earned of the part's points: checks are weighted, parts have the points."""
    whole = sum((one.maximum for one in mark.outcomes), Fraction(0))
    scale = mark.maximum / whole if whole else Fraction(0)
    return f"{wording.points(outcome.given * scale)} / {wording.points(outcome.maximum * scale)}"
