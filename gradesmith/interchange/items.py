"""What goes into a file for a learning platform, whatever the format: one item for each part of a variant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

from gradesmith.model.assessments import Form, Narrative
from gradesmith.model.questions import DataFile, Part, Question, Variant
from gradesmith.rules.answers import FOUR_DIGITS, UNDEFINED, WHERE_UNDEFINED

# A box of a learning platform holds no Python, and none of them reads a percent sign.
IN_A_BOX = MappingProxyType(
    {
        FOUR_DIGITS: "Give each quantity with four digits, as a decimal such as `0.8765`, not as a percentage; "
        "where it is not defined, write `undefined`.",
        WHERE_UNDEFINED: "Where a quantity is not defined, write `undefined`.",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing to answer: a part of a variant, with all that is needed to ask it by itself. Texts are Markdown.

    ``name`` is unique within a file. ``folder`` is where a question bank keeps it, from the top; ``section`` is the
    heading that it stands under in a form.
    """

    name: str
    question: str
    title: str
    prompt: str
    part: Part
    explanation: str
    files: tuple[DataFile, ...] = ()
    folder: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    section: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """The items of one file, in order. A whole form is a test, to be answered in so many minutes."""

    name: str
    title: str
    items: tuple[Item, ...]
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadItem:
    """One item as a reader found it; texts are HTML. ``exact`` is false where the file can't say what was meant."""

    name: str
    title: str
    prompt: str
    part: Part
    exact: bool = True


def undefined_words() -> tuple[str, ...]:
    """Return the words that say that a quantity is not defined, the plain one first."""
    return tuple(sorted(UNDEFINED, key=lambda word: (word != "undefined", word)))


def items_of_form(form: Form, course: str) -> Iterator[Item]:
    """Yield the items of a form, in its order, each with the points that it is worth there."""
    section = ""
    for item in form.items:
        if isinstance(item, Narrative):
            section = section if item.code else _heading(item.text) or section
            continue
        for part in item.variant.parts:
            yield _item(
                item.variant,
                part,
                name=item.cell(part.name),
                folder=(course, f"{form.title}, form {form.code}"),
                section=section,
            )


def items_of_question(question: Question, variants: tuple[Variant, ...], folder: tuple[str, ...]) -> Iterator[Item]:
    """Yield the items of some variants of a question; several stand in a folder of their own, to draw one from."""
    tags = (f"lecture {question.lecture}", *question.topics, question.difficulty.value, question.bloom.value)
    for number, variant in enumerate(variants, start=1):
        several = len(variants) > 1
        for part in variant.parts:
            ending = "".join(f"-{piece}" for piece in (number if several else "", part.name) if piece)
            yield _item(
                variant,
                part,
                name=f"{question.id}{ending}",
                folder=(*folder, _title(variant)) if several else folder,
                tags=tags,
                number=number if several else 0,
            )


def _item(variant: Variant, part: Part, *, number: int = 0, **fields: object) -> Item:
    title = _title(variant) + (f", {part.name}" if part.name else "") + (f" ({number})" if number else "")
    prompt = "\n\n".join(text.strip() for text in (variant.prompt, part.prompt) if text.strip())
    for notebook, box in IN_A_BOX.items():
        prompt = prompt.replace(notebook, "" if part.name else box)
    given = {"title": title, "prompt": prompt, "part": part, "explanation": variant.explanation}
    return Item(question=variant.question, files=variant.files, **given, **fields)  # type: ignore[arg-type]


def _title(variant: Variant) -> str:
    return variant.title or variant.question.replace("-", " ").capitalize()


def _heading(text: str) -> str:
    """Return the heading that a stretch of text begins with, without its marks."""
    first = text.lstrip().partition("\n")[0]
    return first.lstrip("#").strip() if first.startswith("#") else ""
