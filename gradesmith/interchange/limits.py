"""What a format can't say of an item, in words, with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gradesmith.interchange.items import Item
from gradesmith.markdown import PICTURES
from gradesmith.model.interactions import Choice, Fields
from gradesmith.model.keys import ChoiceKey, CodeKey, FieldsKey


class Consequence(StrEnum):
    """What follows: the item is left out, it marks otherwise than ours, or there is something to do by hand."""

    LEFT_OUT = "left out"
    APPROXIMATE = "approximate"
    REMARK = "remark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One thing that a format can't say of one item."""

    item: str
    consequence: Consequence
    what: str
    remedy: str


def left_out(item: Item, what: str, remedy: str) -> Limit:
    """Return that an item can't be carried at all."""
    return Limit(item=item.name, consequence=Consequence.LEFT_OUT, what=what, remedy=remedy)


def approximate(item: Item, what: str, remedy: str) -> Limit:
    """Return that an item would be marked otherwise than by us."""
    return Limit(item=item.name, consequence=Consequence.APPROXIMATE, what=what, remedy=remedy)


def remark(item: Item, what: str, remedy: str) -> Limit:
    """Return that something is to be done by hand."""
    return Limit(item=item.name, consequence=Consequence.REMARK, what=what, remedy=remedy)


def common_limits(item: Item) -> Iterator[Limit]:
    """Yield what no format of learning platforms can carry."""
    if isinstance(item.part.key, CodeKey):
        yield left_out(item, "a coding task", "hand it out as a notebook")
    elif not _is_choice_or_fields(item) and item.part.key.type != "text":
        yield left_out(item, f"a {item.part.interaction.type} with the key of a {item.part.key.type}", "mend its kind")
    beside = [file.name for file in item.files if file.name.rpartition(".")[2].lower() not in PICTURES]
    if beside:
        yield remark(item, f"its files are not carried: {', '.join(beside)}", "put them beside the quiz")


def is_strict(item: Item) -> bool:
    """Whether several options may be ticked, and only the exact set earns."""
    several = isinstance(item.part.interaction, Choice) and item.part.interaction.multiple
    return several and isinstance(item.part.key, ChoiceKey) and item.part.key.scoring == "all_or_nothing"


def _is_choice_or_fields(item: Item) -> bool:
    pair = (item.part.interaction, item.part.key)
    return (isinstance(pair[0], Choice) and isinstance(pair[1], ChoiceKey)) or (
        isinstance(pair[0], Fields) and isinstance(pair[1], FieldsKey)
    )
