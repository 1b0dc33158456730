"""Words and sentences of a text, as rules compare them."""

from __future__ import annotations

import re

FENCE = re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL)
TABLE = re.compile(r"^\s*\|.*$", re.MULTILINE)
FORMULA = re.compile(r"\$\$.+?\$\$|\$[^$\n]+\$", re.DOTALL)
IMAGE = re.compile(r"!\[(?P<words>[^\]]*)\]\([^)]*\)")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:\.\d+)?")
SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[^a-z\s])")
GAP_END = re.compile(r"[\s_.…:*]+$")
TODO = re.compile(r"\b(TODO|FIXME|XXX|TBD)\b")
VOWELS = frozenset("aeiou")
_LESSER = """
    a about above after again all also an and any are as at be because been before being below between both but by
    can could did do does down during each either every few following for from further had has have having he her here
    him his how i if in into is it its itself just may more most much must neither no nor not of off on one only or
    other our out over own same she should so some such than that the their them then there these they this those
    through to too true two under until up upon very was we were what when where whether which while who whom whose why
    will with would you your describe describes called best right statement true false correct kind"""
LESSER = frozenset(_LESSER.split())


def prose(text: str) -> str:
    """Return a text without its tables, blocks of code and pictures."""
    for pattern in (FENCE, TABLE, IMAGE):
        text = pattern.sub(" ", text)
    return text


def words(text: str) -> list[str]:
    """Return the words and numbers of a text in lower case, formulas left out."""
    return [word.casefold() for word in WORD.findall(FORMULA.sub(" ", text))]


def content_words(text: str) -> frozenset[str]:
    """Return the words that a text is about, by their stems: no articles, no prepositions, no numbers."""
    return frozenset(
        stem for word in words(text) if word not in LESSER and not word[0].isdigit() and len(stem := _stem(word)) > 2
    )


def _stem(word: str) -> str:
    """Cut the commonest endings off, so that "updates" is "update"; crude, and the same for every text."""
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "s", "e", "y"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def asking(stem: str) -> str:
    """Return the sentence that asks: the last one with a question mark, else the last one."""
    sentences = [one.strip() for one in SENTENCE_END.split(prose(stem).strip()) if one.strip()]
    questions = [one for one in sentences if "?" in one]
    return (questions or sentences or [""])[-1]


def normal(text: str) -> str:
    """Return what a hurried reader sees of an option: no case, no emphasis, no full stop, one space."""
    return " ".join(re.sub(r"[*_`\"'“”‘’]", "", text).split()).rstrip(".;:! ").casefold()


def phrase(text: str) -> str:
    """Return the words of a text in a row, for finding one text within another."""
    return f" {' '.join(words(text))} "


def excerpt(text: str, length: int = 60) -> str:
    """Return the beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"
