"""Which options an answer means: by its text, or by its letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_uppercase

from gradesmith.bank.importing.drafts import DraftOption

LETTERED = re.compile(r"\(?(?P<letter>[A-Z])[.):]\s*(?P<text>\S.*)", re.DOTALL)
LETTERS = re.compile(r"[A-Za-z](?:\s*[,;&]\s*[A-Za-z])*")


def marked(options: Sequence[str], answers: Sequence[str]) -> tuple[DraftOption, ...] | str:
    """Return the options with the right ones marked, or what is wrong with the answer."""
    right: set[str] = set()
    for answer in answers:
        found = _meant(options, answer.strip()) or _meant(_unlettered(options), answer.strip())
        if not found:
            return f'the answer "{answer}" is none of the options'
        right |= found
    bare = _unlettered(options)
    return tuple(
        DraftOption(text=text, right=bool({text, option} & right)) for text, option in zip(bare, options, strict=True)
    )


def _unlettered(options: Sequence[str]) -> list[str]:
    """Return options without the letters before them, where all of them have theirs: "A. cat", "B. dog"."""
    found = [LETTERED.fullmatch(option.strip()) for option in options]
    bare = [one["text"] for one, letter in zip(found, ascii_uppercase, strict=False) if one and one["letter"] == letter]
    return bare if len(bare) == len(options) else list(options)


def _meant(options: Sequence[str], answer: str) -> set[str]:
    """Return the options that an answer stands for; a text wins over a letter."""
    if answer in options:
        return {answer}
    near = [option for option in options if option.casefold().strip(" .") == answer.casefold().strip(" .")]
    if near:
        return set(near)
    if LETTERS.fullmatch(answer):
        places = [ascii_uppercase.index(letter) for letter in answer.upper() if letter.isalpha()]
        return {options[place] for place in places} if max(places) < len(options) else set()
    return set()
