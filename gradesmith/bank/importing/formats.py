"""The formats that can be imported, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import MappingProxyType

from gradesmith.bank.importing import aiken, csv_table, gift, json_list
from gradesmith.bank.importing.drafts import Draft, Source, sound

READERS: MappingProxyType[str, Callable[[Source], Iterable[Draft]]] = MappingProxyType(
    {"json": json_list.read, "csv": csv_table.read, "gift": gift.read, "aiken": aiken.read}
)


def read(name: str, source: Source) -> list[Draft]:
    """Return the questions of a text in the format of this name; what is wrong with others is collected."""
    return sound(READERS[name](source), source)
