"""Options that are ranges of numbers: "10 to 20", "at least 5", "< 3"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from gradesmith.rules.amounts import amount

NUMBER = r"[+\-−]?\d+(?:[.,]\d+)*"
UNIT = r"(?P<unit>\s*[^\d\s]*(?:\s+[^\d\s]+)?)"
BETWEEN = re.compile(
    rf"(?:from|between)?\s*(?P<low>{NUMBER})\s*(?:%\s*)?(?:to|and|–|—|-|\.\.)\s*(?P<high>{NUMBER}){UNIT}"
)
BOUND = re.compile(
    rf"(?P<words>at least|no less than|more than|over|above|at most|no more than|up to|less than|under|below|fewer than"
    rf"|>=|≥|>|<=|≤|<)\s*(?P<number>{NUMBER}){UNIT}"
)
OPEN = {"more than", "over", "above", "less than", "under", "below", "fewer than", ">", "<"}
UPWARD = {"at least", "no less than", "more than", "over", "above", ">=", "≥", ">"}


@dataclass(frozen=True, slots=True)
class Range:
    """A stretch of numbers; a bound belongs to it unless it is open."""

    low: float
    high: float
    unit: str = ""
    low_open: bool = False
    high_open: bool = False

    def overlaps(self, other: Range) -> bool:
        """Whether a number lies in both."""
        if self.unit != other.unit:
            return False
        first, second = (self, other) if (self.low, self.low_open) <= (other.low, other.low_open) else (other, self)
        if first.high == second.low:
            return not (first.high_open or second.low_open)
        return first.high > second.low


def range_of(text: str) -> Range | None:
    """Return the range that an option (as `normal` makes it) consists of, or ``None``; one number alone is none."""
    found = BETWEEN.fullmatch(text)
    if found:
        low, high = _value(found["low"]), _value(found["high"])
        return Range(low, high, found["unit"].strip()) if low <= high else None
    found = BOUND.fullmatch(text)
    if not found:
        return None
    value, unit, is_open = _value(found["number"]), found["unit"].strip(), found["words"] in OPEN
    if found["words"] in UPWARD:
        return Range(value, math.inf, unit, low_open=is_open)
    return Range(-math.inf, value, unit, high_open=is_open)


def _value(text: str) -> float:
    found = amount(text)
    return math.nan if found is None else float(found.value)
