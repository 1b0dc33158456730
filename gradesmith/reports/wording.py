"""How figures and other people's text are put into words on a page."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

LONGEST = 4000

# Escape sequences of terminals (ECMA-48: CSI, then OSC and other strings up to their end, then two-byte ones).
ANSI = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_].*?(?:\x1b\\|\x07|$)|\x1b[ -/]*[0-~]?", re.DOTALL)
# Control characters but tab and newline, and the marks that turn the direction of writing ("Trojan source").
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
FORMULA = tuple("=+-@\t\r")


def clean(text: str, longest: int = LONGEST) -> str:
    """Return someone else's text fit to be shown: no terminal sequences, nothing unseen, not without end.

    It is still plain text: the page escapes it.
    """
    text = ANSI.sub("", text).replace("\r\n", "\n")
    text = UNSEEN.sub("", text).encode("utf-8", "replace").decode("utf-8")
    if len(text) <= longest:
        return text
    return f"{text[:longest].rstrip()}\n… (shortened: {len(text):,} characters in all)"


def cell(text: str, longest: int = 300) -> str:
    """Return someone else's text for a table cell: clean, and no formula when pasted in a spreadsheet."""
    text = clean(text, longest)
    return f"'{text}" if text.startswith(FORMULA) else text


def opening(prompt: str, longest: int = 60) -> str:
    """Return the first words of a Markdown text on one line, to call it by; nothing that was opened stays open."""
    lines = [line.strip().lstrip("#>*- ") for line in prompt.splitlines()]
    first = next((line for line in lines if line), "")
    if len(first) <= longest:
        return first
    words = first[:longest].rpartition(" ")[0] or first[:longest]
    for sign in ("`", "$", "**"):
        if words.count(sign) % 2:
            words = words.rpartition(sign)[0]
    return f"{words.rstrip(' ,;:.')} …"


def points(given: Fraction | None) -> str:
    """Write points with at most two digits, rounded half up: ``7``, ``0.5``, ``0.33``; a dash if there are none."""
    return "–" if given is None else f"{hundredths(given).normalize():f}".replace("-", "−")


def hundredths(number: Fraction) -> Decimal:
    """Round half up to 0.01."""
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def percent(share: float | Fraction | None) -> str:
    """Write a share as whole per cent: ``63%``."""
    return "–" if share is None else f"{hundredths(Fraction(share)) * 100:.0f}%"


def decimal(number: float | None, digits: int = 2) -> str:
    """Write a number with a real minus sign; a dash where there is none."""
    return "–" if number is None else f"{number:.{digits}f}".replace("-", "−")


def moment(time: datetime) -> str:
    """Write a moment so that nobody need guess the zone: ``14 May 2025, 10:32 UTC``."""
    utc = time.astimezone(UTC) if time.tzinfo else time
    return f"{utc.day} {utc:%B %Y, %H:%M}" + (" UTC" if time.tzinfo else "")


def day(time: datetime) -> str:
    """Write the day of a moment: ``14 May 2025``."""
    utc = time.astimezone(UTC) if time.tzinfo else time
    return f"{utc.day} {utc:%B %Y}"


def counted(number: int, thing: str, things: str = "") -> str:
    """Write ``1 answer``, ``2 answers``."""
    return f"{number} {thing if number == 1 else things or thing + 's'}"
