"""Tables for spreadsheets: one row per student, or one per check.

Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers are left alone.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from gradesmith.errors import GradesmithError
from gradesmith.model.assessments import Form
from gradesmith.model.people import StudentRecord
from gradesmith.model.submissions import GradedSubmission
from gradesmith.rules.settling import settled

Cell = str | Fraction | None
MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header and rows of the same width; text is text, numbers are exact, ``None`` is an empty cell."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def grades_table(
    assessment: str,
    students: Iterable[StudentRecord],
    results: Iterable[GradedSubmission],
    manual: Mapping[tuple[str, str], Fraction],
) -> Table:
    """Lay out one row per student, sorted by id, with a column for each answer cell (``q03``, ``q11-judgement``).

    Marks that people entered count. Whoever handed nothing in has the state "missing" and no score; a mark that a
    person still has to give is empty.
    """
    graded = {result.student: settled(result, _of(result.student, manual)) for result in results}
    people = {student.id: student for student in students}
    cells = _cells(graded.values())
    header = ("student", "first_name", "last_name", "email", "assessment", "state", "progress", "score", "maximum")
    return Table(
        header=header + cells,
        rows=tuple(
            (*_person(name, people.get(name)), assessment, *_earned(graded.get(name), cells))
            for name in sorted(people.keys() | graded.keys())
        ),
    )


def checks_table(results: Iterable[GradedSubmission], forms: Mapping[str, Form]) -> Table:
    """Lay out one row per student and check, as the grader marked it.

    ``question`` is the answer cell and ``item`` the question that stood there in the student's form, one of ``forms``
    by digest: in forms of students' own the same cell holds different questions.
    """
    items = {digest: _items(form) for digest, form in forms.items()}
    return Table(
        header=("student", "form", "question", "item", "check", "title", "status", "given", "maximum"),
        rows=tuple(
            (
                result.student,
                forms[result.form].code if result.form in forms else "",
                one.cell,
                items.get(result.form, {}).get(one.cell, ""),
                one.check,
                one.title,
                one.status.value,
                one.given,
                one.maximum,
            )
            for result in results
            for one in result.outcomes
        ),
    )


def _items(form: Form) -> dict[str, str]:
    return {slot.cell(part.name): slot.variant.question for slot in form.slots for part in slot.variant.parts}


def _of(student: str, manual: Mapping[tuple[str, str], Fraction]) -> dict[str, Fraction]:
    return {cell: given for (name, cell), given in manual.items() if name == student}


def _cells(results: Iterable[GradedSubmission]) -> tuple[str, ...]:
    """Return all answer cells, each where it first comes up: the order of the notebook."""
    return tuple(dict.fromkeys(mark.cell for result in results for mark in result.marks))


def _person(name: str, record: StudentRecord | None) -> tuple[str, ...]:
    return (name, record.first_name, record.last_name, record.email) if record else (name, "", "", "")


def _earned(result: GradedSubmission | None, cells: Sequence[str]) -> tuple[Cell, ...]:
    if result is None:
        return (MISSING, "", None, None, *(None for _ in cells))
    given = {mark.cell: mark.given for mark in result.marks}
    score = result.score
    totals = (result.state.value, score.progress.value, score.given, score.maximum)
    return (*totals, *(given.get(cell) for cell in cells))


def write_csv(table: Table, path: Path) -> None:
    """Write the table as CSV in UTF-8; the file appears whole or not at all, readable by its owner only.

    Raises:
        GradesmithError: When it can't be written; what stood there before still does.
    """
    try:
        _write_beside(table, path)
    except OSError as error:
        raise GradesmithError(f"{path}: not written: {error.strerror}", "check the folder and the disk") from error


def _write_beside(table: Table, path: Path) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    beside = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")  # the csv module quotes just these
            writer.writerow(table.header)
            writer.writerows([_shown(cell) for cell in row] for row in table.rows)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _shown(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case Fraction():
            return f"{float(cell):.10g}"
        case _:
            return _harmless(cell)


def _harmless(text: str) -> str:
    """Keep a spreadsheet from running text as a formula; spaces in front do not hide one."""
    risky = text.lstrip()[:1] in set("=+-@＝＋－＠") or text[:1] in set("\t\r\n")
    return f"'{text}" if risky else text
