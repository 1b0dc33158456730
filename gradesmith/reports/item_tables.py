"""The instructor's tables about questions: how hard, how telling, which options, checks and mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from gradesmith import markdown
from gradesmith.model.interactions import Choice, Code, Fields
from gradesmith.model.keys import ChoiceKey, FieldsKey
from gradesmith.model.outcomes import Outcome, Status
from gradesmith.model.questions import Part
from gradesmith.model.submissions import Readability, Response
from gradesmith.reports import wording
from gradesmith.reports.sheet import Item, Sheet
from gradesmith.rules.answers import read_letters
from gradesmith.rules.item_statistics import (
    FEWEST,
    Estimate,
    correlation,
    difficulty,
    discrimination,
    rest_shares,
)
from gradesmith.templates import Markup

MOST_CHECKS = 25
FEWEST_PICKS = 3
JUDGED = (Status.PASSED, Status.FAILED, Status.ERRORED, Status.TIMED_OUT, Status.KILLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One question: its figures as they are printed, and what they suggest."""

    slot: str
    title: Markup
    points: str
    n: int
    difficulty: str
    width: float
    discrimination: str
    interval: str
    empty: str
    unreadable: str
    waiting: int
    remark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRow:
    """One slot, whatever question stood in it: what it was worth and what was earned there."""

    slot: str
    questions: int
    points: str
    n: int
    difficulty: str
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionRow:
    """One option of a choice, wherever it stood: how many saw it, chose it, and how strong they were."""

    letter: str
    text: Markup
    reason: Markup
    key: bool
    chosen: int
    shown: int
    share: str
    width: float
    discrimination: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionTable:
    """The options of one choice question."""

    slot: str
    title: Markup
    n: int
    rows: tuple[OptionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRow:
    """One check of a code question: the shares of verdicts against the student, of those it judged."""

    slot: str
    question: Markup
    title: Markup
    n: int
    missed: float
    failed: str
    errored: str
    stopped: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MistakeRow:
    """One recognised mistake in one quantity."""

    slot: str
    quantity: Markup
    feedback: Markup
    count: int
    share: str


def item_row(sheet: Sheet, item: Item) -> ItemRow:
    """Return the figures of one question, from those who had it."""
    given, maximum = sheet.around(item)
    hard = difficulty(given[:, 0], maximum[:, 0])
    telling = discrimination(given, maximum, 0)
    readings = [response.readability for _, _, response in sheet.responses(item)]
    return ItemRow(
        slot=item.slot,
        title=markdown.inline(item.title),
        points=wording.points(item.points),
        n=hard.n,
        difficulty=wording.decimal(hard.value),
        width=100 * (hard.value or 0),
        discrimination=wording.decimal(telling.value),
        interval=_interval(telling),
        empty=_share(readings.count(Readability.EMPTY), len(readings)),
        unreadable=_share(readings.count(Readability.UNREADABLE), len(readings)),
        waiting=sum(
            bool(np.isnan(sheet.given[row, column]))
            for row, column in item.places.items()
            if not sheet.sittings[row].aside
        ),
        remark=_remark(hard, telling),
    )


def slot_rows(sheet: Sheet, all_items: tuple[Item, ...]) -> tuple[SlotRow, ...]:
    """Return what was earned in each slot, where forms have different questions in it; nothing where all have one."""
    held = {slot: sum(slot in item.slots for item in all_items) for slot in sheet.slots}
    if all(count <= 1 for count in held.values()):
        return ()
    return tuple(_slot_row(sheet, column, held[slot]) for column, slot in enumerate(sheet.slots))


def _slot_row(sheet: Sheet, column: int, questions: int) -> SlotRow:
    hard = difficulty(sheet.given[:, column], sheet.maximum[:, column])
    points = {
        slot.points for sitting in sheet.sittings for slot in sitting.form.slots if slot.name == sheet.slots[column]
    }
    return SlotRow(
        slot=sheet.slots[column],
        questions=questions,
        points=" or ".join(map(wording.points, sorted(points))),
        n=hard.n,
        difficulty=wording.decimal(hard.value),
        width=100 * (hard.value or 0),
    )


def _interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{wording.decimal(estimate.low)} to {wording.decimal(estimate.high)}"


def _share(count: int, whole: int) -> str:
    return wording.percent(Fraction(count, whole)) if whole else "–"


def _remark(hard: Estimate, telling: Estimate) -> str:
    """Say what to look at first; rules of thumb (Ebel and Frisbie, 1991), and no more than that."""
    p, r, high = hard.value, telling.value, telling.high
    if p is None or hard.n < FEWEST:
        return ""
    remarks = (
        (high is not None and high < 0, "stronger students did worse: is it marked as it should be?"),
        (r is not None and r < 0, "stronger students did no better"),
        (p < 0.25, "very hard"),
        (p > 0.95, "nearly everybody had it"),
        (r is not None and r < 0.15, "tells little about the rest"),
    )
    return next((words for applies, words in remarks if applies), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """One student before one option: whether they chose it, and what share they earned on the rest."""

    text: str
    letter: str
    reason: str
    key: bool
    chosen: bool
    rest: float


def option_tables(sheet: Sheet, item: Item) -> Iterator[OptionTable]:
    """Yield a table for each choice in a question; options are told apart by their text, as letters are shuffled."""
    rest = dict(zip(item.rows, rest_shares(*sheet.around(item), 0), strict=True))
    answers: dict[str, list[tuple[int, Part, Response]]] = {}
    for row, part, response in sheet.responses(item):
        if isinstance(part.interaction, Choice):
            answers.setdefault(part.name, []).append((row, part, response))
    for those in answers.values():
        by_text: dict[str, list[Sight]] = {}
        for row, part, response in those:
            for sight in _sights(part, response, float(rest[row])):
                by_text.setdefault(sight.text, []).append(sight)
        options = sorted(map(_option_row, by_text.values()), key=lambda option: (not option.key, -option.chosen))
        yield OptionTable(slot=item.slot, title=markdown.inline(item.title), n=len(those), rows=tuple(options))


def _sights(part: Part, response: Response, rest: float) -> Iterator[Sight]:
    choice, key = part.interaction, part.key
    if not isinstance(choice, Choice) or not isinstance(key, ChoiceKey):
        return
    letters = read_letters(response.value, choice) or ()
    for option in choice.options:
        yield Sight(
            text=option.text,
            letter=option.letter,
            reason=key.reasons.get(option.letter, ""),
            key=option.letter in key.letters,
            chosen=option.letter in letters,
            rest=rest,
        )


def _option_row(sights: list[Sight]) -> OptionRow:
    chosen = sum(sight.chosen for sight in sights)
    letters = {sight.letter for sight in sights}
    picks, rest = np.array([float(one.chosen) for one in sights]), np.array([one.rest for one in sights])
    telling = correlation(picks, rest).value if min(chosen, len(sights) - chosen) >= FEWEST_PICKS else None
    return OptionRow(
        letter=letters.pop() if len(letters) == 1 else "",
        text=markdown.inline(sights[0].text),
        reason=markdown.inline(sights[0].reason),
        key=sights[0].key,
        chosen=chosen,
        shown=len(sights),
        share=_share(chosen, len(sights)),
        width=100 * chosen / len(sights),
        discrimination=wording.decimal(telling),
    )


def check_rows(sheet: Sheet, all_items: tuple[Item, ...]) -> tuple[CheckRow, ...]:
    """Return the checks that students' code missed, most missed first."""
    rows = [row for item in all_items for row in _checks_of(sheet, item) if row.missed > 0]
    return tuple(sorted(rows, key=lambda row: -row.missed))[:MOST_CHECKS]


def _checks_of(sheet: Sheet, item: Item) -> Iterator[CheckRow]:
    verdicts: dict[tuple[str, str], Counter[Status]] = {}
    for _, outcome, part in _outcomes(sheet, item):
        if isinstance(part.interaction, Code) and outcome.status in JUDGED:
            verdicts.setdefault((outcome.check, outcome.title), Counter())[outcome.status] += 1
    for (_, title), tally in verdicts.items():
        n = tally.total()
        yield CheckRow(
            slot=item.slot,
            question=markdown.inline(item.title),
            title=markdown.inline(wording.clean(title, 500)),
            n=n,
            missed=1 - tally[Status.PASSED] / n,
            failed=_share(tally[Status.FAILED], n),
            errored=_share(tally[Status.ERRORED], n),
            stopped=_share(tally[Status.TIMED_OUT] + tally[Status.KILLED], n),
        )


def _outcomes(sheet: Sheet, item: Item) -> Iterator[tuple[int, Outcome, Part]]:
    for row, cell, part in sheet.parts(item):
        mark = sheet.sittings[row].mark(cell)
        for outcome in mark.outcomes if mark else ():
            yield row, outcome, part


def mistake_rows(sheet: Sheet, all_items: tuple[Item, ...]) -> tuple[MistakeRow, ...]:
    """Return the mistakes that were recognised in computed answers, most frequent first."""
    rows = [row for item in all_items for row in _mistakes_of(sheet, item)]
    return tuple(sorted(rows, key=lambda row: -row.count))


def _mistakes_of(sheet: Sheet, item: Item) -> Iterator[MistakeRow]:
    known: Counter[tuple[str, str]] = Counter()
    answered: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for _, outcome, part in _outcomes(sheet, item):
        if not isinstance(part.interaction, Fields) or not isinstance(part.key, FieldsKey):
            continue
        labels |= {field.name: field.label for field in part.interaction.fields}
        answered[outcome.check] += outcome.status in JUDGED
        feedbacks = {
            mistake.feedback for key in part.key.fields for mistake in key.mistakes if key.name == outcome.check
        }
        if outcome.feedback in feedbacks:
            known[outcome.check, outcome.feedback] += 1
    for (check, feedback), count in known.items():
        yield MistakeRow(
            slot=item.slot,
            quantity=markdown.inline(labels.get(check, check)),
            feedback=markdown.inline(feedback),
            count=count,
            share=_share(count, answered[check]),
        )
