r"""GIFT, Moodle's text format: ``::title:: question {=right ~wrong#feedback ~%50%partly}``.

Choices are read, and true or false. Matching, short answers, numbers and essays are no choices; they are passed over,
and listed. ``\`` before a percent sign goes, too, but in a formula, where TeX needs it.
``\`` before one of ``~ = # { } :`` takes its meaning away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from gradesmith.bank.importing.drafts import Draft, DraftOption, Source

QUESTION = re.compile(
    r"(?:::(?P<title>(?:\\.|[^\\])*?)::)?\s*(?:\[(?P<format>\w+)\])?(?P<stem>(?:\\.|[^\\{])*)"
    r"\{(?P<answers>(?:\\.|[^\\}])*)\}(?P<rest>.*)",
    re.DOTALL,
)
ANSWER = re.compile(
    r"(?P<mark>[=~])\s*(?:%(?P<weight>-?[\d.]+)%)?(?P<text>(?:\\.|[^\\~=#])*)(?:#(?P<feedback>(?:\\.|[^\\~=#])*))?",
    re.DOTALL,
)
TRUTH = re.compile(r"\s*(?P<truth>T|TRUE|F|FALSE)\s*(?:#.*)?", re.DOTALL)
ESCAPED = re.compile(r"\\([~=#{}:\\])")
PERCENT = re.compile(r"(?P<formula>\$(?:\\.|[^$\\])+\$)|\\%", re.DOTALL)
HTML = re.compile(r"<[^>]*>")
SHAPE = "write ::title:: question {=right ~wrong ~wrong}"


def read(source: Source) -> Iterator[Draft]:
    """Yield the choices in order; categories and comments are passed over."""
    for line, block in _blocks(source.text):
        if block.startswith("$CATEGORY:"):
            continue
        found = QUESTION.fullmatch(block)
        if found is None:
            source.complain(line, "there is no question with its answers in braces", SHAPE)
            continue
        answers, _, general = found["answers"].partition("####")
        options = _options(answers)
        if isinstance(options, str) or found["rest"].strip():
            kind = options if isinstance(options, str) else "a gap to fill in"
            source.pass_over(line, f"{kind} is no choice", "write it by hand")
            continue
        yield Draft(
            line=line,
            title=_plain(found["title"] or "", ""),
            prompt=_plain(found["stem"], found["format"] or ""),
            options=options,
            explanation=_plain(general, ""),
        )


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield what stands between empty lines, with its first line's number; comments are left out."""
    block: list[str] = []
    start = 1
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if line.lstrip().startswith("//"):
            continue
        if line.strip():
            start = start if block else number
            block.append(line.strip())
        elif block:
            yield start, "\n".join(block)
            block = []


def _options(answers: str) -> tuple[DraftOption, ...] | str:
    """Return the options, or what this is instead of a choice."""
    truth = TRUTH.fullmatch(answers)
    if truth:
        said = truth["truth"][0] == "T"
        return (DraftOption(text="True", right=said), DraftOption(text="False", right=not said))
    found = list(ANSWER.finditer(answers))
    if not answers.strip():
        return "an essay"
    if answers.lstrip().startswith("#"):
        return "a number"
    if any("->" in one["text"] for one in found):
        return "a matching"
    if not any(one["mark"] == "~" for one in found):
        return "a short answer"
    return tuple(
        DraftOption(
            text=_plain(one["text"], ""),
            right=one["mark"] == "=" or float(one["weight"] or 0) > 0,
            because=_plain(one["feedback"] or "", ""),
        )
        for one in found
    )


def _plain(text: str, form: str) -> str:
    """Return a text without escapes, and without tags where it says that it is HTML."""
    bare = unescape(HTML.sub(" ", text)) if form == "html" else text
    return PERCENT.sub(lambda found: found["formula"] or "%", ESCAPED.sub(r"\1", bare)).strip()
