"""The instructor's cells in nbgrader's tables, as its own ``generate_assignment`` would have left them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, insert, literal_column, select, update
from sqlalchemy.orm import Session

from gradesmith.errors import GradesmithError
from gradesmith.gradebook.nbgrader_tables import (
    Assignment,
    BaseCell,
    GradeCell,
    Model,
    Notebook,
    SolutionCell,
    SourceCell,
    SubmittedNotebook,
    TaskCell,
)
from gradesmith.gradebook.records import SourceCellRecord

Row = dict[str, Any]


def save_cells(session: Session, course: str, assessment: str, cells: Sequence[SourceCellRecord]) -> None:
    """Make nbgrader's cells of this assessment's notebook (which bears the same name) these.

    Raises:
        GradesmithError: When cells would come or go although something was handed in; nbgrader refuses that too.
    """
    notebook = _notebook(session, _assignment(session, course, assessment), assessment)
    wanted = _wanted(cells)
    if wanted == _stored(session, notebook):
        return
    if not session.scalar(select(SubmittedNotebook.id).where(SubmittedNotebook.notebook_id == notebook).limit(1)):
        _replace(session, notebook, wanted)
    else:
        _update(session, assessment, notebook, wanted)


def _assignment(session: Session, course: str, assessment: str) -> str:
    query = select(Assignment.id).where(Assignment.name == assessment)
    if (found := session.scalar(query)) is None:
        session.execute(insert(Assignment), [{"name": assessment, "course_id": course}])
        found = session.scalars(query).one()
    return str(found)


def _notebook(session: Session, assignment: str, name: str) -> str:
    query = select(Notebook.id).where(Notebook.assignment_id == assignment, Notebook.name == name)
    if (found := session.scalar(query)) is None:
        kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
        row = {"name": name, "assignment_id": assignment, "kernelspec": json.dumps(kernel)}
        session.execute(insert(Notebook), [row])
        found = session.scalars(query).one()
    return str(found)


def _wanted(cells: Sequence[SourceCellRecord]) -> dict[Model, list[Row]]:
    """Return the rows of each of nbgrader's tables, in the order of the notebook: nbgrader relies on it."""
    return {
        GradeCell: [
            {"name": cell.grade_id, "max_score": cell.points, "cell_type": cell.cell_type}
            for cell in cells
            if cell.grade
        ],
        SolutionCell: [{"name": cell.grade_id} for cell in cells if cell.solution],
        TaskCell: [],
        SourceCell: [
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


_COLUMNS = (
    (GradeCell, "base_cell", ("name", "max_score", "cell_type")),
    (SolutionCell, "base_cell", ("name",)),
    (TaskCell, "base_cell", ("name",)),
    (SourceCell, "source_cell", ("name", "cell_type", "locked", "source", "checksum")),
)


def _stored(session: Session, notebook: str) -> dict[Model, list[Row]]:
    stored = {}
    for model, table, columns in _COLUMNS:
        query = select(*(getattr(model, column) for column in columns)).where(model.notebook_id == notebook)
        as_inserted = query.order_by(literal_column(f"{table}.rowid"))
        stored[model] = [dict(row) for row in session.execute(as_inserted).mappings()]
    return stored


def _replace(session: Session, notebook: str, wanted: Mapping[Model, list[Row]]) -> None:
    ours = select(BaseCell.id).where(BaseCell.notebook_id == notebook).scalar_subquery()
    for model in (GradeCell, SolutionCell, TaskCell):
        session.execute(delete(model.__table__).where(model.__table__.c.id.in_(ours)))
    session.execute(delete(BaseCell.__table__).where(BaseCell.__table__.c.notebook_id == notebook))
    session.execute(delete(SourceCell).where(SourceCell.notebook_id == notebook))
    for model, rows in wanted.items():
        if rows:
            session.execute(insert(model), [{**row, "notebook_id": notebook} for row in rows])


def _update(session: Session, assessment: str, notebook: str, wanted: Mapping[Model, list[Row]]) -> None:
    known = {model: _ids(session, model, notebook) for model in wanted}
    moved = {name for model, rows in wanted.items() for name in known[model].keys() ^ {row["name"] for row in rows}}
    if moved:
        raise GradesmithError(
            f"{assessment}: cells can't come or go once work is handed in: {', '.join(sorted(moved))}",
            "keep the cells, or release the new notebook as an assessment with an id of its own",
        )
    for model, rows in wanted.items():
        if rows:
            session.execute(update(model), [{**row, "id": known[model][row["name"]]} for row in rows])


def _ids(session: Session, model: Model, notebook: str) -> dict[str, str]:
    return dict(session.execute(select(model.name, model.id).where(model.notebook_id == notebook)).all())
