"""A question that was read from another format, and the YAML in which an author goes on with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import Any

import yaml

from gradesmith.diagnostics import Diagnostic, Diagnostics, Place, Severity

LONGEST_ID = 60
MOST_SHOWN = {False: 8, True: 10}
REASON = "TODO: which misconception leads here, and why is it wrong?"
EXPLANATION = "TODO: why is the key right?"
SOURCE = "TODO: which page backs the key? (Difficulty, bloom and minutes are guesses: judge them, too.)"
TAG = re.compile(r"<(?=[A-Za-z/!?])")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOption:
    """One option, whether it is right, and what its feedback said."""

    text: str
    right: bool
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What another format says of a choice question, and the line where it begins."""

    line: int
    prompt: str
    options: tuple[DraftOption, ...]
    title: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file to import, where complaints about it go, and what in it is fine but is no choice."""

    path: Path
    text: str
    diagnostics: Diagnostics
    passed_over: list[Diagnostic] = field(default_factory=list)

    def complain(self, line: int, message: str, hint: str, subject: str = "") -> None:
        """Say that what stands in a line can't become a question."""
        self.diagnostics.error("import", Place(path=self.path, line=line), subject, message, hint)

    def pass_over(self, line: int, message: str, hint: str) -> None:
        """Say that what stands in a line is a question of another sort, and is left out."""
        place = Place(path=self.path, line=line)
        self.passed_over.append(
            Diagnostic(code="import", severity=Severity.NOTE, place=place, subject="", message=message, hint=hint)
        )


def sound(drafts: Iterable[Draft], source: Source) -> list[Draft]:
    """Return the drafts that can become choice questions; complain of the others."""
    found = []
    for draft in drafts:
        right = sum(option.right for option in draft.options)
        texts = [option.text for option in draft.options]
        if not draft.prompt.strip() or not all(text.strip() for text in texts):
            source.complain(draft.line, "the question or one of its options has no text", "write it")
        elif len(set(texts)) < len(texts):
            source.complain(draft.line, "two options have the same text", "change one of them")
        elif not 0 < right < len(texts):
            source.complain(draft.line, f"{right} of {len(texts)} options are right", "mark at least one, but not all")
        else:
            found.append(draft)
    return found


def as_yaml(drafts: Iterable[Draft], lecture: str, taken: Collection[str], schema: str) -> str:
    """Return drafts as a list of questions, under ids that are not taken; what an author must add says TODO.

    The texts are taken over as texts: nothing in them is filled in, run, or read as HTML.
    """
    questions: dict[str, dict[str, Any]] = {}
    for draft in drafts:
        name = _id(draft.title or draft.prompt, {*taken, *questions})
        questions[name] = _question(draft, name, lecture)
    body = yaml.dump([*questions.values()], Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return f"# yaml-language-server: $schema={schema}\n{body}"


def _question(draft: Draft, name: str, lecture: str) -> dict[str, Any]:
    right = [_text(option.text) for option in draft.options if option.right]
    wrong = [option for option in draft.options if not option.right]
    several = len(right) > 1
    return {
        "id": name,
        "kind": "multiple_choice" if several else "single_choice",
        **({"title": _text(draft.title)} if draft.title else {}),
        "lecture": lecture,
        "topics": [],
        "outcomes": [],
        "difficulty": "medium",
        "bloom": "understand",
        "minutes": 1,
        "prompt": _text(draft.prompt),
        **({"keys": right} if several else {"key": right[0]}),
        "show": min(len(draft.options), MOST_SHOWN[several]),
        "distractors": [{"text": _text(one.text), "because": _text(one.because) or REASON} for one in wrong],
        "explanation": _text(draft.explanation) or EXPLANATION,
        "source": SOURCE,
    }


def _text(text: str) -> str:
    """Return a text whose tags are shown instead of being obeyed."""
    return TAG.sub("&lt;", text.strip())


def _id(text: str, taken: Collection[str]) -> str:
    """Make an id of a text: its first words, and a number where these are taken."""
    name = "-".join(re.findall(r"[a-z0-9]+", text.casefold())) or "question"
    if len(name) > LONGEST_ID:
        name = name[:LONGEST_ID].rpartition("-")[0] or name[:LONGEST_ID]
    numbered = (f"{name}-{number}" for number in count(2))
    return next(one for one in chain([name], numbered) if one not in taken)


class _Dumper(yaml.SafeDumper):
    """Writes texts over several lines as blocks, and indents lists below their names."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, False)  # noqa: FBT003


def _represented(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else '"' if re.fullmatch(r"[\d.]+", text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represented)
