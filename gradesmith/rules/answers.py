"""Reads what a student typed as an answer; *cannot be read* is told apart from *wrong*."""

from __future__ import annotations

import math
import re

from pydantic import JsonValue

from gradesmith.model.interactions import Choice

# What a prompt says about writing numbers is meant for a notebook; writers for other media put their own words there.
FOUR_DIGITS = (
    "Give each quantity with four digits, as a decimal (`0.8765`) or a percentage "
    '(`"87.65 %"`); where it is not defined, write `"undefined"`.'
)
WHERE_UNDEFINED = 'Where a quantity is not defined, write `"undefined"`.'

UNDEFINED = frozenset({"undefined", "nan", "not defined", "n/a"})
BETWEEN_LETTERS = frozenset(" .,;+&()\n\t")
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?")


def read_number(typed: JsonValue) -> float | None:
    """Read a number, a fraction of a hundred with ``%``, or "undefined" (as NaN); ``None`` when it is none of these.

    A single comma is a decimal comma.
    """
    text = str(typed).strip().lower()
    if isinstance(typed, bool) or typed is None:
        return None
    if text in UNDEFINED:
        return math.nan
    digits, percent = (text[:-1].strip(), True) if text.endswith("%") else (text, False)
    if not NUMBER.fullmatch(digits):
        return None
    number = float(digits.replace(",", "."))
    return number / 100 if percent else number


def read_letters(typed: JsonValue, choice: Choice) -> tuple[str, ...] | None:
    """Read the chosen letters, sorted; ``None`` when something typed is not an option's letter.

    Where several may be chosen, one text may name them all: "A, C", "AC".
    """
    entries = [str(entry).upper() for entry in (typed if isinstance(typed, list) else [typed])]
    if choice.multiple:
        letters = {one for entry in entries for one in entry if one not in BETWEEN_LETTERS}
    else:
        letters = {entry.strip(" .)\n\t") for entry in entries}
    known = {option.letter for option in choice.options}
    return tuple(sorted(letters)) if letters and letters <= known else None


def is_blank(typed: JsonValue) -> bool:
    """Whether nothing was answered: no text, an empty list, or fields that are all blank."""
    if isinstance(typed, dict):
        return all(is_blank(value) for value in typed.values())
    if isinstance(typed, list):
        return all(is_blank(value) for value in typed)
    return typed is None or (isinstance(typed, str) and not typed.strip())
