"""Corrects a form that was handed out: its keys become the bank's, what students saw stays. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from gradesmith.errors import GradesmithError
from gradesmith.model.assessments import Form, Slot
from gradesmith.model.interactions import Choice, Interaction
from gradesmith.model.keys import ChoiceKey
from gradesmith.model.questions import Part, Variant

Redraw = Callable[[Slot], Iterable[Variant]]


class NoLongerTheSame(GradesmithError):
    """A question of the bank is no longer the one that students were given.

    ``problems`` tells in what, by question and change, with a slot in which it stands.
    """

    def __init__(self, assessment: str, problems: Mapping[tuple[str, str], str]) -> None:
        super().__init__(
            f"{assessment}: what students were given can't change any more: {'; '.join(problems.values())}",
            "put that back in the bank as it was: a correction mends keys, checks and explanations only",
        )
        self.problems = problems


def corrected(form: Form, redraw: Redraw) -> Form:
    """Return the form with the keys, checks and explanations of the variants that ``redraw`` draws for its slots.

    Of several variants of a slot the first that is the question handed out is taken. Options keep the letters they
    were handed out with, whatever order they are drawn in now, and parts keep their points.

    Raises:
        NoLongerTheSame: When a question is no longer the one that was handed out; all such are named.
    """
    fresh = {slot.name: _best(slot, redraw(slot)) for slot in form.slots}
    problems = {
        (slot.variant.question, why): f"{slot.name} ({slot.variant.question}): {why}"
        for slot in form.slots
        for why in _changes(slot.variant, fresh[slot.name])
    }
    if problems:
        raise NoLongerTheSame(form.assessment, problems)
    return form.but(items=tuple(_slot(one, fresh[one.name]) if isinstance(one, Slot) else one for one in form.items))


def differing(before: Form, after: Form) -> tuple[str, ...]:
    """Return the names of the slots that are not alike in two forms."""
    old = {slot.name: slot for slot in before.slots}
    return tuple(slot.name for slot in after.slots if old.get(slot.name) != slot)


def _best(slot: Slot, drawn: Iterable[Variant]) -> Variant:
    return min(drawn, key=lambda fresh: any(_changes(slot.variant, fresh)))


def _changes(had: Variant, fresh: Variant) -> Iterator[str]:
    """Say in what a variant is not the question that was handed out."""
    if had.prompt != fresh.prompt:
        yield "another prompt"
    if had.files != fresh.files:
        yield "other data files"
    drawn = {part.name: part for part in fresh.parts}
    for part in had.parts:
        now = drawn.get(part.name)
        if now is None:
            yield f"no part {part.name}" if part.name else "nothing to answer"
        elif part.prompt != now.prompt or _as_asked(part.interaction) != _as_asked(now.interaction):
            yield _what(part)


def _as_asked(interaction: Interaction) -> object:
    """Return what was asked, whatever letters the options have."""
    if isinstance(interaction, Choice):
        return interaction.multiple, sorted(option.text for option in interaction.options)
    return interaction


def _what(part: Part) -> str:
    words = {"choice": "other options", "fields": "other quantities", "code": "another starter"}
    return words.get(part.interaction.type, f"another {part.name or 'question'}")


def _slot(slot: Slot, fresh: Variant) -> Slot:
    drawn = {part.name: part for part in fresh.parts}
    parts = tuple(_part(part, drawn[part.name]) for part in slot.variant.parts)
    variant = slot.variant.but(parts=parts, version=fresh.version, explanation=fresh.explanation)
    return slot.but(variant=variant)


def _part(had: Part, fresh: Part) -> Part:
    if not isinstance(had.interaction, Choice) or not isinstance(fresh.interaction, Choice):
        return had.but(key=fresh.key)
    if not isinstance(fresh.key, ChoiceKey):
        return had.but(key=fresh.key)
    letter_of = {option.text: option.letter for option in had.interaction.options}
    renamed = {option.letter: letter_of[option.text] for option in fresh.interaction.options}
    return had.but(
        key=fresh.key.but(
            letters=tuple(sorted(renamed[letter] for letter in fresh.key.letters)),
            reasons=dict(sorted((renamed[letter], because) for letter, because in fresh.key.reasons.items())),
        )
    )
