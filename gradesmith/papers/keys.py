"""What a key says of one answer: which is right, which mistakes are known, and how to mark what is written by hand."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from gradesmith.model.interactions import Choice, Fields
from gradesmith.model.keys import ChoiceKey, CodeKey, FieldKey, FieldsKey, TextKey
from gradesmith.model.questions import Part

ALL_OR_NOTHING = "All or nothing: the points for exactly these boxes, else none."
EACH_OPTION = (
    "Share of the points: right boxes marked of all right ones, less wrong boxes marked of all wrong ones, "
    "never below zero."
)
NUMBERS = "Type what stands there, a decimal or a percentage; what is near enough is found by itself."
CODE = "Give the points of each line that the code would meet. Decide before you begin which slips cost nothing."
TEXT = "Give the points of each line; another answer as good as the model's earns the same."


About = Literal["nothing", "letter", "words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a key: what it is about, in Markdown, what is said of it, and its points."""

    label: str
    text: str = ""
    points: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The key to one part: right letters, a table, the reference solution as code or as words, a note for markers."""

    right: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    code: str = ""
    answer: str = ""
    note: str = ""

    @property
    def about(self) -> About:
        """How much room the labels of the rows take."""
        longest = max((len(row.label) for row in self.rows), default=0)
        return "words" if longest > 1 else "letter" if longest else "nothing"

    @property
    def texts(self) -> Iterator[str]:
        """Every text of Markdown in it."""
        for row in self.rows:
            yield from (row.label, row.text)
        yield self.answer


def solution(part: Part) -> Solution:
    """Return what the key says of one part."""
    match part.key:
        case ChoiceKey() as key:
            return _of_choice(part, key)
        case FieldsKey() as key:
            return Solution(rows=tuple(_of_fields(part, key)), note=NUMBERS)
        case CodeKey() as key:
            rows = _weighted(part, [(check.title, check.points) for check in key.checks])
            return Solution(rows=rows, code=key.solution.strip("\n"), note=CODE)
        case TextKey() as key:
            rows = _weighted(part, [(one.text, one.points) for one in key.rubric])
            return Solution(rows=rows, answer=key.answer.strip(), note=TEXT)


def _of_choice(part: Part, key: ChoiceKey) -> Solution:
    several = isinstance(part.interaction, Choice) and part.interaction.multiple
    note = "" if not several else EACH_OPTION if key.scoring == "each_option" else ALL_OR_NOTHING
    rows = tuple(Row(label=letter, text=reason) for letter, reason in sorted(key.reasons.items()) if reason)
    return Solution(right=key.letters, rows=rows, note=note)


def _of_fields(part: Part, key: FieldsKey) -> Iterator[Row]:
    labels = {one.name: one.label for one in part.interaction.fields} if isinstance(part.interaction, Fields) else {}
    whole = sum((one.points for one in key.fields), Fraction(0))
    for one in key.fields:
        share = part.points * one.points / whole if whole else Fraction(0)
        yield Row(label=labels.get(one.name, one.name), text=_right(one), points=exactly(share))
        for mistake in one.mistakes:
            yield Row(label="*known mistake*", text=f"{number(mistake.value)}: {mistake.feedback}")


def _right(key: FieldKey) -> str:
    if key.value is None:
        return "**undefined**"
    return f"**{number(key.value)}**, give or take {number(key.tolerance)}"


def _weighted(part: Part, lines: list[tuple[str, Fraction]]) -> tuple[Row, ...]:
    """Give each line its share of the part's points: checks and criteria are weighted, parts have the points."""
    whole = sum((points for _, points in lines), Fraction(0))
    scale = part.points / whole if whole else Fraction(0)
    return tuple(Row(label="", text=text, points=exactly(points * scale)) for text, points in lines)


def number(value: float) -> str:
    """Write a number with up to six significant digits."""
    return "not a number" if math.isnan(value) else f"{value:.6g}"


def exactly(points: Fraction) -> str:
    """Write points to a thousandth, so that the lines of a key add up as nearly as they can."""
    return f"{math.floor(points * 1000 + Fraction(1, 2)) / 1000:g}"
