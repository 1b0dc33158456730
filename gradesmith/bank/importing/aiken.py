"""Aiken: a question, its options as ``A. …`` or ``A) …`` on lines of their own, and ``ANSWER: A``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gradesmith.bank.importing.drafts import Draft, DraftOption, Source

OPTION = re.compile(r"([A-Z])[.)]\s+(.*)")
ANSWER = re.compile(r"ANSWER:\s*([A-Z])\s*")
SHAPE = "write the question, then A. …, B. … on lines of their own, then ANSWER: A"


def read(source: Source) -> Iterator[Draft]:
    """Yield the questions in order."""
    prompt: list[str] = []
    options: dict[str, str] = {}
    start = 1
    for number, line in enumerate(source.text.splitlines(), start=1):
        text = line.strip()
        answer, option = ANSWER.fullmatch(text), OPTION.fullmatch(text)
        if answer:
            if prompt and answer[1] in options:
                found = tuple(DraftOption(text=one, right=letter == answer[1]) for letter, one in options.items())
                yield Draft(line=start, prompt=" ".join(prompt), options=found)
            else:
                source.complain(number, f"ANSWER: {answer[1]} belongs to no option above it", SHAPE)
            prompt, options = [], {}
        elif option and prompt:
            options[option[1]] = option[2]
        elif text and options:
            source.complain(number, f'"{text}" is neither an option nor an answer', SHAPE)
            prompt, options, start = [text], {}, number
        elif text:
            start = number if not prompt else start
            prompt.append(text)
    if prompt:
        source.complain(start, "the last question has no ANSWER", SHAPE)
