"""The one door to YAML: plain content, and the place of every key and item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor

from gradesmith.diagnostics import Diagnostics, Place

Route = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The content of one YAML file, and where each part of it stands."""

    path: Path
    content: Any
    places: Mapping[Route, Place]

    def place(self, route: Route) -> Place:
        """Return the place of the thing at the route, or of its nearest parent that is there."""
        while route and route not in self.places:
            route = route[:-1]
        return self.places.get(route, Place(path=self.path))


class _Loader(yaml.SafeLoader):
    """Refuses aliases: they make a small file large, and hide where a value comes from."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()  # type: ignore[no-untyped-call] # the stubs leave it bare
            raise yaml.MarkedYAMLError(problem="aliases are not allowed: write it out", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


def read_yaml(path: Path, diagnostics: Diagnostics) -> Document | None:
    """Read one YAML file; what is wrong with it is collected, and ``None`` returned."""
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        places: dict[Route, Place] = {}
        content = None if node is None else _Reader(path, places).value(node, ())
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(path=path, line=mark.line + 1, column=mark.column + 1) if mark else Place(path=path)
        diagnostics.error("yaml", place, "", error.problem or "this is not YAML", error.note or "")
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        diagnostics.error("yaml", Place(path=path), "", f"can't be read as YAML in UTF-8: {error}")
    except RecursionError:
        diagnostics.error("yaml", Place(path=path), "", "brackets are nested too deep: write it flatter")
    else:
        return Document(path=path, content=content, places=places)
    return None


def _scalar(node: yaml.Node) -> Any:
    """Return what a word stands for: a text, a number, a date that exists."""
    try:
        return SafeConstructor().construct_object(node, deep=True)
    except (ValueError, AttributeError, OverflowError) as error:
        problem = f'"{node.value}" looks like a number or a date but is none ({error}): put it into quotes'
        raise yaml.MarkedYAMLError(problem=problem, problem_mark=node.start_mark) from None


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns nodes into plain content and notes their places as it goes."""

    path: Path
    places: dict[Route, Place]

    def value(self, node: yaml.Node, route: Route) -> Any:
        self.places.setdefault(route, self._place(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, route)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*route, number)) for number, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, route: Route) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(_scalar(key_node))
            if key in found:
                problem = f'the key "{key}" stands here twice: keep one'
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key_node.start_mark)
            self.places[(*route, key)] = self._place(key_node)
            found[key] = self.value(value_node, (*route, key))
        return found

    def _place(self, node: yaml.Node) -> Place:
        return Place(path=self.path, line=node.start_mark.line + 1, column=node.start_mark.column + 1)
