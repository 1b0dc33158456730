"""Reads the list of students from CSV; ids become folder names, so they are judged strictly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from gradesmith.diagnostics import Diagnostics, Place, Rejected
from gradesmith.model.people import StudentRecord
from gradesmith.tables import TypedRow, read_table

SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._@+-]{0,99}")
CODE = "roster"
COLUMNS = ("id", "first_name", "last_name", "email")


def read_roster(path: Path, taken: Iterable[str] = (), known: Iterable[str] = ()) -> tuple[StudentRecord, ...]:
    """Read students from a CSV file with the columns id, first_name, last_name and email (only id must be there).

    Spreadsheets part fields by commas, semicolons or tabs, which is all the same.

    Raises:
        Rejected: When the file can't be read, a row has more fields than the header or a character that is none, an id
            is missing, unsafe, or there twice (letter case aside), equals one of the names that are ``taken`` (the
            assessments'), or differs only in letter case from one that is ``known`` (registered already).
    """
    diagnostics = Diagnostics()
    forbidden = {one.casefold() for one in taken}
    registered = {one.casefold(): one for one in known}
    students: dict[str, StudentRecord] = {}
    for row in _rows(path, diagnostics):
        fields = {one: " ".join(row.typed.get(one, "").split()) for one in COLUMNS}
        name = fields["id"]
        problem = _problem(name, students, forbidden) or _twin(name, registered)
        if problem:
            diagnostics.error(CODE, row.place("id"), name, *problem)
        elif unreadable := next((one for one, text in fields.items() if not _readable(text)), ""):
            message = f"a character in {unreadable} is no letter and no sign"
            diagnostics.error(CODE, row.place(unreadable), name, message, "type this field again")
        else:
            students[name.casefold()] = StudentRecord(**fields)
    if diagnostics.errors:
        raise Rejected(diagnostics, "no student was read")
    return tuple(students.values())


def unfit(ids: Iterable[str], taken: Iterable[str] = ()) -> Iterator[str]:
    """Yield what is the matter with each of these registered ids that can't name a folder beside all the others.

    Students are not only registered from rosters: nbgrader registers whom it is told to, and whose work it grades.
    """
    forbidden = {one.casefold() for one in taken}
    seen: dict[str, str] = {}
    for name in ids:
        problem = _problem(name, (), forbidden) or _twin(name, seen)
        if problem:
            yield f"{name}: {problem[0]}"
        seen.setdefault(name.casefold(), name)


def _rows(path: Path, diagnostics: Diagnostics) -> tuple[TypedRow, ...]:
    table = read_table(path, CODE, diagnostics)
    columns = table.header.count("id")
    if columns != 1 and not diagnostics.errors:
        message = "the column id is there twice" if columns else "there is no column id"
        hint = f"the first line names the columns: {','.join(COLUMNS)}"
        diagnostics.error(CODE, Place(path=path), "", message, hint)
    return table.rows if columns == 1 else ()


def _readable(text: str) -> bool:
    """Whether pages and documents can hold a text: XML, for one, has no place for control characters."""
    return not any(unicodedata.category(one) in {"Cc", "Cn"} for one in text)


def _problem(name: str, known: Container[str], taken: Container[str]) -> tuple[str, str] | None:
    if not SAFE.fullmatch(name):
        return "this id can't name a folder", "use letters, digits and ._@+- only"
    if name.casefold() in known:
        return "this id is there twice (upper and lower case are the same)", "keep one of them"
    if name.casefold() in taken:
        return "this is the id of an assessment", "choose another id"
    return None


def _twin(name: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """Complain of an id that some file systems can't tell from a registered one."""
    other = known.get(name.casefold(), name)
    if other == name:
        return None
    return f"this id differs from the registered {other} in letter case only", f"write {other}, or choose another id"
