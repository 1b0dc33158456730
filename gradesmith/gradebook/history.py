"""The history of gradings in our own tables: added to, read back as values, never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Connection, RowMapping, Select, bindparam, func, insert, select

from gradesmith.gradebook.database import insert_row
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


GRADINGS = GradingRow.__table__
LATEST = select(func.max(GRADINGS.c.id)).where(GRADINGS.c.assessment == bindparam("assessment"))
LATEST_OF_ALL = LATEST.group_by(GRADINGS.c.student)
LATEST_OF_ONE = LATEST.where(GRADINGS.c.student == bindparam("student"))


def _reading(rows: type[Base], number: str, *order: str) -> Select[Any]:
    """A query for what belongs to some gradings; the numbers stand in it as they are, so there may be any number."""
    table = rows.__table__
    some: BindParameter[Any] = bindparam("numbers", expanding=True, literal_execute=True)
    return select(table).where(table.c[number].in_(some)).order_by(*(table.c[name] for name in order))


# Put together once: that takes longer than to run one of them.
READ_GRADINGS = _reading(GradingRow, "id", "student", "id")
READ_MARKS = _reading(MarkRow, "grading", "grading", "position")
READ_OUTCOMES = _reading(OutcomeRow, "grading", "grading", "mark", "position")
READ_RESPONSES = _reading(ResponseRow, "grading", "grading", "position")
READ_NOTES = _reading(NoteRow, "grading", "grading", "position")


def add(connection: Connection, run: int, graded: GradedSubmission, now: datetime) -> None:
    """Add one grading with all that belongs to it."""
    grading = {
        "run": run,
        "graded": now,
        "score_given": graded.score.given,
        "score_maximum": graded.score.maximum,
        "progress": graded.score.progress,
        **{name: getattr(graded, name) for name in PLAIN_FIELDS},
    }
    number = insert_row(connection, GradingRow, grading)
    _insert(connection, MarkRow, _numbered(graded.marks, number))
    outcomes = [
        {**row, "mark": position}
        for position, mark in enumerate(graded.marks)
        for row in _numbered(mark.outcomes, number)
    ]
    _insert(connection, OutcomeRow, outcomes)
    _insert(connection, ResponseRow, _numbered(graded.responses, number))
    _insert(connection, NoteRow, _numbered(graded.notes, number))


def _numbered(values: Sequence[Value], grading: int) -> list[dict[str, Any]]:
    return [
        {
            "grading": grading,
            "position": position,
            **{name: getattr(value, name) for name in type(value).model_fields if name != "outcomes"},
        }
        for position, value in enumerate(values)
    ]


def _insert(connection: Connection, table: type[Base], rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def latest(connection: Connection, assessment: str) -> tuple[GradedSubmission, ...]:
    """Return the grading that counts of every student, sorted by student."""
    return _read(connection, connection.scalars(LATEST_OF_ALL, {"assessment": assessment}).all())


def on_paper(connection: Connection, assessment: str) -> frozenset[str]:
    """Return the students whose grading that counts is of what they answered on paper."""
    query = select(GRADINGS.c.student).where(GRADINGS.c.id.in_(LATEST_OF_ALL), GRADINGS.c.confinement == ON_PAPER)
    return frozenset(connection.scalars(query, {"assessment": assessment}))


def of_student(connection: Connection, assessment: str, student: str) -> tuple[GradedSubmission, ...]:
    """Return all gradings of one student, the one that counts last."""
    theirs = (GRADINGS.c.assessment == assessment, GRADINGS.c.student == student)
    return _read(connection, connection.scalars(select(GRADINGS.c.id).where(*theirs)).all())


def last_of_student(connection: Connection, assessment: str, student: str) -> GradedSubmission | None:
    """Return the grading of one student that counts, if there is any."""
    number = connection.scalar(LATEST_OF_ONE, {"assessment": assessment, "student": student})
    return None if number is None else _read(connection, [number])[0]


def graded_by(connection: Connection, assessment: str) -> dict[str, tuple[str, str]]:
    """Return the digests of submission and plan of the grading that counts, by student."""
    columns = (GRADINGS.c.student, GRADINGS.c.submission_digest, GRADINGS.c.plan_digest)
    query = select(*columns).where(GRADINGS.c.id.in_(LATEST_OF_ALL))
    rows = connection.execute(query, {"assessment": assessment})
    return {student: (submission, plan) for student, submission, plan in rows}


def _read(connection: Connection, numbers: Sequence[int]) -> tuple[GradedSubmission, ...]:
    """Read gradings by number, sorted by student, those of the same student in the order in which they were made."""
    wanted = {"numbers": numbers}
    gradings = connection.execute(READ_GRADINGS, wanted).mappings().all()
    outcomes = _grouped(connection, READ_OUTCOMES, wanted, "grading", "mark")
    marks = _grouped(connection, READ_MARKS, wanted, "grading")
    responses = _grouped(connection, READ_RESPONSES, wanted, "grading")
    notes = _grouped(connection, READ_NOTES, wanted, "grading")
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
    connection: Connection, query: Select[Any], wanted: Mapping[str, Any], *keys: str
) -> defaultdict[tuple[int, ...], list[RowMapping]]:
    groups: defaultdict[tuple[int, ...], list[RowMapping]] = defaultdict(list)
    for row in connection.execute(query, wanted).mappings():
        groups[tuple(row[key] for key in keys)].append(row)
    return groups


def _mark(row: RowMapping, outcomes: Sequence[RowMapping]) -> Mark:
    fields = {name: row[name] for name in Mark.model_fields if name != "outcomes"}
    return Mark(outcomes=tuple(_value(Outcome, outcome) for outcome in outcomes), **fields)


def _value(kind: type[Kind], row: RowMapping) -> Kind:
    return kind(**{name: row[name] for name in kind.model_fields})
