"""The instructor's tables about questions: how hard, how telling, which options, checks and mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from gradesmith.model.interactions import Choice, Code, Fields
from gradesmith.model.keys import ChoiceKey, FieldsKey
from gradesmith.model.outcomes import Outcome, Status
from gradesmith.model.questions import Part
from gradesmith.model.submissions import Readability
from gradesmith.reports import markdown, wording
from gradesmith.reports.sheet import Item, Sheet
from gradesmith.rules.answers import read_letters
from gradesmith.rules.item_statistics import (
    Estimate,
    FloatArray,
    correlation,
    difficulty,
    discrimination,
    rest_shares,
)
from gradesmith.templates import Markup

MOST_CHECKS = 25
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
    rows = list(item.rows)
    given, maximum = sheet.given[rows], sheet.maximum[rows]
    hard = difficulty(given[:, item.column], maximum[:, item.column])
    telling = discrimination(given, maximum, item.column)
    readings = [sheet.sittings[row].readability(cell) for row, cell, _ in sheet.parts(item)]
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
        waiting=int(np.isnan(given[:, item.column]).sum()),
        remark=_remark(hard, telling),
    )


def _interval(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{wording.decimal(estimate.low)} to {wording.decimal(estimate.high)}"


def _share(count: int, whole: int) -> str:
    return wording.percent(Fraction(count, whole)) if whole else "–"


def _remark(hard: Estimate, telling: Estimate) -> str:
    """Say what to look at; rules of thumb (Ebel and Frisbie, 1991), and no more than that."""
    if telling.value is not None and telling.value < 0:
        return "stronger students did worse: is the key right?"
    if hard.value is not None and hard.value < 0.25:
        return "very hard"
    if hard.value is not None and hard.value > 0.95:
        return "nearly everybody had it"
    if telling.value is not None and telling.value < 0.15:
        return "tells little about the rest"
    return ""


def option_tables(sheet: Sheet, item: Item) -> Iterator[OptionTable]:
    """Yield a table for each choice in a question; options are told apart by their text, as letters are shuffled."""
    rest = dict(zip(item.rows, rest_shares(sheet.given[list(item.rows)], sheet.maximum[list(item.rows)], item.column)))
    names = dict.fromkeys(part.name for _, _, part in sheet.parts(item) if isinstance(part.interaction, Choice))
    for name in names:
        answers = [(row, cell, part) for row, cell, part in sheet.parts(item) if part.name == name]
        seen: dict[str, list[tuple[float, float, str]]] = {}
        for row, cell, part in answers:
            for text, letter, chosen in _picked(sheet, row, cell, part):
                seen.setdefault(text, []).append((float(chosen), float(rest[row]), letter))
        rows = [_option_row(text, np.array([pair[:2] for pair in answers_]), {pair[2] for pair in answers_}, _keyed(answers, text)) for text, answers_ in seen.items()]
        yield OptionTable(slot=item.slot, title=markdown.inline(item.title), n=len(answers), rows=tuple(sorted(rows, key=lambda row: (not row.key, -row.chosen))))
