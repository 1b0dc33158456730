"""The formats that learning platforms read, by name, and the proof that a file says what was meant."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from gradesmith.errors import GradesmithError
from gradesmith.interchange import gift
from gradesmith.interchange.items import Collection, Item, ReadItem
from gradesmith.interchange.limits import Limit
from gradesmith.interchange.moodle import reading as moodle_reading
from gradesmith.interchange.moodle import writing as moodle_writing
from gradesmith.interchange.qti import package as qti_package
from gradesmith.interchange.qti import reading as qti_reading
from gradesmith.model.interactions import Choice
from gradesmith.model.keys import ChoiceKey, FieldKey, FieldsKey
from gradesmith.model.questions import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: what its files end with, what it can't say of an item, and how it is written and read."""

    ending: str
    limits: Callable[[Item], Iterator[Limit]]
    write: Callable[[Collection], bytes]
    read: Callable[[bytes], tuple[ReadItem, ...]]


FORMATS: MappingProxyType[str, Format] = MappingProxyType(
    {
        "moodle": Format(
            ending=".moodle.xml",
            limits=moodle_writing.limits,
            write=moodle_writing.write,
            read=moodle_reading.read,
        ),
        "qti": Format(ending=".qti.zip", limits=qti_package.limits, write=qti_package.write, read=qti_reading.read),
        "gift": Format(ending=".gift", limits=gift.limits, write=gift.write, read=gift.read),
    }
)
NEAR = Fraction(1, 10**6)


def written(form: Format, collection: Collection) -> bytes:
    """Return the file of a collection, read back: every item in it has the key that was meant.

    Raises:
        GradesmithError: When what is read is not what was written.
    """
    content = form.write(collection)
    found = form.read(content)
    wrong = [item.name for item, one in zip(collection.items, found, strict=False) if not says(item, one)]
    if wrong or len(found) != len(collection.items):
        names = ", ".join(wrong) or f"{len(found)} of {len(collection.items)} questions"
        raise GradesmithError(
            f"what was written reads otherwise than it was meant: {names}",
            "nothing was written; please report this question, and leave it out meanwhile",
        )
    return content


def says(item: Item, found: ReadItem) -> bool:
    """Whether an item that was read asks and marks as one that was written; names of quantities may be lost."""
    return item.name == found.name and _same_key(item.part, found.part)


def _same_key(meant: Part, found: Part) -> bool:
    if isinstance(meant.key, ChoiceKey) and isinstance(found.key, ChoiceKey):
        return _same_choice(meant, found) and meant.key.letters == found.key.letters
    if isinstance(meant.key, FieldsKey) and isinstance(found.key, FieldsKey):
        pairs = list(zip(meant.key.fields, found.key.fields, strict=False))
        whole = [sum((one.points for one in key.fields), Fraction(0)) for key in (meant.key, found.key)]
        return len(meant.key.fields) == len(found.key.fields) and all(
            _same_field(one, other) and abs(one.points / whole[0] - other.points / whole[1]) < NEAR
            for one, other in pairs
        )
    return meant.key.type == found.key.type == "text"


def _same_choice(meant: Part, found: Part) -> bool:
    one, other = meant.interaction, found.interaction
    if not (isinstance(one, Choice) and isinstance(other, Choice)):
        return False
    either = not one.multiple or len(one.options) == 2
    policies = {key.scoring for key in (meant.key, found.key) if isinstance(key, ChoiceKey)}
    letters = [[option.letter for option in choice.options] for choice in (one, other)]
    # Of one option that may be chosen, and of one right and one wrong option, both policies say the same.
    return letters[0] == letters[1] and one.multiple == other.multiple and (len(policies) == 1 or either)


def _same_field(meant: FieldKey, found: FieldKey) -> bool:
    if meant.value is None or found.value is None:
        return meant.value is found.value is None
    numbers = [(key.value or 0.0, key.tolerance, *(one.value for one in key.mistakes)) for key in (meant, found)]
    return len(numbers[0]) == len(numbers[1]) and all(
        math.isclose(one, other, rel_tol=1e-11, abs_tol=1e-11 * meant.tolerance)
        for one, other in zip(*numbers, strict=True)
    )
