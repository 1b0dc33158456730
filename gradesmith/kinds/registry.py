"""Finds the kinds: the modules of this package and what other packages announce."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules

import gradesmith.kinds
from gradesmith.errors import NotFound
from gradesmith.kinds.kind import Kind


def all_kinds() -> Mapping[str, Kind]:
    """Return every kind by its name; one from elsewhere may not take a name that is taken."""
    kinds = {kind.name: kind for kind in _own()}
    for point in entry_points(group="gradesmith.kinds"):
        kind: Kind = point.load()
        if kind.name in kinds:
            message = f'entry point {point.value} announces the kind "{kind.name}", which exists already'
            raise NotFound(message, "give it another name")
        kinds[kind.name] = kind
    return kinds


def kind_named(name: str) -> Kind:
    """Return the kind with this name, or raise `NotFound` with the nearest ones."""
    kinds = all_kinds()
    if name not in kinds:
        near = get_close_matches(name, kinds, 1) or sorted(kinds)
        raise NotFound(f'there is no kind of question "{name}"', f"did you mean {' or '.join(near)}?")
    return kinds[name]


def _own() -> Iterator[Kind]:
    for module in iter_modules(gradesmith.kinds.__path__):
        found = getattr(import_module(f"gradesmith.kinds.{module.name}"), "KIND", None)
        if found is not None:
            yield found
