"""From a submission and its form to a plan, and from the sandbox's report to marks. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gradesmith.model.assessments import Form, Slot
from gradesmith.model.keys import CodeKey
from gradesmith.model.outcomes import Mark
from gradesmith.model.questions import DataFile, Part
from gradesmith.model.runs import CellToRun, ChecksToAsk, Note, Plan, QuestionRun, Report
from gradesmith.model.submissions import GradedSubmission, Readability, Response, State, Submission
from gradesmith.model.values import digest_of
from gradesmith.notebooks.parsing import Unreadable
from gradesmith.notebooks.reading import FoundCell, FoundNotebook, empty_notebook, read_notebook
from gradesmith.notebooks.recognising import Whose, nobodys
from gradesmith.notebooks.responses import ReadAnswer, answered, read_answer
from gradesmith.rules.scoring import mark, total, unmarked
from gradesmith.workflows.library import check_file

# Marks of the same submission and form may differ between two of these: raise it when marking changes.
MARKING = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A submission read against its form, with the plan to run it; ``plan`` is ``None`` where a person must read it."""

    form: Form
    submission: Submission
    found: FoundNotebook
    answers: dict[str, ReadAnswer]
    plan: Plan | None
    problem: str = ""
    registered: bool = True

    @property
    def plan_digest(self) -> str:
        """What, beside the submission, the marks depend on."""
        plan = self.plan.digest if self.plan is not None else ""
        return digest_of([self.form.digest, plan, self.problem, MARKING])


def understand(
    form: Form,
    submission: Submission,
    *,
    registered: bool = True,
    earlier: Sequence[Form] = (),
    whose: Whose = nobodys,
) -> Understood:
    """Read a submission against its form and plan what to run. Never fails: what can't be read is for a person.

    What somebody handed in whom nobody registered is not run at all. ``earlier`` forms of the assessment were handed
    out, too; ``whose`` knows those of the other students.
    """
    problem = submission.problem if registered else "this student is not registered"
    found = empty_notebook(form)
    if not problem:
        try:
            found = read_notebook(submission.notebook, form, earlier, whose)
        except Unreadable as unreadable:
            problem = str(unreadable)
    answers = {cell: read_answer(_cell(found, cell), part) for _, part, cell in _parts(form)}
    plan = None if problem else _plan(form, submission, found, answers)
    return Understood(
        form=form,
        submission=submission,
        found=found,
        answers=answers,
        plan=plan,
        problem=problem,
        registered=registered,
    )


def graded(understood: Understood, report: Report) -> GradedSubmission:
    """Mark a submission from what the sandbox saw.

    What an unfinished report leads to is recorded under a digest that no plan has, so that the next run tries again.
    """
    submission = understood.submission
    digest = understood.plan_digest
    responses = tuple(_response(answer, report) for answer in understood.answers.values())
    marks = tuple(_marks(understood, responses, report))
    return GradedSubmission(
        student=submission.student,
        assessment=submission.assessment,
        form=understood.form.digest,
        submitted=submission.timestamp,
        stamped=submission.stamped,
        submission_digest=submission.sha256,
        plan_digest=digest_of([digest, "unfinished"]) if report.unfinished else digest,
        state=_state(understood),
        marks=marks,
        responses=responses,
        notes=_notes(understood, report),
        score=total(marks),
        confinement=report.confinement,
        seconds=report.seconds,
    )


def _state(understood: Understood) -> State:
    if not understood.registered:
        return State.UNREGISTERED
    return State.FOR_A_PERSON if understood.problem else State.GRADED


def _marks(understood: Understood, responses: tuple[Response, ...], report: Report) -> Iterator[Mark]:
    by_cell = {response.cell: response for response in responses}
    for _, part, cell in _parts(understood.form):
        if understood.problem:
            yield unmarked(part, cell, understood.problem)
        else:
            yield mark(part, by_cell[cell], [run for run in report.checks if run.cell == cell])


def _notes(understood: Understood, report: Report) -> tuple[Note, ...]:
    reading = tuple(note for answer in understood.answers.values() for note in answer.notes)
    person = (Note(about="person", message=understood.problem),) if understood.problem else ()
    return (*person, *understood.submission.notes, *understood.found.notes, *reading, *report.notes)


def _parts(form: Form) -> Iterator[tuple[Slot, Part, str]]:
    for slot in form.slots:
        for part in slot.variant.parts:
            yield slot, part, slot.cell(part.name)


def _cell(found: FoundNotebook, name: str) -> FoundCell:
    return next(one for one in found.cells if one.id == name)


def _response(answer: ReadAnswer, report: Report) -> Response:
    if answer.variable and answer.variable in report.values:
        return answered(answer.response.cell, report.values[answer.variable])
    return answer.response


def _plan(form: Form, submission: Submission, found: FoundNotebook, answers: dict[str, ReadAnswer]) -> Plan:
    given = {file.name: file for slot in form.slots for file in slot.variant.files}
    files: dict[str, DataFile] = {**{file.name: file for file in submission.files}, **given}
    questions = tuple(_questions(form, found, answers))
    return Plan(
        questions=questions,
        files=tuple(files[name] for name in sorted(files)),
        limits=form.limits,
        apart=_goes_on_after_checks(questions),
    )


def _goes_on_after_checks(questions: Sequence[QuestionRun]) -> bool:
    """Whether anything runs or is read after a question with checks."""
    checked = next((number for number, one in enumerate(questions) if one.checks), len(questions))
    return any(one.cells or one.read for one in questions[checked + 1 :])


def _questions(form: Form, found: FoundNotebook, answers: dict[str, ReadAnswer]) -> Iterator[QuestionRun]:
    """Group the cells by question: a question ends with its test cell, and its checks run right there."""
    slots = {slot.name: slot for slot in form.slots}
    cells: list[FoundCell] = []
    for one in found.cells:
        if one.planned is not None and one.planned.role == "check":
            yield _question(slots[one.planned.slot], one.id.removesuffix("-check"), cells, answers)
            cells = []
        else:
            cells.append(one)
    yield QuestionRun(slot="", cells=_to_run(cells))


def _question(slot: Slot, cell: str, cells: list[FoundCell], answers: dict[str, ReadAnswer]) -> QuestionRun:
    answer = answers[cell]
    strangers = any(one.planned is None and one.type == "code" and one.source.strip() for one in cells)
    asked = answer.response.readability is not Readability.EMPTY or strangers
    checks = tuple(_checks(slot, cell)) if asked else ()
    read = (answer.variable,) if answer.variable else ()
    return QuestionRun(slot=slot.name, cells=_to_run(cells), checks=checks, read=read)


def _checks(slot: Slot, cell: str) -> Iterator[ChecksToAsk]:
    for part in slot.variant.parts:
        if isinstance(part.key, CodeKey) and slot.cell(part.name) == cell:
            names = tuple(check.name for check in part.key.checks)
            yield ChecksToAsk(cell=cell, file=check_file(slot), names=names, rng_seed=slot.rng_seed)


def _to_run(cells: list[FoundCell]) -> tuple[CellToRun, ...]:
    return tuple(CellToRun(id=one.id, source=one.source) for one in cells if one.type == "code" and one.source.strip())
