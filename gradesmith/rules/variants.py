"""Judges a drawn variant: whether it has one reading, and whether nobody earns its marks by a known mistake. Pure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator

from gradesmith.model.interactions import Choice, Fields
from gradesmith.model.keys import ChoiceKey, FieldKey, FieldsKey
from gradesmith.model.questions import Part, Variant
from gradesmith.rules.readings import as_read

# Nobody can tell a larger number from its neighbours with the digits that people write.
LARGEST = 1e12


def flaws(variant: Variant) -> tuple[str, ...]:
    """Return why a variant may not be set, in an author's words; none when it is sound.

    The options of a choice have different letters, read differently once they are rendered, and as many are right as
    one is told. Quantities have different names, sane keys, and no known mistake within twice the tolerance of
    the key: an answer near to a mistake is never near to the key as well.
    """
    return (*_of_parts(variant.parts), *(flaw for part in variant.parts for flaw in _of_part(part)))


def _of_parts(parts: tuple[Part, ...]) -> Iterator[str]:
    yield from _doubles("two parts are called", (part.name for part in parts))
    if not parts or parts[0].name:
        yield "the first part of a question has no name"


def _of_part(part: Part) -> Iterator[str]:
    if part.interaction.type != part.key.type:
        yield f"a {part.interaction.type} can't be marked with the key of a {part.key.type}"
    elif isinstance(part.interaction, Choice) and isinstance(part.key, ChoiceKey):
        yield from _of_choice(part.interaction, part.key)
    elif isinstance(part.interaction, Fields) and isinstance(part.key, FieldsKey):
        yield from _of_fields(part.interaction, part.key)


def _doubles(words: str, names: Iterable[str]) -> Iterator[str]:
    return (f'{words} "{name}"' for name, times in Counter(names).items() if times > 1)


def _of_choice(choice: Choice, key: ChoiceKey) -> Iterator[str]:
    letters = [option.letter for option in choice.options]
    yield from _doubles("two options have the letter", letters)
    yield from _doubles("two options read alike:", (as_read(option.text) for option in choice.options))
    if not set(key.letters) <= set(letters) or len(set(key.letters)) < len(key.letters):
        yield "the key names an option that is not there, or one of them twice"
    elif not choice.multiple and len(key.letters) != 1:
        yield f"{len(key.letters)} options are right where one may be chosen"
    elif not 0 < len(key.letters) < len(letters):
        yield "at least one option must be right, and at least one wrong"


def _of_fields(fields: Fields, key: FieldsKey) -> Iterator[str]:
    names = [field.name for field in fields.fields]
    yield from _doubles("two quantities are called", names)
    if not names or names != [one.name for one in key.fields]:
        yield "the quantities asked are not those that the key holds"
    for field in fields.fields:
        if not field.name.isidentifier() or not field.label.strip() or "\n" in field.label:
            yield f'"{field.name}": a quantity needs a plain name and a label of one line'
    for one in key.fields:
        yield from _of_field(one)


def _of_field(key: FieldKey) -> Iterator[str]:
    if not (math.isfinite(key.tolerance) and key.tolerance > 0):
        yield f"{key.name}: the tolerance is {key.tolerance}"
        return
    if key.value is None:
        return
    if not abs(key.value) <= LARGEST:
        yield f"{key.name}: nobody can be asked for {key.value}"
    if 0 < abs(key.value) <= key.tolerance:
        yield f"{key.name}: the key {key.value:.6g} lies so near to 0 that an answer of 0 would count as right"
    for mistake in key.mistakes:
        if not abs(mistake.value - key.value) > 2 * key.tolerance:
            yield f"a known mistake earns the marks of {key.name}: {mistake.feedback}"
