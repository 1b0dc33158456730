"""Rules of element, attribute and order, and the checker that holds a file to them.

A rule says what may stand within an element: a regular expression over the names of its children, each followed by a
space (``"a b? (c |d )*"``); whether there may be text; which attributes it must and may have, and what these look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

NUMBER = r"-?\d+(\.\d+)?(e-?\d+)?"
ANYTHING = r"(?s).*"


@dataclass(frozen=True)
class Rule:
    children: str = ""
    text: bool = False
    must: Mapping[str, str] = field(default_factory=dict)
    may: Mapping[str, str] = field(default_factory=dict)
    says: str = ""  # what its own text looks like


def children(*names: str) -> str:
    """Any of these, as often as one likes."""
    return f"(({'|'.join(names)}) )*"


def faults(root: Element, rules: Mapping[str, Rule], path: str = "") -> Iterator[str]:
    """Yield what is wrong with an element and with everything in it, each with where it stands."""
    name = root.tag
    here = f"{path}/{name}"
    if name not in rules:
        yield f"{here}: there is no such element"
        return
    rule = rules[name]
    inside = "".join(f"{child.tag} " for child in root)
    if not re.fullmatch(rule.children, inside):
        yield f"{here}: holds {inside or 'nothing'}where {rule.children} is expected"
    own = [root.text or "", *(child.tail or "" for child in root)]
    if not rule.text and "".join(own).strip():
        yield f"{here}: holds the text {''.join(own).strip()[:40]!r}"
    if rule.says and not re.fullmatch(rule.says, (root.text or "").strip()):
        yield f"{here}: says {(root.text or '').strip()[:40]!r}"
    known = {**rule.must, **rule.may}
    yield from (f"{here}: has no {missing}" for missing in rule.must if missing not in root.attrib)
    for key, value in root.attrib.items():
        if key not in known or not re.fullmatch(known[key], value):
            yield f"{here}: has {key}={value!r}"
    for child in root:
        yield from faults(child, rules, here)
