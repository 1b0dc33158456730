"""The gradebook as the rest of the house sees it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, update

from gradesmith.gradebook import forms, history, marks, roster, source_cells
from gradesmith.gradebook.database import Database, insert_row, open_database
from gradesmith.gradebook.forms import Handout, Standing
from gradesmith.gradebook.records import SourceCellRecord
from gradesmith.gradebook.tables import RunRow
from gradesmith.model.assessments import Form
from gradesmith.model.people import StudentRecord
from gradesmith.model.submissions import ON_PAPER, GradedSubmission, State


def _now() -> datetime:
    return datetime.now(UTC)


class Gradebook:
    """One course's gradebook: nbgrader's database, with our forms and our history of gradings in it.

    Every method is one transaction: it happens whole or not at all, also when the process is killed in the middle.
    Any of them raises `GradesmithError` when the file is locked for longer than our patience, or can't be written.
    """

    def __init__(self, database: Database, course: str, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._course = course
        self._clock = clock

    @classmethod
    def open(
        cls, path: Path, *, course: str, clock: Callable[[], datetime] = _now, patience_seconds: float = 30
    ) -> Self:
        """Open the gradebook in this file; a missing one is created, readable by its owner only.

        An nbgrader database that is in use already becomes a gradebook by getting our tables.

        Raises:
            GradesmithError: When the file is something else, of another version, locked, or can't be written.
        """
        return cls(open_database(path, course, patience_seconds), course, clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def register(self, students: Iterable[StudentRecord]) -> tuple[str, ...]:
        """Add or update these students and return the ids of the new ones; an empty field leaves what is known."""
        with self._database.writing("the students were") as connection:
            return roster.register(connection, tuple(students))

    def students(self) -> tuple[StudentRecord, ...]:
        """Return the registered students, sorted by id."""
        with self._database.reading() as connection:
            return roster.students(connection)

    def enrolled(self) -> tuple[str, ...]:
        """Return the ids of the registered students in the order in which they were registered: the roster's."""
        with self._database.reading() as connection:
            return roster.enrolled(connection)

    def freeze(
        self, form: Form, cells: tuple[SourceCellRecord, ...], released_at: datetime, *, correcting: bool = False
    ) -> None:
        """Freeze the form that everyone has, and nbgrader's cells of the notebook made from it.

        The same form again changes nothing. Another form takes its place as long as no work is marked; after that
        only a correction does (right keys or checks in the same cells), to be followed by a regrade.

        Raises:
            GradesmithError: When marked work would get another form or other cells.
        """
        self.hand_out(Handout(forms={forms.EVERYONE: form}, cells=cells, correcting=correcting), released_at)

    def freeze_each(
        self,
        by_student: Mapping[str, Form],
        cells: tuple[SourceCellRecord, ...],
        released_at: datetime,
        *,
        correcting: bool = False,
    ) -> None:
        """Freeze the form of each student, and nbgrader's cells, which all these forms share.

        Students who are not named keep theirs, so latecomers can be added. Otherwise as `freeze`.
        """
        self.hand_out(Handout(forms=dict(by_student.items()), cells=cells, correcting=correcting), released_at)

    def hand_out(
        self,
        handout: Handout,
        released_at: datetime,
        before_it_counts: Callable[[], object] = lambda: None,
    ) -> None:
        """Freeze forms with their cells, as `freeze` and `freeze_each` say.

        What must be gone when these forms count is removed by ``before_it_counts``: it is called when nothing forbids
        them any more, and when it fails they are not frozen.
        """
        held = (*handout.forms.values(), *((handout.sample,) if handout.sample else ()))
        assessment = forms.the_assessment(held)
        with self._database.writing(f"the forms of {assessment} were") as connection:
            forms.assign(connection, handout.forms, released_at, correcting=handout.correcting)
            if handout.sample is not None:
                forms.keep_sample(connection, handout.sample, released_at)
            source_cells.save_cells(connection, self._course, assessment, handout.cells)
            before_it_counts()

    def released(self) -> tuple[str, ...]:
        """Return the assessments that have been released, sorted."""
        with self._database.reading() as connection:
            return forms.released(connection)

    def form_for(self, assessment: str, student: str) -> Form:
        """Return the form that this student has.

        Raises:
            Unreleased: When there is none.
        """
        with self._database.reading() as connection:
            return forms.form_for(connection, assessment, student)

    def form(self, digest: str) -> Form:
        """Return the form that a grading names, also one that a correction has replaced since.

        Raises:
            NotFound: When there never was one.
        """
        with self._database.reading() as connection:
            return forms.form_by_digest(connection, digest)

    def standing(self, assessment: str) -> Standing:
        """Return who has which form of an assessment, in one look; nobody any, where it was not released."""
        with self._database.reading() as connection:
            return forms.standing(connection, assessment)

    def forms_graded_by(self, digests: Iterable[str]) -> dict[str, Form]:
        """Return the forms that gradings name, by digest, also those that a correction has replaced since."""
        with self._database.reading() as connection:
            return forms.forms_by_digest(connection, digests)

    def forms(self, assessment: str) -> tuple[Form, ...]:
        """Return the forms of an assessment that someone has, sorted by code."""
        with self._database.reading() as connection:
            return forms.forms_of(connection, assessment)

    def earlier_forms(self, assessment: str) -> tuple[Form, ...]:
        """Return the forms of an assessment that were replaced by others; students may still hold their notebooks."""
        with self._database.reading() as connection:
            return forms.earlier_forms(connection, assessment)

    def start_run(self, *, version: str, confinement: str) -> int:
        """Note that a grading run begins and return its number; one without an end was interrupted."""
        with self._database.writing("the grading run was") as connection:
            row = {"started": self._clock(), "version": version, "confinement": confinement}
            return int(insert_row(connection, RunRow, row))

    def finish_run(self, run: int) -> None:
        """Note that a grading run came to its end."""
        with self._database.writing("the end of the grading run was") as connection:
            connection.execute(update(RunRow).where(RunRow.id == run).values(finished=self._clock()))

    def graded_by(self, assessment: str) -> dict[str, tuple[str, str]]:
        """Return by which file and which plan (their digests) the grading that counts was made, of every student.

        Students are left out whose work nbgrader's tables lack, as of one who has been registered since.
        """
        with self._database.reading() as connection:
            lacking = marks.not_entered(connection, assessment)
            return {one: by for one, by in history.graded_by(connection, assessment).items() if one not in lacking}

    def record(self, run: int, graded: GradedSubmission) -> GradedSubmission | None:
        """Add this grading to the history and enter its marks and comments in nbgrader's tables.

        What a person entered there stays. The work of someone unregistered goes to the history only. Return the
        grading that counted before, if there was one.

        Raises:
            GradesmithError: When anything about it can't be recorded; then nothing of it is.
        """
        with self._database.writing(f"the marks of {graded.student} in {graded.assessment} were") as connection:
            return self._record(connection, run, graded)

    def _record(self, connection: Connection, run: int, graded: GradedSubmission) -> GradedSubmission | None:
        earlier = history.last_of_student(connection, graded.assessment, graded.student)
        history.add(connection, run, graded, self._clock())
        if graded.state is not State.UNREGISTERED:
            marks.enter(connection, graded, earlier)
        return earlier

    def record_on_paper(
        self, version: str, entries: Iterable[tuple[GradedSubmission, Mapping[str, Fraction]]]
    ) -> dict[str, GradedSubmission | None]:
        """Record what was answered on paper, each with the points that a person gave by hand (by answer cell).

        All of it is one run and one transaction. Return the grading that counted before, by student.

        Raises:
            GradesmithError: When anything can't be recorded; then nothing is.
        """
        with self._database.writing("what was answered on paper was") as connection:
            now = self._clock()
            row = {"started": now, "finished": now, "version": version, "confinement": ON_PAPER}
            run = int(insert_row(connection, RunRow, row))
            earlier = {}
            for graded, points in entries:
                earlier[graded.student] = self._record(connection, run, graded)
                marks.enter_by_hand(connection, graded, points)
            return earlier

    def on_paper(self, assessment: str) -> frozenset[str]:
        """Return the students whose grading that counts is of what they answered on paper."""
        with self._database.reading() as connection:
            return history.on_paper(connection, assessment)

    def results(self, assessment: str) -> tuple[GradedSubmission, ...]:
        """Return the grading that counts of every student, sorted by student; without what people entered."""
        with self._database.reading() as connection:
            return history.latest(connection, assessment)

    def history(self, assessment: str, student: str) -> tuple[GradedSubmission, ...]:
        """Return all gradings of one student, the one that counts last."""
        with self._database.reading() as connection:
            return history.of_student(connection, assessment, student)

    def manual_marks(self, assessment: str) -> dict[tuple[str, str], Fraction]:
        """Return what each (student, answer cell) earned where a person entered a score or extra credit.

        It stands in place of the automatic mark; `settled` puts it there.
        """
        with self._database.reading() as connection:
            return marks.manual_marks(connection, assessment)

    def missing(self, assessment: str) -> tuple[str, ...]:
        """Return the registered students of whom there is no submission, sorted."""
        with self._database.reading() as connection:
            return roster.missing(connection, assessment)
