"""Reads options that are amounts: which number stands there, of what, and in which order they belong. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

THIN_SPACES = "\u00a0\u2009\u202f"
AMOUNT = re.compile(
    r"""(?P<before>[^\d+\-−]*)
        (?P<number>[+\-−]?(?:\d{1,3}(?:[ ,]\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,2})?(?:/\d+)?)
        (?P<after>\D*)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number with the words around it: "About 14 %" is 14 between "about" and "%"."""

    before: str
    value: Fraction
    after: str


@lru_cache(maxsize=4096)
def amount(text: str) -> Amount | None:
    """Return the one number that a short text consists of, or ``None`` where there is another one or none."""
    plain = text.translate(dict.fromkeys(map(ord, THIN_SPACES), " ")).replace("$", "").strip(" *_`")
    found = AMOUNT.fullmatch(plain)
    if found is None:
        return None
    try:
        value = Fraction(found["number"].replace("−", "-").replace(",", "").replace(" ", ""))
    except (ValueError, ZeroDivisionError):
        return None
    return Amount(before=found["before"].strip().casefold(), value=value, after=found["after"].strip().casefold())


def by_size(texts: Sequence[str]) -> list[str] | None:
    """Return texts from the smallest to the largest if all are amounts of the same thing, else ``None``."""
    found = {text: amount(text) for text in texts}
    known = {text: one for text, one in found.items() if one is not None}
    if len(known) < len(texts) or len({(one.before, one.after) for one in known.values()}) != 1:
        return None
    return sorted(texts, key=lambda text: (known[text].value, text))
