"""One submission, from its first cell to its report: run, check, and go on after every death."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Protocol

from gradesmith.model.assessments import Limits
from gradesmith.model.outcomes import Status
from gradesmith.model.questions import DataFile
from gradesmith.model.runs import (
    CellRun,
    CellStatus,
    CellToRun,
    CheckRun,
    ChecksToAsk,
    Note,
    Plan,
    QuestionRun,
    Report,
)
from gradesmith.sandbox.evidence import note_of_death, notes_of_checks, notes_of_outputs, notes_of_refusals
from gradesmith.sandbox.examiner import Examined
from gradesmith.sandbox.live import Died, LiveChild
from gradesmith.sandbox.outputs import size_of, trustworthy

REPLAYS = 2
READ_SECONDS = 5.0
CELLS = {"ran": CellStatus.RAN, "raised": CellStatus.RAISED, "interrupted": CellStatus.TIMED_OUT}
DEATHS = {"late": CellStatus.TIMED_OUT}
VERDICTS = {CellStatus.TIMED_OUT: Status.TIMED_OUT, CellStatus.KILLED: Status.KILLED}
GUILTY = frozenset({CellStatus.TIMED_OUT, CellStatus.KILLED, CellStatus.NOT_RUN})


class Crew(Protocol):
    """Who does the work for a submission: the engine."""

    def fork(self, files: Iterable[DataFile], limits: Limits) -> LiveChild:
        """Fork a child in a fresh box."""
        ...

    def retire(self, child: LiveChild) -> None:
        """End a child and remove its box."""
        ...

    def examine(self, child: LiveChild, asked: ChecksToAsk, seconds: float, left: float) -> Examined:
        """Have the checker ask the child, with ``seconds`` for each check and ``left`` for all of them."""
        ...


class NoChild(Exception):
    """The earlier cells could not be run again, so there is no child to go on with."""


def run_submission(crew: Crew, plan: Plan) -> Report:
    """Run one plan: once, or where it says `apart` once for what is shown and once for the checks.

    Each of the two may take as long as a submission may. Cells that end the first are left out of the second.
    """
    report = _run_apart(crew, plan) if plan.apart else SubmissionRun(crew, plan).report()
    return report.but(notes=(*report.notes, *notes_of_refusals(report.refused)))


def _run_apart(crew: Crew, plan: Plan) -> Report:
    unchecked = plan.but(questions=tuple(one.but(checks=()) for one in plan.questions))
    shown = SubmissionRun(crew, unchecked).report()
    guilty = {cell.id: cell.status for cell in shown.cells if cell.status in GUILTY}
    unread = plan.but(questions=tuple(one.but(read=()) for one in plan.questions), limits=plan.limits.but(output_kb=0))
    checked = SubmissionRun(crew, unread, guilty).report()
    return shown.but(
        checks=checked.checks,
        notes=tuple(dict.fromkeys((*shown.notes, *checked.notes))),
        refused=dict(Counter(shown.refused) | Counter(checked.refused)),  # of each the more: they run the same cells
        seconds=shown.seconds + checked.seconds,
        unfinished=shown.unfinished or checked.unfinished,
    )


class SubmissionRun:
    """Runs one plan. The child is forked when it is needed, and again after it died.

    ``guilty`` cells are not run: how they end is known already.
    """

    def __init__(self, crew: Crew, plan: Plan, guilty: Mapping[str, CellStatus] | None = None) -> None:
        self._crew = crew
        self._plan = plan
        self._guilty = guilty or {}
        self._started = time.monotonic()
        self._deadline = self._started + plan.limits.submission_seconds
        self._room = plan.limits.output_kb * 1000
        self._child: LiveChild | None = None
        self._past: list[CellToRun] = []
        self._cells: list[CellRun] = []
        self._checks: list[CheckRun] = []
        self._values: dict[str, Any] = {}
        self._notes: list[Note] = []
        self._refused = Counter[str]()
        self._unfinished = False

    def report(self) -> Report:
        """Run all questions in order and tell what was seen."""
        try:
            for question in self._plan.questions:
                self._run_question(question)
        except NoChild:
            self._note("the earlier cells could not be run again, so grading stopped here")
        finally:
            self._retire()
        return Report(
            cells=tuple(self._cells),
            checks=tuple(self._checks),
            values=self._values,
            notes=tuple(self._notes),
            refused=dict(self._refused),
            seconds=time.monotonic() - self._started,
            unfinished=self._unfinished,
        )

    def _run_question(self, question: QuestionRun) -> None:
        statuses = [self._run_cell(cell) for cell in question.cells]
        blame = next((VERDICTS[status] for status in statuses if status in VERDICTS), None)
        if question.read:
            self._read(question.read)
        for asked in question.checks:
            blame = self._examine(asked, blame)

    # Cells

    def _run_cell(self, cell: CellToRun) -> CellStatus:
        if cell.id in self._guilty:
            return self._leave_out(cell, self._guilty[cell.id])
        if self._left() <= 0:
            return self._leave_out(cell, CellStatus.NOT_RUN)
        child = self._living()
        started = time.monotonic()
        try:
            answer = child.run_cell(cell.source, self._room, self._cell_seconds())
            outputs = trustworthy(answer.outputs, self._room)
        except Died as death:
            return self._bury(cell, death, time.monotonic() - started)
        status = CELLS[answer.status]
        if status is CellStatus.TIMED_OUT:
            self._note("was interrupted: it ran longer than allowed", cell.id)
        else:
            self._past.append(cell)
        self._notes += notes_of_outputs(outputs, cell.id)
        self._room -= size_of(outputs)
        self._cells.append(CellRun(id=cell.id, status=status, outputs=tuple(outputs), seconds=answer.seconds))
        return status

    def _leave_out(self, cell: CellToRun, status: CellStatus) -> CellStatus:
        """Note that a cell is not run; one that had no time left counts as one that took too long."""
        self._cells.append(CellRun(id=cell.id, status=status))
        return CellStatus.TIMED_OUT if status is CellStatus.NOT_RUN else status

    def _bury(self, cell: CellToRun, death: Died, seconds: float) -> CellStatus:
        status = DEATHS.get(death.how, CellStatus.KILLED)
        self._mourn(death, cell.id)
        self._cells.append(CellRun(id=cell.id, status=status, seconds=seconds))
        return status

    def _read(self, names: tuple[str, ...]) -> None:
        if self._left() <= 0:
            return
        try:
            self._values |= self._living().read(names, READ_SECONDS)
        except Died as death:
            self._mourn(death)

    # Checks

    def _examine(self, asked: ChecksToAsk, blame: Status | None) -> Status | None:
        if blame is None and self._left() <= 0:
            blame = Status.TIMED_OUT
        if blame is not None:
            self._checks += [CheckRun(cell=asked.cell, name=name, status=blame) for name in asked.names]
            return blame
        examined = self._crew.examine(self._living(), asked, self._plan.limits.check_seconds, self._left())
        self._checks += examined.runs
        self._notes += notes_of_checks(examined.runs, asked.cell)
        if examined.checker_lost:
            self._unfinished = True
            self._note("the checker was lost; its unfinished checks are broken", asked.cell)
            self._retire()
        if examined.death is None:
            return None
        self._mourn(examined.death, asked.cell)
        return Status.TIMED_OUT if examined.death.how == "late" else Status.KILLED

    # Deaths

    def _mourn(self, death: Died, cell: str = "") -> None:
        self._retire()
        self._notes.append(note_of_death(death, cell))

    def _living(self) -> LiveChild:
        """The child, or a new one in which the earlier cells have been run again."""
        if self._child is not None:
            return self._child
        for _ in range(REPLAYS if self._past else 1):
            self._child = self._crew.fork(self._plan.files, self._plan.limits)
            if self._replay(self._child):
                self._child.recount()
                return self._child
            self._retire(counting=False)
        raise NoChild

    def _replay(self, child: LiveChild) -> bool:
        with suppress(Died):
            return all(
                child.run_cell(cell.source, 0, self._cell_seconds()).status != "interrupted" for cell in self._past
            )
        return False

    def _retire(self, *, counting: bool = True) -> None:
        """End the child; what it was refused counts, unless the same was counted in the child before."""
        child, self._child = self._child, None
        if child is not None:
            self._crew.retire(child)
            if counting:
                self._refused.update(child.refused)

    # Time

    def _left(self) -> float:
        return self._deadline - time.monotonic()

    def _cell_seconds(self) -> float:
        return max(min(self._plan.limits.cell_seconds, self._left()), 0.0)

    def _note(self, message: str, cell: str = "") -> None:
        self._notes.append(Note(about="engine", cell=cell, message=message))
