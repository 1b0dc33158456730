r"""What a text of Markdown and TeX says once it is rendered, so that two spellings of one reading can be told. Pure.

Emphasis, links, tags and entities are Markdown's; spaces, braces around one sign, and sizes are TeX's. Letters, digits
and every other sign stay, so texts of one reading are never told apart by layout, and different ones never taken for
one: ``$\frac{1}{12}$`` is not ``$\frac{11}{2}$``. Code is read as it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from types import MappingProxyType

# What emphasis does not reach into: code, escaped signs and formulas.
KEPT = re.compile(
    r"(?P<ticks>`+)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
    r"|\\(?P<sign>[!-/:-@\[-`{-~])"
    r"|\$\$(?P<display>.+?)\$\$"
    r"|\$(?P<formula>(?:\\.|[^$\\])+)\$",
    re.DOTALL,
)
FIRST_PLACE = 0xE000  # of Unicode's private use: no author writes these
EMPHASIS = (
    re.compile(r"(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s*])\1", re.DOTALL),
    re.compile(r"(?<!\w)(_{1,3})(?=[^\s_])(.+?)(?<=[^\s_])\1(?!\w)", re.DOTALL),
)
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\([^()]*\)")
BREAK = re.compile(r"<br\s*/?>|\\\n", re.IGNORECASE)
TAG = re.compile(r"</?(?:b|i|u|em|strong|small|span|code|tt|kbd|mark|font)(?:\s[^<>]*)?>|<!--.*?-->", re.I | re.DOTALL)
ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);")
UNSEEN = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")

TEX = re.compile(
    r"\\(?:text|textrm|textnormal|textup|mbox)\s*\{(?P<words>[^{}]*)\}|(?P<one>\\[A-Za-z]+|\\.|.)", re.DOTALL
)
_SILENT = r"""
    \, \; \: \! \> \quad \qquad \thinspace ~ \left \right \big \Big \bigl \bigr \Bigl \Bigr \displaystyle \textstyle
    \mathrm \operatorname \limits \nolimits"""
SILENT = frozenset(_SILENT.split()) | {"\\ "}
SAME = MappingProxyType(
    {
        "\\dfrac": "\\frac", "\\tfrac": "\\frac", "\\leq": "≤", "\\le": "≤", "\\geq": "≥", "\\ge": "≥", "\\neq": "≠",
        "\\ne": "≠", "\\rightarrow": "→", "\\to": "→", "\\times": "×", "\\cdot": "·", "\\pm": "±", "\\approx": "≈",
        "\\infty": "∞", "\\lvert": "|", "\\rvert": "|", "\\vert": "|", "\\colon": ":", "\\ast": "*", "\\lbrace": "\\{",
        "\\rbrace": "\\}", "\\%": "%", "\\$": "$", "\\#": "#", "\\&": "&", "\\_": "_",
    }
)  # fmt: skip


@lru_cache(maxsize=4096)
def as_read(text: str) -> str:
    """Return a text in the one spelling of what is read when it is rendered, on one line."""
    kept: list[str] = []

    def put_away(found: re.Match[str]) -> str:
        kept.append(_kept(found))
        return chr(FIRST_PLACE + len(kept) - 1)

    plain = KEPT.sub(put_away, unicodedata.normalize("NFC", text.strip()))
    plain = ENTITY.sub(lambda found: unescape(found[0]), _unmarked(plain))
    for place, one in enumerate(kept):
        plain = plain.replace(chr(FIRST_PLACE + place), one)
    return " ".join(UNSEEN.sub("", plain).replace("−", "-").split())


def _kept(found: re.Match[str]) -> str:
    """Return what code, an escaped sign or a formula reads like."""
    if found["sign"] is not None:
        return found["sign"]
    if found["code"] is not None:
        return found["code"].strip()
    return _formula(found["display"] or found["formula"])


def _unmarked(text: str) -> str:
    """Return Markdown without what marks it: links become their words, and emphasis goes from the inside out."""
    text = TAG.sub("", BREAK.sub(" ", LINK.sub(r"\1", text)))
    while True:
        bare = text
        for pattern in EMPHASIS:
            bare = pattern.sub(r"\2", bare)
        if bare == text:
            return text
        text = bare


def _formula(tex: str) -> str:
    """Return TeX without its spaces, and with braces only where they hold more than one sign."""
    tokens = TEX.finditer(ENTITY.sub(lambda found: unescape(found[0]), tex))
    return "".join(_items(tokens)).strip()


def _items(tokens: Iterator[re.Match[str]]) -> Iterator[str]:
    """Yield the signs of a formula up to the brace that ends its group; a command keeps a space behind it."""
    for found in tokens:
        one = found["one"]
        if one == "}":
            return
        if one == "{":
            yield from _group(list(_items(tokens)))
        elif one is None:
            yield from _group(list(" ".join(found["words"].split())))
        elif not one.isspace() and one not in SILENT:
            sign = SAME.get(one, one)
            yield f"{sign} " if sign[1:].isalpha() and sign[0] == "\\" else sign


def _group(items: list[str]) -> Iterator[str]:
    """Yield a group as one sign: in braces where it has several, and nothing where it has none."""
    if items:
        yield items[0] if len(items) == 1 else "{" + "".join(items).strip() + "}"
