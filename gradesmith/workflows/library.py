"""The check files that forms need, as checkers get them."""

from __future__ import annotations

from gradesmith.model.assessments import Form, Slot
from gradesmith.model.keys import CodeKey


def check_file(slot: Slot) -> str:
    """Return the name of a slot's check file in the check library: one per version of a question."""
    return f"checks_{slot.variant.question.replace('-', '_')}_{slot.variant.version}.py"


def check_library(forms: tuple[Form, ...]) -> dict[str, str]:
    """Return the source of every check file that these forms need, by name."""
    return {
        check_file(slot): part.key.source
        for form in forms
        for slot in form.slots
        for part in slot.variant.parts
        if isinstance(part.key, CodeKey)
    }
