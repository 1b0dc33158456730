"""Whether a text that students read holds a value that only the right answer has."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from gradesmith.rules.amounts import amount
from gradesmith.rules.readings import as_read

NUMBER = re.compile(r"(?<![\w.])(?P<digits>-?\d+(?:\.\d+)?)(?!\.?\w)(?P<percent>\s?%)?")
WORD = re.compile(r"[^\W\d_][\w-]{3,}")
SMALLEST_TELLING = 10
# What stands before a number that is said to come out, and not merely to be there.
COMES_OUT = re.compile(r"(?:[=≈→]|\b(?:returns?|gives?|yields?|equals?|comes to|(?:should|must|would) be))\s*$", re.I)
LEAST_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A number in a text: how it is written, which one it is, how exactly, and whether it is said to come out."""

    written: str
    value: float
    decimals: int
    comes_out: bool


def leaks(text: str, told: Iterable[str], known: str, tolerance: float = 0.0) -> Iterator[str]:
    """Yield what a text gives away: numbers and words that the right answer holds and that ``known`` does not.

    A decimal in the text counts when a told number rounds to it, to two decimals or more. A whole number below ten
    counts only where the text says that it comes out ("returns 4"): others number groups and steps. With a
    ``tolerance`` the told numbers are keys, few and exact, so whatever would be marked right counts, but 0 and 1.
    """
    told = tuple(told)
    numbers = [number for number in map(_number, told) if number is not None]
    words = {one for one in told if WORD.fullmatch(one)}
    found = [said for said in _said(text) if any(_is_told(said, number, tolerance) for number in numbers)]
    open_to_all = {said.value for said in _said(known)} if found else set()
    yield from dict.fromkeys(said.written for said in found if said.value not in open_to_all)
    for word in dict.fromkeys(WORD.findall(text)):
        if word in words and word not in known:
            yield word


def states(text: str, option: str, known: str) -> bool:
    """Whether a text holds an option word for word, and ``known`` does not.

    Of one or two words an option counts only if it is a number that tells something: others are but a subject.
    """
    words, found = _words(option), amount(option)
    if len(words.split()) < LEAST_WORDS and (found is None or not _is_telling(found.value)):
        return False
    if words not in _words(text):
        return False
    whole = re.compile(rf"(?<![\w.-]){re.escape(words)}(?!\.?\w)")
    return whole.search(_words(text)) is not None and whole.search(_words(known)) is None


def _words(text: str) -> str:
    return as_read(text).casefold().replace(" %", "%").strip(" .")


def _is_telling(number: Fraction) -> bool:
    return abs(number) >= SMALLEST_TELLING or number.denominator > 1


def _said(text: str) -> Iterator[_Said]:
    """Yield the numbers of a text; a percentage is a share, too."""
    plain = as_read(text)
    for found in NUMBER.finditer(plain):
        digits = found["digits"]
        decimals = len(digits.partition(".")[2])
        comes_out = bool(COMES_OUT.search(plain, 0, found.start()))
        yield _Said(written=digits, value=float(digits), decimals=decimals, comes_out=comes_out)
        if found["percent"]:
            share = round(float(digits) / 100, decimals + 2)
            yield _Said(written=digits, value=share, decimals=decimals + 2, comes_out=comes_out)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _is_told(said: _Said, number: float, tolerance: float) -> bool:
    if said.value in {0, 1}:
        return False
    if tolerance and abs(said.value - number) <= tolerance:
        return True
    if said.decimals == 0:
        return said.value == number and (abs(number) >= SMALLEST_TELLING or said.comes_out)
    return said.value == number or (said.decimals > 1 and round(number, said.decimals) == said.value)
