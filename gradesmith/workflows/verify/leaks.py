"""Whether a text that students read about a hidden check holds a value that only the right answer has."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?!\.?\w)")
WORD = re.compile(r"[^\W\d_][\w-]{3,}")
SMALLEST_TELLING = 10


def leaks(text: str, told: Iterable[str], known: str) -> Iterator[str]:
    """Yield what a text gives away: numbers and words that the solution returned and that ``known`` does not hold.

    A whole number below ten tells nothing. A decimal in the text counts when a returned number rounds to it.
    """
    told = tuple(told)
    numbers = [number for number in map(_number, told) if number is not None]
    words = {one for one in told if WORD.fullmatch(one)}
    for found in dict.fromkeys(NUMBER.findall(text)):
        if found not in NUMBER.findall(known) and any(_is_told(found, number) for number in numbers):
            yield found
    for word in dict.fromkeys(WORD.findall(text)):
        if word in words and word not in known:
            yield word


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _is_told(found: str, number: float) -> bool:
    decimals = len(found.partition(".")[2])
    if decimals == 0:
        return abs(float(found)) >= SMALLEST_TELLING and number == float(found)
    exact = number == float(found)
    return exact or (decimals > 1 and round(number, decimals) == float(found))
