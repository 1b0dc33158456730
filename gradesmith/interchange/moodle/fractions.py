"""The percentages that Moodle knows: an answer earns one of these, and an import of any other is refused.

The list is that of Moodle's class ``question_bank`` (``fraction_options_full``).
"""

from __future__ import annotations

from fractions import Fraction

from gradesmith.model.interactions import Choice
from gradesmith.model.keys import ChoiceKey

_PARTS = "0.9 0.8333333 0.8 0.75 0.7 0.6666667 0.6 0.5 0.4 0.3333333 0.3 0.25 0.2 0.1666667 0.1428571 0.125 0.1111111"
KNOWN = (*map(Fraction, [*_PARTS.split(), "0.1", "0.05"]), Fraction(1), Fraction(0))
NEAR = Fraction(1, 100_000)


def percentage(share: Fraction) -> str | None:
    """Return the percentage that Moodle has for a share of the points (which may be negative), or ``None``."""
    for known in KNOWN:
        if abs(abs(share) - known) < NEAR:
            return f"{'-' if share < 0 else ''}{float(known * 100):.7g}"
    return None


def shares_of_ticks(choice: Choice, key: ChoiceKey) -> tuple[Fraction, Fraction]:
    """Return what a right and a wrong tick add to the share earned, where several options may be ticked.

    Moodle adds up what is ticked and keeps the sum between 0 and 1. That is our marking of each option; that only the
    exact set earns can be said where one option is right, by letting a wrong tick cost everything.
    """
    right = Fraction(1, len(key.letters))
    if key.scoring == "all_or_nothing":
        return right, Fraction(-1)
    return right, Fraction(-1, len(choice.options) - len(key.letters))
