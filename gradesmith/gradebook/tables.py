"""Our own tables: frozen forms, grading runs, and the history of all gradings.

A run has gradings; a grading has marks, responses and notes; a mark has outcomes. Gradings are only ever added: the
latest of a student and assessment counts, the others are its history. Columns carry the names of the fields of the
values they keep. Nothing here refers to nbgrader's tables, so what is removed there leaves our history whole.
"""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

SCHEMA_VERSION = 1


class ExactNumber(TypeDecorator[Fraction]):
    """A fraction, kept exactly as text: ``7/3``."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's)
        """Write the fraction."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:  # noqa: ARG002
        """Read the fraction."""
        return None if value is None else Fraction(value)


class Moment(TypeDecorator[datetime]):
    """A moment in time, kept as ISO text in UTC; one without a time zone is taken to be in UTC."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write the moment."""
        return None if value is None else in_utc(value).isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Read the moment."""
        return None if value is None else datetime.fromisoformat(value)


class Words(TypeDecorator[str]):
    """Text that may come from a student: half a surrogate pair becomes a question mark, as it is no character."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write the text."""
        return None if value is None else storable(value)


def in_utc(moment: datetime) -> datetime:
    """Return the same moment in UTC."""
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def storable(words: str) -> str:
    """Return the text with what is no Unicode character replaced, as SQLite refuses it."""
    return words.encode("utf-8", "replace").decode("utf-8")


class Base(DeclarativeBase):
    """What our tables have in common."""

    type_annotation_map: ClassVar[dict[type, type[TypeEngine[Any]]]] = {
        Fraction: ExactNumber,
        datetime: Moment,
        str: Words,
    }


class FormRow(Base):
    """A form that was frozen once."""

    __tablename__ = "gs_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment: Mapped[str] = mapped_column(index=True)
    code: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    json: Mapped[str]
    released_at: Mapped[datetime]


class FormAssignmentRow(Base):
    """Who has which form now; no student means everyone."""

    __tablename__ = "gs_form_assignment"
    __table_args__ = (UniqueConstraint("assessment", "student"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment: Mapped[str]
    student: Mapped[str | None]
    form: Mapped[str] = mapped_column(ForeignKey("gs_form.digest"))


class RunRow(Base):
    """One grading run; one that never finished was interrupted."""

    __tablename__ = "gs_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    started: Mapped[datetime]
    finished: Mapped[datetime | None]
    version: Mapped[str]
    confinement: Mapped[str]


class GradingRow(Base):
    """One grading of one submission."""

    __tablename__ = "gs_grading"
    __table_args__ = (
        Index("gs_grading_latest", "assessment", "student", "id"),
        {"sqlite_autoincrement": True},  # the latest id must be the latest grading, for ever
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run: Mapped[int] = mapped_column(ForeignKey("gs_run.id"))
    student: Mapped[str]
    assessment: Mapped[str]
    form: Mapped[str]
    submitted: Mapped[datetime]
    stamped: Mapped[bool]
    graded: Mapped[datetime]
    submission_digest: Mapped[str]
    plan_digest: Mapped[str]
    state: Mapped[str]
    score_given: Mapped[Fraction]
    score_maximum: Mapped[Fraction]
    progress: Mapped[str]
    confinement: Mapped[str]
    seconds: Mapped[float]


class MarkRow(Base):
    """What one answer cell earned in one grading."""

    __tablename__ = "gs_mark"

    grading: Mapped[int] = mapped_column(ForeignKey("gs_grading.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    cell: Mapped[str]
    given: Mapped[Fraction | None]
    maximum: Mapped[Fraction]
    answered: Mapped[str]
    feedback: Mapped[str]


class OutcomeRow(Base):
    """How one check ended; ``mark`` is the position of its mark."""

    __tablename__ = "gs_outcome"

    grading: Mapped[int] = mapped_column(ForeignKey("gs_grading.id"), primary_key=True)
    mark: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    cell: Mapped[str]
    check: Mapped[str]
    title: Mapped[str]
    status: Mapped[str]
    given: Mapped[Fraction]
    maximum: Mapped[Fraction]
    visible: Mapped[bool]
    feedback: Mapped[str]
    detail: Mapped[str]


class ResponseRow(Base):
    """What was answered in one cell."""

    __tablename__ = "gs_response"

    grading: Mapped[int] = mapped_column(ForeignKey("gs_grading.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    cell: Mapped[str]
    readability: Mapped[str]
    text: Mapped[str]
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)


class NoteRow(Base):
    """What the instructor should know of one submission."""

    __tablename__ = "gs_note"

    grading: Mapped[int] = mapped_column(ForeignKey("gs_grading.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    about: Mapped[str]
    cell: Mapped[str]
    message: Mapped[str]
