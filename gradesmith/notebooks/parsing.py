"""From the bytes of a submitted file to its cells as they stand there, whatever format and program wrote them."""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from typing import Any

import nbformat

from gradesmith.model.runs import Note

TYPES = ("code", "markdown", "raw")
MOST_CELLS = 2000
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(Exception):
    """The file is no notebook that could be read; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """One cell as it stands in the file: the names it goes by, nbgrader's first, and what it holds."""

    names: tuple[str, ...]
    type: str
    source: str
    graded: bool = False


def raw_cells(content: bytes, notes: list[Note]) -> list[RawCell]:
    """Return the cells of a file.

    Raises:
        Unreadable: When the content is no notebook at all.
    """
    if not content.strip():
        message = "the file is empty"
        raise Unreadable(message)
    text, whole = _decoded(content)
    try:
        parsed = json.loads(text)
    except (ValueError, RecursionError):
        message = "the file is not a notebook (not JSON)" if whole else "the file is not UTF-8 text"
        raise Unreadable(message) from None
    if not whole:
        text = "the file was not UTF-8 text throughout; it was read as far as it goes"
        notes.append(Note(about="repair", message=text))
    cells = _cells_of(parsed)
    if len(cells) > MOST_CELLS:
        message = f"the notebook has {len(cells)} cells; {MOST_CELLS} are read at most"
        raise Unreadable(message)
    return [_raw_cell(cell) for cell in cells if isinstance(cell, dict)]


def _decoded(content: bytes) -> tuple[str, bool]:
    """Return a file's text, and whether all of it was text."""
    encoding = "utf-16" if content.startswith(WIDE) else "utf-8-sig"
    try:
        return content.decode(encoding), encoding != "utf-16"
    except UnicodeDecodeError:
        return content.decode(encoding, "replace").replace("\N{REPLACEMENT CHARACTER}", "?"), False


def _cells_of(parsed: Any) -> list[Any]:
    if isinstance(parsed, dict) and isinstance(parsed.get("worksheets"), list):
        parsed = _upgraded(parsed)
    cells = parsed.get("cells") if isinstance(parsed, dict) else None
    if not isinstance(cells, list):
        message = "the file is JSON, but not a notebook: it has no cells"
        raise Unreadable(message)
    return cells


def _upgraded(parsed: dict[str, Any]) -> Any:
    try:
        return nbformat.convert(nbformat.from_dict(parsed), 4)
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError, nbformat.ValidationError):
        message = "the file is a notebook of an old format that can't be converted"
        raise Unreadable(message) from None


def _raw_cell(cell: dict[str, Any]) -> RawCell:
    metadata = _mapping(cell.get("metadata"))
    grade_id = _mapping(metadata.get("nbgrader")).get("grade_id")
    # A cell whose metadata an editor dropped is still known by the id that nbformat 4.5 gives it, or Colab keeps.
    names = (grade_id, cell.get("id"), metadata.get("id"))
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    kind = cell.get("cell_type")
    return RawCell(
        names=tuple(name for name in names if isinstance(name, str) and name),
        type=kind if kind in TYPES else "raw",
        source=_plain(source) if isinstance(source, str) else "",
        graded=isinstance(grade_id, str) and bool(grade_id),
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _plain(text: str) -> str:
    """Return text with plain line ends, and without the halves of characters that JSON lets through."""
    return text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
