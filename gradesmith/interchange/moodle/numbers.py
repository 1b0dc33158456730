"""Numbers and tolerances as Moodle's question type ``numerical`` compares them."""

from __future__ import annotations

from gradesmith.interchange.markup import number

# Moodle widens an absolute tolerance by this share of the larger of tolerance and answer (PHP's precision is 14).
EPSILON = 1e-14
DIGITS = 12


def answer_text(value: float, tolerance: float) -> str:
    """Return an answer with its tolerance, as embedded answers and GIFT have it: ``28800:144``."""
    return f"{value_text(value, tolerance)}:{tolerance_text(tolerance, value)}"


def value_text(value: float, tolerance: float) -> str:
    """Return a value in twelve digits where Moodle can't tell the difference, else in full."""
    return _short(value, EPSILON * max(tolerance, abs(value)) / 3)


def tolerance_text(tolerance: float, value: float) -> str:
    """Return a tolerance likewise."""
    return _short(tolerance, EPSILON * max(tolerance, abs(value)) / 3)


def _short(value: float, slack: float) -> str:
    short = float(f"{value:.{DIGITS}g}")
    return number(short if abs(short - value) <= slack else value)
