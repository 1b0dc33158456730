"""The graded copy of a submission: what ran, what it showed, and how each check ended; never a hidden check.

Whoever marks opens it in formgrader, so what the student wrote as Markdown is made harmless.
"""

from __future__ import annotations

from collections.abc import Mapping

from gradesmith.harmless import harmless_markdown
from gradesmith.model.assessments import Form
from gradesmith.model.outcomes import Mark, Outcome, Status
from gradesmith.model.runs import CellRun, CellStatus, Note
from gradesmith.notebooks.cells import Node, as_one_line, new_cell, new_notebook, result, stream
from gradesmith.notebooks.reading import FoundCell, FoundNotebook
from gradesmith.notebooks.writing import student_cell

SIGNS = {Status.PASSED: "✓", Status.FAILED: "✗", Status.SKIPPED: "–", Status.TIMED_OUT: "⏱"}
NOT_SHOWN = frozenset({"attempt", "engine"})


def autograded_notebook(
    form: Form,
    found: FoundNotebook,
    runs: Mapping[str, CellRun],
    marks: Mapping[str, Mark],
    notes: tuple[Note, ...],
) -> str:
    """Return the graded notebook: the student's cells with their outputs, test cells with the outcomes."""
    cells = [_note_cell(form, notes)] if any(note.about not in NOT_SHOWN for note in notes) else []
    for one in found.cells:
        if one.planned is not None and one.planned.role == "check":
            cells.append(_check_cell(one, marks[one.id.removesuffix("-check")]))
        else:
            cells.append(_with_outputs(one, runs.get(one.id)))
    return as_one_line(new_notebook(cells))


def _bare(one: FoundCell) -> Node:
    if one.planned is not None:
        planned = student_cell(one.planned)
        planned["source"] = _shown(one) if one.planned.answers else one.source
        return planned
    return new_cell(one.type, one.id, _shown(one))


def _shown(one: FoundCell) -> str:
    """Return what the student wrote; pages show code as it stands, and make something of everything else."""
    return one.source if one.type == "code" else harmless_markdown(one.source)


def _with_outputs(one: FoundCell, run: CellRun | None) -> Node:
    cell = _bare(one)
    if one.type == "code" and run is not None:
        cell["outputs"] = list(run.outputs)
        if run.status in {CellStatus.TIMED_OUT, CellStatus.KILLED}:
            cell["outputs"].append(stream(f"[this cell was stopped: {run.status.value.replace('_', ' ')}]\n"))
    return cell


def _check_cell(one: FoundCell, mark: Mark) -> Node:
    cell = _bare(one)
    lines = [_line(outcome) for outcome in mark.outcomes]
    cell["outputs"] = [stream("".join(f"{line}\n" for line in lines))] if lines else []
    text = "waits for a person" if mark.given is None else repr(float(mark.given))
    cell["outputs"].append(result(text))
    return cell


def _line(outcome: Outcome) -> str:
    remark = f" — {outcome.feedback}" if outcome.feedback else ""
    return f"{SIGNS.get(outcome.status, '!')} {outcome.title}{remark}"


def _note_cell(form: Form, notes: tuple[Note, ...]) -> Node:
    lines = "\n".join(f"- {harmless_markdown(note.message)}" for note in notes if note.about not in NOT_SHOWN)
    text = f"> **About this submission of {form.title}**\n\n{lines}"
    return new_cell("markdown", "gradesmith-notes", text)
