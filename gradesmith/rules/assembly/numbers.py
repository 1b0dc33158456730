"""Which numbers the forms of a class hold, so that one slot of each can hold numbers that are its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from pydantic import JsonValue

from gradesmith.model.assessments import Form
from gradesmith.model.questions import Variant
from gradesmith.model.values import digest_of


def content_of(variant: Variant) -> str:
    """Return what a variant asks, whatever seed it comes from and whatever it is worth."""
    asked: list[JsonValue] = [
        part.model_dump(mode="json", include={"name", "prompt", "interaction"}) for part in variant.parts
    ]
    return digest_of([variant.prompt, asked])


@dataclass(slots=True)
class Numbers:
    """Which variants of each question the forms of a class hold, and which of them are one form's alone."""

    seen: dict[str, set[str]] = field(default_factory=dict)
    alone: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, forms: Iterable[Form]) -> Self:
        """Return what these forms hold."""
        numbers = cls()
        for form in forms:
            numbers.note(form)
        return numbers

    def note(self, form: Form) -> None:
        """Note what one more form holds."""
        for slot in form.slots:
            self.seen.setdefault(slot.variant.question, set()).add(content_of(slot.variant))
            if slot.name == form.canary:
                self.alone.setdefault(slot.variant.question, set()).add(content_of(slot.variant))

    def are_taken(self, variant: Variant) -> bool:
        """Whether a form has these numbers for itself."""
        return variant.question in self.alone and content_of(variant) in self.alone[variant.question]

    def are_seen(self, variant: Variant) -> bool:
        """Whether any form has these numbers."""
        return content_of(variant) in self.seen.get(variant.question, ())
