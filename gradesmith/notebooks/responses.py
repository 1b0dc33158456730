"""From the text of an answer cell to a response: read without running it wherever it is a literal."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from pydantic import JsonValue

from gradesmith.model.interactions import Choice, Fields
from gradesmith.model.questions import Part
from gradesmith.model.runs import Note
from gradesmith.model.submissions import Readability, Response
from gradesmith.notebooks.matching import is_untouched
from gradesmith.notebooks.reading import FoundCell
from gradesmith.rules.answers import is_blank

BARE_PERCENT = re.compile(r"(?<=[=:,\[\s])(\d+(?:\.\d*)?)\s*%(?=\s*[,\]}\n#]|\s*$)")
LONGEST_ANSWER = 20_000
MOST_BITS = 1024  # a whole number of more bits is larger than any float


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAnswer:
    """An answer as far as its text tells; ``variable`` must be read from the run where the text alone does not do."""

    response: Response
    variable: str = ""
    notes: tuple[Note, ...] = ()


def read_answer(cell: FoundCell, part: Part) -> ReadAnswer:
    """Read the answer cell of one part."""
    if cell.planned is None or is_untouched(cell.planned, cell.source):
        return ReadAnswer(response=Response(cell=cell.id, readability=Readability.EMPTY, text=""))
    text = cell.source[:LONGEST_ANSWER]
    if not isinstance(part.interaction, Choice | Fields):
        return ReadAnswer(response=Response(cell=cell.id, readability=Readability.ANSWERED, text=text))
    source, notes = _percents_quoted(cell)
    found, value = _literal(source, cell.id)
    if found:
        return ReadAnswer(response=answered(cell.id, value), notes=notes)
    unread = Response(cell=cell.id, readability=Readability.UNREADABLE, text=text)
    return ReadAnswer(response=unread, variable=cell.id, notes=notes)


def answered(cell: str, value: JsonValue) -> Response:
    """Return the response that a plain value is."""
    plain = _plain(value)
    state = Readability.EMPTY if is_blank(plain) else Readability.ANSWERED
    return Response(cell=cell, readability=state, text=_shown(plain)[:LONGEST_ANSWER], value=plain)


def _shown(value: JsonValue) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} = {entry}" for name, entry in value.items())
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _percents_quoted(cell: FoundCell) -> tuple[str, tuple[Note, ...]]:
    """Put quotes around bare percentages: 84.33% is no Python, but its meaning is plain."""
    if "%" not in cell.source or len(cell.source) > LONGEST_ANSWER or _statements(cell.source) is not None:
        return cell.source, ()
    source = BARE_PERCENT.sub(r'"\1 %"', cell.source)
    if source == cell.source:
        return cell.source, ()
    text = f"{cell.id}: a percentage without quotes was read all the same"
    return source, (Note(about="reading", cell=cell.id, message=text),)


def _statements(source: str) -> list[ast.stmt] | None:
    """Return the statements of a cell; ``None`` if it is no Python, or more than anybody answers."""
    try:
        return ast.parse(source).body if len(source) <= LONGEST_ANSWER else None
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _literal(source: str, name: str) -> tuple[bool, JsonValue]:
    """Return whether the cell is nothing but an assignment of a literal to the name, and that literal."""
    statements = _statements(source)
    if statements is None or len(statements) != 1 or not isinstance(statements[0], ast.Assign):
        return False, None
    assign = statements[0]
    if not all(isinstance(target, ast.Name) and target.id == name for target in assign.targets):
        return False, None
    try:
        return True, _plain(ast.literal_eval(assign.value))
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return False, None


def _plain(value: object) -> JsonValue:
    """Return a literal as JSON content; what JSON has no word for becomes text, and so does half a character."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        return "a whole number too long to be written"
    if isinstance(value, bool | int | float) or value is None:
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {str(_plain(name)): _plain(entry) for name, entry in value.items()}
    return str(value)
