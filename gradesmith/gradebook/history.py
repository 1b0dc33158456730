"""The history of gradings in our own tables: added to, read back as values, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import RowMapping, Select, func, insert, select
from sqlalchemy.orm import Session

from gradesmith.gradebook.tables import Base, GradingRow, MarkRow, NoteRow, OutcomeRow, ResponseRow
from gradesmith.model.outcomes import Mark, Outcome, Score
from gradesmith.model.runs import Note
from gradesmith.model.submissions import ON_PAPER, GradedSubmission, Response
from gradesmith.model.values import Value

Kind = TypeVar("Kind", bound=Value)
PLAIN_FIELDS = (
    "student",
    "assessment",
    "form",
    "submitted",
    "stamped",
    "submission_digest",
    "plan_digest",
    "state",
    "confinement",
    "seconds",
)


def add(session: Session, run: int, graded: GradedSubmission, now: datetime) -> None:
    """Add one grading with all that belongs to it."""
    grading = GradingRow(
        run=run,
        graded=now,
        score_given=graded.score.given,
        score_maximum=graded.score.maximum,
        progress=graded.score.progress,
        **{name: getattr(graded, name) for name in PLAIN_FIELDS},
    )
    session.add(grading)
    session.flush()
    _insert(session, MarkRow, _numbered(graded.marks, grading.id))
    outcomes = [
        {**row, "mark": position}
        for position, mark in enumerate(graded.marks)
        for row in _numbered(mark.outcomes, grading.id)
    ]
    _insert(session, OutcomeRow, outcomes)
    _insert(session, ResponseRow, _numbered(graded.responses, grading.id))
    _insert(session, NoteRow, _numbered(graded.notes, grading.id))


def _numbered(values: Sequence[Value], grading: int) -> list[dict[str, Any]]:
    return [
        {
            "grading": grading,
            "position": position,
            **{name: getattr(value, name) for name in type(value).model_fields if name != "outcomes"},
        }
        for position, value in enumerate(values)
    ]


def _insert(session: Session, table: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        session.connection().execute(insert(table), rows)  # rows, not objects: past the unit of work


def latest(session: Session, assessment: str) -> tuple[GradedSubmission, ...]:
    """Return the grading that counts of every student, sorted by student."""
    last = select(func.max(GradingRow.id)).where(GradingRow.assessment == assessment).group_by(GradingRow.student)
    return _read(session, last)


def on_paper(session: Session, assessment: str) -> frozenset[str]:
    """Return the students whose grading that counts is of what they answered on paper."""
    last = select(func.max(GradingRow.id)).where(GradingRow.assessment == assessment).group_by(GradingRow.student)
    query = select(GradingRow.student).where(GradingRow.id.in_(last), GradingRow.confinement == ON_PAPER)
    return frozenset(session.scalars(query))


def of_student(session: Session, assessment: str, student: str) -> tuple[GradedSubmission, ...]:
    """Return all gradings of one student, the one that counts last."""
    theirs = (GradingRow.assessment == assessment, GradingRow.student == student)
    return _read(session, select(GradingRow.id).where(*theirs))


def last_of_student(session: Session, assessment: str, student: str) -> GradedSubmission | None:
    """Return the grading of one student that counts, if there is any."""
    theirs = (GradingRow.assessment == assessment, GradingRow.student == student)
    return next(iter(_read(session, select(func.max(GradingRow.id)).where(*theirs))), None)


def graded_by(session: Session, assessment: str) -> dict[str, tuple[str, str]]:
    """Return the digests of submission and plan of the grading that counts, by student."""
    last = select(func.max(GradingRow.id)).where(GradingRow.assessment == assessment).group_by(GradingRow.student)
    columns = (GradingRow.student, GradingRow.submission_digest, GradingRow.plan_digest)
    rows = session.execute(select(*columns).where(GradingRow.id.in_(last)))
    return {student: (submission, plan) for student, submission, plan in rows}


def _read(session: Session, wanted: Select[Any]) -> tuple[GradedSubmission, ...]:
    table = GradingRow.__table__
    query = select(table).where(table.c.id.in_(wanted)).order_by(table.c.student, table.c.id)
    gradings = session.execute(query).mappings().all()
    if not gradings:
        return ()
    outcomes = _grouped(session, OutcomeRow, wanted, "grading", "mark")
    marks = _grouped(session, MarkRow, wanted, "grading")
    responses = _grouped(session, ResponseRow, wanted, "grading")
    notes = _grouped(session, NoteRow, wanted, "grading")
    return tuple(
        GradedSubmission(
            score=Score(given=row["score_given"], maximum=row["score_maximum"], progress=row["progress"]),
            marks=tuple(_mark(mark, outcomes[row["id"], mark["position"]]) for mark in marks[row["id"],]),
            responses=tuple(_value(Response, response) for response in responses[row["id"],]),
            notes=tuple(_value(Note, note) for note in notes[row["id"],]),
            **{name: row[name] for name in PLAIN_FIELDS},
        )
        for row in gradings
    )


def _grouped(
    session: Session, rows: type[Base], wanted: Select[Any], *keys: str
) -> defaultdict[tuple[int, ...], list[RowMapping]]:
    table = rows.__table__
    in_order = (*(table.c[key] for key in keys), table.c.position)
    groups: defaultdict[tuple[int, ...], list[RowMapping]] = defaultdict(list)
    for row in session.execute(select(table).where(table.c.grading.in_(wanted)).order_by(*in_order)).mappings():
        groups[tuple(row[key] for key in keys)].append(row)
    return groups


def _mark(row: RowMapping, outcomes: Sequence[RowMapping]) -> Mark:
    fields = {name: row[name] for name in Mark.model_fields if name != "outcomes"}
    return Mark(outcomes=tuple(_value(Outcome, outcome) for outcome in outcomes), **fields)


def _value(kind: type[Kind], row: RowMapping) -> Kind:
    return kind(**{name: row[name] for name in kind.model_fields})
