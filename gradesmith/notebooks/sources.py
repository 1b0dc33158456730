"""What the text of a code cell tells without running it: whether it is whole, and which names it binds."""

from __future__ import annotations

import ast
from collections.abc import Iterator

LONGEST = 200_000


def statements(source: str) -> list[ast.stmt] | None:
    """Return the statements of a cell, its magics and shell lines left blank; ``None`` if it is no Python."""
    lines = ["" if line.lstrip().startswith(("%", "!")) else line for line in source[: LONGEST + 1].split("\n")]
    try:
        return None if len(source) > LONGEST else ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def bound(source: str) -> frozenset[str]:
    """Return the names that a cell's own statements bind, imports aside; none if it is no Python."""
    return frozenset(name for one in statements(source) or () for name in _names(one))


def assignments(source: str) -> Iterator[tuple[str, ast.Assign]]:
    """Yield each assignment among a cell's own statements, by the names it binds."""
    for one in statements(source) or ():
        if isinstance(one, ast.Assign):
            yield from ((name, one) for name in _names(one))


def text_of(one: ast.Assign, source: str) -> str:
    """Return a statement as it stands in its cell."""
    return ast.get_source_segment(source, one) or ""


def says_nothing(one: ast.Assign) -> bool:
    """Whether a statement assigns an empty text, list or dictionary, or a dictionary of such."""
    try:
        value = ast.literal_eval(one.value)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return False
    return not any(value.values()) if isinstance(value, dict) else value in (None, "", [], ())


def _names(one: ast.stmt) -> Iterator[str]:
    match one:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
