"""A question by itself, as a page: what a student sees, and nothing of the key."""

from __future__ import annotations

from dataclasses import dataclass

from gradesmith import markdown
from gradesmith.model.interactions import Choice, Code, Fields, Text
from gradesmith.model.questions import Part, Variant
from gradesmith.reports import wording
from gradesmith.templates import Markup, page


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One part as it is asked: its words, and what there is to choose, to fill in or to go on with."""

    prompt: Markup
    points: str
    options: tuple[tuple[str, Markup], ...] = ()
    quantities: tuple[Markup, ...] = ()
    several: bool = False
    code: Markup | None = None
    hint: Markup | None = None


def question_page(variant: Variant) -> str:
    """Return a page that needs no other file, with one variant of a question as a student meets it."""
    names = {
        "title": markdown.inline(variant.title or variant.question),
        "name": variant.question,
        "prompt": markdown.block(variant.prompt, variant.files),
        "parts": tuple(_asked(part, variant) for part in variant.parts),
        "files": tuple(file.name for file in variant.files),
    }
    return page("question", names)


def _asked(part: Part, variant: Variant) -> Asked:
    prompt = markdown.block(part.prompt, variant.files)
    points = f"{wording.points(part.points)} {'point' if part.points == 1 else 'points'}"
    match part.interaction:
        case Choice(options=options, multiple=several):
            shown = tuple((option.letter, markdown.inline(option.text)) for option in options)
            return Asked(prompt=prompt, points=points, options=shown, several=several)
        case Fields(fields=fields):
            labels = tuple(markdown.inline(field.label) for field in fields)
            return Asked(prompt=prompt, points=points, quantities=labels)
        case Code(starter=starter):
            return Asked(prompt=prompt, points=points, code=markdown.code(starter))
        case Text(hint=hint):
            return Asked(prompt=prompt, points=points, hint=markdown.block(hint))
