"""Reads the list of students from CSV; ids become folder names, so they are judged strictly."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path

from gradesmith.diagnostics import Diagnostics, Place, Rejected
from gradesmith.model.people import StudentRecord

SAFE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._@+-]{0,99}")
COLUMNS = ("id", "first_name", "last_name", "email")


def read_roster(path: Path, taken: Iterable[str] = (), known: Iterable[str] = ()) -> tuple[StudentRecord, ...]:
    """Read students from a CSV file with the columns id, first_name, last_name and email (only id must be there).

    Raises:
        Rejected: When the file can't be read, a column or an id is missing, unsafe, or there twice (letter case aside),
            or an id equals one of the names that are ``taken`` (the assessments'), or differs only in letter case from
            one that is ``known`` (registered already).
    """
    diagnostics = Diagnostics()
    forbidden = {one.casefold() for one in taken}
    registered = {one.casefold(): one for one in known}
    students: dict[str, StudentRecord] = {}
    for line, row in _rows(path, diagnostics):
        name = (row.get("id") or "").strip()
        problem = _problem(name, students, forbidden) or _twin(name, registered)
        if problem:
            diagnostics.error("roster", Place(path=path, line=line), name, *problem)
        else:
            students[name.casefold()] = StudentRecord(**{one: (row.get(one) or "").strip() for one in COLUMNS})
    if diagnostics.errors:
        raise Rejected(diagnostics, "nobody was registered")
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


def _rows(path: Path, diagnostics: Diagnostics) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        diagnostics.error("roster", Place(path=path), "", f"can't be read: {error.strerror}")
        return []
    except UnicodeDecodeError:
        diagnostics.error("roster", Place(path=path), "", "can't be read: this is not UTF-8", "save it as CSV in UTF-8")
        return []
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        if "id" not in (reader.fieldnames or []):
            hint = f"the first line names the columns: {','.join(COLUMNS)}"
            diagnostics.error("roster", Place(path=path), "", "there is no column id", hint)
            return []
        return [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        place = Place(path=path, line=max(reader.line_num, 1))
        diagnostics.error("roster", place, "", f"this is not CSV: {error}", "save the table as CSV with commas")
        return []


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
