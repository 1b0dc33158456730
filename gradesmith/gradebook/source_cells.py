"""The instructor's cells in nbgrader's tables, as its own ``generate_assignment`` would have left them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Table, bindparam, delete, insert, literal_column, select, update

from gradesmith.errors import GradesmithError
from gradesmith.gradebook import nbgrader_tables as theirs
from gradesmith.gradebook.records import SourceCellRecord

Row = dict[str, Any]
Cells = dict[str, list[Row]]
"""Rows of each kind of cell, in the order of the notebook: nbgrader relies on it."""

SOURCE = "SourceCell"
PARTS = {"GradeCell": theirs.grade_cells, "SolutionCell": theirs.solution_cells, "TaskCell": theirs.task_cells}
"""What cells have beside the columns of all cells, by their type."""


def save_cells(connection: Connection, course: str, assessment: str, cells: Sequence[SourceCellRecord]) -> None:
    """Make nbgrader's cells of this assessment's notebook (which bears the same name) these.

    Raises:
        GradesmithError: When cells would come or go although something was handed in; nbgrader refuses that too.
    """
    notebook = _notebook(connection, _assignment(connection, course, assessment), assessment)
    wanted, stored = _wanted(cells), _stored(connection, notebook)
    if wanted == {kind: [_told(row) for row in rows] for kind, rows in stored.items()}:
        return
    handed_in = select(theirs.submitted_notebook.c.id).where(theirs.submitted_notebook.c.notebook_id == notebook)
    if connection.scalar(handed_in.limit(1)) is None:
        _replace(connection, notebook, wanted)
    else:
        _update(connection, assessment, stored, wanted)


def _assignment(connection: Connection, course: str, assessment: str) -> str:
    table = theirs.assignment
    query = select(table.c.id).where(table.c.name == assessment)
    if (found := connection.scalar(query)) is None:
        connection.execute(insert(table), [{"name": assessment, "course_id": course}])
        found = connection.scalars(query).one()
    return str(found)


def _notebook(connection: Connection, assignment: str, name: str) -> str:
    table = theirs.notebook
    query = select(table.c.id).where(table.c.assignment_id == assignment, table.c.name == name)
    if (found := connection.scalar(query)) is None:
        kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
        row = {"name": name, "assignment_id": assignment, "kernelspec": json.dumps(kernel)}
        connection.execute(insert(table), [row])
        found = connection.scalars(query).one()
    return str(found)


def _wanted(cells: Sequence[SourceCellRecord]) -> Cells:
    return {
        "GradeCell": [
            {"name": cell.grade_id, "max_score": cell.points, "cell_type": cell.cell_type}
            for cell in cells
            if cell.grade
        ],
        "SolutionCell": [{"name": cell.grade_id} for cell in cells if cell.solution],
        "TaskCell": [],
        SOURCE: [
            {
                "name": cell.grade_id,
                "cell_type": cell.cell_type,
                "locked": cell.overwritten,
                "source": cell.source,
                "checksum": cell.checksum,
            }
            for cell in cells
            if cell.remembered
        ],
    }


def _stored(connection: Connection, notebook: str) -> Cells:
    """Read the rows with their ids, in the order in which they were inserted."""
    found: Cells = {}
    for kind, part in PARTS.items():
        query = select(theirs.base_cell.c.name, part).join(part, part.c.id == theirs.base_cell.c.id)
        found[kind] = _rows(connection, query.where(theirs.base_cell.c.notebook_id == notebook), "base_cell")
    table = theirs.source_cell
    columns = (column for column in table.c if column is not table.c.notebook_id)
    found[SOURCE] = _rows(connection, select(*columns).where(table.c.notebook_id == notebook), "source_cell")
    return found


def _rows(connection: Connection, query: Any, table: str) -> list[Row]:
    as_inserted = query.order_by(literal_column(f"{table}.rowid"))
    return [dict(row) for row in connection.execute(as_inserted).mappings()]


def _told(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "id"}


def _replace(connection: Connection, notebook: str, wanted: Cells) -> None:
    base, source = theirs.base_cell, theirs.source_cell
    ours = select(base.c.id).where(base.c.notebook_id == notebook).scalar_subquery()
    for part in PARTS.values():
        connection.execute(delete(part).where(part.c.id.in_(ours)))
    connection.execute(delete(base).where(base.c.notebook_id == notebook))
    connection.execute(delete(source).where(source.c.notebook_id == notebook))
    for kind, part in PARTS.items():
        rows = [{**row, "id": uuid4().hex, "type": kind, "notebook_id": notebook} for row in wanted[kind]]
        _insert(connection, base, rows)
        _insert(connection, part, rows)
    _insert(connection, source, [{**row, "notebook_id": notebook} for row in wanted[SOURCE]])


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    """Insert of each row what the table has columns for."""
    if rows:
        connection.execute(insert(table), [{name: row[name] for name in row if name in table.c} for row in rows])


def _update(connection: Connection, assessment: str, stored: Cells, wanted: Cells) -> None:
    known = {kind: {row["name"]: row["id"] for row in rows} for kind, rows in stored.items()}
    moved = {name for kind, rows in wanted.items() for name in known[kind].keys() ^ {row["name"] for row in rows}}
    if moved:
        raise GradesmithError(
            f"{assessment}: cells can't come or go once work is handed in: {', '.join(sorted(moved))}",
            "keep the cells, or release the new notebook as an assessment with an id of its own",
        )
    for kind, table in {**PARTS, SOURCE: theirs.source_cell}.items():
        changes = [_change(table, known[kind][row["name"]], row) for row in wanted[kind]]
        if any(len(change) > 1 for change in changes):
            connection.execute(update(table).where(table.c.id == bindparam("of")), changes)


def _change(table: Table, of: str, row: Mapping[str, Any]) -> Row:
    return {"of": of, **{name: value for name, value in row.items() if name in table.c}}
