"""The values of a notebook's variables as JSON: texts, numbers, lists and dictionaries, and nothing else."""

from __future__ import annotations

import json
from typing import Any

DEEPEST = 10
LONGEST = 100_000
NUMPY_KINDS = frozenset("biufU")


class NotPlain(Exception):
    """The value is not made of texts, numbers, lists and dictionaries."""


def plain_values(values: dict[str, Any]) -> str:
    """Write the plain ones among some variables as one JSON object (with NaN and Infinity as Python writes them)."""
    texts = []
    for name, value in values.items():
        try:
            text = json.dumps(_plain(value, 0))
        except (NotPlain, ValueError):
            continue
        if len(text) <= LONGEST:
            texts.append(f"{json.dumps(name)}: {text}")
    return "{" + ", ".join(texts) + "}"


def values_from(text: str, wanted: list[str]) -> dict[str, Any]:
    """Read back what a student's process says those variables hold; what is too long or too deep is left out.

    Raises ValueError, TypeError or RecursionError for what no honest process says.
    """
    values = json.loads(text)
    if not isinstance(values, dict):
        raise TypeError("not an object")
    told = {name: values[name] for name in wanted if name in values}
    plain = json.dumps(json.loads(plain_values(told)), ensure_ascii=False)
    whole: dict[str, Any] = json.loads(plain.encode("utf-8", "replace"))  # half characters become question marks
    return whole


def _plain(value: Any, depth: int) -> Any:
    kind = type(value)
    if value is None or kind in {bool, int, float, str}:
        return value
    if depth > DEEPEST:
        raise NotPlain
    if kind in {list, tuple}:
        return [_plain(item, depth + 1) for item in value]
    if kind in {set, frozenset}:
        return sorted((_plain(item, depth + 1) for item in value), key=repr)
    if kind is dict and all(type(key) is str for key in value):
        return {key: _plain(item, depth + 1) for key, item in value.items()}
    # By name, as the grading process reads values back with this and has no NumPy; a forged one forges its own answer.
    if kind.__module__ == "numpy" and getattr(getattr(value, "dtype", None), "kind", "") in NUMPY_KINDS:
        return _plain(value.tolist(), depth + 1)
    raise NotPlain
